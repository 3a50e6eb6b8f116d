"""Short ways to lock a store and to look into what it handed out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.desk.queue_receipts import ReceiptProof
from desktop.store.send_key import SendKey
from desktop.store.send_queue import SendQueue
from desktop.store.store import Store
from desktop.store.units import DeviceConfig
from tests.contract.store_kit import TREASURY


def hand_out(store: Store) -> SendKey:
    key = store.hand_out()
    assert key is not None
    return SendKey.read(key.text())


@contextmanager
def locked_queue(store: Store) -> Iterator[SendQueue]:
    with SendQueue.open(store.folder, hand_out(store)) as queue:
        yield queue


def enrol(store: Store) -> None:
    """Let the store know the Treasury whose receipts the kit makes."""
    if store.device.get() is not None:
        return
    known = {TREASURY.key_id: TREASURY.public_b64}
    store.device.set(DeviceConfig(url="", tls_pin="", device_id="m1", device_key=b"k" * 32, statement_keys=known))


def unlock(store: Store) -> None:
    """Take the marks back as whoever sends next does."""
    enrol(store)
    with store.lock_for_sync(ReceiptProof(store)):
        pass
