"""The outbox of a locked program: the engine's `Outbox` over `queue.vx`, opened by a send key alone.

It opens neither unit.vx nor any attachment but the parts of the packages in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.store import sealed_file
from desktop.store.clock import Clock, system_clock
from desktop.store.database import Database, Row
from desktop.store.errors import fault, in_words
from desktop.store.lock import only_one
from desktop.store.open_lock import holding
from desktop.store.outbox import StoreOutbox
from desktop.store.queue_filling import QUEUE
from desktop.store.send_key import SendKey
from desktop.store.units import Device, DeviceConfig

ATTACHMENTS = "attachments"
SYNC_LOCK = "sync.lock"


class SendQueue(StoreOutbox):
    """The packages that a unit handed over when it was locked; used by one thread, like a store.

    What it notes comes into the store when the store is opened next, by `Store.lock_for_sync`.
    """

    def __init__(self, folder: Path, key: SendKey, clock: Clock = system_clock) -> None:
        self._file = Database(folder / QUEUE, key)
        super().__init__(self._file, clock, _Unwritten(), _LentParts(self._file, folder), _LentFeed(self._file))

    @classmethod
    @contextmanager
    def open(cls, folder: Path, key: SendKey, clock: Clock = system_clock) -> Iterator[SendQueue]:
        """Be the only sender of this unit while inside.

        Raises StoreError already_sending, no_store when the queue went back into the store meanwhile, wrong_key,
        store_damaged, store_in_use while the unit's key or file is exchanged.
        """
        with only_one(folder / SYNC_LOCK), holding(folder):
            if not (folder / QUEUE).exists():
                raise fault("no_store")
            queue = cls(folder, key, clock)
            try:
                yield queue
            finally:
                queue.close()

    @classmethod
    def count(cls, folder: Path, key: SendKey) -> int:
        """Count what waits, beside whoever sends. Raises StoreError no_store, wrong_key, store_in_use."""
        with holding(folder):
            if not (folder / QUEUE).exists():
                raise fault("no_store")
            queue = cls(folder, key)
            try:
                return queue.waiting()
            finally:
                queue.close()

    def core(self, package_id: str) -> bytes:
        """Return the package's core as sealed. Raises StoreError not_found."""
        value = self._file.value("SELECT core FROM lent_cores WHERE package_id = ?", (package_id,))
        if value is None:
            raise fault("not_found")
        return bytes(value)

    def device(self) -> DeviceConfig | None:
        """Return how this machine is enrolled at the gateway."""
        return Device(self._file).get()

    def waiting(self) -> int:
        """Return how many packages still wait for a receipt."""
        sql = "SELECT count(*) FROM deliveries WHERE state NOT IN ('delivered', 'refused')"
        return int(self._file.value(sql))

    def close(self) -> None:
        """Close the connection; call it in the thread that opened it."""
        self._file.close()


class _Unwritten:
    """The journal stays locked with the store; its entries are made when the marks come back."""

    def append(self, actor: str, action: str, package_id: str | None, detail: str) -> int:
        del actor, action, package_id, detail
        return 0


class _LentParts:
    """Reads the parts of the packages in the queue, each with its own key."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder / ATTACHMENTS

    def has(self, sha256: str) -> bool:
        del sha256  # whether it was lent or not, it is read here
        return True

    def read_at(self, sha256: str, offset: int, size: int) -> bytes:
        row: Row | None = self._database.one("SELECT * FROM lent_parts WHERE sha256 = ?", (sha256,))
        if row is None:
            raise fault("not_found")
        if row["key"] is None:
            return bytes(row["content"])[offset : offset + size]
        with in_words():
            path = self._folder / str(row["file"])
            return sealed_file.read_at(path, bytes(row["key"]), bytes(row["prefix"]), row["size"], offset, size)


class _LentFeed:
    """How far the engine asks from; a locked program reads no events, and what it says of them is not taken back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def cursor(self) -> int:
        return int(self._database.value("SELECT cursor FROM feed_cursor WHERE id = 1") or 0)

    def apply_page(self, events: Sequence[tuple[int, bytes, str]], cursor: int, at: str | None = None) -> int:
        with self._database.transaction():
            self._database.run(
                "INSERT INTO feed_cursor VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE"
                " SET cursor = max(cursor, excluded.cursor), at = excluded.at",
                (cursor, at or ""),
            )
        return len(events)
