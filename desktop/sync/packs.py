"""Fetches announced form packs when nothing else wants the line, piece by piece from where it stopped (protocol, 9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from desktop.dossier.errors import VungXaError
from desktop.sync import phrases
from desktop.sync.faults import Fault, WireError
from desktop.sync.pieces import GoOn, Pieces, PieceSink, Say
from desktop.sync.protocol import PackNotice

_STRIKES = 2


class PackSink(PieceSink, Protocol):
    """Where packs go; every call may raise VungXaError when the machine cannot keep them."""

    def wanted(self) -> Sequence[PackNotice]:
        """Return the packs that were announced and are neither here nor refused."""

    def finish(self, notice: PackNotice) -> str | None:
        """Verify and keep a pack that is here to the last byte, and say what it is; None when the bytes are others.

        Raises VungXaError for a pack that is no good, which is then wanted no more.
        """


class PackWire(Protocol):
    """A channel that gives a pack's bytes. Raises WireError."""

    def pack(self, sha256: str, offset: int, size: int, total: int) -> bytes:
        """Return `size` bytes of a pack of `total` bytes from `offset`."""


class PackFetcher:
    """Brings announced packs to the sink; what fails for one of them does not stop the rest."""

    def __init__(self, sink: PackSink, wire: PackWire) -> None:
        self._sink = sink
        self._pieces = Pieces(sink, wire.pack)
        self._strikes: Counter[str] = Counter()

    def fetch(self, go_on: GoOn, say: Say) -> bool:
        """Fetch what is wanted while `go_on`, asked before every piece; tells whether anything came.

        Raises WireError, but not for what concerns one pack alone.
        """
        self._pieces.moved = False
        for notice in self._sink.wanted():
            if self._strikes[notice.sha256] < _STRIKES:
                self._fetch(notice, go_on, say)
        return self._pieces.moved

    def _fetch(self, notice: PackNotice, go_on: GoOn, say: Say) -> None:
        try:
            if self._pieces.load(notice.sha256, notice.size, go_on):
                self._keep(notice, say)
        except WireError as error:
            if error.fault not in (Fault.REFUSED, Fault.PROTOCOL):
                self._pieces.shrink()
                raise
            self._fail(notice, say, phrases.PACK_UNAVAILABLE)
        except VungXaError as error:
            self._fail(notice, say, error.message)

    def _keep(self, notice: PackNotice, say: Say) -> None:
        words = self._sink.finish(notice)
        if words is None:
            self._fail(notice, say, phrases.PACK_DAMAGED)
        else:
            say("good", phrases.pack_arrived(words))

    def _fail(self, notice: PackNotice, say: Say, text: str) -> None:
        self._strikes[notice.sha256] += 1
        say("bad", phrases.pack_failed(notice.version, text))
