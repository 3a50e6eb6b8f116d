"""What each month used, painted: confirmed solid, held hatched, and a line at what an even year would use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.dossier.book import MonthUse
from desktop.ui.kit.use_bar import hatch
from desktop.ui.theme import CENTRE, RIGHT, colour, font, px, tokens

MILLION = 1_000_000
LEFT_ROOM, BOTTOM_ROOM, TOP_ROOM = 38, 22, 12
STEPS = tuple(first * 10**zeros for zeros in range(10) for first in (1, 2, 5))
LINES = 5


def millions(amount: int) -> str:
    """Write VND in millions, rounded, as the axis has it: «674»; below ten millions with one decimal: «3,6»."""
    if abs(amount) < 10 * MILLION and amount % MILLION:
        return f"{amount / MILLION:.1f}".replace(".", ",").replace("-", "−")
    return f"{round(amount / MILLION):,}".replace(",", ".").replace("-", "−")


def sentence(months: Sequence[MonthUse], even_share: int) -> str:
    """Say the chart in words."""
    used = [month for month in months if month.confirmed or month.held]
    if not used:
        return "Chưa tháng nào dùng dự toán."
    most = max(used, key=lambda month: month.confirmed + month.held)
    told = f"Dùng nhiều nhất tháng {most.month}, {millions(most.confirmed + most.held)} triệu đồng"
    over = sum(month.confirmed + month.held > even_share for month in used)
    return f"{told}. Chia đều mỗi tháng {millions(even_share)} triệu, {over} tháng dùng hơn."


def step_of(highest: int) -> int:
    """Give the distance between lines of the axis in millions, so that there are at most five."""
    return next((step for step in STEPS if step * LINES * MILLION >= highest), -(-highest // (LINES * MILLION)))


class MonthChart(QWidget):
    """Twelve bars in millions of đồng; its accessible text says the same in a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.months: Sequence[MonthUse] = ()
        self._even = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(px(90))
        self.show_months((), 0)

    def show_months(self, months: Sequence[MonthUse], even_share: int) -> None:
        """Show other months."""
        self.months, self._even = months, even_share
        self.setAccessibleName(f"Đã dùng theo tháng. {sentence(months, even_share)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Give the chart's size; it takes what is left."""
        return QSize(px(280), px(240))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axis, bars and the even share."""
        painter = QPainter(self)
        highest = max([month.confirmed + max(0, month.held) for month in self.months], default=0)
        step = step_of(max(highest, self._even, MILLION))
        top = max(highest, self._even, step * MILLION) * 1.04
        painter.setFont(font(8.5))
        widest = painter.fontMetrics().horizontalAdvance(millions(int(top))) + px(8)
        plot = QRectF(self.rect()).adjusted(max(px(LEFT_ROOM), widest), px(TOP_ROOM), -1, -px(BOTTOM_ROOM))
        self._axis(painter, plot, step, top)
        for place, month in enumerate(self.months):
            self._month(painter, plot, place, month, top)
        if self._even:
            self._share(painter, plot, plot.bottom() - plot.height() * self._even / top)

    def _axis(self, painter: QPainter, plot: QRectF, step: int, top: float) -> None:
        for line in range(int(top / MILLION / step) + 1):
            y = round(plot.bottom() - plot.height() * line * step * MILLION / top)
            painter.setPen(colour(tokens().line2 if line else tokens().control))
            painter.drawLine(round(plot.left()), y, round(plot.right()), y)
            painter.setPen(colour(tokens().muted))
            words = f"{line * step:,}".replace(",", ".")
            painter.drawText(QRectF(0, y - px(8), plot.left() - px(6), px(16)), int(RIGHT), words)

    def _month(self, painter: QPainter, plot: QRectF, place: int, month: MonthUse, top: float) -> None:
        slot = plot.width() / max(1, len(self.months))
        wide, left = round(slot * 0.66), round(plot.left() + slot * place + slot * 0.17)
        solid = plot.height() * max(0, month.confirmed) / top
        painter.fillRect(QRectF(left, plot.bottom() - solid, wide, solid), colour(tokens().used))
        if month.held > 0:
            held = max(2.0, plot.height() * month.held / top)
            hatch(painter, QRectF(left, round(plot.bottom() - solid - held), wide, round(held)))
        painter.setFont(font(8.5, 600 if month.held else 400))
        painter.setPen(colour(tokens().text if month.held else tokens().muted))
        below = QRectF(plot.left() + slot * place, plot.bottom() + px(4), slot, px(16))
        painter.drawText(below, int(CENTRE), str(month.month))

    def _share(self, painter: QPainter, plot: QRectF, y: float) -> None:
        pen = QPen(colour(tokens().text))
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(round(plot.left()), round(y), round(plot.right()), round(y))
        painter.setFont(font(8.5, 600))
        words = f"chia đều {millions(self._even)}"
        area = QRectF(plot.left() + px(4), y - px(19), painter.fontMetrics().horizontalAdvance(words) + px(6), px(16))
        painter.fillRect(area, colour(tokens().surface))
        painter.drawText(area, int(CENTRE), words)
