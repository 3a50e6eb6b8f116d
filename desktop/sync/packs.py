"""Fetches announced form packs when nothing else wants the line, piece by piece from where it stopped (protocol, 9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

from desktop.dossier.errors import VungXaError
from desktop.sync import phrases
from desktop.sync.faults import Fault, WireError
from desktop.sync.policy import CHUNK, CHUNK_FLOOR
from desktop.sync.protocol import PackNotice

_STRIKES = 2


class PackSink(Protocol):
    """Where packs go; every call may raise VungXaError when the machine cannot keep them."""

    def wanted(self) -> Sequence[PackNotice]:
        """Return the packs that were announced and are neither here nor refused."""

    def held(self, sha256: str) -> int:
        """Return how many bytes of a download are here."""

    def append(self, sha256: str, offset: int, piece: bytes) -> None:
        """Add bytes at the end of a download, durably."""

    def finish(self, notice: PackNotice) -> str | None:
        """Verify and keep a pack that is here to the last byte, and say what it is; None when the bytes are others.

        Raises VungXaError for a pack that is no good, which is then wanted no more.
        """


class PackWire(Protocol):
    """A channel that gives a pack's bytes. Raises WireError."""

    def pack(self, sha256: str, offset: int, size: int, total: int) -> bytes:
        """Return `size` bytes of a pack of `total` bytes from `offset`."""


Say = Callable[[str, str], None]
"""Keeps a line of what the machine did: kind and text."""


class PackFetcher:
    """Brings announced packs to the sink; what fails for one of them does not stop the rest."""

    def __init__(self, sink: PackSink, wire: PackWire) -> None:
        self._sink = sink
        self._wire = wire
        self._piece = CHUNK
        self._strikes: Counter[str] = Counter()
        self._moved = False

    def fetch(self, go_on: Callable[[], bool], say: Say) -> bool:
        """Fetch what is wanted while `go_on`, asked before every piece; tells whether anything came.

        Raises WireError, but not for what concerns one pack alone.
        """
        self._moved = False
        for notice in self._sink.wanted():
            if self._strikes[notice.sha256] < _STRIKES:
                self._fetch(notice, go_on, say)
        return self._moved

    def _fetch(self, notice: PackNotice, go_on: Callable[[], bool], say: Say) -> None:
        try:
            if self._load(notice, go_on):
                self._keep(notice, say)
        except WireError as error:
            if error.fault not in (Fault.REFUSED, Fault.PROTOCOL):
                self._piece = max(CHUNK_FLOOR, self._piece // 2)
                raise
            self._fail(notice, say, phrases.PACK_UNAVAILABLE)
        except VungXaError as error:
            self._fail(notice, say, error.message)

    def _load(self, notice: PackNotice, go_on: Callable[[], bool]) -> bool:
        """Fetch the rest of a pack; tells whether it is here to the last byte."""
        offset = self._sink.held(notice.sha256)
        while offset < notice.size:
            if not go_on():
                return False
            size = min(self._piece, notice.size - offset)
            self._sink.append(notice.sha256, offset, self._wire.pack(notice.sha256, offset, size, notice.size))
            self._piece, self._moved = min(CHUNK, self._piece * 2), True
            offset = self._sink.held(notice.sha256)
        return True

    def _keep(self, notice: PackNotice, say: Say) -> None:
        words = self._sink.finish(notice)
        if words is None:
            self._fail(notice, say, phrases.PACK_DAMAGED)
        else:
            say("good", phrases.pack_arrived(words))

    def _fail(self, notice: PackNotice, say: Say, text: str) -> None:
        self._strikes[notice.sha256] += 1
        say("bad", phrases.pack_failed(notice.version, text))
