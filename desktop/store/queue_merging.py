"""Brings what a locked program did back into the store, once: marks, receipts and the log, in one transaction."""

from __future__ import annotations

import secrets
from contextlib import closing
from pathlib import Path

from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.errors import StoreError, in_words
from desktop.store.feed import Feed
from desktop.store.handed import Handed, came_back, handed
from desktop.store.outbox import StoreOutbox
from desktop.store.queue_filling import QUEUE, remove, sweep
from desktop.store.send_key import KeySource, send_key

LOST = "Không đọc được hàng đợi của màn hình khóa. Máy hỏi lại Kho bạc trước khi gửi tiếp."
_UNREADABLE = {"store_damaged", "wrong_key", "store_fault", "cannot_open", "no_store"}


class Merging:
    """Takes marks back into the store; whoever calls is the only sender."""

    def __init__(
        self, folder: Path, master: KeySource, database: Database, outbox: StoreOutbox, feed: Feed, clock: Clock
    ) -> None:
        self._path = folder / QUEUE
        self._master = master
        self._database = database
        self._outbox = outbox
        self._feed = feed
        self._clock = clock

    def merge(self) -> int:
        """Take back what is in a locked program's hands; return how many packages that were.

        Killed at any point, it is done again and marks nothing twice: the record of what went out goes in the
        transaction that takes the marks. A queue that cannot be read leaves its packages to be asked about. Raises
        StoreError of the store's own file.
        """
        given = handed(self._database)
        if given is not None:
            self._take(given)
        remove(self._path)
        sweep(self._path.parent)
        return len(given.packages) if given else 0

    def _take(self, given: Handed) -> None:
        try:
            marks = self._read(given)
        except StoreError as error:
            if error.code not in _UNREADABLE:
                raise
            self._set_aside()
            marks = None
        with self._database.transaction():
            if marks is None:
                self._doubt(given)
            else:
                self._apply(*marks)
            came_back(self._database)

    def _read(self, given: Handed) -> tuple[list[Row], ...]:
        if not self._path.exists():
            raise StoreError("no_store", LOST)
        with closing(Database(self._path, send_key(self._master, given.queue_id))) as queue:
            first = queue.value("SELECT attempt FROM lent_mark")
            return (
                queue.rows("SELECT * FROM attempts WHERE id > ? ORDER BY id", (first,)),
                queue.rows("SELECT * FROM receipts ORDER BY rowid"),
                queue.rows("SELECT * FROM part_progress"),
                queue.rows("SELECT * FROM sync_log ORDER BY id"),
                queue.rows("SELECT * FROM lent_events ORDER BY seq"),
                queue.rows("SELECT cursor, at FROM feed_cursor"),
            )

    def _apply(self, *read: list[Row]) -> None:
        attempts, receipts, progress, log, events, cursor = read
        told = {row["package_id"]: row for row in receipts}
        numbers = {row["id"]: self._outbox.take_attempt(row, told.get(row["package_id"])) for row in attempts}
        for row in progress:
            self._database.run(
                "INSERT OR REPLACE INTO part_progress (sha256, package_id, offset, after_event) VALUES (?, ?, ?, ?)",
                (row["sha256"], row["package_id"], row["offset"], numbers.get(row["after_event"], row["after_event"])),
            )
        for row in log:
            self._outbox.log(row["kind"], row["text"], row["package_id"], row["at"])
        if cursor:
            page = [(row["seq"], bytes(row["payload"]), row["statement"]) for row in events]
            self._feed.apply_page(page, cursor[0]["cursor"], cursor[0]["at"])

    def _doubt(self, given: Handed) -> None:
        """Nobody knows what the locked program sent: everything it had is asked about before it is sent."""
        at = self._clock()
        self._outbox.mark_doubtful(given.packages, at, LOST)
        self._outbox.log("bad", LOST, None, at)

    def _set_aside(self) -> None:
        if self._path.exists():
            with in_words():
                self._path.rename(self._path.with_name(f"left-{secrets.token_hex(4)}-{QUEUE}"))
