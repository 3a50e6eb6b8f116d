"""A scan before and after it was made smaller, as the window shows both to be compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.dossier.document import Attachment

SLOW_LINK = 64_000
"""Bits a second of the links that far communes have on a bad day."""


@dataclass(frozen=True)
class ScanProposal:
    """What became of a scan: nothing is kept of it until somebody takes it. Sizes in bytes."""

    attachment: Attachment
    content: bytes = field(repr=False)
    media_type: str
    name: str
    pages: int
    note: str

    @property
    def before(self) -> int:
        """The size of the scan as it is."""
        return self.attachment.size

    @property
    def after(self) -> int:
        """The size it would have."""
        return len(self.content)


def seconds(size: int) -> int:
    """Give how long so many bytes take on a slow link, at least one second."""
    return max(1, round(size * 8 / SLOW_LINK))


def time_words(size: int) -> str:
    """Say how long so many bytes take on a slow link («4 phút 10 giây»)."""
    minutes, rest = divmod(seconds(size), 60)
    parts = [f"{minutes} phút"] if minutes else []
    return " ".join([*parts, f"{rest} giây"] if rest or not minutes else parts)
