"""Watches as the window does, with a short patience for standing still, and prints why it would lock."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QTimer

from desktop.ui.idle import LockWatch, SleepNews


def main() -> int:
    app = QCoreApplication([])
    watch, heard = LockWatch(lambda: 3_600.0, still_s=0.9, beat_ms=50), SleepNews()
    watch.due.connect(lambda reason: (say(reason), app.quit()))
    watch.start()
    QTimer.singleShot(0, lambda: say(f"watching {heard.start()}"))
    QTimer.singleShot(60_000, app.quit)
    return app.exec()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
