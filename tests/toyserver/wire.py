"""The toy gateway without a network: a `Wire` straight to the toy Treasury; every call may go wrong as told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.sync.faults import Fault, WireError
from desktop.sync.framing import unpack_batch
from desktop.sync.ports import PackedBatch
from desktop.sync.protocol import FeedPage, Outcome
from tests.fixtures.memory_outbox import MemoryOutbox
from tests.toyserver.treasury import ToyTreasury

FATES = ("fine", "lost", "answer lost", "offline", "busy", "killed", "killed after")


class Killed(BaseException):
    """The program ends here, as by SIGKILL."""


class ToyWire:
    """Takes one fate for every call; watches that bytes leave only for packages written down as sending."""

    def __init__(self, treasury: ToyTreasury, outbox: MemoryOutbox, fates: Iterator[str]) -> None:
        self.treasury = treasury
        self._outbox = outbox
        self._fates = fates
        self._doubtful: set[str] = set()

    def open(self) -> None:
        self._before(next(self._fates, "fine"))

    def send(self, batch: PackedBatch) -> list[Outcome]:
        states = {package_id: self._outbox.state(package_id) for package_id in batch.package_ids}
        assert set(states.values()) == {"sending"}, f"bytes leave before it is written down: {states}"
        assert not self._doubtful.intersection(batch.package_ids), "sent again without asking"
        fate = next(self._fates, "fine")
        if fate not in {"fine", "offline"}:
            self._doubtful.update(batch.package_ids)
        self._before(fate)
        outcomes = [self.treasury.take(*package) for package in unpack_batch(batch.body)]
        self._after(fate)
        return outcomes

    def outcomes(self, package_ids: Sequence[str]) -> list[Outcome]:
        fate = next(self._fates, "fine")
        self._before(fate)
        outcomes = [self.treasury.outcome(package_id) for package_id in package_ids]
        self._after(fate)
        self._doubtful.difference_update(package_ids)
        return outcomes

    def part_offset(self, sha256: str) -> int:
        self._before(next(self._fates, "fine"))
        return len(self.treasury.parts.get(sha256, b""))

    def append(self, sha256: str, offset: int, total: int, chunk: bytes) -> int:
        fate = next(self._fates, "fine")
        stored = self.treasury.parts.setdefault(sha256, bytearray())
        if offset != len(stored) or offset + len(chunk) > total:
            return len(stored)
        if fate == "lost":
            stored += chunk[: len(chunk) // 3]  # torn in the middle: what arrived stays
        self._before(fate)
        stored += chunk
        self._after(fate)
        return len(stored)

    def feed(self, after: int, limit: int) -> FeedPage:
        fate = next(self._fates, "fine")
        self._before(fate)
        return self.treasury.page(after, limit)

    def _before(self, fate: str) -> None:
        match fate:
            case "lost":
                raise WireError(Fault.LINK_DIED, fate)
            case "offline":
                raise WireError(Fault.OFFLINE, fate, sent=False)
            case "busy":
                raise WireError(Fault.SERVER_BUSY, fate, status=503)
            case "killed":
                raise Killed

    def _after(self, fate: str) -> None:
        if fate == "answer lost":
            raise WireError(Fault.LINK_DIED, fate)
        if fate == "killed after":
            raise Killed
