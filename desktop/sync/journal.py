"""Tells the gateway the seals of the unit's journal when nothing else wants the line (docs/protocol.md, section 12).

What fails here is tried again an hour later and never ends a pass, unless the line itself is down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from desktop.dossier.errors import VungXaError
from desktop.sync import phrases
from desktop.sync.faults import WireError
from desktop.sync.pieces import GoOn, Say
from desktop.sync.ports import Clock
from desktop.sync.protocol import Head, HeadRequest, SignedStatement
from desktop.sync.trust import LINK

_MOST = 20
"""Seals told in one pass; after a month without a link the rest follow in the next passes."""
_REST = timedelta(hours=1)


@dataclass(frozen=True)
class SealToTell:
    """A seal that waits for the Treasury's signature: text and signature as kept, and the head signed before it."""

    seal_id: int
    text: str
    signature: str
    after: Head


class SealSink(Protocol):
    """Where seals are made and kept; every call may raise VungXaError."""

    def seal(self) -> None:
        """Seal what was added to the journal, when it is time again."""

    def waiting(self) -> SealToTell | None:
        """Return the oldest seal that the Treasury has not signed."""

    def keep(self, seal: SealToTell, statement: SignedStatement) -> str | None:
        """Verify and keep the Treasury's signature; return what must be told of it (a fork), None when all is well."""


class HeadWire(Protocol):
    """A channel to the gateway's journals. Raises WireError."""

    def journal_head(self, request: HeadRequest) -> SignedStatement:
        """Tell a head and return the gateway's statement of it."""


class SealTeller:
    """The engine's idle work on the journal; comes last, so that it seals what the pass itself wrote."""

    def __init__(self, sink: SealSink, wire: HeadWire, clock: Clock) -> None:
        self._sink = sink
        self._wire = wire
        self._clock = clock
        self._rest_until: datetime | None = None

    def fetch(self, go_on: GoOn, say: Say) -> bool:
        """See `pieces.IdleWork`."""
        self._sink.seal()
        if self._rest_until is not None and self._clock.now() < self._rest_until:
            return False
        self._rest_until = None
        told = 0
        while told < _MOST and (seal := self._sink.waiting()) is not None and go_on():
            if not self._tell(seal, say):
                break
            told += 1
        return told > 0

    def _tell(self, seal: SealToTell, say: Say) -> bool:
        try:
            statement = self._wire.journal_head(HeadRequest(seal=seal.text, signature=seal.signature, after=seal.after))
            words = self._sink.keep(seal, statement)
        except WireError as error:
            if error.fault in LINK:
                raise
            self._rest_until = self._clock.now() + _REST
            return False
        except VungXaError as error:
            say("bad", phrases.countersign_refused(error.message))
            self._rest_until = self._clock.now() + _REST
            return False
        if words:
            say("bad", words)
        return True
