"""The backup of the day without anybody asking: in the first quiet minutes, and when the window closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog

from desktop.dossier.backup_views import STAGES, BackupProgress, BackupView, Cancelled, Progress
from desktop.dossier.errors import VungXaError
from desktop.ui.context import Bus
from desktop.ui.idle import LockWatch
from desktop.ui.kit.basic import announce, button, column, label, row
from desktop.ui.kit.signs import ThinBar
from desktop.ui.settings.long_work import LongWork
from desktop.ui.theme import px

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


class ClosingBackup(QDialog):
    """The small window while the day's backup is made at closing; it comes only when there is one to make."""

    def __init__(self, run: RunIfDue) -> None:
        super().__init__()
        self.setWindowTitle("Vùng Xa, sao lưu trước khi đóng")
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFixedWidth(px(440))
        self._run, self._loop = run, QEventLoop()
        self.work = LongWork(self, "closing-backup")
        self.work.told.connect(self._show)
        self.work.ended.connect(lambda _made: self._loop.quit())
        self.work.failed.connect(self._failed)
        box = column(self, (16, 14, 16, 14), 10)
        self.title = label("Đang sao lưu dữ liệu hôm nay", "title", wrap=True)
        self.words = label("Cửa sổ tự đóng khi xong. Bỏ qua cũng không mất dữ liệu.", "", wrap=True)
        self.bar = ThinBar()
        foot = row(gap=8)
        foot.addStretch(1)
        self.leave = button("Bỏ qua, đóng ngay", "x", "", self.skip)
        foot.addWidget(self.leave)
        for part in (self.title, self.words, self.bar):
            box.addWidget(part)
        box.addLayout(foot)

    def stay(self) -> None:
        """Make the backup if it is due, and return when it is made, skipped or could not be made and that was read."""
        self.work.start(lambda tell, stopped: self._run(closing=True, progress=tell, cancelled=stopped))
        self._loop.exec()
        self.hide()
        self.work.end()

    def skip(self) -> None:
        """Close without: what runs ends at its next step."""
        self.work.cancel()
        self.leave.setEnabled(False)
        self.words.setText("Đang dừng…")
        if not self.work.running:
            self._loop.quit()

    def reject(self) -> None:
        """Escape skips."""
        self.skip()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the small window skips."""
        event.ignore()
        self.skip()

    def _show(self, progress: BackupProgress) -> None:
        share = progress.done / progress.total if progress.total else 0.0
        self.bar.set_share(share)
        percent = f", {round(share * 100)} %" if progress.total else ""
        if not self.work.cancelled:
            self.words.setText(f"{STAGES[progress.stage]}{percent}. Bỏ qua cũng không mất dữ liệu.")
        if not self.isVisible():
            self.show()

    def _failed(self, error: VungXaError) -> None:
        if self.work.cancelled:
            self._loop.quit()
            return
        self.title.setText("Chưa sao lưu được")
        self.words.setText(error.message)
        self.bar.setVisible(False)
        self.leave.setText("Đóng")
        self.leave.setAccessibleName("Đóng")
        self.show()
        announce(self, error.message)
        QTimer.singleShot(READ_MS, self._loop.quit)


READ_MS = 20_000
"""A failure at closing stays this long; a machine that shuts down is not held up for ever."""
