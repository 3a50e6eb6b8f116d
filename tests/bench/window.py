"""A process that shows the window of a unit's folder, or a bare one, and says when it has been painted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class FirstPaint(QObject):
    """Calls once when a watched window has handled its first paint event."""

    def __init__(self, window: QMainWindow, call: Callable[[], None]) -> None:
        super().__init__()
        self._call: Callable[[], None] | None = call
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self._call is not None:
            QTimer.singleShot(0, self._call)
            self._call = None
        return False


def main() -> int:
    """Show the window until its first paint; the password comes on standard input."""
    return _ours(Path(sys.argv[1])) if len(sys.argv) > 1 else _bare()


def _bare() -> int:
    application, window = QApplication(["bare"]), QMainWindow()
    window.setCentralWidget(QLabel("Hồ sơ"))
    window.resize(1366, 768)
    return _show(application, window)


def _ours(home: Path) -> int:
    from desktop.app import default_user
    from desktop.opened import open_unit
    from desktop.store.store import Store
    from desktop.ui.program import application

    app = application()
    store = Store.open(home, sys.stdin.readline().rstrip("\n"))
    running = open_unit(store, default_user(store.unit.people()), send=False)
    code = _show(app, running.window)
    running.close()
    return code


def _show(application: QApplication, window: QMainWindow) -> int:
    def painted() -> None:
        sys.stdout.write("painted\n")
        sys.stdout.flush()
        application.quit()

    watching = FirstPaint(window, painted)
    window.show()
    code = int(application.exec())
    watching.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
