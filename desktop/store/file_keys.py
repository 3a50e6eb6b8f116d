"""The random key of an attachment's file, wrapped for its row: the one place that knows how."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.store.errors import fault
from desktop.store.masterkey import MasterKey

NONCE = 12


class FileKeys:
    """Wraps and unwraps under a key derived from the master key, bound to the content's SHA-256."""

    def __init__(self, key: MasterKey) -> None:
        self._wrapping = AESGCM(key.derive("attachments"))

    def wrap(self, file_key: bytes, sha256: str) -> bytes:
        """Give what the row keeps: nonce and ciphertext."""
        nonce = os.urandom(NONCE)
        return nonce + self._wrapping.encrypt(nonce, file_key, sha256.encode())

    def unwrap(self, wrapped: bytes, sha256: str) -> bytes:
        """Give the file's key. Raises StoreError store_damaged."""
        try:
            return self._wrapping.decrypt(wrapped[:NONCE], wrapped[NONCE:], sha256.encode())
        except InvalidTag:
            raise fault("store_damaged") from None
