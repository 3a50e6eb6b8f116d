"""How a module's refusals are told to the other side. Runs only in the token process."""

from __future__ import annotations

import pkcs11
from pkcs11 import TokenFlag

GONE = (
    pkcs11.DeviceRemoved,
    pkcs11.TokenNotPresent,
    pkcs11.TokenNotRecognised,
    pkcs11.NoSuchToken,
    pkcs11.SlotIDInvalid,
)
PIN_CODES: dict[type[Exception], str] = {
    pkcs11.PinIncorrect: "pin_wrong",
    pkcs11.PinLocked: "pin_locked",
    pkcs11.PinExpired: "pin_to_change",
    pkcs11.PinInvalid: "pin_format",
    pkcs11.PinLenRange: "pin_format",
    pkcs11.PinTooWeak: "pin_format",
    pkcs11.UserPinNotInitialized: "pin_not_set",
    pkcs11.FunctionCancelled: "pin_cancelled",
    pkcs11.FunctionRejected: "pin_cancelled",
    pkcs11.UserAlreadyLoggedIn: "session_lost",
}
"""What a login or a change of PIN may answer. The last one is left over from a sleep: the PIN was not looked at."""
SESSION_ENDED = (pkcs11.SessionClosed, pkcs11.SessionHandleInvalid, pkcs11.UserNotLoggedIn)


class DriverError(Exception):
    """A refusal by code; `flags` are the token's PIN flags after it, (low, final try)."""

    def __init__(self, code: str, flags: tuple[bool, bool] = (False, False)) -> None:
        super().__init__(code)
        self.code = code
        self.flags = flags


def refuse_by_flags(flags: TokenFlag, *, final_try: bool, changing: bool = False) -> None:
    """Refuse before a try is spent what the token's flags already say. Raises DriverError.

    `final_try`: the person has said yes to spending the last one. `changing`: the PIN is about to be changed.
    """
    if TokenFlag.USER_PIN_LOCKED & flags:
        raise DriverError("pin_locked")
    if TokenFlag.USER_PIN_TO_BE_CHANGED & flags and not changing:
        raise DriverError("pin_to_change")
    if TokenFlag.USER_PIN_FINAL_TRY & flags and not final_try:
        raise DriverError("pin_final_try")
