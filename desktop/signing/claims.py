"""What a signature says beside what it signs: the payees its signer stood for, and where it was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

_MACHINE_BYTES = 16


class Place(NamedTuple):
    """A machine (32 hex digits) and a sitting on it (16 hex digits), as random names; both "" when not known."""

    machine: str = ""
    session: str = ""

    def as_bytes(self) -> bytes:
        """The value of the signed attribute, b"" for no place."""
        return bytes.fromhex(self.machine + self.session)


UNKNOWN_PLACE = Place()


@dataclass(frozen=True)
class Claims:
    """Signed with a dossier; `acknowledged` is `acknowledged_digest` of what the signer stood for."""

    acknowledged: bytes = b""
    place: Place = UNKNOWN_PLACE


NO_CLAIMS = Claims()


def place_of(value: bytes) -> Place:
    """Read the value of the signed attribute."""
    return Place(value[:_MACHINE_BYTES].hex(), value[_MACHINE_BYTES:].hex())
