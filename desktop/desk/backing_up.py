"""Backups of the unit at the desk: where they lie, when the next is due, making one, looking at one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop.desk.allowing import by_itself, needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.journal_sealing import seal_journal
from desktop.desk.timing import Timing
from desktop.dossier.backup_days import due, due_at_close, next_evening, overdue
from desktop.dossier.backup_views import BackupState, BackupView, Cancelled, Progress, VerifiedView
from desktop.dossier.dates import instant, local_time
from desktop.dossier.duties import Act
from desktop.store.backup_file import BackupCause, open_backup
from desktop.store.backup_place import free_bytes, prepare_place, same_disk, trouble, unit_folder
from desktop.store.backups import Backup, list_backups, read_backup, thin, write_backup
from desktop.store.errors import StoreError
from desktop.store.keys import MasterKey, Opened
from desktop.store.restored import names
from desktop.store.restoring import compare, verify
from desktop.store.store import Store

PLACE = "backup_place"
WARN_DAYS = "backup_warn_days"
USUAL_WARN_DAYS = 3


class BackupDesk:
    """The window's service for backups; each call uses its thread's own connection."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def state(self) -> BackupState:
        """Where the unit stands with its backups. Raises StoreError, CutoffError, WorkdayError."""
        store, place = self._context.store, chosen_place(self._context.store)
        last = store.backups.last()
        if place is None:
            return BackupState("", last.at if last else "", bool(last), "", -1, self._warning(None))
        timing = Timing(store, self._context.clock)
        following = instant(next_evening(self._context.clock(), timing.cutoff(), timing.calendar()))
        return BackupState(
            str(place), last.at if last else "", bool(last and last.verified_at),
            self._context.now() if self.due(self._context.clock()) else following, free_bytes(place),
            self._warning(place),
        )  # fmt: skip

    @reading
    def backups(self) -> Sequence[BackupView]:
        """This unit's backups at the place, the newest first; none while the place is not there."""
        store, place = self._context.store, chosen_place(self._context.store)
        if place is None or not place.is_dir():
            return ()
        try:
            folder = unit_folder(place, store.unit.get().code, store.folder)
        except StoreError:
            return ()
        return [view_of(backup) for backup in list_backups(folder)]

    @needs(Act.BACKUP)
    def set_place(self, path: Path) -> None:
        """Keeps backups at a place from now on. Raises DeskError not_allowed, StoreError backup_place_gone, …"""
        store = self._context.store
        place = prepare_place(path, store.unit.get().code, store.folder)
        with store.transaction():
            store.settings.set(PLACE, str(place))
            store.journal.append(self._context.user.person_id, "backup_place", None, "")

    @needs(Act.BACKUP)
    def run(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> BackupView:
        """Makes a backup now and thins old ones out. Raises DeskError not_allowed, StoreError of the backup."""
        return view_of(back_up(self._context.store, "asked", progress, cancelled))

    @by_itself
    def run_if_due(
        self, *, closing: bool = False, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> BackupView | None:
        """The backup of the day, for whoever is at the desk: None when it is not due or no place was chosen.

        Call it in the first idle moment now and then, and with `closing` when the window closes. Raises as `run`.
        """
        wanted = self._due_at_close() if closing else self.due(self._context.clock())
        if chosen_place(self._context.store) is None or not wanted:
            return None
        return view_of(back_up(self._context.store, "day", progress, cancelled))

    @reading
    def due(self, now: datetime) -> bool:
        """Whether a working day ended since the last backup and something changed. Raises CutoffError, WorkdayError."""
        store, timing = self._context.store, Timing(self._context.store, self._context.clock)
        return due(now, _last_at(store), store.backups.changed_at(), timing.cutoff(), timing.calendar())

    def _due_at_close(self) -> bool:
        store = self._context.store
        return due_at_close(self._context.clock(), _last_at(store), store.backups.changed_at())

    @reading
    def verify(self, path: Path, progress: Progress | None = None, cancelled: Cancelled | None = None) -> VerifiedView:
        """Opens one of this unit's backups, attachments too; one of an earlier data key is compared byte by byte.

        Raises StoreError backup_damaged, backup_other_unit, backup_newer, backup_place_gone, backup_cancelled.
        """
        store, backup = self._context.store, read_backup(path)
        if backup.unit_code != store.unit.get().code:
            raise trouble("backup_other_unit")
        if not _of_todays_key(store, path, backup):
            return VerifiedView(view_of(backup), compare(path, progress, cancelled), opened=False)
        found = verify(path, store.folder, lambda _: Opened(store.backups.key, ""), progress, cancelled)
        return VerifiedView(view_of(backup), names(store, found.missing) or found.missing, opened=True)

    def _warning(self, place: Path | None) -> str:
        store = self._context.store
        if place is None:
            return "Chưa chọn nơi lưu: dữ liệu chỉ có trên máy này. Chọn một thư mục, tốt nhất trên USB."
        last, timing = store.backups.last(), Timing(store, self._context.clock)
        late = overdue(
            self._context.clock(), _last_at(store), store.backups.changed_at(), warn_days(store), timing.calendar()
        )
        said = f"Bản gần nhất lúc {local_time(last.at)}." if last else "Chưa có bản sao lưu nào."
        if late:
            return f"{said} Cắm nơi lưu vào rồi bấm «Sao lưu ngay»."
        if not _there(store, place):
            return f"Không thấy nơi lưu {place}. Cắm lại USB hoặc chọn nơi khác. {said}"
        if same_disk(place, store.folder):
            return "Nơi lưu cùng ổ đĩa với dữ liệu: hỏng ổ là mất cả hai. Nên chọn USB hoặc ổ đĩa khác."
        return ""


def back_up(
    store: Store, cause: BackupCause, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Backup:
    """Seals the journal, makes a backup at the unit's place, and thins old ones out.

    Raises StoreError backup_no_place and as `write_backup`.
    """
    place = chosen_place(store)
    if place is None:
        raise trouble("backup_no_place")
    return back_up_to(store, place, cause, progress, cancelled)


def back_up_to(
    store: Store, place: Path, cause: BackupCause, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Backup:
    """The same at any prepared place."""
    folder = unit_folder(place, store.unit.get().code, store.folder)
    seal_journal(store, "backup")
    made = write_backup(store, place, cause, progress, cancelled)
    store.backups.removed(path.name for path in thin(folder))
    return made


def back_up_before(
    store: Store, cause: BackupCause, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Backup | None:
    """A backup before an upgrade or a rotation; None where no place was chosen or it is not there now.

    Neither may be held up by a stick that is not plugged in: both keep a copy of their own until they are done. Raises
    StoreError store_damaged and what else concerns the data itself.
    """
    place = chosen_place(store)
    if place is None or not _there(store, place):
        return None
    try:
        if cause == "rotation":
            return back_up_to(store, place, cause, progress, cancelled)
        return write_backup(
            store, place, cause, progress, cancelled
        )  # before an upgrade there may be no table for seals yet
    except StoreError as error:
        if error.code.startswith("backup_"):
            store.outbox.log("wait", f"Chưa sao lưu được: {error.message}", None, store.backups.now())
            return None
        raise


def open_store(folder: Path, key: MasterKey) -> Store:
    """Opens a store for work; one of an older program is backed up at the unit's place before it is upgraded.

    Raises as `Store.open_with`.
    """
    return Store.open_with(folder, key, before_upgrade=lambda old: back_up_before(old, "upgrade"))


def chosen_place(store: Store) -> Path | None:
    """Where the unit's backups lie; None until a person chose."""
    text = store.settings.get(PLACE)
    return Path(text) if text else None


def warn_days(store: Store) -> int:
    """After how many working days without a backup the unit is warned."""
    text = store.settings.get(WARN_DAYS)
    return int(text) if text.isdecimal() else USUAL_WARN_DAYS


def view_of(backup: Backup) -> BackupView:
    """A backup as the list shows it."""
    return BackupView(
        str(backup.path), backup.at, backup.size, backup.unit_code, backup.unit_name, backup.dossiers,
        backup.last_number, backup.attachments, backup.problem,
    )  # fmt: skip


def _last_at(store: Store) -> str:
    last = store.backups.last()
    return last.at if last else ""


def _there(store: Store, place: Path) -> bool:
    return (place / store.unit.get().code).is_dir()


def _of_todays_key(store: Store, path: Path, backup: Backup) -> bool:
    with open_backup(path) as opened:
        return backup.store_id == store.backups.store_id and store.backups.made_with_its_key(opened.salt())
