"""A passphrase over a hand-over file: AES-256-GCM under a key that Argon2id makes of it.

The work of a guess is fixed here and not read from the file, so that a hostile file cannot ask for more.
"""

from __future__ import annotations

import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.signing.errors import ContainerError

MAGIC = b"VXKY\x01"
SHORTEST = 8
"""Letters of a passphrase."""
_SALT, _NONCE = 16, 12
_HEAD = len(MAGIC) + _SALT + _NONCE


def is_locked(data: bytes) -> bool:
    """Whether a passphrase is needed to read this."""
    return data.startswith(MAGIC)


def lock(data: bytes, passphrase: str) -> bytes:
    """Seal bytes; each time with another salt. Raises ContainerError passphrase_short."""
    if len(passphrase) < SHORTEST:
        raise ContainerError("passphrase_short", f"Mật khẩu của tệp cần ít nhất {SHORTEST} ký tự. Đặt dài hơn.")
    head = MAGIC + os.urandom(_SALT + _NONCE)
    return head + _cipher(head, passphrase).encrypt(head[-_NONCE:], data, head)


def unlock(data: bytes, passphrase: str) -> bytes:
    """Open what `lock` sealed. Raises ContainerError handover_passphrase for another passphrase or altered bytes."""
    head = data[:_HEAD]
    try:
        return _cipher(head, passphrase).decrypt(head[-_NONCE:], data[_HEAD:], head)
    except (InvalidTag, ValueError):
        raise ContainerError(
            "handover_passphrase", "Sai mật khẩu của tệp, hoặc tệp bị hỏng. Gõ lại mật khẩu, hoặc chép lại tệp."
        ) from None


def _cipher(head: bytes, passphrase: str) -> AESGCM:
    """64 MiB, 3 passes, 4 lanes (second choice of RFC 9106 section 4); accents count alike however they were typed."""
    words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    salt = head[len(MAGIC) : len(MAGIC) + _SALT]
    return AESGCM(Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=64 * 1024).derive(words))
