"""The key envelope as a file: slots that lead to one master key, a checksum that tells damage from a wrong password.

Two copies are kept (keys.json and keys.json.1), written one after the other, so that one is always whole. Format 2 is
written; format 1, of older programs, is read, and its slots stay as they are until their secret is known again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from desktop.dossier.canonical import canonical
from desktop.store.durable import publish, write_temporary
from desktop.store.errors import DamagedEnvelope, fault, in_words

FORMAT = "vungxa-keys-2"
MAX_BYTES = 256 * 1024
SLOT_LIMIT = 64
Kind = Literal["password", "recovery", "token"]
_WRAPPED = r"^([0-9a-f]{120})?$"
_HEX = r"^([0-9a-f]{2})*$"


class KdfParameters(BaseModel):
    """Cost of Argon2id (RFC 9106): memory in KiB, passes, lanes.

    Bounded by what `tuning` ever chooses: a forged file, of a backup from a stranger's stick say, eats no more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory_kib: int = Field(default=64 * 1024, ge=8, le=256 * 1024)
    passes: int = Field(default=3, ge=1, le=8)
    lanes: int = Field(default=4, ge=1, le=16)


class Slot(BaseModel):
    """One way to the master key; every field of bytes is hex.

    `public` is a raw X25519 key, or a token's RSA key (SubjectPublicKeyInfo); `private` its private half wrapped by the
    password's key; `sealed` the master key sealed to the public half, "" while the slot is disabled. A slot of format 1
    has no key pair: `wrapped` is the master key under the password's or the code's key.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    slot_id: str = Field(pattern=r"^[0-9a-f]{16}$")
    kind: Kind
    user: str = Field(max_length=100)
    name: str = Field(default="", max_length=300)
    title: str = Field(default="", max_length=300)
    kdf: KdfParameters | None = None
    salt: str = Field(default="", pattern=r"^([0-9a-f]{32})?$")
    public: str = Field(default="", pattern=_HEX, max_length=2200)
    private: str = Field(default="", pattern=_WRAPPED)
    sealed: str = Field(default="", pattern=_HEX, max_length=4400)
    wrapped: str = Field(default="", pattern=_WRAPPED)
    certificate_sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")

    @property
    def old(self) -> bool:
        """Tell whether this is a slot of format 1, which only its own secret can bring up."""
        return bool(self.wrapped)

    @property
    def enabled(self) -> bool:
        """Tell whether it opens anything now."""
        return bool(self.sealed or self.wrapped)


class Shown(BaseModel):
    """What may be seen of a unit before anybody unlocks it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit_code: str = Field(default="", max_length=100)
    unit_name: str = Field(default="", max_length=1000)
    unit_address: str = Field(default="", max_length=1000)
    treasury_name: str = Field(default="", max_length=1000)


class Envelope(BaseModel):
    """All slots of one store; `store_id` binds them to it, `epoch` counts the rotations of its master key.

    `mac` is HMAC-SHA256 over all the rest under a key derived from the master key; "" only for what was of format 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["vungxa-keys-2"] = "vungxa-keys-2"
    store_id: str = Field(pattern=r"^[0-9a-f]{32}$")
    epoch: int = Field(default=0, ge=0, le=1_000_000)
    shown: Shown = Shown()
    slots: tuple[Slot, ...] = Field(min_length=1, max_length=SLOT_LIMIT)
    mac: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")


class SlotView(NamedTuple):
    """A slot as the unlock screen shows it; `certificate_sha256` is "" but for a token."""

    slot_id: str
    kind: Kind
    user: str
    name: str
    title: str
    enabled: bool
    certificate_sha256: str


class Front(NamedTuple):
    """What the unlock screen shows of a unit: "" for what an older envelope does not tell."""

    store_id: str
    unit_code: str
    unit_name: str
    unit_address: str
    treasury_name: str
    slots: tuple[SlotView, ...]


class _Slot1(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal["password", "recovery"]
    user: str
    kdf: KdfParameters | None
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    wrapped: str = Field(pattern=r"^[0-9a-f]{120}$")

    def brought_up(self) -> Slot:
        """Give it a name; the rest needs its secret."""
        return Slot(slot_id=self.salt[:16], **self.model_dump())


class _Envelope1(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["vungxa-keys-1"]
    store_id: str = Field(pattern=r"^[0-9a-f]{32}$")
    slots: tuple[_Slot1, ...] = Field(min_length=1, max_length=32)

    def brought_up(self) -> Envelope:
        """Give the same slots in today's shape, without a MAC yet."""
        return Envelope(store_id=self.store_id, slots=tuple(slot.brought_up() for slot in self.slots))


class _Sealed(BaseModel):
    model_config = ConfigDict(extra="forbid")

    envelope: dict[str, Any]
    sha256: str


def second_copy(path: Path) -> Path:
    """Give the name of the other copy."""
    return path.with_name(path.name + ".1")


def write_envelope(path: Path, envelope: Envelope) -> None:
    """Write both copies durably, the first before the second; what fails mostly fails before either holds.

    Raises StoreError when the folder cannot be written, keys_unsettled when the first copy may hold already.
    """
    content, names = encode(envelope), (path, second_copy(path))
    made: list[Path] = []
    with in_words():
        try:
            made.extend(write_temporary(name, content) for name in names)
            for temporary, name in zip(made, names, strict=True):
                publish(temporary, name)
        except OSError as error:
            if len(made) == len(names) and not made[0].exists():
                raise fault("keys_unsettled") from error
            raise
        finally:
            with suppress(OSError):
                for temporary in made:
                    temporary.unlink(missing_ok=True)


def read_envelope(path: Path) -> Envelope:
    """Read the first whole copy.

    Raises DamagedEnvelope when a copy exists but none is whole, StoreError no_store when there is none at all.
    """
    there = False
    for copy in (path, second_copy(path)):
        try:
            envelope = _decode(copy)
        except FileNotFoundError:
            continue
        there = True
        if envelope is not None:
            return envelope
    raise DamagedEnvelope if there else fault("no_store")


def mend_copies(path: Path, envelope: Envelope) -> bool:
    """Rewrite both copies when either differs from the one just used; True when that was needed."""
    with suppress(FileNotFoundError):
        if all(_decode(copy) == envelope for copy in (path, second_copy(path))):
            return False
    write_envelope(path, envelope)
    return True


def read_front(folder: Path) -> Front:
    """Give what may be shown of a store before anybody unlocks it. Raises DamagedEnvelope, StoreError no_store."""
    return front_of(read_envelope(folder / "keys.json"))


def front_of(envelope: Envelope) -> Front:
    """Give what may be shown of an envelope without any secret."""
    return Front(envelope.store_id, **envelope.shown.model_dump(), slots=views(envelope.slots))


def views(slots: Iterable[Slot]) -> tuple[SlotView, ...]:
    """Give the slots without what is sealed in them."""
    return tuple(SlotView(s.slot_id, s.kind, s.user, s.name, s.title, s.enabled, s.certificate_sha256) for s in slots)


def encode(envelope: Envelope) -> bytes:
    """Give the bytes of a copy: the envelope and the checksum over it."""
    body = envelope.model_dump(mode="json")
    return canonical({"envelope": body, "sha256": _checksum(body)}) + b"\n"


def decode(content: bytes) -> Envelope | None:
    """Read the bytes of a copy; None when they are not whole, or carry no MAC where this format has one."""
    try:
        sealed = _Sealed.model_validate_json(content)
        if sealed.sha256 != _checksum(sealed.envelope):
            return None
        if sealed.envelope.get("format") == "vungxa-keys-1":
            return _Envelope1.model_validate(sealed.envelope).brought_up()
        envelope = Envelope.model_validate(sealed.envelope)
    except ValueError:  # of JSON, of its canonical form, of the model
        return None
    return envelope if envelope.mac else None


def _decode(path: Path) -> Envelope | None:
    try:
        with path.open("rb") as stream:
            return decode(stream.read(MAX_BYTES))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise fault("cannot_open") from error


def _checksum(body: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(body)).hexdigest()
