"""What signing needs of a key, wherever it lives."""

from __future__ import annotations

from typing import Protocol


class SigningKey(Protocol):
    """A private key with its certificate, wherever it lives."""

    @property
    def certificate(self) -> bytes:
        """The signer's certificate, DER."""
        ...

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Further certificates (DER) a verifier may need, without the root; may be empty."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Sign bytes with SHA-256: RSASSA-PKCS1-v1_5, or ECDSA as a DER sequence. Raises TokenError."""
        ...
