"""Tokens as the rest of the program sees them: list them, open one with its PIN, sign. All in one thread of ours, all
PKCS#11 in a process of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from asn1crypto import x509

from desktop.signing.certificates import CertificateInfo
from desktop.signing.errors import (
    CertificateNotFound,
    ModuleError,
    PinLocked,
    PinWrong,
    TokenError,
    TokenGone,
    WorkerTimeout,
)
from desktop.signing.moduleprocess import ModuleProcess
from desktop.signing.rawverify import holds
from desktop.signing.tokeninfo import TokenInfo

__all__ = [
    "CertificateInfo",
    "CertificateNotFound",
    "ModuleError",
    "PinLocked",
    "PinWrong",
    "TokenError",
    "TokenGone",
    "TokenInfo",
    "TokenKey",
    "TokenWorker",
    "WorkerTimeout",
]


class TokenKey:
    """A logged-in key on a token; a `cades.SigningKey`. Close it as soon as the batch is done: it logs out."""

    def __init__(self, process: ModuleProcess, certificate: bytes, chain: tuple[bytes, ...]) -> None:
        self._process = process
        self._generation = process.generation
        self._public_key = x509.Certificate.load(certificate).public_key.dump()
        self.certificate = certificate
        self.chain = chain

    def __enter__(self) -> TokenKey:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def sign(self, data: bytes) -> bytes:
        """Sign with SHA-256; only the digest goes to the token, and its answer is checked against the certificate.

        Raises TokenError: token_gone, token_timeout, module_crashed, session_lost, bad_token_signature and others.
        """
        if self._process.generation != self._generation:
            raise TokenError("session_lost", "Phiên làm việc với token đã đóng. Hãy nhập lại mã PIN để ký tiếp.")
        digest = hashlib.sha256(data).digest()
        signature: bytes = self._process.call("sign", digest)
        if not holds(self._public_key, digest, signature):
            raise ModuleError(
                "bad_token_signature", "Token trả về chữ ký không khớp với chứng thư. Hãy liên hệ nơi cấp token."
            )
        return signature

    def close(self) -> None:
        """Log out; a token that is gone already is fine."""
        if self._process.generation == self._generation and self._process.running:
            try:
                self._process.call("close")
            except TokenError:
                return  # nothing stays logged in: the process was ended


class TokenWorker:
    """One PKCS#11 module, in its own process, started when first needed and restarted after a crash or time-out.

    `timeout` (seconds) bounds every call. Use from one thread, as a context manager.
    """

    def __init__(self, module: Path | str, timeout: float = 20.0, environment: Mapping[str, str] | None = None) -> None:
        self._process = ModuleProcess(Path(module), timeout, environment or {})

    def __enter__(self) -> TokenWorker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def tokens(self) -> list[TokenInfo]:
        """List what is plugged in now; poll this, tokens do not announce themselves. Raises TokenError."""
        found: list[TokenInfo] = self._process.call("tokens")
        return found

    def open(self, serial: str, certificate_sha256: str, pin: str) -> TokenKey:
        """Log in to a token and take the key of one certificate (SHA-256 of its DER, hex).

        A wrong PIN spends a try and is never repeated by itself. Raises PinWrong, PinLocked, TokenGone,
        CertificateNotFound, ModuleError, WorkerTimeout, or TokenError pin_expired, pin_format, pin_not_set.
        """
        certificate, chain = self._process.call("open", serial, certificate_sha256, secrets=[pin])
        return TokenKey(self._process, certificate, tuple(der for der in chain if der != certificate))

    def close(self) -> None:
        """End the process; the worker may be used again and then starts another."""
        self._process.stop()
