"""A real window in a process of its own: types the password it is given, opens a dossier, does as it is told.

python -m tests.e2e.window_process HOME LOCAL_ID; standard input: in one write the password and, in a second line, a PIN
to type into a field of the window; then «lock» or «close».
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.commands.replacing import replace
from desktop.opened import OpenUnit
from desktop.signing.core_files import no_core
from desktop.ui.program import application
from desktop.ui.signing.pin_field import PinField
from desktop.ui.unlock import UnlockDialog


def main(home: str, local_id: str) -> int:
    password, _, pin = os.read(0, 1024).decode().strip().partition("\n")
    application()
    typing = QTimer()
    typing.timeout.connect(lambda: _type(password))
    typing.start(20)

    def opened(running: OpenUnit) -> None:
        typing.stop()
        running.window.open_dossier(local_id)
        if pin:
            field = PinField()
            field.setParent(running.window)
            field.setText(pin)
        QTimer.singleShot(0, lambda: _say("open"))
        obey = QTimer(running.window)
        orders: list[str] = []
        threading.Thread(target=lambda: orders.append(os.read(0, 100).decode().strip()), daemon=True).start()
        obey.timeout.connect(lambda: orders and getattr(running.window, orders.pop())())
        obey.start(20)

    no_core()
    return app.run(Path(home), opened=opened, replace=replace)


def _type(password: str) -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, UnlockDialog) and widget.isVisible() and widget.go.isEnabled():
            widget.password.setText(password)
            widget.go.click()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
