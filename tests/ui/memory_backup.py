"""Backups in memory: what is shown is what was put there."""

# ruff: noqa: ARG002 - an interface is kept whole even where memory needs less of it

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from desktop.dossier.backup_views import (
    BackupProgress,
    BackupState,
    BackupView,
    Cancelled,
    Progress,
    RestoredView,
    VerifiedView,
)
from desktop.dossier.errors import VungXaError

DAMAGED = "Bản sao lưu này bị hỏng hoặc thiếu. Chọn bản khác; dữ liệu trên máy không bị ảnh hưởng."
STOPPED = "Đã dừng sao lưu theo yêu cầu. Không có bản nào dở dang, các bản trước vẫn nguyên."
PLACE = "/media/hanh/SAO_LUU"
GOOD = BackupState(
    PLACE, "2026-11-23T10:05:12Z", last_ok=True, next_due="2026-11-24T10:00:00Z", free=14_800_000_000, warning=""
)


def backup(day: str, dossiers: int, size: int, problem: str = "") -> BackupView:
    path = f"{PLACE}/1023456/1023456-{day.replace('-', '')}.vxbackup"
    number = "" if problem else f"0{dossiers}"
    return BackupView(path, f"{day}T10:05:12Z", size, "1023456", "Trường PTDTBT Tả Van", dossiers, number, 61, problem)


BACKUPS = (
    backup("2026-11-23", 442, 48_300_000),
    backup("2026-11-20", 437, 47_900_000),
    backup("2026-11-19", 0, 11_000_000, DAMAGED),
    backup("2026-10-30", 398, 44_100_000),
)


def begun() -> Event:
    made = Event()
    made.set()
    return made


@dataclass
class MemoryBackup:
    """`going` holds a run up half-way; `refuse` ends it; `missing` are attachments a check does not find."""

    shown: BackupState = GOOD
    files: Sequence[BackupView] = BACKUPS
    missing: tuple[str, ...] = ()
    opened: bool = True
    refuse: VungXaError | None = None
    going: Event = field(default_factory=begun)

    def state(self) -> BackupState:
        return self.shown

    def backups(self) -> Sequence[BackupView]:
        return self.files

    def set_place(self, path: Path) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.shown = replace_place(self.shown, path)

    def run(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> BackupView:
        self._work(progress, cancelled)
        made = backup("2026-11-24", 443, 48_400_000)
        self.files = (made, *self.files)
        return made

    def verify(self, path: Path, progress: Progress | None = None, cancelled: Cancelled | None = None) -> VerifiedView:
        self._work(progress, cancelled)
        found = next(one for one in self.files if one.path == str(path))
        return VerifiedView(found, self.missing, self.opened)

    def _work(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        if progress is not None:
            progress(BackupProgress("attachments", 31_000_000, 48_400_000))
        while not self.going.wait(0.01):
            if cancelled is not None and cancelled():
                raise VungXaError("backup_cancelled", STOPPED)
        if self.refuse is not None:
            raise self.refuse


def replace_place(state: BackupState, path: Path) -> BackupState:
    return state._replace(place=str(path), warning="")


class MemoryRestore:
    """Restores nothing: shows a backup and what came of it."""

    def look(self, path: Path) -> BackupView:
        return next(one for one in BACKUPS if one.path == str(path))

    def restore(
        self, path: Path, folder: Path, secret: str, *, by_code: bool, progress: Progress, cancelled: Cancelled
    ) -> RestoredView:
        if by_code:
            raise VungXaError("code_mistyped", "Mã khôi phục gõ nhầm ở nhóm 3. Xem lại tờ giấy rồi gõ lại nhóm đó.")
        view = self.look(path)
        return RestoredView(str(folder), view.unit_code, view.unit_name, view.at, view.dossiers, 2, ())
