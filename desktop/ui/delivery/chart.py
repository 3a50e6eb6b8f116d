"""Link quality of the last hours, painted: bars of speed, hatching where there was no link."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.dossier.views import LinkView
from desktop.ui.theme import colour, font, px, tokens
from desktop.ui.wording import local

SLOTS = 36
LEFT_ROOM, BOTTOM_ROOM, TOP_ROOM = 30, 18, 8


def buckets(samples: tuple[tuple[str, int], ...]) -> tuple[datetime, timedelta, list[int | None]] | None:
    """Give (first instant, width of a bucket, highest bytes per second in each of 36 buckets, None where no sample)."""
    known = [(at, rate) for stamp, rate in samples if (at := local(stamp)) is not None]
    if len(known) < 2 or known[-1][0] <= known[0][0]:
        return None
    start = known[0][0]
    step = (known[-1][0] - start) / SLOTS
    found: list[int | None] = [None] * SLOTS
    for at, rate in known:
        place = min(SLOTS - 1, int((at - start) / step))
        found[place] = max(rate, found[place] or 0)
    return start, step, found


def hours(start: datetime, step: timedelta) -> list[tuple[int, str]]:
    """Give the buckets that get a word below the axis, and it: each minute once, however little time the axis spans."""
    first: dict[str, int] = {}
    for place in range(0, SLOTS, SLOTS // 3):
        first.setdefault(f"{start + step * place:%H:%M}", place)
    return [(place, words) for words, place in first.items()]


class LinkChart(QWidget):
    """Bars of KB/s over time; its accessible text says the same in a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._link = LinkView("offline", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_link(self._link)

    def show_link(self, link: LinkView) -> None:
        """Show other samples."""
        self._link = link
        best = max((rate for _, rate in link.samples), default=0) / 1024
        live = sum(rate > 0 for _, rate in link.samples)
        words = f"Tốc độ mạng, cao nhất {best:.0f} KB/s, có mạng ở {live} trên {len(link.samples)} lần đo"
        self.setAccessibleName(words if link.samples else "Chưa có số đo tốc độ mạng")
        self.update()

    def sizeHint(self) -> QSize:
        """Give the chart's height."""
        return QSize(px(200), px(136))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axis, bars and gaps."""
        painter = QPainter(self)
        made = buckets(self._link.samples)
        if made is None:
            painter.setPen(colour(tokens().muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, "Chưa có số đo nào.")
            return
        start, step, found = made
        plot = QRectF(
            px(LEFT_ROOM), px(TOP_ROOM), self.width() - px(LEFT_ROOM) - 1, self.height() - px(BOTTOM_ROOM + TOP_ROOM)
        )
        top = _round_up(max([rate or 0 for rate in found]) / 1024)
        self._axes(painter, plot, top, start, step)
        self._gaps(painter, plot, found)
        self._bars(painter, plot, found, top)

    def _axes(self, painter: QPainter, plot: QRectF, top: int, start: datetime, step: timedelta) -> None:
        painter.setFont(font(8.5))
        for part in (0, 0.5, 1):
            y = plot.bottom() - plot.height() * part
            painter.setPen(colour(tokens().line2))
            painter.drawLine(round(plot.left()), round(y), round(plot.right()), round(y))
            painter.setPen(colour(tokens().muted))
            painter.drawText(
                QRectF(0, y - px(8), px(LEFT_ROOM - 6), px(16)), Qt.AlignmentFlag.AlignRight, f"{top * part:g}"
            )
        for place, words in hours(start, step):
            x = plot.left() + plot.width() * place / SLOTS
            painter.drawText(QRectF(x, plot.bottom() + px(2), px(60), px(16)), Qt.AlignmentFlag.AlignLeft, words)

    def _gaps(self, painter: QPainter, plot: QRectF, found: list[int | None]) -> None:
        tint = tokens().tint("amber")
        width = plot.width() / SLOTS
        for place, rate in enumerate(found):
            if rate == 0:
                area = QRectF(plot.left() + place * width, plot.top(), width + 0.5, plot.height())
                painter.fillRect(area, colour(tint.paper))
                painter.fillRect(area, QBrush(colour(tint.edge), Qt.BrushStyle.BDiagPattern))

    def _bars(self, painter: QPainter, plot: QRectF, found: list[int | None], top: int) -> None:
        width = plot.width() / SLOTS
        newest = max((i for i, rate in enumerate(found) if rate), default=-1)
        for place, rate in enumerate(found):
            if rate:
                high = plot.height() * min(1.0, rate / 1024 / top)
                area = QRectF(plot.left() + place * width + 1, plot.bottom() - high, max(1.0, width - 2), high)
                painter.fillRect(area, colour(tokens().tint("blue").ink if place == newest else tokens().used))


def _round_up(value: float) -> int:
    for step in (4, 10, 20, 40, 100, 200, 400, 1000, 2000, 4000, 10000):
        if value <= step:
            return step
    return int(value) + 1
