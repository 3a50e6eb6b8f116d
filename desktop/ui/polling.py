"""The window's second hand: what goes on without anybody is read once a second."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.dossier.errors import VungXaError
from desktop.dossier.lifecycle import State
from desktop.dossier.views import DeliveryView
from desktop.ui.context import Context

POLL_MS = 1000


class Polling(QObject):
    """Hands the queue to `looked` at every beat, and calls `moved` when a status is another than at the beat before.

    `moved` hears whether this is the first beat. What fails is said once, until a beat goes well again: a disk that was
    pulled out fails every second.
    """

    def __init__(
        self,
        context: Context,
        parent: QObject,
        looked: Callable[[DeliveryView], object],
        moved: Callable[[bool], object],
    ) -> None:
        super().__init__(parent)
        self._context, self._looked, self._moved = context, looked, moved
        self._seen: object = None
        self._told = ""
        self._clock = QTimer(self)
        self._clock.setInterval(POLL_MS)
        self._clock.timeout.connect(self.poll)

    def start(self) -> None:
        """Read now, and every second from now on."""
        self._clock.start()
        self.poll()

    def stop(self) -> None:
        """Read no more."""
        self._clock.stop()

    def poll(self) -> None:
        """Read once."""
        try:
            self._beat()
        except VungXaError as error:
            if error.message != self._told:
                self._told = error.message
                self._context.bus.failed.emit(error.message)
        else:
            self._told = ""

    def _beat(self) -> None:
        view = self._context.services.delivery.view()
        self._looked(view)
        self._tell_news()
        seen = _fingerprint(view)
        if seen != self._seen:
            self._moved(self._seen is None)
            self._seen = seen

    def _tell_news(self) -> None:
        for words, bad in self._context.services.news():
            if bad:
                self._context.bus.failed.emit(words)
            else:
                self._context.bus.said.emit(words, None)


def _fingerprint(view: DeliveryView) -> object:
    steady = [
        (item.package_id, item.status.state, item.status.label if item.status.state is not State.SENDING else "")
        for item in view.items
    ]
    return steady, view.paused, view.received
