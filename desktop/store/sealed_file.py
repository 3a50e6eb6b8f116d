"""Encrypt a file in 64 KB chunks so that any part of it can be read without the rest, and no chunk moved or cut.

STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): AES-256-GCM, nonce = 7 byte prefix, 4 byte counter,
and a byte that is 1 on the last chunk only. Key and prefix are fresh for each content.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.store.errors import StoreError

CHUNK = 64 * 1024
TAG = 16
KEY_BYTES = 32
PREFIX_BYTES = 7


def seal(content: bytes, key: bytes, prefix: bytes) -> bytes:
    """Return the encrypted chunks one after the other, each 16 bytes longer than its content."""
    cipher, count = AESGCM(key), chunk_count(len(content))
    return b"".join(
        cipher.encrypt(_nonce(prefix, index, count), content[index * CHUNK : (index + 1) * CHUNK], None)
        for index in range(count)
    )


def read_at(path: Path, key: bytes, prefix: bytes, total: int, offset: int, size: int) -> bytes:
    """Return at most `size` bytes from `offset` of the `total` bytes sealed in a file, reading only those chunks.

    Raises StoreError attachment_damaged when a chunk was changed, moved or cut; OSError as the file system does.
    """
    end = min(offset + size, total)
    if offset >= end:
        return b""
    first, last = offset // CHUNK, (end - 1) // CHUNK
    count, cipher = chunk_count(total), AESGCM(key)
    with path.open("rb") as stream:
        stream.seek(first * (CHUNK + TAG))
        chunks = [
            _open(cipher, stream.read(CHUNK + TAG), _nonce(prefix, index, count)) for index in range(first, last + 1)
        ]
    start = offset - first * CHUNK
    return b"".join(chunks)[start : start + end - offset]


def chunk_count(total: int) -> int:
    """Return how many chunks `total` bytes take; one even for none."""
    return max(1, -(-total // CHUNK))


def sealed_size(total: int) -> int:
    """Return how many bytes the sealed file of `total` bytes has."""
    return total + chunk_count(total) * TAG


def _open(cipher: AESGCM, sealed: bytes, nonce: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, None)
    except (InvalidTag, ValueError):
        raise StoreError("attachment_damaged", "Tệp đính kèm lưu trong máy bị hỏng. Đính kèm lại tệp gốc.") from None


def _nonce(prefix: bytes, index: int, count: int) -> bytes:
    return prefix + index.to_bytes(4, "big") + (b"\x01" if index == count - 1 else b"\x00")
