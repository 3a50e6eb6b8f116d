"""Makes one backup while the program goes on: a copy, its check, the attachments, the file, its opening, its name.

Killed anywhere it leaves a whole backup or none: what is unfinished has another name, and the next one clears it away.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from desktop import __version__
from desktop.dossier.backup_views import Cancelled, Progress
from desktop.store import backup_years
from desktop.store.backup_attachments import Copied, copy_out
from desktop.store.backup_file import (
    BackupCause,
    Digest,
    Manifest,
    listing_text,
    open_backup,
    write_members,
)
from desktop.store.backup_place import ENDING, at_place, free_bytes, sync, trouble, unit_folder, writing_at
from desktop.store.backup_record import Snapshot, digest_of
from desktop.store.backup_run import Run
from desktop.store.durable import TEMPORARY, claim
from desktop.store.envelope import read_envelope, write_envelope
from desktop.store.errors import StoreError, fault, in_words
from desktop.store.leftovers import BACKUP_LOCK, SCRATCH
from desktop.store.lock import only_one
from desktop.store.store import ATTACHMENTS, DATABASE, KEYS, Store

_SPARE = 64 << 20
"""Bytes that a copy leaves free on the unit's own disk; with less room it is made at the place."""


class Written(NamedTuple):
    """A backup that has its name: where, what it says, and size and digest of the whole file."""

    path: Path
    manifest: Manifest
    size: int


class Vanished(Exception):
    """An attachment of the copy was swept before it could be copied: the copy is made once more."""


def write(
    store: Store, place: Path, cause: BackupCause, progress: Progress | None, cancelled: Cancelled | None
) -> Written:
    """Make a backup at a prepared place; see `desktop.store.backups.write_backup`."""
    run = Run(progress, cancelled)
    folder = unit_folder(place, store.unit.get().code, store.folder)
    with _still_there(), _only_backup(store.folder), writing_at(folder), _scratch(store, folder) as scratch:
        try:
            written = _write_once(store, folder, scratch, cause, run)
        except Vanished:
            (scratch / DATABASE).unlink()
            written = _write_once(store, folder, scratch, cause, run, once_more=True)
        store.backups.add(cause, written.manifest.at, place, written.path.name, written.manifest.database)
    return written


def _write_once(
    store: Store, folder: Path, scratch: Path, cause: BackupCause, run: Run, *, once_more: bool = False
) -> Written:
    at = store.backups.now()
    snapshot = _snapshot(store, scratch / DATABASE, folder, run)
    copied = copy_out(snapshot.files, store.folder / ATTACHMENTS, folder, run)
    years = backup_years.copy_out(snapshot.years, store.folder, folder, run)
    copied = Copied(copied.files + years.files, copied.missing + years.missing)
    if not once_more and any(not store.backups.knows(digest) for digest in copied.missing):
        raise Vanished
    keys, listing = _envelope(store.folder, scratch), listing_text(copied.files)
    manifest = _manifest(store, cause, at, snapshot, copied, (keys, listing), digest_of(scratch / DATABASE))
    return _publish(folder, manifest, keys, listing, scratch / DATABASE, run)


def _snapshot(store: Store, copy: Path, folder: Path, run: Run) -> Snapshot:
    """Copy the database and open the copy: what a backup is made of was looked at before anything is written."""
    run.begin("database", store.backups.size())
    at_the_place = copy.is_relative_to(folder)
    try:
        made = store.backups.copy_to(copy, run.go_on)
    except StoreError as error:
        if at_the_place and error.code in ("disk_full", "disk_error", "read_only", "cannot_open"):
            raise trouble("backup_no_room" if error.code == "disk_full" else "backup_place_gone") from error
        raise
    if not made:
        run.stop()
    run.begin("check")
    return store.backups.examine(copy)


def _envelope(folder: Path, scratch: Path) -> bytes:
    """Return the keys as one whole copy of them, whichever of the two beside the store is whole."""
    with in_words():
        write_envelope(scratch / KEYS, read_envelope(folder / KEYS))
        return (scratch / KEYS).read_bytes()


def _manifest(
    store: Store, cause: str, at: str, snapshot: Snapshot, copied: Copied, texts: tuple[bytes, bytes], database: Digest
) -> Manifest:
    unit = store.unit.get()
    keys, listing = (Digest(size=len(text), sha256=hashlib.sha256(text).hexdigest()) for text in texts)
    return Manifest(
        store_id=store.backups.store_id, unit_code=unit.code, unit_name=unit.name, at=at, cause=cause,
        step=snapshot.step, program=__version__, dossiers=snapshot.dossiers, last_number=snapshot.last_number,
        attachments=len(copied.files), attachments_size=sum(item.size for item in copied.files), keys=keys,
        listing=listing, database=database, missing=copied.missing, findings=snapshot.findings,
    )  # fmt: skip


def _publish(folder: Path, manifest: Manifest, keys: bytes, listing: bytes, copy: Path, run: Run) -> Written:
    name = _free_name(folder, manifest.at)
    temporary = folder / f"{name}.{secrets.token_hex(4)}{TEMPORARY}"
    with at_place():
        try:
            run.begin("write", manifest.database.size)
            claim(temporary)
            with temporary.open("wb") as stream:
                write_members(stream, manifest, keys, listing, copy, run.moved)
            _read_back(temporary, run)
            run.begin("place")
            temporary.replace(folder / name)
            sync(folder)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return Written(folder / name, manifest, (folder / name).stat().st_size)


def _read_back(path: Path, run: Run) -> None:
    """The copy that was opened and this one are the same bytes, so this one opens too."""
    try:
        with open_backup(path) as backup:
            run.begin("open", backup.manifest.database.size)
            backup.keys()
            backup.files()
            backup.copy_database(None, run.moved)
    except StoreError as error:
        raise (trouble("backup_place_faulty") if error.code == "backup_damaged" else error) from error


def _free_name(folder: Path, at: str) -> str:
    stem = f"unit-{at[:19].translate(str.maketrans('', '', '-:')).replace('T', '-')}"
    names = [f"{stem}{ENDING}", *(f"{stem}-{number}{ENDING}" for number in range(2, 100))]
    with at_place():
        return next(name for name in names if not (folder / name).exists())


@contextmanager
def _still_there() -> Iterator[None]:
    """The store is open: where its folder is gone now, its disk is."""
    try:
        yield
    except StoreError as error:
        raise (fault("disk_gone") if error.code == "no_store" else error) from error


@contextmanager
def _only_backup(folder: Path) -> Iterator[None]:
    try:
        lock = only_one(folder / BACKUP_LOCK)
        lock.__enter__()
    except StoreError as error:
        raise (trouble("backup_busy") if error.code == "already_sending" else error) from error
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


@contextmanager
def _scratch(store: Store, folder: Path) -> Iterator[Path]:
    """A folder for the copy: beside the store, or at the place when the unit's own disk is nearly full."""
    _drop(store.folder / SCRATCH)
    _drop(folder / SCRATCH)
    narrow = free_bytes(store.folder) < store.backups.size() + _SPARE
    scratch = (folder if narrow else store.folder) / SCRATCH
    with in_words():
        scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        _drop(scratch)


def _drop(scratch: Path) -> None:
    shutil.rmtree(scratch, ignore_errors=True)
