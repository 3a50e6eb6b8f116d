"""The Treasury's statement keys as PEM files, so that a receipt can be checked by public tools and by other offices."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from desktop.signing.device import key_id_of
from desktop.signing.errors import StatementError

MAX_KEY_BYTES = 16 * 1024


def to_pem(public_b64: str) -> bytes:
    """Write a raw public key (base64) as PEM (RFC 8410)."""
    key = Ed25519PublicKey.from_public_bytes(b64decode(public_b64, validate=True))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def load_keys(paths: Iterable[Path]) -> dict[str, str]:
    """Read PEM files of one key each and give key_id to raw public key in base64. Raises StatementError bad_key."""
    raw = [_load(path) for path in paths]
    return {key_id_of(key): b64encode(key).decode() for key in raw}


def _load(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            key = load_pem_public_key(file.read(MAX_KEY_BYTES))
    except (OSError, ValueError, TypeError) as error:
        raise _bad_key(path) from error
    if not isinstance(key, Ed25519PublicKey):
        raise _bad_key(path)
    return key.public_bytes_raw()


def _bad_key(path: Path) -> StatementError:
    return StatementError(
        "bad_key", f"Tệp {path.name} không phải khóa biên nhận của Kho bạc (PEM, Ed25519). Chọn đúng tệp khóa."
    )
