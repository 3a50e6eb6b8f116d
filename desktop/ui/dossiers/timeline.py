"""What happened to a dossier, oldest first, as a line of dots."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.dossier.views import HistoryEvent
from desktop.ui import icons
from desktop.ui.kit.basic import column, label
from desktop.ui.theme import colour, px, tokens
from desktop.ui.wording import day, stamp


class _Rail(QWidget):
    """The dot of one event and the line to the next."""

    def __init__(self, event: HistoryEvent, last: bool) -> None:
        super().__init__()
        self._event, self._last = event, last
        self.setFixedWidth(px(18))

    def sizeHint(self) -> QSize:
        return QSize(px(18), px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._last:
            pen = QPen(colour(tokens().control))
            pen.setStyle(Qt.PenStyle.SolidLine if self._event.at else Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(px(7), px(17), px(7), self.height())
        painter.drawPixmap(0, px(2), icons.pixmap(self._event.icon, tokens().tint(self._event.colour).ink, px(14)))


class Timeline(QWidget):
    """Two lines per event: what and when, then who; the day alone, with its year, for what is long past."""

    def __init__(self, events: tuple[HistoryEvent, ...], *, past: bool = False) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(6))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for place, event in enumerate(events):
            tint = event.colour if event.colour in ("red", "amber") else ""
            words = column(gap=0)
            words.addWidget(label(event.title, "medium", tint if event.at else "slate", wrap=True))
            if event.who:
                words.addWidget(label(event.who, "caption", wrap=True))
            words.addSpacing(px(3))
            grid.addWidget(_Rail(event, place == len(events) - 1), place, 0)
            grid.addLayout(words, place, 1)
            grid.addWidget(
                label(day(event.at) if past else stamp(event.at), "caption"),
                place,
                2,
                Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight,
            )
