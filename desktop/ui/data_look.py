"""The quick look at the unit's data once the window stands; what is hurt is said at the top of the page in view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.dossier.data_views import CheckView
from desktop.dossier.errors import VungXaError
from desktop.ui.context import Bus
from desktop.ui.settings.long_work import LongWork

WHERE = "Xem «Danh mục & cài đặt», phần «Dữ liệu»."


class DataLook(QObject):
    """Made, started and stopped on the GUI thread; nothing is said of whole data."""

    def __init__(self, look: Callable[[], CheckView], bus: Bus) -> None:
        super().__init__()
        self._look, self._bus = look, bus
        self.work = LongWork(self, "data-look")
        self.work.ended.connect(self._ended)
        self.work.failed.connect(self._failed)

    def start(self) -> None:
        """Look now, in the background."""
        self.work.start(lambda _tell, _stopped: self._look())

    def stop(self) -> None:
        """Wait for a look under way; it takes a tenth of a second."""
        self.work.end()

    def _ended(self, found: CheckView) -> None:
        if found.found:
            self._bus.failed.emit(f"{found.found[0].sentence} {WHERE}")

    def _failed(self, error: VungXaError) -> None:
        self._bus.failed.emit(error.message)
