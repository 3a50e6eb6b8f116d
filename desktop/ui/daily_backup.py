"""The backup of the day without anybody asking: in the first quiet minutes, and when the window closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer

from desktop.dossier.backup_views import STAGES, BackupProgress, BackupView, Cancelled, Progress
from desktop.dossier.errors import VungXaError
from desktop.ui.context import Bus
from desktop.ui.quiet_work import QuietWork
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


class DailyBackup(QuietWork):
    """Says so when one was made."""

    def __init__(
        self, run: RunIfDue, bus: Bus, busy: Callable[[], bool] = lambda: False, quiet_s: float = QUIET_S
    ) -> None:
        super().__init__(
            "daily-backup", lambda tell, stopped: run(progress=tell, cancelled=stopped), bus, busy, quiet_s
        )

    def done(self, result: BackupView) -> None:
        """Say how many dossiers are in it, and let the section «Sao lưu» show it."""
        self.bus.said.emit(f"Đã tự sao lưu {result.dossiers} hồ sơ và mở thử được.", None)
        self.bus.changed.emit()


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
