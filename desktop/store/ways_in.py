"""Who may open a store: give a password or a token, end one, stop one for a while, make a recovery code.

All of it needs the master key and nobody else's secret. The envelope is proved before anything is sealed to a slot.
"""

from __future__ import annotations

from pathlib import Path

from desktop.store.envelope import SLOT_LIMIT, Envelope, KdfParameters, Shown, Slot, read_envelope, write_envelope
from desktop.store.errors import StoreError, fault
from desktop.store.masterkey import MasterKey
from desktop.store.recovery_codes import new_code
from desktop.store.rotation_plan import finish
from desktop.store.slots import (
    STANDARD_KDF,
    authenticated,
    check_authentic,
    password_slot,
    recovery_slot,
    sealed_to,
    token_slot,
)

MIN_PASSWORD = 8


def check_password(password: str) -> None:
    """Refuse a password too short to protect anything. Raises StoreError password_short."""
    if len(password) < MIN_PASSWORD:
        raise StoreError("password_short", f"Mật khẩu cần ít nhất {MIN_PASSWORD} ký tự. Đặt mật khẩu dài hơn.")


def give_password(
    path: Path, key: MasterKey, user: str, name: str, title: str, password: str, *, kdf: KdfParameters = STANDARD_KDF
) -> None:
    """Give one user a password, in the place of the one they had. Raises StoreError password_short, keys_changed."""
    check_password(password)
    _give(path, key, password_slot(user, name, title, password, kdf))


def set_password(path: Path, key: MasterKey, user: str, password: str, *, kdf: KdfParameters = STANDARD_KDF) -> None:
    """Give one user another password and keep the name shown: a password forgotten and recovered."""
    known = next((slot for slot in read_current(path).slots if slot.user == user and slot.kind == "password"), None)
    give_password(path, key, user, known.name if known else "", known.title if known else "", password, kdf=kdf)


def give_token(path: Path, key: MasterKey, user: str, name: str, title: str, certificate_der: bytes) -> None:
    """Let the key of a certificate open the store. Raises StoreError token_cannot_decrypt, keys_changed.

    Whether the token decrypts at all shows only with its PIN: try TokenWorker.decrypt before.
    """
    _give(path, key, token_slot(user, name, title, certificate_der))


def recovery_code(path: Path, key: MasterKey) -> str:
    """Make a recovery code and give it, to print once; the one before stays good until this one is confirmed."""
    envelope = verified(path, key)
    secret, code = new_code()
    others = [slot for slot in envelope.slots if slot.kind != "recovery"]
    store_slots(path, envelope, key, [*others, *of_kind(envelope, "recovery")[:1], recovery_slot(secret)])
    return code


def add_recovery_slot(path: Path, key: MasterKey) -> str:
    """Replace the recovery code at once and give the new one, to print."""
    secret, code = new_code()
    envelope = verified(path, key)
    store_slots(path, envelope, key, [*(s for s in envelope.slots if s.kind != "recovery"), recovery_slot(secret)])
    return code


def disable(path: Path, key: MasterKey, user: str) -> None:
    """Let a user's slots open nothing until they are enabled again. Raises StoreError last_slot, keys_changed.

    A slot of an older program has nothing to keep and goes.
    """
    envelope = verified(path, key)
    kept = [slot for slot in envelope.slots if not (slot.user == user and slot.old and slot.kind != "recovery")]
    slots = [slot.model_copy(update={"sealed": ""}) if _is_of(slot, user) else slot for slot in kept]
    _check_not_last(slots)
    _save(path, envelope, key, slots)


def enable(path: Path, key: MasterKey, user: str) -> None:
    """Let a user's slots open the store again, with the secrets they had. Raises StoreError keys_changed."""
    envelope = verified(path, key)
    slots = [
        sealed_to(envelope, slot, key) if _is_of(slot, user) and not slot.enabled else slot for slot in envelope.slots
    ]
    _save(path, envelope, key, slots)


def drop(path: Path, key: MasterKey, user: str, kind: str = "") -> None:
    """End a user's slots, or those of one kind. They may have kept a copy of the master key: rotate it.

    Raises StoreError last_slot.
    """
    envelope = verified(path, key)
    slots = [slot for slot in envelope.slots if not (_is_of(slot, user) and kind in ("", slot.kind))]
    _check_not_last(slots)
    _save(path, envelope, key, slots)


def rename(path: Path, key: MasterKey, user: str, name: str, title: str) -> None:
    """Show another name and title for a user's slots. Raises StoreError keys_changed."""
    envelope = verified(path, key)
    shown = {"name": name, "title": title}
    _save(path, envelope, key, [s.model_copy(update=shown) if _is_of(s, user) else s for s in envelope.slots])


def show(path: Path, key: MasterKey, shown: Shown) -> None:
    """Keep what the unlock screen shows of the unit; nothing is written when it shows that already."""
    envelope = verified(path, key)
    if envelope.shown != shown:
        _save(path, envelope.model_copy(update={"shown": shown}), key, envelope.slots)


def read_current(path: Path) -> Envelope:
    """Read the envelope that holds now: a rotation past its commit is finished first. Raises DamagedEnvelope."""
    finish(path.parent)
    return read_envelope(path)


def verified(path: Path, key: MasterKey) -> Envelope:
    """Read the envelope of a key and prove it. Raises StoreError keys_changed, wrong_key."""
    envelope = read_current(path)
    if envelope.store_id != key.store_id:
        raise fault("wrong_key")
    check_authentic(envelope, key)
    return envelope


def of_kind(envelope: Envelope, kind: str) -> list[Slot]:
    """Give the slots of one kind, in their order."""
    return [slot for slot in envelope.slots if slot.kind == kind]


def replace_slot(path: Path, envelope: Envelope, key: MasterKey, old: Slot, new: Slot) -> None:
    """Write another slot in the place of one."""
    store_slots(path, envelope, key, [new if slot is old else slot for slot in envelope.slots])


def store_slots(path: Path, envelope: Envelope, key: MasterKey, slots: list[Slot]) -> None:
    """Write slots of which the new ones are not sealed to yet; a disabled one stays so."""
    known = {slot.slot_id for slot in envelope.slots}
    _save(path, envelope, key, [s if s.slot_id in known else sealed_to(envelope, s, key) for s in slots])


def write_proved(path: Path, envelope: Envelope, key: MasterKey) -> None:
    """Write an envelope with its MAC."""
    write_envelope(path, authenticated(envelope, key))


def _save(path: Path, envelope: Envelope, key: MasterKey, slots: list[Slot] | tuple[Slot, ...]) -> None:
    if len(slots) > SLOT_LIMIT:
        raise StoreError(
            "too_many_slots", f"Một đơn vị có nhiều nhất {SLOT_LIMIT} cách mở khóa. Bỏ bớt người không dùng."
        )
    write_proved(path, envelope.model_copy(update={"slots": tuple(slots)}), key)


def _is_of(slot: Slot, user: str) -> bool:
    return slot.user == user and slot.kind != "recovery"


def _give(path: Path, key: MasterKey, slot: Slot) -> None:
    envelope = verified(path, key)
    others = [other for other in envelope.slots if (other.kind, other.user) != (slot.kind, slot.user)]
    store_slots(path, envelope, key, [*others, slot])


def _check_not_last(slots: list[Slot]) -> None:
    if not any(slot.enabled and slot.kind != "recovery" for slot in slots):
        raise StoreError("last_slot", "Đây là cách mở khóa cuối cùng của đơn vị. Thêm mật khẩu của người khác trước.")
