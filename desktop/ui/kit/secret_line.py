"""A line for a secret: hidden, without a menu, emptied when taken; notices what the keyboard makes of the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

_HINTS = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
_COPYING = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)


class SecretLine(QLineEdit):
    """Nothing is copied out of it; `noticed` says what to mind about the keyboard, "" for nothing.

    `kind` names its style, `longest` counts characters. A kind of secret says `CAPS` and `TYPING` in its own words.
    """

    noticed = Signal(str)
    CAPS = "Caps Lock đang bật."
    TYPING = "Bộ gõ tiếng Việt đang bật."

    def __init__(self, kind: str, longest: int) -> None:
        super().__init__()
        self.setProperty("k", kind)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(longest)
        self.setInputMethodHints(_HINTS)

    def take(self) -> str:
        """Give what was typed and empty the field."""
        text = self.text()
        self.clear()
        return text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take no copy; a capital without Shift means Caps Lock, as does a small letter with it."""
        if any(event.matches(key) for key in _COPYING):
            event.accept()
            return
        super().keyPressEvent(event)
        typed, shift = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not typed.isascii():
            self.noticed.emit(self.TYPING)
        elif len(typed) == 1 and typed.isalpha():
            self.noticed.emit(self.CAPS if typed.isupper() != shift else "")

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice a method that composes letters; of one it hands over whole nobody knows which keys were held."""
        super().inputMethodEvent(event)
        if event.preeditString() or not event.commitString().isascii():
            self.noticed.emit(self.TYPING)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer no menu: a secret is neither copied nor kept."""
        event.accept()
