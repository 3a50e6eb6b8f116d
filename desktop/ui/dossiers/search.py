"""The search field: waits 150 ms after the last key, so that the list is read once per pause and not per letter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from desktop.ui import icons
from desktop.ui.theme import px, tokens

PAUSE_MS = 150


class SearchField(QLineEdit):
    """Calls `changed` with the text after a pause, at once on Enter."""

    def __init__(self, hint: str, changed: Callable[[str], None]) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName("Tìm hồ sơ")
        self.setAccessibleDescription(hint)
        self.setMinimumWidth(px(120))
        self.setMaximumWidth(px(440))
        self.addAction(
            QAction(icons.icon("search", tokens().muted, size=px(16)), "", self),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        self._changed, self._last = changed, ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(lambda *_args: self._pause.start())
        self.returnPressed.connect(self._tell)

    def focus(self) -> None:
        """Go to the field and choose what is in it."""
        self.setFocus()
        self.selectAll()

    def _tell(self) -> None:
        self._pause.stop()
        if self.text() != self._last:
            self._last = self.text()
            self._changed(self._last)
