"""The PIN: typed once per batch, never readable, emptied as soon as it was handed over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from desktop.ui.signing.pin_words import CAPS, TYPING
from desktop.ui.theme import px, set_state

LONGEST = 64
"""Characters; tokens take at most that many."""


class PinField(QLineEdit):
    """A password line without a menu, without copying, without undo; `noticed` tells of Caps Lock and typing aids."""

    noticed = Signal(str)

    def __init__(self, name: str = "Mã PIN của token", ask: str = "Nhập mã PIN") -> None:
        super().__init__()
        self._ask = ask
        self.setProperty("k", "pin")
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(LONGEST)
        self.setFixedWidth(px(200))
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setAccessibleName(name)
        self.ask_again(False)

    def ask_again(self, wrong: bool) -> None:
        """Empty the field; a wrong PIN is marked until the next key."""
        self.clear()
        self.setPlaceholderText("Nhập lại mã PIN" if wrong else self._ask)
        self.setAccessibleDescription("Nhập một lần cho cả đợt ký" + (". Mã PIN vừa nhập sai" if wrong else ""))
        set_state(self, "state", "error" if wrong else "")

    def take(self) -> str:
        """Give what was typed and empty the field."""
        pin = self.text()
        self.ask_again(False)
        return pin

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take no paste and no copy; a capital without Shift means Caps Lock, a letter with marks a typing aid."""
        if any(event.matches(key) for key in (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)):
            event.accept()
            return
        super().keyPressEvent(event)
        self._look(event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice an input method that composes letters: nobody sees what it makes of a PIN."""
        super().inputMethodEvent(event)
        if event.preeditString() or event.commitString():
            self._look(event.commitString() or "ă", shift=True)

    def _look(self, typed: str, shift: bool) -> None:
        if not typed.isascii():
            self.noticed.emit(TYPING)
        elif len(typed) == 1 and typed.isalpha():
            self.noticed.emit(CAPS if typed.isupper() and not shift else "")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer no menu: a PIN is neither copied nor pasted."""
        event.accept()
