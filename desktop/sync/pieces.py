"""Fetches a file piece by piece from where it stopped, in the pauses of the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop.sync.policy import CHUNK, CHUNK_FLOOR

Say = Callable[[str, str], None]
"""Keeps a line of what the machine did: kind and text."""
GoOn = Callable[[], bool]
"""Tells whether the line is still free; asked before every piece, since all that is to be sent goes first."""


class IdleWork(Protocol):
    """What the engine does when nothing else wants the line."""

    def fetch(self, go_on: GoOn, say: Say) -> bool:
        """Do some of it while `go_on`; tells whether anything came. Raises WireError for the link's own trouble."""


class PieceSink(Protocol):
    """Where the bytes of a file go; calls may raise VungXaError when the machine cannot keep them."""

    def held(self, sha256: str) -> int:
        """Return how many bytes of a download are here."""

    def append(self, sha256: str, offset: int, piece: bytes) -> None:
        """Add bytes at the end of a download, durably."""


Get = Callable[[str, int, int, int], bytes]
"""Gives `size` bytes of a file of `total` bytes from `offset`: (sha256, offset, size, total). Raises WireError."""


class Pieces:
    """Fetches files of one kind; the piece shrinks while links die under it and grows back."""

    def __init__(self, sink: PieceSink, get: Get) -> None:
        self._sink = sink
        self._get = get
        self._piece = CHUNK
        self.moved = False

    def load(self, sha256: str, total: int, go_on: GoOn) -> bool:
        """Fetch the rest of a file; tells whether it is here to the last byte. Raises WireError, VungXaError."""
        offset = self._sink.held(sha256)
        while offset < total:
            if not go_on():
                return False
            size = min(self._piece, total - offset)
            self._sink.append(sha256, offset, self._get(sha256, offset, size, total))
            self._piece, self.moved = min(CHUNK, self._piece * 2), True
            offset = self._sink.held(sha256)
        return True

    def shrink(self) -> None:
        """Ask for less at once from now on: the link died."""
        self._piece = max(CHUNK_FLOOR, self._piece // 2)
