"""How much room a unit's data takes, and how much its disk still has."""

from __future__ import annotations

from pathlib import Path

from desktop.dossier.data_views import Room
from desktop.store.backup_place import free_bytes
from desktop.store.database import Database


def room_of(database: Database, folder: Path) -> Room:
    """Look at the store in a folder. Raises StoreError.

    The write-ahead log counts to the database: it holds what was committed last.
    """
    names = (database.path.name, f"{database.path.name}-wal")
    size = sum(path.stat().st_size for path in map(folder.joinpath, names) if path.exists())
    attached = database.rows("SELECT count(*), coalesce(sum(size), 0) FROM attachments")[0]
    away = database.value("SELECT coalesce(sum(size), 0) FROM archives")
    schema = database.value("PRAGMA user_version")
    return Room(int(schema), size, int(attached[0]), int(attached[1]), int(away), free_bytes(folder))
