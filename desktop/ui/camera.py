"""Takes pictures of windows for the demo and for people who document the program."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QWidget

SETTLE = 1.2
"""Seconds in which background work (paper, tokens) arrives on the screen."""

LONGEST = 20.0


def settle(seconds: float = SETTLE) -> None:
    """Let the event loop run for a while."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def picture(widget: QWidget, path: Path, ready: Callable[[], bool] = lambda: True) -> str:
    """Show a widget, wait until it is ready, and write what it shows as PNG; gives the file name. Raises OSError."""
    widget.show()
    until = time.monotonic() + LONGEST
    while not ready() and time.monotonic() < until:
        settle(0.1)
    settle()
    if not widget.grab().save(str(path)):
        raise OSError(f"{path.name} could not be written")
    return path.name
