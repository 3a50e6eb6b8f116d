"""Brings signed packages their lasting evidence, the oldest first, when nothing else wants the line (docs/trust.md).

Nothing here may delay or fail a delivery: only the Treasury's own line going down ends the pass, a time-stamping
authority that is silent is left alone for a while, and a pass does a bounded number of packages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.dossier.errors import VungXaError
from desktop.sync import phrases
from desktop.sync.faults import Fault, WireError
from desktop.sync.pieces import GoOn, Say
from desktop.sync.trust import LINK

A_PASS = 20
"""Packages a pass; each takes three requests of 0.1 KB and answers of 6 KB."""
GATEWAY = "gateway"


class EvidenceSink(Protocol):
    """The queue of packages and what is known of them; calls may raise VungXaError, which concerns one package."""

    def authority(self) -> str:
        """Return who stamps: "gateway", a URL, "" for nobody or for who is left alone for now."""

    def due(self, limit: int, *, stamping: bool) -> Sequence[str]:
        """Return packages to work on now, the oldest first; without `stamping` those that have all time-stamps."""

    def query(self, package_id: str) -> tuple[int, bytes] | None:
        """Return the step and the time-stamp request of a signature that has none, None when all have one."""

    def stamp(self, package_id: str, step: int, query: bytes, answer: bytes) -> None:
        """Verify an answer and keep the signature with its time-stamp, in one transaction; the authority is awake."""

    def complete(self, package_id: str) -> bool:
        """Add revocation data to what has time-stamps; tells whether the package now lacks nothing."""

    def leave_alone(self) -> None:
        """Ask the authority nothing for a while, longer each time: it was silent."""

    def put_off(self, package_id: str, code: str, text: str) -> None:
        """Leave a package alone for a while, longer each time."""


class StampWire(Protocol):
    """A channel to the gateway's time-stamps. Raises WireError."""

    def time_stamp(self, query: bytes) -> bytes:
        """Return the answer to a time-stamp request."""


class StampElsewhere(Protocol):
    """Other authorities. Raises WireError."""

    def time_stamp(self, url: str, query: bytes) -> bytes:
        """Return the answer to a time-stamp request."""


class EvidenceSeeker:
    """The engine's idle work on evidence."""

    def __init__(self, sink: EvidenceSink, wire: StampWire, elsewhere: StampElsewhere) -> None:
        self._sink = sink
        self._wire = wire
        self._elsewhere = elsewhere
        self._said = ""

    def fetch(self, go_on: GoOn, say: Say) -> bool:
        """See `pieces.IdleWork`."""
        stamped = lasting = 0
        for package_id in self._sink.due(A_PASS, stamping=bool(self._sink.authority())):
            if not go_on():
                break
            try:
                stamped += self._stamp(package_id, go_on, say)
                lasting += self._sink.complete(package_id)
            except WireError:
                raise
            except VungXaError as error:
                self._sink.put_off(package_id, error.code, error.message)
                self._say_once(say, phrases.evidence_failed(error.message))
        if stamped or lasting:
            say("good", phrases.evidence_came(stamped, lasting))
            self._said = ""
        return bool(stamped or lasting)

    def _stamp(self, package_id: str, go_on: GoOn, say: Say) -> int:
        """Time-stamp what lacks it in one package; gives how many came. Raises WireError, VungXaError."""
        came = 0
        while (authority := self._sink.authority()) and go_on() and (asked := self._sink.query(package_id)) is not None:
            step, query = asked
            try:
                answer = self._ask(authority, query)
            except WireError as error:
                if error.fault in LINK and authority == GATEWAY:
                    raise
                self._leave_alone(error, say)
                return came
            self._sink.stamp(package_id, step, query, answer)
            came += 1
        return came

    def _ask(self, authority: str, query: bytes) -> bytes:
        if authority == GATEWAY:
            return self._wire.time_stamp(query)
        return self._elsewhere.time_stamp(authority, query)

    def _leave_alone(self, error: WireError, say: Say) -> None:
        self._sink.leave_alone()
        self._say_once(say, phrases.tsa_silent(captive=error.fault is Fault.CAPTIVE))

    def _say_once(self, say: Say, text: str) -> None:
        if text != self._said:
            say("wait", text)
        self._said = text
