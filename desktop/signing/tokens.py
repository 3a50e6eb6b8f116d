"""Tokens as the rest of the program sees them: list them, open one with its PIN, sign. All in one thread of ours, all
PKCS#11 in a process of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from asn1crypto import x509

from desktop.signing.certificates import CertificateInfo
from desktop.signing.driver import Opened
from desktop.signing.errors import (
    CertificateNotFound,
    ModuleError,
    PinFinalTry,
    PinLocked,
    PinWrong,
    TokenError,
    TokenGone,
    WorkerTimeout,
)
from desktop.signing.moduleprocess import ModuleProcess
from desktop.signing.rawverify import holds
from desktop.signing.refusals import refusal, wrong_length
from desktop.signing.tokeninfo import PinFlags, ReaderInfo, TokenInfo

PAD_TIMEOUT = 120.0
"""Seconds a person has to type the PIN on a PIN pad."""
__all__ = [
    "CertificateInfo",
    "CertificateNotFound",
    "ModuleError",
    "PinFinalTry",
    "PinFlags",
    "PinLocked",
    "PinWrong",
    "ReaderInfo",
    "TokenError",
    "TokenGone",
    "TokenInfo",
    "TokenKey",
    "TokenWorker",
    "WorkerTimeout",
]


class TokenKey:
    """A logged-in key on a token; a `cades.SigningKey`. Close it as soon as the batch is done: it logs out.

    `pin_each`: the token wants the PIN before each signature; the token process keeps it until `close` and gives it.
    `pin_uses` counts how often the PIN was given or had to be typed on a PIN pad, the login included.
    """

    def __init__(self, process: ModuleProcess, serial: str, opened: Opened, waits: float | None) -> None:
        self._process = process
        self._serial = serial
        self._generation = process.generation
        self._waits = waits if opened.pin_each else None
        self._public_key = x509.Certificate.load(opened.certificate).public_key.dump()
        self.certificate = opened.certificate
        self.chain = tuple(der for der in opened.chain if der != opened.certificate)
        self.pin_each = opened.pin_each
        self.pin_uses = opened.pin_uses

    def __enter__(self) -> TokenKey:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def sign(self, data: bytes) -> bytes:
        """Sign with SHA-256; only the digest goes to the token, and its answer is checked against the certificate.

        Raises TokenError: token_gone, token_timeout, module_crashed, session_lost, bad_token_signature and others; with
        `pin_each` also those of a login. Nothing is tried twice.
        """
        self._still_open()
        digest = hashlib.sha256(data).digest()
        self.pin_uses += self.pin_each
        signature: bytes = self._process.call("sign", digest, waits=self._waits)
        if not holds(self._public_key, digest, signature):
            raise refusal("bad_token_signature")
        return signature

    def decrypt(self, ciphertext: bytes) -> bytes:
        """Decrypt a secret; see TokenWorker.decrypt. Raises TokenError."""
        self._still_open()
        self.pin_uses += self.pin_each
        secret: bytes = self._process.call("decrypt", ciphertext, waits=self._waits)
        return secret

    def flags(self) -> PinFlags:
        """Read the token's PIN flags now. Raises TokenError."""
        self._still_open()
        flags: PinFlags = self._process.call("flags", self._serial)
        return flags

    def close(self) -> None:
        """Log out; a token that is gone already is fine."""
        if self._alive():
            try:
                self._process.call("close")
            except TokenError:
                return  # nothing stays logged in: the process was ended

    def _still_open(self) -> None:
        if not self._alive():
            raise refusal("session_lost")

    def _alive(self) -> bool:
        return self._process.running and self._process.generation == self._generation


class TokenWorker:
    """One PKCS#11 module, in its own process, started when first needed and restarted after a crash or time-out.

    `timeout` (seconds) bounds every call, `pad_timeout` those in which a person types on a PIN pad. Use from one
    thread, as a context manager.
    """

    def __init__(
        self,
        module: Path | str,
        timeout: float = 20.0,
        environment: Mapping[str, str] | None = None,
        pad_timeout: float = PAD_TIMEOUT,
    ) -> None:
        self.module = Path(module)
        self._pad_timeout = pad_timeout
        self._process = ModuleProcess(self.module, timeout, environment or {})

    def __enter__(self) -> TokenWorker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def readers(self) -> list[ReaderInfo]:
        """List the module's readers, empty ones too. Raises TokenError."""
        found: list[ReaderInfo] = self._process.ask("readers")
        return found

    def tokens(self) -> list[TokenInfo]:
        """List what is plugged in now; poll this, tokens do not announce themselves. Raises TokenError.

        Cheap while nothing was plugged in: certificates are read once for each token, flags each time.
        """
        found: list[TokenInfo] = self._process.ask("tokens")
        return found

    def keys_seen(self, serial: str) -> frozenset[str]:
        """Give the SHA-256 of the certificates whose key pair shows on a token without a PIN. Raises TokenError."""
        return frozenset(self._process.ask("keys_seen", serial))

    def open(self, serial: str, certificate_sha256: str, pin: str | None, *, final_try: bool = False) -> TokenKey:
        """Log in to a token and take the key of one certificate (SHA-256 of its DER, hex).

        `pin` None: the person types it on the PIN pad. `final_try`: the person has said yes to spending the last try.
        A wrong PIN spends a try and is never repeated by itself. Raises PinWrong, PinFinalTry, PinLocked, TokenGone,
        CertificateNotFound, ModuleError, WorkerTimeout, or TokenError pin_to_change, pin_format, pin_not_set,
        pin_cancelled, pin_pad_timeout, key_unsupported, session_lost.
        """
        pad = self._process.ask("prepare", serial, certificate_sha256, final_try)
        if pin is None and not pad:
            raise refusal("pin_format")
        opened: Opened = self._with_pin("login", pins=[pin])
        return TokenKey(self._process, serial, opened, self._pad_timeout if pin is None else None)

    def change_pin(self, serial: str, old: str | None, new: str | None, *, final_try: bool = False) -> None:
        """Change a token's PIN; both None on a PIN pad, where they are typed.

        Lengths are checked before a try is spent. Raises as `open`; pin_format tells the lengths the token takes.
        """
        shortest, longest = self._process.ask("prepare_change", serial, final_try)
        if new is not None and longest and not shortest <= len(new.encode(errors="replace")) <= longest:
            raise wrong_length(shortest, longest)
        self._with_pin("change", serial, pins=[old, new])

    def decrypt(
        self, serial: str, certificate_sha256: str, pin: str | None, ciphertext: bytes, *, final_try: bool = False
    ) -> bytes:
        """Decrypt a secret with the key of one certificate and log out: one login, one secret.

        `ciphertext` is the secret as two RSA-OAEP blocks, with SHA-256 and with SHA-1: a token knows one of them.
        Raises as `open`, and TokenError token_cannot_decrypt for a token that only signs.
        """
        with self.open(serial, certificate_sha256, pin, final_try=final_try) as key:
            return key.decrypt(ciphertext)

    def interrupt(self) -> None:
        """Give up a call that waits for a PIN pad, from any thread; it raises TokenError pin_cancelled."""
        self._process.interrupt()

    def restart(self) -> None:
        """End and forget the process; the next call starts another."""
        self._process.stop()

    def close(self) -> None:
        """End the process; the worker may be used again and then starts another."""
        self._process.stop()

    def _with_pin(self, operation: str, *arguments: object, pins: Sequence[str | None]) -> Any:
        typed = [pin for pin in pins if pin is not None]
        if typed and len(typed) != len(pins):
            raise refusal("pin_format")
        return self._process.call(operation, *arguments, secrets=typed, waits=None if typed else self._pad_timeout)
