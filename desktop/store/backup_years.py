"""Files of closed years between a store and the place of its backups: copied once, known by their digest."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from desktop.store.backup_attachments import Copied, lying_in
from desktop.store.backup_file import Sealed, pieces
from desktop.store.backup_place import ATTACHMENTS, at_place, settle, sync
from desktop.store.backup_record import YearFile
from desktop.store.backup_run import Run
from desktop.store.durable import TEMPORARY, claim, sha256_of
from desktop.store.errors import in_words


def copy_out(years: Iterable[YearFile], source: Path, unit_folder: Path, run: Run) -> Copied:
    """Copy the years that are not at the place yet, and read back what was written.

    A year whose file the unit's own disk has no more, or not whole, is `missing`. Raises StoreError of the place.
    """
    years, target = tuple(years), unit_folder / ATTACHMENTS
    there = lying_in(target)
    missing = []
    for item in years:
        if there.get(item.name) == item.size:
            continue
        if not whole(source / item.file, item):
            missing.append(item.sha256)
            continue
        with at_place():
            _copy(source / item.file, target / item.name, run)
    with at_place():
        sync(target)
    kept = tuple(Sealed(item.name, item.size) for item in years if item.sha256 not in missing)
    return Copied(kept, tuple(missing))


def copy_in(item: YearFile, source: Path, target: Path, run: Run) -> bool:
    """Take a year's file out of a place into a restored store; False when the place has it not whole."""
    if not whole(source / item.name, item):
        return False
    with in_words():
        _copy(source / item.name, target / item.file, run)
    return whole(target / item.file, item)


def whole(path: Path, item: YearFile) -> bool:
    """Tell whether a year's file is there and is what the store says; a medium that fails counts as no."""
    try:
        return path.is_file() and sha256_of(path) == item.sha256
    except OSError:
        return False


def _copy(source: Path, target: Path, run: Run) -> None:
    temporary = target.with_name(f"{target.name}{TEMPORARY}")
    try:
        claim(temporary)
        with source.open("rb") as old, temporary.open("wb") as new:
            for piece in pieces(old):
                new.write(piece)
                run.moved(len(piece))
            new.flush()
            settle(new.fileno())
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
