"""Sealed attachments between a store and the place of its backups: copied once, and opened where they arrived.

A file that is copied is read back from the medium and authenticated chunk by chunk before it gets its name, so that a
name always stands for whole content; a later backup only looks at names and sizes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from desktop.store import sealed_file
from desktop.store.backup_file import Sealed
from desktop.store.backup_place import ATTACHMENTS, at_place, is_ours, settle, sync, trouble
from desktop.store.backup_record import StoredFile
from desktop.store.backup_run import Run
from desktop.store.durable import TEMPORARY
from desktop.store.errors import StoreError, in_words

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""A link laid out at a place must not lead a write elsewhere; Windows makes none without an administrator."""


class Copied(NamedTuple):
    """What lies at the place, and the digests of what the unit's own disk has lost or hurt."""

    files: tuple[Sealed, ...]
    missing: tuple[str, ...]


def sealed_size(size: int) -> int:
    """Return how many bytes content of `size` bytes takes once sealed."""
    return size + sealed_file.TAG * sealed_file.chunk_count(size)


def lying_in(folder: Path) -> Mapping[str, int]:
    """Return the names and sizes of what backups put into a folder of attachments; nothing when there is none.

    Other files in it are somebody's own, and links lead out of it: neither is counted, so neither is ever deleted.
    """
    if folder.is_symlink() or not folder.is_dir():
        return {}
    with at_place(), os.scandir(folder) as entries:
        ours = [entry for entry in entries if is_ours(entry.name) and entry.is_file(follow_symlinks=False)]
        return {entry.name: entry.stat(follow_symlinks=False).st_size for entry in ours}


def copy_out(files: Iterable[StoredFile], source: Path, unit_folder: Path, run: Run) -> Copied:
    """Copy what is not at the place yet. Raises StoreError of the place, or of the cancellation."""
    files, target = tuple(files), unit_folder / ATTACHMENTS
    there = lying_in(target)
    lacking = [item for item in files if there.get(item.name) != sealed_size(item.size)]
    run.begin("attachments", sum(sealed_size(item.size) for item in lacking))
    missing = {item.sha256 for item in lacking if not _copy_one(item, source, target, run)}
    with at_place():
        sync(target)
    kept = tuple(Sealed(item.name, sealed_size(item.size)) for item in files if item.sha256 not in missing)
    return Copied(kept, tuple(sorted(missing)))


def _copy_one(item: StoredFile, source: Path, target: Path, run: Run) -> bool:
    """Copy one sealed file; False when the unit's own disk no longer has it whole."""
    content = _read(source / item.file, item)
    if content is None:
        return False
    with at_place():
        temporary = target / f"{item.name}{TEMPORARY}"
        try:
            _write(temporary, content, settle)
            if not opens(temporary, item):
                if not opens(source / item.file, item):
                    return False
                temporary.stat()  # gone, or there and not what was written
                raise trouble("backup_place_faulty")
            temporary.replace(target / item.name)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    run.moved(len(content))
    return True


def copy_in(item: StoredFile, source: Path, target: Path) -> bool:
    """Take one attachment out of a place into a restored store; False when the place has it not whole."""
    content = _read(source / item.name, item)
    if content is None:
        return False
    with in_words():
        _write(target / item.file, content, os.fsync)
        if not opens(target / item.file, item):
            (target / item.file).unlink()
            return False
    return True


def opens(path: Path, item: StoredFile) -> bool:
    """Tell whether a sealed file is there and every chunk of it authenticates; a medium that fails counts as no."""
    try:
        if not item.key or path.stat().st_size != sealed_size(item.size):
            return False
        sealed_file.read_at(path, item.key, item.prefix, item.size, 0, item.size)
    except (OSError, StoreError):
        return False
    return True


def _read(path: Path, item: StoredFile) -> bytes | None:
    """Return a sealed file as it lies there, some 10 MB at most; None when it cannot be read or has another size."""
    if not path.is_file():  # opening a pipe would wait for ever
        return None
    try:
        with path.open("rb") as stream:
            content = stream.read(sealed_size(item.size) + 1)
    except OSError:
        return None
    return content if len(content) == sealed_size(item.size) else None


def _write(path: Path, content: bytes, through: Callable[[int], None]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_LINK, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        through(stream.fileno())
