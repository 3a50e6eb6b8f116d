"""One batch on the token thread: started with a PIN, told of dossier by dossier, stopped between two."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.dossier.errors import VungXaError
from desktop.dossier.sign_views import SignProgress
from desktop.ui.background import TokenThread
from desktop.ui.signing.services import SigningService

SHOWN_MS = 40
"""So long at least stands each picture of a running batch."""


class BatchRun(QObject):
    """Runs at most one batch at a time; everything is told on the GUI thread."""

    progressed = Signal(object)
    """What was told since the last time, a list of SignProgress: a fast token tells more than a screen can show."""
    finished = Signal(bool)
    """The batch went to its end, or (True) was stopped between two dossiers."""
    failed = Signal(object)
    """A VungXaError broke the batch off; what was signed before stays."""

    def __init__(self, parent: QObject, worker: TokenThread, signing: SigningService) -> None:
        super().__init__(parent)
        self._worker, self._signing = worker, signing
        self._cancel: threading.Event | None = None
        self._told: deque[SignProgress] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._tell)
        self.count = 0

    @property
    def running(self) -> bool:
        """Tell whether a batch is being signed now."""
        return self._cancel is not None

    def start(
        self,
        serial: str,
        pin: str | None,
        local_ids: Sequence[str],
        acknowledged: Mapping[str, Sequence[str]],
        shown: Mapping[str, str],
        *,
        final_try: bool,
    ) -> None:
        """Hand the PIN and the dossiers, as they were `shown`, to the token thread."""
        worker, cancel, signing = self._worker, threading.Event(), self._signing
        self._cancel, self.count = cancel, len(local_ids)
        self._timer.start()

        def work() -> None:
            worker.assert_here()
            signing.sign(
                serial, pin, local_ids, self._told.append, cancel.is_set,
                final_try=final_try, acknowledged=acknowledged, shown=shown,
            )  # fmt: skip

        worker.submit(self, work, lambda _none: self._finished(), self._broke)

    def stop(self) -> None:
        """Stop after the dossier in work."""
        if self._cancel is not None:
            self._cancel.set()

    def _tell(self) -> None:
        told = [self._told.popleft() for _ in range(len(self._told))]
        if told:
            self.progressed.emit(told)

    def _finished(self) -> None:
        self._timer.stop()
        self._tell()
        stopped = self._cancel is not None and self._cancel.is_set()
        self._cancel = None
        self.finished.emit(stopped)

    def _broke(self, error: VungXaError) -> None:
        self._timer.stop()
        self._tell()
        self._cancel = None
        self.failed.emit(error)
