"""The two folders of a salvage: the damaged one, where nobody may write meanwhile, and the one that is still filled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from desktop.store.errors import StoreError, in_words
from desktop.store.leftovers import UNFINISHED, clear_unfinished
from desktop.store.open_lock import alone


@contextmanager
def undisturbed(folder: Path) -> Iterator[None]:
    """Nobody may write meanwhile; a disk that cannot be written to has nobody who does."""
    with ExitStack() as stack:
        try:
            stack.enter_context(alone(folder))
        except StoreError as error:
            if error.code not in ("read_only", "disk_full", "disk_error"):
                raise
        yield


@contextmanager
def work_folder(into: Path) -> Iterator[Path]:
    """Give a fresh folder beside the one asked for; when anything fails nothing of it stays. Raises StoreError."""
    work = into.with_name(into.name + UNFINISHED)
    with in_words(missing="bad_folder"):
        into.parent.mkdir(parents=True, exist_ok=True)
        clear_unfinished(into.parent)
        work.mkdir(mode=0o700)  # outside the next lines: one that is there already is filled by another
    try:
        yield work
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
