"""Brings what a locked program did back into the store, once: marks, receipts and the log, in one transaction.

Whoever read the memory of the locked program has the key of the queue, so what it says is not believed as it stands:
a receipt counts when its signature holds, a mark when it is of a package that was handed out and ends nothing unproved.
Events of the Treasury and how far they were read never come out of a queue: a locked program hears none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.errors import StoreError, in_words
from desktop.store.handed import Handed, came_back, handed
from desktop.store.outbox import StoreOutbox
from desktop.store.queue_filling import QUEUE, remove, sweep
from desktop.store.send_key import KeySource, send_key

LOST = "Không đọc được hàng đợi của màn hình khóa. Máy hỏi lại Kho bạc trước khi gửi tiếp."
UNPROVED = "Không kiểm tra được điều màn hình khóa ghi về gói này. Máy hỏi lại Kho bạc trước khi gửi tiếp."
_STATES = {
    "sending": ("sending",), "doubtful": ("doubtful",), "working": ("parts",), "refused": ("refused",),
    "later": ("queued", "doubtful", "parts"),
}  # fmt: skip
"""Which state each mark may leave behind without a proof."""
_ATTEMPTS = """
SELECT id, package_id, kind, state, at, next_at, missing, code, text FROM attempts WHERE id > ? ORDER BY id
"""
_IS_HERE = "SELECT 1 FROM packages WHERE package_id = ?"
Proves = Callable[[str, str, bytes], bool]
"""Tells whether a receipt (package, statement as JSON, payload) is the Treasury's, and for what we sealed."""
_UNREADABLE = {"store_damaged", "wrong_key", "store_fault", "cannot_open", "no_store"}


def nothing_proved(_package_id: str, _statement: str, _payload: bytes) -> bool:
    """Believe no receipt: its package is asked about again."""
    return False


class Merging:
    """Takes marks back into the store; whoever calls is the only sender."""

    def __init__(
        self, folder: Path, master: KeySource, database: Database, outbox: StoreOutbox, clock: Clock, proves: Proves
    ) -> None:
        self._path = folder / QUEUE
        self._master = master
        self._database = database
        self._outbox = outbox
        self._clock = clock
        self._proves = proves

    def merge(self) -> int:
        """Take back what is in a locked program's hands; return how many packages that were.

        Killed at any point, it is done again and marks nothing twice: the record of what went out goes in the
        transaction that takes the marks. A queue that cannot be read leaves its packages to be asked about. Raises
        StoreError of the store's own file.
        """
        given = self._given()
        if given is not None:
            self._take(given)
        remove(self._path)
        sweep(self._path.parent)
        return len(given.packages) if given else 0

    def _given(self) -> Handed | None:
        """What went out and is still here: a store that was salvaged may have lost some of it."""
        given = handed(self._database)
        if given is None:
            return None
        here = [one for one in given.packages if self._database.value(_IS_HERE, (one,))]
        return Handed(given.queue_id, tuple(here))

    def _take(self, given: Handed) -> None:
        try:
            marks = self._read(given)
        except StoreError as error:
            if error.code not in _UNREADABLE:
                raise
            self._give_up(given)
            return
        try:
            with self._database.transaction():
                self._apply(given, *marks)
                came_back(self._database)
        except StoreError as error:
            if error.code != "constraint":
                raise
            self._give_up(given)  # no program of ours writes what the store's own rules refuse

    def _read(self, given: Handed) -> tuple[list[Row], ...]:
        if not self._path.exists():
            raise StoreError("no_store", LOST)
        with closing(Database(self._path, send_key(self._master, given.queue_id))) as queue:
            first = queue.value("SELECT attempt FROM lent_mark")
            return (
                queue.rows(_ATTEMPTS, (first,)),
                queue.rows("SELECT package_id, statement, payload FROM receipts ORDER BY rowid"),
                queue.rows("SELECT sha256, package_id, offset, after_event FROM part_progress"),
                queue.rows("SELECT kind, text, package_id, at FROM sync_log ORDER BY id"),
            )

    def _apply(self, given: Handed, *read: list[Row]) -> None:
        attempts, receipts, progress, log = read
        told = {row["package_id"]: row for row in receipts}
        numbers = {
            row["id"]: self._mark(row, told.get(row["package_id"]))
            for row in attempts
            if row["package_id"] in given.packages
        }
        for row in progress:
            if row["package_id"] in given.packages:
                self._progress(row, numbers)
        for row in log:
            self._outbox.log(row["kind"], row["text"], row["package_id"], row["at"])

    def _mark(self, row: Row, receipt: Row | None) -> int:
        """Take one mark; one that would end or move the package without a proof leaves it to be asked about."""
        package_id = str(row["package_id"])
        if row["kind"] == "delivered":
            believed = receipt is not None and self._holds(package_id, receipt["statement"], receipt["payload"])
        else:
            believed = row["state"] in _STATES.get(row["kind"], ())
        if believed:
            return self._outbox.take_attempt(row, receipt)
        self._outbox.log("bad", UNPROVED, package_id, self._clock())
        return self._outbox.take_doubt(package_id, self._clock(), UNPROVED)

    def _holds(self, package_id: str, statement: object, payload: object) -> bool:
        if not isinstance(statement, str) or not isinstance(payload, bytes):
            return False
        return self._proves(package_id, statement, payload)

    def _progress(self, row: Row, numbers: dict[int, int]) -> None:
        self._database.run(
            "INSERT OR REPLACE INTO part_progress (sha256, package_id, offset, after_event) VALUES (?, ?, ?, ?)",
            (row["sha256"], row["package_id"], row["offset"], numbers.get(row["after_event"], row["after_event"])),
        )

    def _give_up(self, given: Handed) -> None:
        self._set_aside()
        with self._database.transaction():
            self._doubt(given)
            came_back(self._database)

    def _doubt(self, given: Handed) -> None:
        """Nobody knows what the locked program sent: everything it had is asked about before it is sent."""
        at = self._clock()
        self._outbox.mark_doubtful(given.packages, at, LOST)
        self._outbox.log("bad", LOST, None, at)

    def _set_aside(self) -> None:
        if self._path.exists():
            with in_words():
                self._path.rename(self._path.with_name(f"left-{secrets.token_hex(4)}-{QUEUE}"))
