"""Scans without a store: real pictures made smaller by the real code, kept in a dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from desktop.dossier.document import Attachment
from desktop.dossier.scan_views import ScanProposal
from desktop.exchange.pages import PageImage
from desktop.exchange.scans import draw, shrink
from tests.fixtures.scans import scan


def attachment(content: bytes, name: str, media_type: str) -> Attachment:
    return Attachment(name=name, sha256=sha256(content).hexdigest(), size=len(content), media_type=media_type)


@dataclass
class MemoryScans:
    """Knows one scan's content; every other file has that of a page of its own."""

    contents: dict[str, bytes] = field(default_factory=dict)
    originals: dict[str, Attachment] = field(default_factory=dict)

    def keep(self, content: bytes, name: str, media_type: str) -> Attachment:
        made = attachment(content, name, media_type)
        self.contents[made.sha256] = content
        return made

    def sealed(self, name: str = "Hóa đơn điện tháng 10.jpg") -> Attachment:
        return self.keep(scan(seal=True), name, "image/jpeg")

    def propose(self, attachment: Attachment) -> ScanProposal:
        made = shrink(self.contents[attachment.sha256], attachment.media_type)
        return ScanProposal(attachment, made.content, made.media_type, attachment.name, made.pages, made.note)

    def draw_before(self, proposal: ScanProposal, width: int) -> Sequence[PageImage]:
        return draw(self.contents[proposal.attachment.sha256], proposal.attachment.media_type, width)

    def draw_after(self, proposal: ScanProposal, width: int) -> Sequence[PageImage]:
        return draw(proposal.content, proposal.media_type, width)

    def take(self, proposal: ScanProposal) -> Attachment:
        made = self.keep(proposal.content, proposal.name, proposal.media_type)
        self.originals[made.sha256] = proposal.attachment
        return made

    def has_original(self, attachment: Attachment) -> bool:
        return attachment.sha256 in self.originals

    def put_back(self, attachment: Attachment) -> Attachment:
        return self.originals[attachment.sha256]
