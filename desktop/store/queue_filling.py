"""Writes `queue.vx` when a unit is locked: the packages still to be sent, so that sending goes on without the store.

The tables are copied as the store has them, so that one `StoreOutbox` serves both files. Nothing but the packages, the
keys of their own parts and this machine's registration goes in.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from desktop.store.attachments import Attachments
from desktop.store.database import Database
from desktop.store.durable import TEMPORARY, publish, sync_file
from desktop.store.errors import in_words
from desktop.store.handed import Handed, hand_out
from desktop.store.send_key import KeySource, SendKey, new_queue_id, send_key

QUEUE = "queue.vx"
_SCHEMA = (
    "packages", "package_parts", "outbox", "cancellations", "wishes", "attempts", "receipts", "part_progress",
    "sync_log", "feed_cursor", "device", "attempts_package", "attempts_after_end", "deliveries", "all_paused",
)  # fmt: skip
_LENT = """
CREATE TABLE lent_parts (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, file TEXT NOT NULL, key BLOB, prefix BLOB, content BLOB
);
CREATE TABLE lent_cores (package_id TEXT PRIMARY KEY, core BLOB NOT NULL);
CREATE TABLE lent_mark (id INTEGER PRIMARY KEY CHECK (id = 1), attempt INTEGER NOT NULL);
"""
_OPEN = """
SELECT package_id FROM deliveries, all_paused
WHERE state NOT IN ('delivered', 'refused') AND NOT deliveries.paused AND NOT cancelled AND NOT all_paused.paused
"""
_OF_PACKAGES = ("outbox", "package_parts", "attempts", "wishes", "part_progress")
_BATCH = 200


def fill(folder: Path, master: KeySource, database: Database, attachments: Attachments) -> SendKey | None:
    """Hand everything still to be sent to a queue of its own, and return its key; None when nothing is.

    Whoever calls is the only sender, and sends nothing more. Raises StoreError disk_full, …; then nothing went out.
    """
    packages = [str(row["package_id"]) for row in database.rows(_OPEN)]
    if not packages:
        return None
    key = send_key(master, new_queue_id())
    temporary = folder / f"{QUEUE}.{secrets.token_hex(6)}{TEMPORARY}"
    try:
        with closing(Database(temporary, key)) as queue:
            _copy(database, queue, attachments, packages)
        with in_words():
            _publish(temporary, folder)
    finally:
        remove(temporary)
    hand_out(database, Handed(key.queue_id, tuple(packages)))
    return key


def remove(path: Path) -> None:
    """Delete a database file with what SQLite keeps beside it; one that is not there is fine. Raises StoreError."""
    with in_words():
        for name in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))):
            name.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Delete queues that were cut short while they were written."""
    for path in folder.glob(f"{QUEUE}.*{TEMPORARY}*"):
        with in_words():
            path.unlink(missing_ok=True)


def _publish(temporary: Path, folder: Path) -> None:
    sync_file(temporary)
    remove(folder / QUEUE)
    publish(temporary, folder / QUEUE)


def _copy(store: Database, queue: Database, attachments: Attachments, packages: Sequence[str]) -> None:
    queue.without_foreign_keys()  # what a package refers to stays behind
    with queue.transaction():
        _lay_out(store, queue)
        for start in range(0, len(packages), _BATCH):
            some = packages[start : start + _BATCH]
            _copy_packages(store, queue, some)
            for table in _OF_PACKAGES:
                _rows(store, queue, table, f"WHERE package_id IN ({_marks(some)})", some)
        for sha256 in {row["sha256"] for row in queue.rows("SELECT sha256 FROM package_parts")}:
            _lend(store, queue, attachments, sha256)
        for table in ("device", "feed_cursor"):
            _rows(store, queue, table)
        queue.insert("lent_mark", id=1, attempt=queue.value("SELECT max(id) FROM attempts") or 0)


def _lay_out(store: Database, queue: Database) -> None:
    order = {name: place for place, name in enumerate(_SCHEMA)}
    found = store.rows(f"SELECT name, sql FROM sqlite_master WHERE name IN ({_marks(_SCHEMA)})", _SCHEMA)  # noqa: S608
    for row in sorted(found, key=lambda row: order[row["name"]]):
        queue.run(row["sql"])
    for statement in _LENT.split(";\n"):
        if statement.strip():
            queue.run(statement)


def _copy_packages(store: Database, queue: Database, packages: Sequence[str]) -> None:
    """The core goes into a table of its own, whose pages nobody reads before it is sent; the dossier stays behind."""
    sql = f"SELECT package_id, submission_id, core, sealed_at FROM packages WHERE package_id IN ({_marks(packages)})"  # noqa: S608
    for row in store.rows(sql, packages):
        name = row["package_id"]
        queue.insert("lent_cores", package_id=name, core=row["core"])
        queue.insert(
            "packages",
            package_id=name,
            submission_id=row["submission_id"],
            local_id=name,
            core=b"",
            sealed_at=row["sealed_at"],
        )


def _rows(store: Database, queue: Database, table: str, where: str = "", values: Sequence[object] = ()) -> None:
    for row in store.rows(f"SELECT * FROM {table} {where}", values):  # noqa: S608 - names of our own
        queue.insert(table, **{name: row[name] for name in row.keys()})  # noqa: SIM118


def _lend(store: Database, queue: Database, attachments: Attachments, sha256: str) -> None:
    if attachments.has(sha256):
        lent = attachments.lend(sha256)
        queue.insert(
            "lent_parts", sha256=sha256, size=lent.size, file=lent.file, key=lent.key, prefix=lent.prefix, content=None
        )
        return
    row = store.one(
        "SELECT size, content FROM submission_objects WHERE sha256 = ? AND content IS NOT NULL LIMIT 1", (sha256,)
    )
    if row is not None:
        queue.insert("lent_parts", sha256=sha256, size=row["size"], file="", content=row["content"])


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
