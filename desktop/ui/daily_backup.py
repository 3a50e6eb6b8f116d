"""The backup of the day without anybody asking: in the first quiet minutes, and when the window closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from desktop.dossier.backup_views import STAGES, BackupProgress, BackupView, Cancelled, Progress
from desktop.dossier.errors import VungXaError
from desktop.ui.context import Bus
from desktop.ui.idle import LockWatch
from desktop.ui.settings.long_work import LongWork
from desktop.ui.work_window import WorkWindow

QUIET_S = 120.0
"""Seconds nobody touched anything before a backup begins by itself."""


class RunIfDue(Protocol):
    """Makes the backup of the day when it is due; None when it is not. Slow, raises VungXaError."""

    def __call__(
        self, *, closing: bool = False, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> BackupView | None:
        """Make it; `closing` when the window closes."""
        ...


class DailyBackup(QObject):
    """Made, started and stopped on the GUI thread; a failure is told once, not every quiet minute."""

    def __init__(
        self, run: RunIfDue, bus: Bus, busy: Callable[[], bool] = lambda: False, quiet_s: float = QUIET_S
    ) -> None:
        super().__init__()
        self._run, self._bus = run, bus
        self._told = ""
        self.work = LongWork(self, "daily-backup")
        self.work.ended.connect(self._ended)
        self.work.failed.connect(self._failed)
        self._watch = LockWatch(lambda: quiet_s, busy, parent=self)
        self._watch.due.connect(self._quiet)

    def start(self) -> None:
        """Begin to wait for quiet."""
        self._watch.start()

    def stop(self) -> None:
        """Wait no more, and end a backup that runs; nothing half stays of it."""
        self._watch.stop()
        self.work.end()

    def _quiet(self, reason: str) -> None:
        if reason == "idle":
            self.work.start(lambda tell, stopped: self._run(progress=tell, cancelled=stopped))
        else:
            self._watch.start()

    def _ended(self, made: BackupView | None) -> None:
        if made is not None:
            self._told = ""
            self._bus.said.emit(f"Đã tự sao lưu {made.dossiers} hồ sơ và mở thử được.", None)
            self._bus.changed.emit()
        self._watch.start()

    def _failed(self, error: VungXaError) -> None:
        if error.message != self._told:
            self._told = error.message
            self._bus.failed.emit(error.message)
        self._watch.start()


class ClosingBackup(WorkWindow):
    """The small window while the day's backup is made at closing; it comes only when there is one to make."""

    def __init__(self, run: RunIfDue) -> None:
        super().__init__(
            "closing-backup",
            "Vùng Xa, sao lưu trước khi đóng",
            "Đang sao lưu dữ liệu hôm nay",
            "Cửa sổ tự đóng khi xong. Bỏ qua cũng không mất dữ liệu.",
            ("Bỏ qua, đóng ngay", "x"),
        )
        self._run = run

    def stay(self) -> None:
        """Make the backup if it is due, and return when it is made, skipped or could not be made and that was read."""
        self.work.start(lambda tell, stopped: self._run(closing=True, progress=tell, cancelled=stopped))
        self.loop.exec()
        self.hide()
        self.work.end()

    def show_progress(self, progress: object) -> None:
        """Say which step it is at; the first one brings the window."""
        assert isinstance(progress, BackupProgress)
        share = progress.done / progress.total if progress.total else 0.0
        self.bar.set_share(share)
        percent = f", {round(share * 100)} %" if progress.total else ""
        if not self.work.cancelled:
            self.words.setText(f"{STAGES[progress.stage]}{percent}. Bỏ qua cũng không mất dữ liệu.")
        if not self.isVisible():
            self.show()

    def failed(self, error: VungXaError) -> None:
        """Say why there is none, for a while."""
        super().failed(error)
        self.title.setText("Chưa sao lưu được")
        QTimer.singleShot(READ_MS, self.loop.quit)


READ_MS = 20_000
"""A failure at closing stays this long; a machine that shuts down is not held up for ever."""
