"""The file of a year put away: made from rows of the store, looked at, named; and deleted again."""

from __future__ import annotations

import secrets
from pathlib import Path

from desktop.store import archive_rows as rows
from desktop.store.database import Database
from desktop.store.durable import TEMPORARY, publish, sync_file, sync_folder
from desktop.store.errors import StoreError, in_words
from desktop.store.masterkey import MasterKey
from desktop.store.upgrade import STEPS, make_tables, renew_views


def make_file(database: Database, key: MasterKey, local_ids: list[str], path: Path) -> None:
    """Copy dossiers into a new file, look at all of it, and give it its name; it counts once the store says so.

    Raises StoreError disk_full, disk_error, ….
    """
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(6)}{TEMPORARY}")
    with Database(temporary, key) as made, made.transaction():
        make_tables(made, len(STEPS))
        renew_views(made)
    guards = _take_guards(temporary, key)
    with rows.attached(database, str(temporary), secret_of(key)), database.transaction():
        database.rows("PRAGMA defer_foreign_keys = ON")
        rows.choose(database, local_ids)
        for table, condition in {**rows.COPIED, **rows.MOVED}.items():
            database.run(f"DELETE FROM year.{table}")  # noqa: S608 - ours
            rows.take_along(database, table, condition)
    with Database(temporary, key) as made:
        with made.transaction():
            for guard in guards:
                made.run(guard)
        if made.check():
            raise StoreError("disk_error", "Ổ đĩa ghi kho lưu không đúng. Kiểm tra ổ đĩa rồi thử lại.")
    with in_words():
        sync_file(temporary)
        publish(temporary, path)


def remove_file(path: Path) -> None:
    """Delete a year's file and what lies beside it. Raises StoreError."""
    with in_words():
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink(missing_ok=True)
        sync_folder(path.parent)


def secret_of(key: MasterKey) -> bytes:
    """Give key and salt under which the store's files are opened together."""
    return key.derive("database", 48)


def _take_guards(path: Path, key: MasterKey) -> list[str]:
    """Take the triggers out of a file that is being filled, and return how to make them again."""
    with Database(path, key) as made, made.transaction():
        guards = made.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for row in guards:
            made.run(f"DROP TRIGGER {row['name']}")
        return [str(row["sql"]) for row in guards]
