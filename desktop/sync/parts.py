"""Sends one large object from the last byte the gateway confirmed, in chunks (docs/protocol.md, section 5)."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from desktop.dossier.errors import VungXaError
from desktop.sync.faults import Fault, WireError
from desktop.sync.policy import CHUNK, CHUNK_FLOOR
from desktop.sync.ports import Outbox, Wire

_STRIKES = 3


class PartEnd(Enum):
    """How the sending of a part ended."""

    COMPLETE = auto()
    STOPPED = auto()
    STUCK = auto()
    UNREADABLE = auto()


class PartSender:
    """Uploads parts; each chunk either moves the offset forward or costs one of three strikes."""

    def __init__(self, outbox: Outbox, wire: Wire) -> None:
        self._outbox = outbox
        self._wire = wire
        self._moved = False
        self._seen: dict[str, int] = {}
        self._aim = CHUNK
        self._torn: tuple[str, int] | None = None

    def take_moved(self) -> bool:
        """Tell whether the gateway confirmed more of any part since the last time this was asked."""
        moved, self._moved = self._moved, False
        return moved

    def upload(
        self, package_id: str, part: tuple[str, int], go_on: Callable[[], bool], resumed: Callable[[int], None]
    ) -> PartEnd:
        """Send what the gateway lacks of `part` (SHA-256, size).

        `go_on` is asked before every chunk; `resumed` hears the offset when the gateway already holds a beginning.
        Raises WireError, but not for what concerns this part alone.
        """
        try:
            return self._upload(package_id, part, go_on, resumed)
        except WireError as error:
            if error.code == "part_unknown":  # nobody waits for it any more: asking will tell why
                return PartEnd.COMPLETE
            if error.fault is Fault.REFUSED or error.code == "quota":
                return PartEnd.STUCK
            self._torn = (part[0], self._seen.get(part[0], 0))
            raise

    def _upload(
        self, package_id: str, part: tuple[str, int], go_on: Callable[[], bool], resumed: Callable[[int], None]
    ) -> PartEnd:
        sha256, size = part
        offset = self._wire.part_offset(sha256)
        if offset > size:
            raise WireError(Fault.PROTOCOL, "offset beyond the part")
        if 0 < offset < size:
            resumed(offset)
        self._suit(sha256, offset)
        self._note(sha256, offset)
        strikes = 0
        while offset < size:
            if not go_on():
                return PartEnd.STOPPED
            chunk = self._chunk(sha256, offset)
            if len(chunk) != min(self._aim, size - offset):
                return PartEnd.UNREADABLE
            confirmed = self._wire.append(sha256, offset, size, chunk)
            if confirmed > offset:
                self._outbox.mark_progress(package_id, sha256, confirmed)
                self._note(sha256, confirmed)
                self._aim = min(CHUNK, self._aim * 2)
            else:
                strikes += 1
                if strikes == _STRIKES:
                    return PartEnd.STUCK
            offset = confirmed
        return PartEnd.COMPLETE

    def _suit(self, sha256: str, offset: int) -> None:
        """Send less at once when hardly anything of a torn chunk was kept: not every server keeps what it received."""
        if self._torn is not None and self._torn[0] == sha256 and offset - self._torn[1] < self._aim // 4:
            self._aim = max(CHUNK_FLOOR, self._aim // 2)
        self._torn = None

    def _note(self, sha256: str, offset: int) -> None:
        self._moved |= offset > self._seen.get(sha256, 0)
        self._seen[sha256] = max(offset, self._seen.get(sha256, 0))

    def _chunk(self, sha256: str, offset: int) -> bytes:
        """Return the next bytes, none when the store cannot give them: one damaged file must not stop the rest."""
        try:
            return self._outbox.part(sha256, offset, self._aim)
        except VungXaError:
            return b""
