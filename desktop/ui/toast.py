"""A confirmation at the bottom left for 4 s, with «Lùi lại» where the action can be taken back; never for errors."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.kit.basic import announce, button, label, row
from desktop.ui.theme import px

SECONDS = 4


class Toast(QFrame):
    """Floats over its parent's lower left corner."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        box = row(self, (14, 8, 10, 8), 14)
        self._words = label("")
        self._undo = button("Lùi lại", kind="small", run=self._take_back)
        box.addWidget(self._words)
        box.addWidget(self._undo)
        self._call: Callable[[], object] | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str, undo: Callable[[], object] | None) -> None:
        """Show a confirmation."""
        self._call = undo
        self._words.setText(words)
        announce(self, words)
        self._undo.setVisible(undo is not None)
        self.adjustSize()
        parent = self.parentWidget()
        if parent is not None:
            self.move(px(204), parent.height() - self.height() - px(44))
        self.show()
        self.raise_()
        self._clock.start(SECONDS * 1000)

    def forget(self) -> None:
        """Take a «Lùi lại» away whose page is gone."""
        if self._call is not None:
            self._call = None
            self.hide()

    def _take_back(self) -> None:
        call, self._call = self._call, None
        self.hide()
        if call is not None:
            call()
