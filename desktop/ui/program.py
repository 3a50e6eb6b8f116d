"""The Qt application itself: its look, its end on signals, and what it never remembers."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.ui.qt_words import QtWords
from desktop.ui.theme import apply_theme

SIGNAL_MS = 250


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The Qt application in the project's look, made once."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication(["vungxa", *arguments])
    app.setApplicationName("Vùng Xa")
    _remember_no_files()
    app.installTranslator(QtWords(app))
    apply_theme(app)
    return app


def _remember_no_files() -> None:
    """Keeps names of files out of every list of recent ones.

    Dialogs of the desktop write such lists (recently-used.xbel, «Recent»), so Qt's own are used; those keep theirs in
    the settings of all Qt programs, so the settings of this process go where they are never written.
    """
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)


def end_on_signals(app: QApplication) -> QTimer:
    """Lets SIGTERM and Ctrl-C close the window in order.

    Python hears signals only while its own code runs, so a timer ticks.
    """

    def end(*_: object) -> None:
        app.closeAllWindows()
        QTimer.singleShot(0, app.quit)  # from within the event loop: before it runs, a quit would be lost

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    timer = QTimer(app)
    timer.start(SIGNAL_MS)
    timer.timeout.connect(lambda: None)
    return timer
