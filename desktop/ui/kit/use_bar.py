"""The bar of what is used and what is held; held is always hatched, for the two colours differ little in lightness."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.ui.theme import colour, px, tokens

THICKNESS = 9
STEP = 4


def paint_use(painter: QPainter, area: QRectF, used: float, held: float) -> None:
    """Draw a bar centred in `area`: `used` and then `held` as shares of it (0 and up; what is beyond 1 is cut off)."""
    look, high = tokens(), px(THICKNESS)
    bar = QRectF(round(area.left()) + 0.5, round(area.center().y() - high / 2) + 0.5, round(area.width()) - 1, high)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(colour(look.line))
    painter.setBrush(colour(look.track))
    painter.drawRect(bar)
    inside = bar.adjusted(0.5, 0.5, -0.5, -0.5)
    until = inside.width() * min(1.0, max(0.0, used))
    painter.fillRect(QRectF(inside.left(), inside.top(), until, inside.height()), colour(look.used))
    more = inside.width() * min(1.0, max(0.0, used + held)) - until
    if held > 0 and more <= 0:  # what is held stays to be seen in a bar that is full without it
        more = px(STEP)
        until = inside.width() - more
    if more > 0:
        hatch(painter, QRectF(inside.left() + until, inside.top(), more, inside.height()))
    painter.restore()


def hatch(painter: QPainter, area: QRectF) -> None:
    """Fill an area with the stripes that mean «held»."""
    look = tokens()
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(area, colour(look.surface))
    pen = QPen(colour(look.held))
    pen.setWidthF(px(STEP) / 2)
    painter.setPen(pen)
    at = area.left() - area.height()
    while at < area.right():
        painter.drawLine(round(at), round(area.bottom()), round(at + area.height()), round(area.top()))
        at += px(STEP)
    pen.setWidthF(1)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawRect(area.adjusted(0, 0, -1, -1))
    painter.restore()
