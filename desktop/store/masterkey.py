"""The key of one store while it is open: derives every other key, and can be wiped."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.store.errors import StoreError

KEY_BYTES = 32


@dataclass(frozen=True, eq=False)
class MasterKey:
    """The key of one store, in memory only; its repr shows nothing of it.

    `raw` is 32 bytes in a buffer of its own, which `wipe` zeroes; what was derived before lives on where it was given.
    """

    store_id: str
    raw: bytearray = field(repr=False)

    def __init__(self, store_id: str, raw: bytes | bytearray) -> None:
        object.__setattr__(self, "store_id", store_id)
        object.__setattr__(self, "raw", bytearray(raw))

    def derive(self, purpose: str, length: int = KEY_BYTES) -> bytes:
        """Give an independent key for one purpose (HKDF-SHA256, RFC 5869). Raises StoreError store_locked if wiped."""
        if self.wiped:
            raise StoreError("store_locked", "Dữ liệu của đơn vị đã khóa. Mở khóa lại để làm tiếp.")
        info = f"vungxa-store-1/{self.store_id}/{purpose}".encode()
        return HKDF(hashes.SHA256(), length, None, info).derive(self.raw)

    @property
    def wiped(self) -> bool:
        """Tell whether the key is gone: no random key is all zeros."""
        return not any(self.raw)

    def wipe(self) -> None:
        """Overwrite the key with zeros; it derives nothing any more."""
        self.raw[:] = bytes(len(self.raw))

    def copy(self) -> MasterKey:
        """Give a key of its own to somebody who wipes theirs at another time."""
        return MasterKey(self.store_id, self.raw)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MasterKey):
            return NotImplemented
        return self.store_id == other.store_id and hmac.compare_digest(self.raw, other.raw)

    __hash__ = None  # type: ignore[assignment]


def new_master_key() -> MasterKey:
    """Make the random key of a new store."""
    return MasterKey(secrets.token_hex(16), secrets.token_bytes(KEY_BYTES))
