"""Opening a unit by a token: finds the one that is plugged in and lets it decrypt, before there is a store to ask."""

from __future__ import annotations

from collections.abc import Callable

from desktop.desk.errors import DeskError
from desktop.desk.token_modules import known_modules
from desktop.signing.drivers import AllDrivers, Tokens

TokenUnwrap = Callable[[str, str, bytes], bytes]
"""Decrypts on a plugged-in token: certificate's SHA-256, PIN, ciphertext."""


def drivers_found() -> Tokens:
    """All usable drivers of this machine; those a person picked are written in the store, which is still shut.

    Raises ModuleError no_module.
    """
    return AllDrivers([module.path for module in known_modules(None) if module.usable])


def unwrapping(make: Callable[[], Tokens]) -> TokenUnwrap:
    """Decrypts with a worker that is started for it and ended after it. Raises DeskError no_token, TokenError."""

    def unwrap(certificate_sha256: str, pin: str, ciphertext: bytes) -> bytes:
        worker = make()
        try:
            serial = _serial(worker, certificate_sha256)
            return worker.decrypt(serial, certificate_sha256, pin, ciphertext)
        finally:
            worker.close()

    return unwrap


def _serial(worker: Tokens, certificate_sha256: str) -> str:
    for token in worker.tokens():
        if any(one.sha256 == certificate_sha256 for one in token.certificates):
            return token.serial
    raise DeskError("no_token", "Chưa thấy token của người này. Cắm token vào máy, chờ vài giây rồi thử lại.")
