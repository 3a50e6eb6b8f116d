"""Makes a unit out of a backup, on a machine that may know nothing of it yet: no store is open here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.backing_up import view_of
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.journal_sealing import seal_journal
from desktop.desk.units_here import Named, UnitsHere
from desktop.dossier.backup_views import BackupView, Cancelled, Progress, RestoredView
from desktop.dossier.duties import Act
from desktop.store.backups import list_backups, read_backup
from desktop.store.errors import StoreError
from desktop.store.keys import Opened, open_with_password, open_with_recovery_code
from desktop.store.restoring import restore
from desktop.store.store import Store

Opening = Callable[[Path], Opened]


def by_password(password: str) -> Opening:
    """Opens with any user's password as it was when the backup was made."""
    return partial(open_with_password, password=password)


def by_recovery_code(code: str) -> Opening:
    """Opens with the unit's printed code as it was when the backup was made."""
    return partial(open_with_recovery_code, code=code)


def look_at(path: Path) -> BackupView:
    """What a backup says of itself, before anybody unlocks it. Raises StoreError backup_damaged, backup_newer, …"""
    return view_of(read_backup(path))


def found_at(place: Path) -> list[BackupView]:
    """Every unit's backups on a stick or in a folder, the newest first. Raises StoreError backup_place_gone."""
    return [view_of(backup) for backup in list_backups(place)]


class RestoreAtDoor:
    """The window's RestoreService while nothing is open: whoever has the secret of the backup may.

    What it makes is put on the list of `units`; one that cannot be written spoils no restore.
    """

    def __init__(self, units: UnitsHere | None = None) -> None:
        self._units = units

    def look(self, path: Path) -> BackupView:
        """What a backup says of itself. Raises StoreError backup_damaged, backup_newer, …"""
        return look_at(path)

    def restore(
        self, path: Path, folder: Path, secret: str, *, by_code: bool, progress: Progress, cancelled: Cancelled
    ) -> RestoredView:
        """Restores into a new folder. Raises as `restore_unit`."""
        opening = by_recovery_code(secret) if by_code else by_password(secret)
        made = restore_unit(path, folder, opening, progress, cancelled)
        if self._units is not None:
            with suppress(DeskError):
                self._units.remember(Path(made.folder), Named(made.unit_code, made.unit_name))
        return made


class RestoreDesk(RestoreAtDoor):
    """The window's RestoreService at an open unit: for whom the duties let restore."""

    def __init__(self, context: DeskContext, units: UnitsHere | None = None) -> None:
        super().__init__(units)
        self._context = context

    look = reading(RestoreAtDoor.look)
    restore = needs(Act.RESTORE)(RestoreAtDoor.restore)


def restore_unit(
    backup: Path,
    folder: Path,
    opening: Opening,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> RestoredView:
    """Restores into a fresh folder, seals the journal there, and says what is asked about first and what is missing.

    Raises StoreError as `desktop.store.restoring.restore`, and as the opening does.
    """
    found = restore(backup, folder, opening, progress, cancelled, then=_seal)
    said = found.manifest
    return RestoredView(str(folder), said.unit_code, said.unit_name, said.at, said.dossiers, found.asked, found.missing)


def _seal(store: Store) -> None:
    """Tells the Treasury that this journal goes on from an earlier place; a bad key must not stop a restore."""
    try:
        seal_journal(store, "restore")
    except StoreError as error:
        store.outbox.log("bad", error.message, None, store.backups.now())
