"""Turn a password or a printed recovery code into the key of the store.

One random 256-bit master key opens everything; each slot of the envelope wraps it, so changing a password never touches
the data. Argon2id 64 MiB, 3 passes, 4 lanes is the second choice of RFC 9106 section 4.
"""

from __future__ import annotations

import base64
import os
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.store.envelope import (
    Envelope,
    KdfParameters,
    Slot,
    mend_copies,
    read_envelope,
    second_copy,
    write_envelope,
)
from desktop.store.errors import StoreError, WrongPassword, fault

STANDARD_KDF = KdfParameters()
MIN_PASSWORD = 8
NONCE = 12
RECOVERY_BYTES = 20


@dataclass(frozen=True)
class MasterKey:
    """The key of one store, in memory only; its repr shows nothing of it."""

    store_id: str
    raw: bytes = field(repr=False)

    def derive(self, purpose: str, length: int = 32) -> bytes:
        """Give an independent key for one purpose (HKDF-SHA256, RFC 5869)."""
        info = f"vungxa-store-1/{self.store_id}/{purpose}".encode()
        return HKDF(hashes.SHA256(), length, None, info).derive(self.raw)


def new_master_key() -> MasterKey:
    """Make the random key of a new store."""
    return MasterKey(secrets.token_hex(16), secrets.token_bytes(32))


def check_password(password: str) -> None:
    """Refuse a password too short to protect anything. Raises StoreError password_short."""
    if len(password) < MIN_PASSWORD:
        raise StoreError("password_short", f"Mật khẩu cần ít nhất {MIN_PASSWORD} ký tự. Đặt mật khẩu dài hơn.")


def create_envelope(
    path: Path, password: str, *, user: str = "", kdf: KdfParameters = STANDARD_KDF, key: MasterKey | None = None
) -> MasterKey:
    """Write the first envelope of a master key, a new one unless given, and return the key.

    Raises StoreError store_exists, password_short or of the folder.
    """
    if path.exists() or second_copy(path).exists():
        raise fault("store_exists")
    key = key or new_master_key()
    write_envelope(path, Envelope(store_id=key.store_id, slots=(_password_slot(key, user, password, kdf),)))
    return key


def unlock(path: Path, password: str) -> MasterKey:
    """Open the envelope with any user's password, and mend a damaged copy of it on the way.

    Raises WrongPassword when it is sound but no slot opens, DamagedEnvelope when no copy is whole.
    """
    envelope = read_envelope(path)
    for slot in envelope.slots:
        raw = _open_slot(envelope, slot, _password_key(slot, password)) if slot.kind == "password" else None
        if raw is not None:
            mend_copies(path, envelope)
            return MasterKey(envelope.store_id, raw)
    raise WrongPassword


def unlock_with_recovery_code(path: Path, code: str) -> MasterKey:
    """Open the envelope with the printed code; spaces, dashes and case do not matter. Raises WrongPassword."""
    envelope = read_envelope(path)
    secret = _read_code(code)
    for slot in envelope.slots:
        raw = _open_slot(envelope, slot, _recovery_key(slot, secret)) if slot.kind == "recovery" else None
        if raw is not None:
            return MasterKey(envelope.store_id, raw)
    raise WrongPassword


def change_password(path: Path, old: str, new: str, *, kdf: KdfParameters = STANDARD_KDF) -> None:
    """Rewrap the slot that `old` opens; the data is not touched and `old` opens neither copy afterwards.

    Raises WrongPassword, or StoreError password_short.
    """
    envelope = read_envelope(path)
    for slot in envelope.slots:
        raw = _open_slot(envelope, slot, _password_key(slot, old)) if slot.kind == "password" else None
        if raw is not None:
            fresh = _password_slot(MasterKey(envelope.store_id, raw), slot.user, new, kdf)
            slots = tuple(fresh if other is slot else other for other in envelope.slots)
            write_envelope(path, envelope.model_copy(update={"slots": slots}))
            return
    raise WrongPassword


def set_password(path: Path, key: MasterKey, user: str, password: str, *, kdf: KdfParameters = STANDARD_KDF) -> None:
    """Give one user a slot, replacing the one they had: a new colleague, or a password forgotten and recovered."""
    envelope = read_envelope(path)
    kept = tuple(slot for slot in envelope.slots if not (slot.kind == "password" and slot.user == user))
    slots = (*kept, _password_slot(key, user, password, kdf))
    write_envelope(path, envelope.model_copy(update={"slots": slots}))


def add_recovery_slot(path: Path, key: MasterKey) -> str:
    """Replace the recovery slot and give its code, to print once: 160 random bits, 8 groups of 4 letters and digits."""
    envelope = read_envelope(path)
    secret = secrets.token_bytes(RECOVERY_BYTES)
    slot = Slot(kind="recovery", user="", kdf=None, salt=secrets.token_hex(16), wrapped="0" * 120)
    slot = _fill(slot, key, _recovery_key(slot, secret))
    kept = tuple(other for other in envelope.slots if other.kind != "recovery")
    write_envelope(path, envelope.model_copy(update={"slots": (*kept, slot)}))
    text = base64.b32encode(secret).decode()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _password_slot(key: MasterKey, user: str, password: str, kdf: KdfParameters) -> Slot:
    check_password(password)
    slot = Slot(kind="password", user=user, kdf=kdf, salt=secrets.token_hex(16), wrapped="0" * 120)
    return _fill(slot, key, _password_key(slot, password))


def _fill(slot: Slot, key: MasterKey, wrapping: bytes) -> Slot:
    nonce = os.urandom(NONCE)
    wrapped = nonce + AESGCM(wrapping).encrypt(nonce, key.raw, _bound_to(key.store_id, slot))
    return slot.model_copy(update={"wrapped": wrapped.hex()})


def _open_slot(envelope: Envelope, slot: Slot, wrapping: bytes) -> bytes | None:
    wrapped = bytes.fromhex(slot.wrapped)
    try:
        return AESGCM(wrapping).decrypt(wrapped[:NONCE], wrapped[NONCE:], _bound_to(envelope.store_id, slot))
    except InvalidTag:
        return None


def _bound_to(store_id: str, slot: Slot) -> bytes:
    return f"{store_id}|{slot.kind}|{slot.user}".encode()


def _password_key(slot: Slot, password: str) -> bytes:
    kdf = slot.kdf or STANDARD_KDF
    text = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    salt = bytes.fromhex(slot.salt)
    return Argon2id(salt=salt, length=32, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory_kib).derive(
        text
    )


def _recovery_key(slot: Slot, secret: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, bytes.fromhex(slot.salt), b"vungxa-recovery-1").derive(secret)


def _read_code(code: str) -> bytes:
    letters = "".join(char for char in code.upper() if char.isalnum())
    try:
        return base64.b32decode(letters)
    except ValueError:
        raise WrongPassword from None
