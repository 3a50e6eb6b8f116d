"""Work that begins by itself once nobody touched anything for a while, and is told of only when it matters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from desktop.dossier.errors import VungXaError
from desktop.ui.context import Bus
from desktop.ui.idle import LockWatch, Touches
from desktop.ui.settings.long_work import LongWork, Stopped, Tell


class QuietWork(QObject):
    """Made, started and stopped on the GUI thread; a failure is told once, not every quiet minute.

    `quiet_s` is how many seconds nobody may touch anything before `run` is called, on a thread of its own; it decides
    whether there is anything to do. What `gives_way` is stopped when somebody comes back, and begun anew at the next
    quiet.
    """

    gives_way = False

    def __init__(
        self, name: str, run: Callable[[Tell, Stopped], object], bus: Bus, busy: Callable[[], bool], quiet_s: float
    ) -> None:
        super().__init__()
        self._run, self.bus = run, bus
        self._told = ""
        self.work = LongWork(self, name)
        self.work.ended.connect(self._ended)
        self.work.failed.connect(self._failed)
        self._watch = LockWatch(lambda: quiet_s, busy, parent=self)
        self._watch.due.connect(self._quiet)
        self._touches = Touches(self)
        self._touches.touched.connect(self.work.cancel)

    def start(self) -> None:
        """Begin to wait for quiet."""
        self._watch.start()

    def stop(self) -> None:
        """Wait no more, and end what runs; nothing half stays of it."""
        self._watch.stop()
        self._touches.stop()
        self.work.end()

    def done(self, result: Any) -> None:
        """Tell what came of it; `result` is what `run` gave, not None."""
        raise NotImplementedError

    def _quiet(self, reason: str) -> None:
        if reason != "idle":
            self._watch.start()
            return
        if self.gives_way:
            self._touches.start()
        self.work.start(self._run)

    def _again(self) -> None:
        self._touches.stop()
        self._watch.start()

    def _ended(self, result: object) -> None:
        if result is not None:
            self._told = ""
            self.done(result)
        self._again()

    def _failed(self, error: VungXaError) -> None:
        if error.message != self._told:
            self._told = error.message
            self.bus.failed.emit(error.message)
        self._again()
