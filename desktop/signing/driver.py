"""One loaded module and at most one open key. Runs only in the token process, which owns the vendor's module.

A login is in two steps, so that all that can be refused without spending a try is refused before the PIN is used.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pkcs11
from pkcs11 import PROTECTED_AUTH, TokenFlag

from desktop.signing.driver_decrypt import raw_decrypt
from desktop.signing.driver_objects import (
    Found,
    SigningKey,
    choose,
    find_key,
    intermediates,
    raw_sign,
    read_certificates,
)
from desktop.signing.driver_refusals import GONE, PIN_CODES, SESSION_ENDED, DriverError, refuse_by_flags
from desktop.signing.loading import load
from desktop.signing.pin import Pin
from desktop.signing.presence import Presence, serial_of
from desktop.signing.tokeninfo import PinFlags, ReaderInfo, TokenInfo


class Opened(NamedTuple):
    """A logged-in key: certificate and CA certificates as DER, whether each signature wants the PIN, PINs given."""

    certificate: bytes
    chain: tuple[bytes, ...]
    pin_each: bool
    pin_uses: int


class _Ready(NamedTuple):
    serial: str
    chosen: Found
    chain: tuple[bytes, ...]


class Driver:
    """One loaded module and at most one open session."""

    def __init__(self, module: str) -> None:
        self._library = load(module)
        self.presence = Presence(self._library, module)
        self._session: Any = None
        self._key: SigningKey | None = None
        self._ready: _Ready | None = None
        self._pin: Pin | None = None
        self._serial = ""

    def tokens(self) -> list[TokenInfo]:
        """List tokens; see Presence."""
        self.presence.wake()
        return self.presence.tokens()

    def readers(self) -> list[ReaderInfo]:
        """List readers; see Presence."""
        self.presence.wake()
        return self.presence.readers()

    def flags(self, serial: str) -> PinFlags:
        """Read a token's PIN flags now. Raises DriverError token_gone."""
        flags = self.presence.token(serial).flags
        return PinFlags(
            bool(TokenFlag.USER_PIN_COUNT_LOW & flags),
            bool(TokenFlag.USER_PIN_FINAL_TRY & flags),
            bool(TokenFlag.USER_PIN_LOCKED & flags),
        )

    def prepare(self, serial: str, certificate_sha256: str, final_try: bool) -> bool:
        """Make sure that a login is worth a try; tell whether the PIN is typed on a PIN pad.

        Raises DriverError token_gone, pin_locked, pin_to_change, pin_final_try, certificate_not_found, key_unsupported.
        """
        self.close()
        token = self.presence.token(serial)
        refuse_by_flags(token.flags, final_try=final_try)
        with token.open() as session:
            certificates = read_certificates(session)
        self._ready = _Ready(serial, choose(certificates, certificate_sha256), intermediates(certificates))
        return bool(TokenFlag.PROTECTED_AUTHENTICATION_PATH & token.flags)

    def login(self, pin: Pin | None = None) -> Opened:
        """Log in, once, to what was prepared and find the key of the certificate; without `pin` on a PIN pad.

        Raises DriverError. After a refused PIN the session stays open inside python-pkcs11 with nobody to close it, so
        the process must end.
        """
        ready, self._ready = self._ready, None
        if ready is None:
            raise DriverError("session_lost")
        token, self._serial = self.presence.token(ready.serial), ready.serial
        self._pin = pin.copy() if pin is not None else Pin(bytearray())
        self._session = self._guarded(lambda: token.open(user_pin=PROTECTED_AUTH if pin is None else pin))
        self._key, uses = self._guarded(lambda: find_key(self._session, ready.chosen, self._pin))
        if not self._key.pin_each:
            self._forget_pin()
        return Opened(ready.chosen.info.der, ready.chain, self._key.pin_each, 1 + uses)

    def sign(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest (32 bytes) with the open key, in the form CMS wants. Raises DriverError."""
        key = self._key
        if self._session is None or key is None:
            raise DriverError("session_lost")
        signature: bytes = self._guarded(lambda: raw_sign(key, digest, self._pin))
        return signature

    def decrypt(self, blocks: bytes) -> bytes:
        """Decrypt a secret with the open key; see raw_decrypt. Raises DriverError."""
        key = self._key
        if self._session is None or key is None:
            raise DriverError("session_lost")
        secret: bytes = self._guarded(lambda: raw_decrypt(key, blocks, self._pin))
        return secret

    def close(self) -> None:
        """Log out and wipe the PIN. Raises PKCS11Error when the module cannot: then the process must end."""
        session, self._session, self._key, self._ready = self._session, None, None, None
        self._forget_pin()
        if session is not None:
            session.close()

    def code_of(self, error: pkcs11.PKCS11Error) -> str:
        """Tell a token that was pulled out from a driver in trouble: drivers give all sorts of codes for the former."""
        if isinstance(error, GONE):
            return "token_gone"
        try:
            here = {serial_of(token) for token in self.presence.present()}
        except pkcs11.PKCS11Error:
            return "module_error"
        if self._serial and self._serial not in here:
            return "token_gone"
        return "session_lost" if isinstance(error, SESSION_ENDED) else "module_error"

    def finish(self) -> None:
        """Give the module back."""
        self.close()
        self._library.finalize()

    def guarded(self, serial: str, work: Any) -> Any:
        """Do what may refuse a PIN of the token `serial`; a refusal tells the flags after it. Raises DriverError."""
        try:
            return work()
        except tuple(PIN_CODES) as error:
            low, final_try, locked = self.flags(serial)
            code = PIN_CODES[type(error)]
            raise DriverError("pin_locked" if locked and code == "pin_wrong" else code, (low, final_try)) from None

    def _guarded(self, work: Any) -> Any:
        return self.guarded(self._serial, work)

    def _forget_pin(self) -> None:
        if self._pin is not None:
            self._pin.wipe()
            self._pin = None
