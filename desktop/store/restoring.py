"""Makes a unit's folder out of a backup on any machine: whole, by one rename, and sending nothing by itself.

All is put together in a folder beside the one asked for and opened there; killed anywhere, the folder asked for is
either not there or whole.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

from desktop.dossier.backup_views import Cancelled, Progress
from desktop.store import backup_years
from desktop.store.backup_attachments import copy_in, lying_in, opens, sealed_size
from desktop.store.backup_file import Manifest, OpenBackup, open_backup
from desktop.store.backup_place import ATTACHMENTS as BESIDE
from desktop.store.backup_place import settle, sync, trouble
from desktop.store.backup_record import Snapshot, StoredFile, digest_of, examine
from desktop.store.backup_run import Run
from desktop.store.clock import Clock, system_clock
from desktop.store.durable import claim, write_file
from desktop.store.errors import StoreError, fault, in_words
from desktop.store.keys import MasterKey
from desktop.store.leftovers import FILLED_BY, UNFINISHED, clear_unfinished
from desktop.store.lock import only_one
from desktop.store.restored import mark
from desktop.store.store import ATTACHMENTS, DATABASE, KEYS, Store
from desktop.store.tries import TRIES


class Unlocked(Protocol):
    """What unlocking an envelope gives; `desktop.store.keys.Opened` is one."""

    @property
    def key(self) -> MasterKey:
        """The key of the store."""
        ...


class Restored(NamedTuple):
    """What came of it: how many packages are asked about before anything is sent, which attachments are missing."""

    store_id: str
    asked: int
    missing: tuple[str, ...]
    manifest: Manifest


class Verified(NamedTuple):
    """What opening a backup found; `missing` are digests of attachments that are not there whole."""

    manifest: Manifest
    missing: tuple[str, ...]
    findings: tuple[str, ...]


def untouched(_store: Store) -> None:
    """Nothing more is to be done with a restored store."""


def restore(
    backup: Path,
    folder: Path,
    opened: Callable[[Path], Unlocked],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    then: Callable[[Store], None] = untouched,
    clock: Clock = system_clock,
) -> Restored:
    """Restore a unit into a folder that is not there or empty; `opened` unlocks the envelope at the path it is given.

    `then` is called with the store before the folder gets its name. Raises StoreError restore_folder_used,
    restore_cancelled, backup_damaged, backup_newer, backup_place_gone, disk_full, read_only, and as `opened` does.
    """
    run = Run(progress, cancelled, "restore_cancelled")
    with open_backup(backup) as source, _work_folder(folder) as work:
        with only_one(work / FILLED_BY):
            key = _keys(source, work, opened)
            _database(source, work, run)
            found = _looked_at(source, work, key, run)
            lost = _attachments(found.files, backup.parent / BESIDE, work / ATTACHMENTS, run)
            lost += [y.sha256 for y in found.years if not backup_years.copy_in(y, backup.parent / BESIDE, work, run)]
            if lost and not backup.exists():  # not missing: the stick was pulled
                raise trouble("backup_place_gone")
            with Store.open_with(work, key, clock=clock) as store:
                asked, missing = mark(store, source.manifest, lost)
                then(store)
        with in_words():
            (work / TRIES).unlink(missing_ok=True)
        run.begin("place")
        _name(work, folder)
    return Restored(source.manifest.store_id, asked, missing, source.manifest)


def verify(
    backup: Path,
    scratch: Path,
    opened: Callable[[Path], Unlocked],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Verified:
    """Open a backup as a restore would, in a folder of its own that does not stay, attachments included.

    Raises as `restore` does, with backup_cancelled.
    """
    run = Run(progress, cancelled)
    with open_backup(backup) as source, _work_folder(scratch / "verify") as work, only_one(work / FILLED_BY):
        key = _keys(source, work, opened)
        _database(source, work, run)
        found = _looked_at(source, work, key, run)
        run.begin("attachments", sum(sealed_size(item.size) for item in found.files))
        place = backup.parent / BESIDE
        missing = tuple(item.sha256 for item in found.files if not _whole(place, item, run))
        missing += tuple(year.sha256 for year in found.years if not backup_years.whole(place / year.name, year))
        return Verified(source.manifest, missing, source.manifest.findings)


def compare(backup: Path, progress: Progress | None = None, cancelled: Cancelled | None = None) -> tuple[str, ...]:
    """Look at a backup without its key: digests of its members, names and sizes of its attachments.

    Returns the names of those that are not there. Raises StoreError backup_damaged, backup_newer, backup_cancelled.
    """
    run = Run(progress, cancelled)
    with open_backup(backup) as source:
        source.keys()
        run.begin("open", source.manifest.database.size)
        source.copy_database(None, run.moved)
        there = lying_in(backup.parent / BESIDE)
        return tuple(item.name for item in source.files() if there.get(item.name) != item.size)


def _whole(place: Path, item: StoredFile, run: Run) -> bool:
    run.moved(sealed_size(item.size))
    return opens(place / item.name, item)


def _keys(source: OpenBackup, work: Path, opened: Callable[[Path], Unlocked]) -> MasterKey:
    """Write both copies of the envelope and unlock it: a wrong password is told before anything large is copied."""
    keys = source.keys()
    with in_words():
        write_file(work / KEYS, keys)
        write_file(work / (KEYS + ".1"), keys)
    key = opened(work / KEYS).key
    if key.store_id != source.manifest.store_id:
        raise trouble("backup_damaged")
    return key


def _database(source: OpenBackup, work: Path, run: Run) -> None:
    run.begin("database", source.manifest.database.size)
    with in_words():
        claim(work / DATABASE)
    with in_words(), (work / DATABASE).open("wb") as stream:
        source.copy_database(stream, run.moved)
        stream.flush()
        settle(stream.fileno())


def _looked_at(source: OpenBackup, work: Path, key: MasterKey, run: Run) -> Snapshot:
    run.begin("check")
    if digest_of(work / DATABASE) != source.manifest.database:
        raise fault("disk_error")
    try:
        return examine(work / DATABASE, key)
    except StoreError as error:
        raise (trouble("backup_damaged") if error.code in ("store_damaged", "wrong_key") else error) from error


def _attachments(files: tuple[StoredFile, ...], place: Path, target: Path, run: Run) -> list[str]:
    """Take in every attachment that is whole, and return the digests of the others."""
    run.begin("attachments", sum(sealed_size(item.size) for item in files))
    lost = []
    with in_words():
        target.mkdir(mode=0o700)
        for item in files:
            lost += [] if copy_in(item, place, target) else [item.sha256]
            run.moved(sealed_size(item.size))
        sync(target)
    return lost


@contextmanager
def _work_folder(folder: Path) -> Iterator[Path]:
    """Give a fresh folder beside the one asked for, which must not be there or be empty; nothing of it stays."""
    with in_words(missing="bad_folder"):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise trouble("restore_folder_used")
        folder.parent.mkdir(parents=True, exist_ok=True)
        clear_unfinished(folder.parent)
        work = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}{UNFINISHED}")
        work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _name(work: Path, folder: Path) -> None:
    """Give the finished folder its name; an empty one that stood there makes room, and anything else is refused."""
    with in_words():
        sync(work)
        if folder.exists():
            try:
                folder.rmdir()
            except OSError as error:
                raise trouble("restore_folder_used") from error
        work.rename(folder)
        sync(folder.parent)
