"""Prepares a token: PINs, key pair, certificate. Real tokens come prepared by their issuer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from desktop.signing.moduleprocess import ModuleProcess


class Provisioner:
    """Token set-up through one PKCS#11 module, in a process of its own; PINs never reach argv or a file."""

    def __init__(self, module: Path | str, timeout: float = 60.0, environment: Mapping[str, str] | None = None) -> None:
        self.module = Path(module)
        self.environment = dict(environment or {})
        self._process = ModuleProcess(self.module, timeout, self.environment)

    def __enter__(self) -> Provisioner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.stop()

    def serials(self) -> dict[str, str]:
        """Give the label of each initialised token by serial. Raises TokenError."""
        return dict(self._process.call("serials"))

    def replace_pins(self, serial: str, *, old_so: str, new_so: str, user: str) -> None:
        """Set the user's PIN and change the security officer's. Raises TokenError."""
        self._process.call("replace_pins", serial, secrets=[old_so, new_so, user])

    def generate_key(self, serial: str, kind: str, label: str, pin: str) -> tuple[bytes, bytes]:
        """Make a key pair of `kind` ("RSA-3072", "EC-P-256") on the token.

        Gives the key's CKA_ID and its public key as DER SubjectPublicKeyInfo. Raises TokenError.
        """
        key_id, public_key = self._process.call("generate_key", serial, kind, label, secrets=[pin])
        return key_id, public_key

    def write_certificate(self, serial: str, der: bytes, label: str, pin: str, key_id: bytes = b"") -> None:
        """Store a certificate; `key_id` names its key, empty for a CA's. Raises TokenError."""
        self._process.call("write_certificate", serial, der, key_id, label, secrets=[pin])
