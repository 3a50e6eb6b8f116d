"""The painted button of a finding: a thousand findings cost no widget each, so the list draws it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop.ui.theme import colour, font, px, tokens

HIGH, PADDING = 22, 8


def button_area(inner: QRect, label: str) -> QRect:
    """Give where the button stands: at the right end of a finding's first line."""
    wide = QFontMetrics(font(9, 600)).horizontalAdvance(label) + 2 * px(PADDING)
    return QRect(inner.right() - wide + 1, inner.top(), wide, px(HIGH))


def paint_button(painter: QPainter, area: QRect, label: str, *, primary: bool) -> None:
    """Paint a small button, the chosen finding's as the one to press."""
    look = tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(colour(look.accent if primary else look.control))
    painter.setBrush(colour(look.accent if primary else look.surface))
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(colour(look.on_accent if primary else look.text))
    painter.setFont(font(9, 600))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), label)
    painter.restore()
