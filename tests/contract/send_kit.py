"""Short ways to lock a store and to look into what it handed out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.store.send_key import SendKey
from desktop.store.send_queue import SendQueue
from desktop.store.store import Store


def hand_out(store: Store) -> SendKey:
    key = store.hand_out()
    assert key is not None
    return SendKey.read(key.text())


@contextmanager
def locked_queue(store: Store) -> Iterator[SendQueue]:
    with SendQueue.open(store.folder, hand_out(store)) as queue:
        yield queue


def unlock(store: Store) -> None:
    """Take the marks back as whoever sends next does."""
    with store.lock_for_sync():
        pass
