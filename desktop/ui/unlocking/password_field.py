"""A password: shown only while the eye is held, never kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ui.kit.basic import icon_button
from desktop.ui.kit.secret_line import SecretLine
from desktop.ui.theme import px

LONGEST = 256
"""Characters; more than anybody types."""


class PasswordField(SecretLine):
    """A password line with an eye."""

    def __init__(self, ask: str = "Nhập mật khẩu") -> None:
        super().__init__("password", LONGEST)
        self.setPlaceholderText(ask)
        self.setTextMargins(0, 0, px(28), 0)
        self.eye = icon_button("eye", "Giữ để xem mật khẩu", kind="mini")
        self.eye.setParent(self)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.eye.setCursor(Qt.CursorShape.PointingHandCursor)
        self.eye.setFixedSize(px(26), px(26))
        self.eye.pressed.connect(lambda: self._show(True))
        self.eye.released.connect(lambda: self._show(False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the eye at the right edge."""
        super().resizeEvent(event)
        self.eye.move(self.width() - self.eye.width() - px(6), (self.height() - self.eye.height()) // 2)

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
