"""One piece of work that takes minutes, on a thread of its own, with progress and a way to stop it."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from desktop.ui.background import Worker

Tell = Callable[[Any], None]
Stopped = Callable[[], bool]
PAUSE_S = 0.1
"""Seconds between two words of progress of the same step; more nobody can read."""


class LongWork(QObject):
    """`told` is emitted with progress, `ended` with the result, `failed` with a VungXaError; all on the GUI thread.

    The thread is there only while something runs, and with it its own connection to the store.
    """

    told = Signal(object)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None, name: str) -> None:
        super().__init__(parent)
        self._name = name
        self._stop = Event()
        self._worker: Worker | None = None
        self._told_at = 0.0
        self._stage: object = None

    @property
    def running(self) -> bool:
        """Whether something is under way."""
        return self._worker is not None

    @property
    def cancelled(self) -> bool:
        """Whether the last one was asked to stop."""
        return self._stop.is_set()

    def start(self, work: Callable[[Tell, Stopped], object]) -> bool:
        """Begin `work`, which is handed what to tell progress and what to ask; False while something is under way."""
        if self._worker is not None:
            return False
        stop = self._stop = Event()
        worker = self._worker = Worker(self._name)
        self._stage = None

        def tell(progress: object) -> None:
            self._tell(worker, progress)

        worker.submit(
            self,
            lambda: work(tell, stop.is_set),
            lambda result: self._over(worker, self.ended, result),
            lambda error: self._over(worker, self.failed, error),
        )
        return True

    def cancel(self) -> None:
        """Ask it to stop at the next piece of work."""
        self._stop.set()

    def end(self) -> None:
        """Stop and wait for it, as the window closes; nothing is emitted any more."""
        self.cancel()
        if self._worker is not None:
            worker, self._worker = self._worker, None
            worker.stop()

    def _tell(self, worker: Worker, progress: object) -> None:
        """Let through a new step at once and otherwise ten words a second; in the thread that works."""
        stage, now = getattr(progress, "stage", None), time.monotonic()
        if stage == self._stage and now - self._told_at < PAUSE_S:
            return
        self._stage, self._told_at = stage, now
        worker.post(self, lambda: self._hand_on(worker, progress))

    def _hand_on(self, worker: Worker, progress: object) -> None:
        if worker is self._worker:
            self.told.emit(progress)

    def _over(self, worker: Worker, news: SignalInstance, said: object) -> None:
        """Say how it ended, unless it was ended meanwhile; another may be under way by now."""
        if worker is self._worker:
            self._worker = None
            worker.stop()
            news.emit(said)
