"""A password: shown only while the eye is held, never kept; tells of Caps Lock and of typing aids."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ui.kit.basic import icon_button
from desktop.ui.theme import px
from desktop.ui.unlocking.words import CAPS, TYPING

LONGEST = 256
"""Characters; more than anybody types."""


class PasswordField(QLineEdit):
    """A password line with an eye; `noticed` says what to mind about the keyboard, "" for nothing."""

    noticed = Signal(str)

    def __init__(self, ask: str = "Nhập mật khẩu") -> None:
        super().__init__()
        self.setProperty("k", "password")
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setPlaceholderText(ask)
        self.setMaxLength(LONGEST)
        self.setTextMargins(0, 0, px(28), 0)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.eye = icon_button("eye", "Giữ để xem mật khẩu", kind="mini")
        self.eye.setParent(self)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.eye.setCursor(Qt.CursorShape.PointingHandCursor)
        self.eye.setFixedSize(px(26), px(26))
        self.eye.pressed.connect(lambda: self._show(True))
        self.eye.released.connect(lambda: self._show(False))

    def take(self) -> str:
        """Give what was typed and empty the field."""
        text = self.text()
        self.clear()
        return text

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the eye at the right edge."""
        super().resizeEvent(event)
        self.eye.move(self.width() - self.eye.width() - px(6), (self.height() - self.eye.height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A capital without Shift means Caps Lock, a letter with marks a typing aid."""
        super().keyPressEvent(event)
        self._look(event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice an input method that composes letters: nobody sees what it makes of a password."""
        super().inputMethodEvent(event)
        if event.preeditString() or event.commitString():
            self._look(event.commitString() or "ă", shift=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide again what the eye showed."""
        super().focusOutEvent(event)
        self._show(False)

    def changeEvent(self, event: QEvent) -> None:
        """Hide again what the eye showed when the field is switched off under it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._show(False)

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _look(self, typed: str, shift: bool) -> None:
        if not typed.isascii():
            self.noticed.emit(TYPING)
        elif len(typed) == 1 and typed.isalpha():
            self.noticed.emit(CAPS if typed.isupper() != shift else "")
