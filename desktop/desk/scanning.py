"""Scans made smaller before they travel: proposed with both pictures, taken, and put back until somebody signs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

from desktop.desk.allowing import needs, reading
from desktop.desk.checking import check, count_errors
from desktop.desk.context import DeskContext
from desktop.dossier.document import Attachment, Dossier
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.scan_views import ScanProposal
from desktop.exchange.pages import PageImage
from desktop.exchange.scans import draw, shrink

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}


class Scanning:
    """Works on contents; which dossier they belong to is the caller's, who has it open."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def propose(self, attachment: Attachment) -> ScanProposal:
        """Makes a scan smaller to be looked at; keeps nothing. Slow.

        Raises ScanError scan_not_a_picture, scan_signed, scan_small_already, scan_too_large, scan_unreadable,
        PrintError bad_pdf, StoreError.
        """
        content = self._context.store.attachments.open_bytes(attachment.sha256)
        made = shrink(content, attachment.media_type)
        name = _named(attachment.name, made.media_type)
        return ScanProposal(attachment, made.content, made.media_type, name, made.pages, made.note)

    @reading
    def draw_before(self, proposal: ScanProposal, width: int) -> Sequence[PageImage]:
        """Pages of the scan as it is. Slow."""
        content = self._context.store.attachments.open_bytes(proposal.attachment.sha256)
        return draw(content, proposal.attachment.media_type, width)

    @reading
    def draw_after(self, proposal: ScanProposal, width: int) -> Sequence[PageImage]:
        """Pages of the smaller scan. Slow."""
        return draw(proposal.content, proposal.media_type, width)

    @needs(Act.DRAFT)
    def take(self, proposal: ScanProposal) -> Attachment:
        """Keeps the smaller scan and gives what takes the other's place in the draft; the original stays for now."""
        return self._context.store.scans.take(
            proposal.attachment, proposal.content, proposal.name, proposal.note, self._context.user.person_id
        )

    @reading
    def has_original(self, attachment: Attachment) -> bool:
        """Whether this is a smaller scan whose original is still kept."""
        return self._context.store.scans.original(attachment.sha256) is not None

    @needs(Act.DRAFT)
    def put_back(self, attachment: Attachment) -> Attachment:
        """Gives the original to take the smaller scan's place again. Raises StoreError original_gone."""
        found = self._context.store.scans.put_back(attachment, self._context.user.person_id)
        return found.model_copy(update={"name": _named(attachment.name, found.media_type)})

    @needs(Act.DRAFT)
    def shrink_all(self, local_id: str) -> Sequence[tuple[Attachment, Attachment | VungXaError]]:
        """Makes every scan of a saved draft smaller that gets smaller, and gives what became of each file. Slow.

        Raises StoreError not_found, draft_frozen.
        """
        return self._change(local_id, lambda file: self.take(self.propose(file)))

    @needs(Act.DRAFT)
    def put_back_all(self, local_id: str) -> Sequence[tuple[Attachment, Attachment | VungXaError]]:
        """Puts every original of a saved draft back that is still kept."""
        return self._change(local_id, self.put_back)

    def _change(
        self, local_id: str, change: Callable[[Attachment], Attachment]
    ) -> Sequence[tuple[Attachment, Attachment | VungXaError]]:
        dossier = self._context.store.drafts.get(local_id)
        found = [(file, _tried(change, file)) for file in dossier.attachments]
        if any(isinstance(made, Attachment) for _, made in found):
            files = tuple(made if isinstance(made, Attachment) else file for file, made in found)
            self._save(dossier.model_copy(update={"attachments": files}))
        return found

    def _save(self, dossier: Dossier) -> None:
        errors = count_errors(check(self._context, dossier))
        self._context.store.drafts.save(dossier, self._context.user.person_id, errors=errors)


def _tried(change: Callable[[Attachment], Attachment], file: Attachment) -> Attachment | VungXaError:
    try:
        return change(file)
    except VungXaError as error:
        return error


def _named(name: str, media_type: str) -> str:
    """The same name with the ending of what the file is now."""
    ending = _ENDINGS.get(media_type, "")
    path = PurePath(name)
    same = {".jpeg": ".jpg"}.get(path.suffix.lower(), path.suffix.lower()) == ending
    return name if same or not ending else f"{path.stem}{ending}"
