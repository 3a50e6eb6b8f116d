"""The device's own key, and statements signed by the Treasury: Ed25519 (RFC 8032) with a context for each use.

A signature is over b"vungxa-" + context + b"-1\\n" + the payload's UTF-8 bytes (docs/protocol.md), so a receipt can
never pass as an event or a session proof.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop.signing.errors import StatementError

CONTEXTS = frozenset({"receipt", "event", "pack", "session", "trust", "journal"})


class Statement(Protocol):
    """What a signed statement looks like, wherever it came from."""

    @property
    def payload(self) -> str:
        """The signed text."""
        ...

    @property
    def key_id(self) -> str:
        """Which key signed: see `key_id_of`."""
        ...

    @property
    def signature(self) -> str:
        """Base64 of the 64 signature bytes."""
        ...


class DeviceKey:
    """An Ed25519 key pair: the device's proof of possession, or the gateway's statement key."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    def __repr__(self) -> str:
        return f"DeviceKey({self.key_id})"

    @classmethod
    def generate(cls) -> DeviceKey:
        """Make a new key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def load(cls, raw: bytes) -> DeviceKey:
        """Read the 32 raw bytes that `raw` gave.

        Raises StatementError bad_key.
        """
        try:
            return cls(Ed25519PrivateKey.from_private_bytes(raw))
        except ValueError:
            raise StatementError(
                "bad_key", "Khóa của thiết bị bị hỏng. Hãy đăng ký lại thiết bị với Kho bạc."
            ) from None

    @property
    def raw(self) -> bytes:
        """The 32 secret bytes; they belong in the encrypted store and nowhere else."""
        return self._private.private_bytes_raw()

    @property
    def public_b64(self) -> str:
        """The raw public key, base64, as enrolment sends it."""
        return b64encode(self._private.public_key().public_bytes_raw()).decode()

    @property
    def key_id(self) -> str:
        """The name of the public key."""
        return key_id_of(self._private.public_key().public_bytes_raw())

    def sign(self, text: str, context: str = "session") -> str:
        """Sign a text for one use and give the signature in base64."""
        return b64encode(self._private.sign(_message(context, text))).decode()


def key_id_of(raw: bytes) -> str:
    """Name a raw public key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(raw).hexdigest()[:16]


def verify_statement(statement: Statement, context: str, keys: Mapping[str, str]) -> bytes:
    """Give the payload's bytes if one of our `keys` (key_id to raw public key in base64) signed it for this context.

    Raises StatementError: unknown_key, bad_signature.
    """
    encoded = keys.get(statement.key_id)
    if encoded is None:
        raise StatementError(
            "unknown_key", "Văn bản mang chữ ký của một khóa lạ, không phải của Kho bạc. Văn bản này không được tính."
        )
    verify_text(statement.payload, statement.signature, context, encoded)
    return statement.payload.encode()


def verify_text(text: str, signature: str, context: str, public_b64: str) -> None:
    """Check one signature with one raw public key (base64); the gateway uses it for a session's proof.

    Raises StatementError bad_signature, for a malformed key or signature too.
    """
    try:
        key = Ed25519PublicKey.from_public_bytes(b64decode(public_b64, validate=True))
        key.verify(b64decode(signature, validate=True), _message(context, text))
    except (InvalidSignature, ValueError):
        raise StatementError(
            "bad_signature", "Chữ ký của văn bản không khớp. Văn bản này không được tính; máy sẽ hỏi lại Kho bạc."
        ) from None


def _message(context: str, text: str) -> bytes:
    if context not in CONTEXTS:
        raise ValueError(f"unknown context {context!r}")
    return b"vungxa-" + context.encode() + b"-1\n" + text.encode()
