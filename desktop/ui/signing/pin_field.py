"""The PIN: typed once per batch, never readable, emptied as soon as it was handed over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ui.theme import px, set_state


class PinField(QLineEdit):
    """A password line without a menu, without copying, without undo."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "pin")
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(64)
        self.setFixedWidth(px(200))
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setAccessibleName("Mã PIN của token")
        self.ask_again(False)

    def ask_again(self, wrong: bool) -> None:
        """Empty the field; a wrong PIN is marked until the next key."""
        self.clear()
        self.setPlaceholderText("Nhập lại mã PIN" if wrong else "Nhập mã PIN")
        self.setAccessibleDescription("Nhập một lần cho cả đợt ký" + (". Mã PIN vừa nhập sai" if wrong else ""))
        set_state(self, "state", "error" if wrong else "")

    def take(self) -> str:
        """Give what was typed and empty the field."""
        pin = self.text()
        self.ask_again(False)
        return pin

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer no menu: a PIN is neither copied nor pasted."""
        event.accept()
