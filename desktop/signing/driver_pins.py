"""Changing a token's PIN. Runs only in the token process."""

from __future__ import annotations

from typing import Any

import pkcs11

from desktop.signing.driver import Driver
from desktop.signing.driver_refusals import refuse_by_flags
from desktop.signing.pin import Pin
from desktop.signing.pinlengths import Lengths


def prepare_change(driver: Driver, serial: str, final_try: bool) -> Lengths:
    """Make sure that a change is worth a try; give the shortest and longest PIN in bytes, (0, 0) when not told.

    Raises DriverError token_gone, pin_locked, pin_final_try.
    """
    driver.close()
    token = driver.presence.token(serial)
    refuse_by_flags(token.flags, final_try=final_try, changing=True)
    return driver.presence.lengths(token)


def change(driver: Driver, serial: str, old: Pin | None = None, new: Pin | None = None) -> None:
    """Change the user's PIN; on a PIN pad both are typed there. Raises DriverError, PKCS11Error.

    Done without a login, as a token whose PIN must be changed refuses one; modules that want it say so before they
    look at the PIN.
    """
    driver.close()
    token = driver.presence.token(serial)
    before, after = old or Pin(bytearray()), new or Pin(bytearray())
    driver.guarded(serial, lambda: _set_pin(token, before, after, by_pad=old is None))


def _set_pin(token: Any, old: Pin, new: Pin, *, by_pad: bool) -> None:
    with token.open(rw=True) as session:
        try:
            session.set_pin(old, new)
        except pkcs11.UserNotLoggedIn:
            wants_login = True
        else:
            wants_login = False
    if wants_login:
        with token.open(rw=True, user_pin=pkcs11.PROTECTED_AUTH if by_pad else old) as session:
            session.set_pin(old, new)
