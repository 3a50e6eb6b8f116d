"""What a lock has to do with the rest of the window: its keys over dialogs, and work that runs without anybody."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.settings.long_work import LongWork
from desktop.ui.signing.dialog import SigningDialog

LOCK_KEYS = "Ctrl+L"


class LockKeys(QObject):
    """Lets Ctrl+L lock over every dialog too: while one stands, the window's own keys are dead."""

    def __init__(self, window: QWidget, lock: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._lock = window, lock
        running = QGuiApplication.instance()
        assert isinstance(running, QGuiApplication)
        running.focusWindowChanged.connect(self.follow)

    def follow(self) -> None:
        """Give the dialog in front the keys, once; a window that was closed gives none."""
        dialog = QApplication.activeModalWidget()
        if self._window.isVisible() and dialog is not None and dialog.findChild(QShortcut, LOCK_KEYS) is None:
            made = QShortcut(QKeySequence(LOCK_KEYS), dialog)
            made.setObjectName(LOCK_KEYS)
            made.activated.connect(self._lock)


def at_work(window: QWidget) -> bool:
    """Tell whether a batch is signed or long work runs, a restore for one: then nobody need touch anything."""
    signing = any(dialog.running for dialog in window.findChildren(SigningDialog))
    return signing or any(work.running for work in window.findChildren(LongWork))


def stop_work(window: QWidget) -> None:
    """Stop a batch after the dossier in work, and long work where it leaves nothing half."""
    for dialog in window.findChildren(SigningDialog):
        dialog.stop()
    for work in window.findChildren(LongWork):
        work.end()
