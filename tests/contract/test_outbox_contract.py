"""All outboxes keep the promises of the contract."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from desktop.store.send_queue import SendQueue
from desktop.store.store import Store
from desktop.sync.ports import FeedItem, Outbox
from tests.contract import send_kit, store_kit
from tests.contract.outbox_contract import OutboxContract, OutboxUnderTest
from tests.fixtures.memory_outbox import MemoryOutbox


class Memory(OutboxUnderTest):
    def __init__(self) -> None:
        self.memory = MemoryOutbox()
        self.outbox: Outbox = self.memory

    def seal(self, name: str, *, part: bytes = b"", urgent: bool = False) -> str:
        package_id = hashlib.sha256(name.encode()).hexdigest()
        parts = {hashlib.sha256(part).hexdigest(): part} if part else {}
        self.memory.seal(package_id, name.encode(), parts, 0 if urgent else 1)
        return package_id

    def reopen(self) -> Outbox:
        return self.memory

    def hold(self, package_id: str) -> None:
        self.memory.held.add(package_id)

    def hold_all(self) -> None:
        self.memory.all_held = True

    def receipt(self, package_id: str, number: str) -> tuple[str, bytes]:
        return store_kit.receipt(package_id, number)

    def event(self, seq: int, package_id: str) -> FeedItem:
        return store_kit.decision(seq, package_id, "in_control")

    def receipt_of(self, package_id: str) -> str | None:
        return self.memory.receipts.get(package_id, (None,))[0]


class Stored(Memory):
    def __init__(self, store: Store) -> None:
        self.store = store
        self.again: Store | None = None
        self.outbox = store.outbox

    def seal(self, name: str, *, part: bytes = b"", urgent: bool = False) -> str:
        return store_kit.seal(self.store, name, part=part, urgent=urgent)

    def reopen(self) -> Outbox:
        self.again = self.store.reopen()
        return self.again.outbox

    def hold(self, package_id: str) -> None:
        self.store.deliveries.pause_item(package_id)

    def hold_all(self) -> None:
        self.store.deliveries.pause()

    def receipt_of(self, package_id: str) -> str | None:
        return self.store.packages.receipt(package_id)


class Locked(OutboxUnderTest):
    """The queue of a locked store: each new package means that the store was unlocked and locked again."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.opened: list[SendQueue] = []

    @property
    def outbox(self) -> SendQueue:  # type: ignore[override]
        return self.opened[-1] if self.opened else self._lock()

    def _lock(self) -> SendQueue:
        key = self.store.hand_out()
        if key is None:  # nothing to send makes no queue
            store_kit.seal(self.store, "any")
            key = self.store.hand_out()
        assert key is not None
        self.key = key
        self.opened.append(SendQueue(self.store.folder, key))
        return self.opened[-1]

    def _unlock(self) -> None:
        while self.opened:
            self.opened.pop().close()
        send_kit.unlock(self.store)

    def seal(self, name: str, *, part: bytes = b"", urgent: bool = False) -> str:
        self._unlock()
        return store_kit.seal(self.store, name, part=part, urgent=urgent)

    def reopen(self) -> Outbox:
        self.opened.append(SendQueue(self.store.folder, self.key))
        return self.opened[-1]

    def hold(self, package_id: str) -> None:
        self._wish(package_id)

    def hold_all(self) -> None:
        self._wish(None)

    def _wish(self, package_id: str | None) -> None:
        file = self.outbox._file
        with file.transaction():
            file.insert("wishes", kind="pause", package_id=package_id, at="", actor="", after_event=0)

    def receipt(self, package_id: str, number: str) -> tuple[str, bytes]:
        return store_kit.receipt(package_id, number)

    def event(self, seq: int, package_id: str) -> FeedItem:
        return store_kit.decision(seq, package_id, "in_control")

    def receipt_of(self, package_id: str) -> str | None:
        self._unlock()
        return self.store.packages.receipt(package_id)


class TestMemoryOutbox(OutboxContract):
    @pytest.fixture
    def queue(self) -> OutboxUnderTest:
        return Memory()


class TestStoreOutbox(OutboxContract):
    @pytest.fixture
    def queue(self, store: Store) -> Iterator[OutboxUnderTest]:
        made = Stored(store)
        yield made
        if made.again is not None:
            made.again.close()


class TestSendQueue(OutboxContract):
    @pytest.fixture
    def queue(self, store: Store) -> Iterator[OutboxUnderTest]:
        made = Locked(store)
        yield made
        for queue in made.opened:
            queue.close()
