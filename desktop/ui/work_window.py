"""A small window of its own for one piece of work, before or after that of a unit: what it does, how far it is."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog

from desktop.dossier.errors import VungXaError
from desktop.ui.kit.basic import announce, button, column, label, row
from desktop.ui.kit.signs import ThinBar
from desktop.ui.settings.long_work import LongWork
from desktop.ui.theme import px


class WorkWindow(QDialog):
    """Start `work` and run `loop` until it ends; closing the window, Escape and `leave` are `skip`."""

    def __init__(self, name: str, window: str, title: str, words: str, leave: tuple[str, str]) -> None:
        super().__init__()
        self.setWindowTitle(window)
        self.setAccessibleName(window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFixedWidth(px(440))
        self.loop = QEventLoop()
        self.work = LongWork(self, name)
        self.work.told.connect(self.show_progress)
        self.work.ended.connect(lambda _result: self.loop.quit())
        self.work.failed.connect(self.failed)
        box = column(self, (16, 14, 16, 14), 10)
        self.title, self.words, self.bar = label(title, "title", wrap=True), label(words, "", wrap=True), ThinBar()
        foot = row(gap=8)
        foot.addStretch(1)
        self.leave = button(*leave, "", self.skip)
        foot.addWidget(self.leave)
        for part in (self.title, self.words, self.bar):
            box.addWidget(part)
        box.addLayout(foot)

    def skip(self) -> None:
        """Ask what runs to end at its next step; once nothing runs, leave. What cannot be stopped now goes on."""
        if not self.work.running:
            self.loop.quit()
        if not self.work.running or not self.leave.isEnabled():
            return
        self.work.cancel()
        self.leave.setEnabled(False)
        self.words.setText("Đang dừng…")

    def reject(self) -> None:
        """Escape skips."""
        self.skip()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the small window skips."""
        event.ignore()
        self.skip()

    def show_progress(self, progress: object) -> None:
        """Show how far it is; the kinds of work tell it each in their way."""
        raise NotImplementedError

    def failed(self, error: VungXaError) -> None:
        """Say why it failed, unless it was stopped; the window stays to be read."""
        if self.work.cancelled:
            self.loop.quit()
            return
        self.words.setText(error.message)
        self.bar.setVisible(False)
        self.leave.setText("Đóng")
        self.leave.setAccessibleName("Đóng")
        self.leave.setEnabled(True)
        self.show()
        announce(self, error.message)
