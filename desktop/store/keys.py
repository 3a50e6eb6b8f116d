"""Open a store by password, recovery code or token, and say who may: what the rest of the program asks of the envelope.

One random 256-bit master key opens everything. It is sealed to each slot's key pair, so a password is changed, a user
added, disabled or dropped without touching the data, and the master key itself changed without anybody's password.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from desktop.store import rotation, tries
from desktop.store.clock import Clock, system_clock
from desktop.store.envelope import (
    Envelope,
    KdfParameters,
    Shown,
    Slot,
    mend_copies,
    read_front,
    second_copy,
    write_envelope,
)
from desktop.store.errors import StoreError, WrongPassword, fault
from desktop.store.masterkey import MasterKey, new_master_key
from desktop.store.recovery_codes import read_code, same_code
from desktop.store.slots import (
    STANDARD_KDF,
    Unwrap,
    check_authentic,
    open_password,
    open_recovery,
    open_token,
    password_slot,
    recovery_slot,
    sealed_to,
)
from desktop.store.tuning import tune
from desktop.store.ways_in import (
    MIN_PASSWORD,
    add_recovery_slot,
    check_password,
    disable,
    drop,
    enable,
    give_password,
    give_token,
    of_kind,
    read_current,
    recovery_code,
    replace_slot,
    set_password,
    show,
    store_slots,
    verified,
    write_proved,
)

__all__ = [
    "MIN_PASSWORD",
    "STANDARD_KDF",
    "KdfParameters",
    "MasterKey",
    "Opened",
    "Unwrap",
    "add_recovery_slot",
    "change_password",
    "check_password",
    "confirm_recovery_code",
    "create_envelope",
    "disable",
    "drop",
    "enable",
    "give_password",
    "give_token",
    "new_master_key",
    "open_with_password",
    "open_with_recovery_code",
    "open_with_token",
    "read_code",
    "read_front",
    "recovery_code",
    "same_code",
    "set_password",
    "show",
    "tune",
    "unlock",
    "unlock_with_recovery_code",
]


class Opened(NamedTuple):
    """The key, and whose secret opened it: "" for the unit's shared password and for a recovery code."""

    key: MasterKey
    user: str


def create_envelope(
    path: Path,
    password: str,
    *,
    user: str = "",
    name: str = "",
    title: str = "",
    kdf: KdfParameters = STANDARD_KDF,
    key: MasterKey | None = None,
    shown: Shown | None = None,
) -> MasterKey:
    """Write the first envelope of a master key, a new one unless given, and return the key.

    The password is that of `user`, shown as `name` and `title`; "" for one that all share.

    Raises StoreError store_exists, password_short or of the folder.
    """
    check_password(password)
    if path.exists() or second_copy(path).exists():
        raise fault("store_exists")
    key = key or new_master_key()
    slot = password_slot(user, name, title, password, kdf)
    envelope = Envelope(store_id=key.store_id, shown=shown or Shown(), slots=(slot,))
    write_proved(path, envelope.model_copy(update={"slots": (sealed_to(envelope, slot, key),)}), key)
    return key


def open_with_password(path: Path, password: str, user: str | None = None, *, clock: Clock = system_clock) -> Opened:
    """Open the envelope with a password: any user's, or only that of `user`. A slot of an older program is brought up.

    Mends a damaged copy, finishes a rotation cut short. Raises WrongPassword, TooManyTries, StoreError user_disabled,
    keys_changed, DamagedEnvelope when no copy is whole, no_store.
    """
    envelope = read_current(path)
    slots = [slot for slot in envelope.slots if slot.kind == "password" and user in (None, slot.user)]
    tries.begin(path.parent, tries.at_instant(clock))
    found = _first(envelope, slots, lambda slot: open_password(envelope, slot, password))
    if found is None:
        raise WrongPassword
    tries.succeeded(path.parent)
    slot, key = found
    return _opened(path, envelope, slot, key, lambda: _like(slot, password, slot.kdf or STANDARD_KDF), clock)


def open_with_recovery_code(path: Path, code: str, *, clock: Clock = system_clock) -> Opened:
    """Open the envelope with the printed code; spaces, dashes and case do not matter.

    Raises StoreError code_mistyped, keys_changed, WrongPassword (wrong_code), DamagedEnvelope, no_store.
    """
    envelope, secret = read_current(path), read_code(code)
    found = _first(envelope, of_kind(envelope, "recovery"), lambda slot: open_recovery(envelope, slot, secret))
    if found is None:
        raise WrongPassword(
            "wrong_code", "Mã khôi phục gõ đúng nhưng không phải của đơn vị này, hoặc đã thay. Dùng mã in gần nhất."
        )
    return _opened(path, envelope, *found, lambda: recovery_slot(secret), clock)


def open_with_token(path: Path, certificate_sha256: str, unwrap: Unwrap, *, clock: Clock = system_clock) -> Opened:
    """Open the envelope with a token's key; `unwrap` decrypts on the token, such as TokenWorker.decrypt.

    Raises StoreError token_not_given, token_cannot_decrypt, user_disabled, keys_changed, and what `unwrap` raises.
    """
    envelope = read_current(path)
    slots = [slot for slot in envelope.slots if slot.kind == "token" and slot.certificate_sha256 == certificate_sha256]
    if not slots:
        raise StoreError("token_not_given", "Token này chưa được cho phép mở đơn vị. Mở bằng mật khẩu, rồi thêm token.")
    found = _first(envelope, slots, lambda slot: open_token(envelope, slot, unwrap) if slot.sealed else bytearray())
    if found is None:
        raise StoreError("token_cannot_open", "Token không mở được tệp khóa. Mở bằng mật khẩu, rồi thêm lại token.")
    return _opened(path, envelope, *found, lambda: found[0], clock)


def unlock(path: Path, password: str) -> MasterKey:
    """Give the key that any user's password opens. Raises as open_with_password."""
    return open_with_password(path, password).key


def unlock_with_recovery_code(path: Path, code: str) -> MasterKey:
    """Give the key that the printed code opens. Raises as open_with_recovery_code."""
    return open_with_recovery_code(path, code).key


def change_password(
    path: Path, old: str, new: str, *, kdf: KdfParameters = STANDARD_KDF, user: str | None = None
) -> None:
    """Give the slot that `old` opens a new password and key pair; `old` opens neither copy afterwards.

    Raises as open_with_password, or StoreError password_short, keys_unsettled (then done again it goes through).
    """
    check_password(new)
    try:
        opened = open_with_password(path, old, user)
    except WrongPassword:
        if _changed_before(path, new, user):
            return
        raise
    envelope = verified(path, opened.key)
    slot = next(slot for slot in of_kind(envelope, "password") if slot.user == opened.user)
    replace_slot(path, envelope, opened.key, slot, _like(slot, new, kdf))


def _changed_before(path: Path, new: str, user: str | None) -> bool:
    """A change that a failing disk refused (keys_unsettled) may hold; done again it is only brought to the disk."""
    envelope = read_current(path)
    slots = [slot for slot in of_kind(envelope, "password") if user in (None, slot.user)]
    if _first(envelope, slots, lambda slot: open_password(envelope, slot, new)) is None:
        return False
    tries.succeeded(path.parent)
    write_envelope(path, envelope)
    return True


def confirm_recovery_code(path: Path, code: str) -> None:
    """Make sure that the newest code was copied rightly, and end the one before.

    Raises StoreError code_mistyped, code_not_newest, WrongPassword (wrong_code).
    """
    opened = open_with_recovery_code(path, code)
    envelope, secret = verified(path, opened.key), read_code(code)
    newest = of_kind(envelope, "recovery")[-1]
    if open_recovery(envelope, newest, secret) is None:
        raise StoreError("code_not_newest", "Đây là mã khôi phục cũ. Gõ mã vừa in để xác nhận.")
    store_slots(path, envelope, opened.key, [s for s in envelope.slots if s.kind != "recovery" or s is newest])


def _first(
    envelope: Envelope, slots: list[Slot], opens: Callable[[Slot], bytearray | None]
) -> tuple[Slot, MasterKey] | None:
    """The first slot that opens. One whose secret was right but which is disabled is told as such."""
    for slot in slots:
        raw = opens(slot)
        if raw is None:
            continue
        if not raw:
            raise StoreError(
                "user_disabled", "Người dùng này đã bị ngừng nên không mở khóa được. Nhờ người quản trị cho dùng lại."
            )
        return slot, MasterKey(envelope.store_id, raw)
    return None


def _opened(
    path: Path, envelope: Envelope, slot: Slot, key: MasterKey, again: Callable[[], Slot], clock: Clock
) -> Opened:
    check_authentic(envelope, key)
    if slot.old:
        replace_slot(path, envelope, key, slot, again())
    elif envelope.mac:
        mend_copies(path, envelope)
    return Opened(rotation.resume(path.parent, key, clock), slot.user)


def _like(slot: Slot, password: str, kdf: KdfParameters) -> Slot:
    return password_slot(slot.user, slot.name, slot.title, password, kdf)
