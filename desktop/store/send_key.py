"""The key that a locked program keeps: it opens the packages still to be sent, and nothing else of the unit."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.store.errors import StoreError

ID_BYTES = 16
KEY_BYTES = 32


class KeySource(Protocol):
    """Whatever gives independent keys for named purposes: the master key of a store, or a send key."""

    def derive(self, purpose: str, length: int = 32) -> bytes:
        """Give `length` bytes for one purpose."""
        ...


@dataclass(frozen=True)
class SendKey:
    """Opens one `queue.vx`. Made from the master key by HKDF, so the way back to the master key is closed.

    Each locking has a key of its own: what an earlier locked program knew opens no later queue. Its repr shows nothing.
    """

    queue_id: str
    raw: bytes = field(repr=False)

    def derive(self, purpose: str, length: int = 32) -> bytes:
        """Give an independent key for one purpose (HKDF-SHA256, RFC 5869)."""
        info = f"vungxa-queue-1/{self.queue_id}/{purpose}".encode()
        return HKDF(hashes.SHA256(), length, None, info).derive(self.raw)

    def text(self) -> str:
        """Write it down for the program that comes after; `read` understands it."""
        return f"{self.queue_id}:{self.raw.hex()}"

    @classmethod
    def read(cls, text: str) -> SendKey:
        """Read what `text` wrote. Raises StoreError send_key_unreadable."""
        queue_id, _, digits = text.partition(":")
        try:
            raw, name = bytes.fromhex(digits), bytes.fromhex(queue_id)
        except ValueError:
            raw, name = b"", b""
        if (len(name), len(raw)) != (ID_BYTES, KEY_BYTES):
            raise StoreError("send_key_unreadable", "Không đọc được khóa gửi của màn hình khóa. Mở khóa để gửi tiếp.")
        return cls(queue_id, raw)


def new_queue_id() -> str:
    """Name a queue at random."""
    return secrets.token_hex(ID_BYTES)


def send_key(master: KeySource, queue_id: str) -> SendKey:
    """Give the key of one queue."""
    return SendKey(queue_id, master.derive(f"queue/{queue_id}", KEY_BYTES))
