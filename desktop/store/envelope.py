"""The key envelope as a file: slots that wrap one master key, a checksum that tells damage from a wrong password.

Two copies are kept (keys.json and keys.json.1), written one after the other, so that one is always whole.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop.dossier.canonical import canonical
from desktop.store.durable import write_file
from desktop.store.errors import DamagedEnvelope, fault, in_words

FORMAT = "vungxa-keys-1"
MAX_BYTES = 64 * 1024
SLOT_LIMIT = 32


class KdfParameters(BaseModel):
    """Cost of Argon2id (RFC 9106): memory in KiB, passes, lanes; bounded, so that no forged file eats the machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory_kib: int = Field(default=64 * 1024, ge=8, le=1024 * 1024)
    passes: int = Field(default=3, ge=1, le=16)
    lanes: int = Field(default=4, ge=1, le=16)


class Slot(BaseModel):
    """One way to the master key; `salt` and `wrapped` are hex, `wrapped` is nonce + AES-256-GCM ciphertext."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["password", "recovery"]
    user: str
    kdf: KdfParameters | None
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    wrapped: str = Field(pattern=r"^[0-9a-f]{120}$")


class Envelope(BaseModel):
    """All slots of one store; `store_id` binds them to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["vungxa-keys-1"] = "vungxa-keys-1"
    store_id: str = Field(pattern=r"^[0-9a-f]{32}$")
    slots: tuple[Slot, ...] = Field(min_length=1, max_length=SLOT_LIMIT)


class _Sealed(BaseModel):
    model_config = ConfigDict(extra="forbid")

    envelope: Envelope
    sha256: str


def second_copy(path: Path) -> Path:
    """Give the name of the other copy."""
    return path.with_name(path.name + ".1")


def write_envelope(path: Path, envelope: Envelope) -> None:
    """Write both copies durably, the first before the second. Raises StoreError when the folder cannot be written."""
    content = _encode(envelope)
    with in_words():
        write_file(path, content)
        write_file(second_copy(path), content)


def read_envelope(path: Path) -> Envelope:
    """Read the first whole copy.

    Raises DamagedEnvelope when a copy exists but none is whole, StoreError no_store when there is none at all.
    """
    copies = [path, second_copy(path)]
    if not any(copy.exists() for copy in copies):
        raise fault("no_store")
    for copy in copies:
        envelope = _decode(copy)
        if envelope is not None:
            return envelope
    raise DamagedEnvelope


def mend_copies(path: Path, envelope: Envelope) -> bool:
    """Rewrite both copies when either differs from the one just used; True when that was needed."""
    if all(_decode(copy) == envelope for copy in (path, second_copy(path))):
        return False
    write_envelope(path, envelope)
    return True


def _encode(envelope: Envelope) -> bytes:
    body = envelope.model_dump(mode="json")
    return canonical({"envelope": body, "sha256": _checksum(envelope)}) + b"\n"


def _decode(path: Path) -> Envelope | None:
    try:
        with path.open("rb") as stream:
            sealed = _Sealed.model_validate_json(stream.read(MAX_BYTES))
    except (ValidationError, FileNotFoundError):
        return None
    except OSError as error:
        raise fault("cannot_open") from error
    return sealed.envelope if sealed.sha256 == _checksum(sealed.envelope) else None


def _checksum(envelope: Envelope) -> str:
    return hashlib.sha256(canonical(envelope.model_dump(mode="json"))).hexdigest()
