"""Backups of a unit: make one, see which there are, thin old ones out (docs/backup.md, ADR 8)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from desktop.dossier.backup_days import USUAL, Thinning, kept
from desktop.dossier.backup_views import Cancelled, Progress
from desktop.store.backup_attachments import lying_in
from desktop.store.backup_file import BackupCause, Manifest, open_backup
from desktop.store.backup_place import ATTACHMENTS, ENDING, at_place, sync, writing_at
from desktop.store.backup_writing import write
from desktop.store.errors import StoreError
from desktop.store.store import Store


class Backup(NamedTuple):
    """One backup file as its own words have it; `problem` says in a sentence why it cannot be used, "" when it can.

    `attachments` counts them; `lost` those that the unit's disk had lost already; `suspect` that the journal did not
    hold when it was made.
    """

    path: Path
    at: str = ""
    size: int = 0
    unit_code: str = ""
    unit_name: str = ""
    schema: int = 0
    dossiers: int = 0
    last_number: str = ""
    attachments: int = 0
    store_id: str = ""
    lost: int = 0
    suspect: bool = False
    problem: str = ""


def write_backup(
    store: Store, place: Path, cause: BackupCause, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Backup:
    """Make a backup of a store at a prepared place, beside whoever else reads and writes; verified before it is named.

    Raises StoreError backup_place_gone, backup_place_inside, backup_no_room, backup_read_only, backup_place_faulty,
    backup_busy, backup_cancelled, store_damaged, disk_full, …; then nothing is there that was not before.
    """
    written = write(store, place, cause, progress, cancelled)
    return _backup(written.path, written.manifest, written.size)


def read_backup(path: Path) -> Backup:
    """Read what a backup says of itself. Raises StoreError backup_damaged, backup_newer, backup_place_gone."""
    with open_backup(path) as backup, at_place():
        return _backup(path, backup.manifest, path.stat().st_size)


def list_backups(place: Path) -> list[Backup]:
    """Return the backups of every unit at a place, or in one unit's folder, the newest first; damaged ones last.

    Raises StoreError backup_place_gone.
    """
    with at_place():
        if not place.is_dir():
            raise FileNotFoundError(place)
        paths = sorted({*place.glob("*" + ENDING), *place.glob("*/*" + ENDING)})
    return sorted(map(_looked_at, paths), key=_age, reverse=True)


def _age(backup: Backup) -> tuple[bool, str, int, Path]:
    """Two of one second are told apart by their names: the later one has a number more."""
    return not backup.problem, backup.at, len(backup.path.name), backup.path


def _looked_at(path: Path) -> Backup:
    try:
        return read_backup(path)
    except StoreError as error:
        return Backup(path, problem=error.message)


def thin(place: Path, keep: Thinning = USUAL) -> list[Path]:
    """Delete backups that are too many, then attachments that none left there needs; return the files deleted.

    Of each store the newest without a finding stays whatever its age. While a file there cannot be read no attachment
    is deleted: it may be that file's. Raises StoreError of the place.
    """
    deleted: list[Path] = []
    for folder, backups in groupby(sorted(list_backups(place), key=_folder_of), key=_folder_of):
        with writing_at(folder):
            deleted += _thin_folder(folder, list(backups), keep)
    return deleted


def _folder_of(backup: Backup) -> Path:
    return backup.path.parent


def _thin_folder(folder: Path, backups: list[Backup], keep: Thinning) -> list[Path]:
    readable = [backup for backup in backups if not backup.problem]
    stores = {backup.store_id for backup in readable}
    staying = {path for store_id in stores for path in _staying((b for b in readable if b.store_id == store_id), keep)}
    going = [backup.path for backup in readable if backup.path not in staying]
    with at_place():
        for path in going:
            path.unlink()
        sync(folder)
    if len(readable) == len(backups):
        going += _sweep(folder)
    return going


def _staying(backups: Iterable[Backup], keep: Thinning) -> set[Path]:
    every = list(backups)
    instants = kept((backup.at for backup in every), keep)
    sound = [backup for backup in every if not backup.suspect]
    newest = {max(sound, key=lambda backup: backup.at).path} if sound else set()
    return {backup.path for backup in every if backup.at in instants} | newest


def _sweep(folder: Path) -> list[Path]:
    """Delete attachments that no backup in the folder names; every list is read anew, under the folder's lock."""
    needed: set[str] = set()
    try:
        for path in folder.glob("*" + ENDING):
            with open_backup(path) as backup:
                needed.update(item.name for item in backup.files())
    except StoreError as error:
        if error.code != "backup_damaged":
            raise
        return []  # its list cannot be read: any of them may be its own
    orphans = [folder / ATTACHMENTS / name for name in lying_in(folder / ATTACHMENTS) if name not in needed]
    with at_place():
        for path in orphans:
            path.unlink()
    return orphans


def _backup(path: Path, manifest: Manifest, size: int) -> Backup:
    return Backup(
        path, manifest.at, size, manifest.unit_code, manifest.unit_name, manifest.step, manifest.dossiers,
        manifest.last_number, manifest.attachments, manifest.store_id, len(manifest.missing), bool(manifest.findings),
    )  # fmt: skip
