"""Opening a unit by a token: finds the one that is plugged in and lets it decrypt, before there is a store to ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop.desk.errors import DeskError
from desktop.desk.token_modules import known_modules
from desktop.signing.drivers import AllDrivers, Tokens
from desktop.signing.errors import TokenGone

PULLED = "Token vừa bị rút ra nên chưa mở được; chưa có gì thay đổi. Cắm lại token, chờ vài giây rồi thử lại."


class TokenUnwrap(Protocol):
    """Decrypts on a plugged-in token."""

    def __call__(self, certificate_sha256: str, pin: str, ciphertext: bytes, *, final_try: bool) -> bytes:
        """Give the secret; `final_try` says that the last try may be spent. Raises DeskError, TokenError."""
        ...


def drivers_found() -> Tokens:
    """All usable drivers of this machine; those a person picked are written in the store, which is still shut.

    Raises ModuleError no_module.
    """
    return AllDrivers([module.path for module in known_modules(None) if module.usable])


def unwrapping(make: Callable[[], Tokens]) -> TokenUnwrap:
    """Decrypts with a worker that is started for it and ended after it.

    What it gives raises DeskError no_token, token_gone, TokenError.
    """

    def unwrap(certificate_sha256: str, pin: str, ciphertext: bytes, *, final_try: bool) -> bytes:
        worker = make()
        try:
            serial = _serial(worker, certificate_sha256)
            return worker.decrypt(serial, certificate_sha256, pin, ciphertext, final_try=final_try)
        except TokenGone as error:  # its own words are about signing
            raise DeskError(error.code, PULLED) from None
        finally:
            worker.close()

    return unwrap


def _serial(worker: Tokens, certificate_sha256: str) -> str:
    for token in worker.tokens():
        if any(one.sha256 == certificate_sha256 for one in token.certificates):
            return token.serial
    raise DeskError("no_token", "Chưa thấy token của người này. Cắm token vào máy, chờ vài giây rồi thử lại.")
