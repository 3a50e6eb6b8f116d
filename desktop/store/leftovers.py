"""What a crash may leave beside a unit's file, cleared away at the next opening: nobody looks for it later."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from desktop.store.durable import TEMPORARY, sweep_temporary
from desktop.store.errors import StoreError, in_words
from desktop.store.lock import only_one

BACKUP_LOCK = "backup.lock"
SCRATCH = "backup" + TEMPORARY
"""Folder in which a backup is put together."""
UNFINISHED = ".unfinished"
"""Ending of a folder that a restore, a salvage or the opening of a backup still fills."""
FILLED_BY = "sync.lock"
"""File in such a folder that whoever fills it holds; the same that the only sender of a store holds later."""


def clear_leftovers(folder: Path) -> None:
    """Delete files half-written long ago, and the copy of a backup that nobody is making. Raises StoreError."""
    with in_words():
        sweep_temporary(folder)
    if (folder / SCRATCH).exists():
        with suppress(StoreError), only_one(folder / BACKUP_LOCK):
            shutil.rmtree(folder / SCRATCH, ignore_errors=True)
    clear_unfinished(folder)


def clear_unfinished(parent: Path) -> None:
    """Delete what a restore, a salvage or the opening of a backup left in a folder when it was killed.

    The folder may be anybody's: what nobody of ours filled stays, however it is called.
    """
    for left in parent.glob("*" + UNFINISHED):
        if _ours(left):
            with suppress(StoreError), only_one(left / FILLED_BY):
                shutil.rmtree(left, ignore_errors=True)


def _ours(left: Path) -> bool:
    """Whether it is held by what every folder is held by that we fill, or was not begun to be filled."""
    if left.is_symlink() or not left.is_dir():
        return False
    with suppress(OSError):
        return (left / FILLED_BY).is_file() or not any(left.iterdir())
    return False


def set_aside(paths: Iterable[Path]) -> None:
    """Move away a database without keys, as a creation cut short leaves; nobody can open it, yet it is not deleted."""
    for path in list(paths):
        path.rename(path.with_name(f"left-{secrets.token_hex(4)}-{path.name}"))
