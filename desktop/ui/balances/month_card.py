"""The card of the months: chart or table, what the signs mean, and one line about the rest of the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from desktop.dossier.book import MonthUse
from desktop.dossier.money import format_vnd
from desktop.ui.balances.book import Book
from desktop.ui.balances.book_table import BookTable, MoneyModel
from desktop.ui.balances.chart import MonthChart, millions, sentence
from desktop.ui.kit.basic import column, icon_button, label, picture, row, rule
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.kit.use_bar import hatch
from desktop.ui.settings.list_model import Line
from desktop.ui.theme import colour, px, tokens

WIDTH, NARROWEST = 317, 270


class _Swatch(QWidget):
    """A small square in the look of a bar."""

    def __init__(self, held: bool) -> None:
        super().__init__()
        self._held = held
        self.setFixedSize(QSize(px(11), px(11)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        if self._held:
            hatch(painter, self.rect().toRectF())
        else:
            painter.fillRect(self.rect(), colour(tokens().used))


class MonthCard(QFrame):
    """F6 changes between chart and table."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        box = column(self, (12, 8, 12, 8), 6)
        top = row(gap=6)
        top.addWidget(label("Đã dùng theo tháng", "h2"))
        top.addStretch(1)
        self._unit = label("triệu đồng", "caption")
        top.addWidget(self._unit)
        self.toggle = icon_button("table", "Xem bảng số thay biểu đồ (F6)", self.turn)
        top.addWidget(self.toggle)
        box.addLayout(top)
        self.chart = MonthChart()
        model = MoneyModel(("Tháng", "Đã xác nhận (đ)", "Đang chờ (đ)"), {1, 2})
        self.table = BookTable("Đã dùng theo tháng", model, (56, 0, 108), "Chưa có số nào.")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.chart)
        self.stack.addWidget(self.table)
        box.addWidget(self.stack, 1)
        box.addLayout(_legend())
        box.addWidget(rule())
        self._hint = label("", "caption", wrap=True)
        line = row(gap=6)
        self._bulb = picture("lightbulb", tokens().tint("amber").ink, 15)
        self._bulb.setVisible(False)
        line.addWidget(self._bulb, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._hint, 1)
        box.addLayout(line)

    def fit(self, short: int | None) -> None:
        """Be as wide as the page has room: `short` pixels less than the whole width, or anything for None."""
        self.setMinimumWidth(0 if short is None else max(px(NARROWEST), px(WIDTH) - short))
        self.setMaximumWidth(16_777_215 if short is None else self.minimumWidth())

    def turn(self) -> None:
        """Show the table in place of the chart, or the chart again."""
        self.stack.setCurrentIndex(1 - self.stack.currentIndex())
        self._unit.setText("đồng" if self.tabled else "triệu đồng")
        (self.table if self.tabled else self.toggle).setFocus()

    @property
    def tabled(self) -> bool:
        """Whether the table is in view."""
        return self.stack.currentIndex() == 1

    def show_book(self, book: Book, today: dt.date) -> None:
        """Show the months of a year."""
        self.chart.show_months(book.months, book.even_share)
        self.table.fill([_month(month) for month in book.months])
        self._hint.setText(hint(book, today))
        self._bulb.setVisible(True)


def hint(book: Book, today: dt.date) -> str:
    """Say what is left for how many days, and what the month will have used once all that waits is paid."""
    if not book.lines:
        return "Nhập dự toán để thấy mức dùng từng tháng."
    total = book.lines[-1]
    days = (dt.date(book.year, 12, 31) - today).days if today.year == book.year else 0
    left = f"Vượt dự toán {millions(-total.left)} triệu." if total.left < 0 else f"Còn {millions(total.left)} triệu"
    first = left if total.left < 0 else f"{left} cho {days} ngày." if days > 0 else f"{left}."
    waiting = next((month for month in book.months if month.held), None)
    if waiting is None:
        return f"{first} {sentence(book.months, book.even_share)}"
    sent = millions(waiting.confirmed + waiting.held)
    return f"{first} Nếu gửi hết hồ sơ đang chờ, tháng {waiting.month} dùng {sent} triệu."


def _legend() -> QHBoxLayout:
    line = row(gap=6)
    for held, words in ((False, "Kho bạc đã xác nhận"), (True, "Đang chờ")):
        line.addWidget(_Swatch(held))
        line.addWidget(label(words, "caption"))
        line.addSpacing(px(4))
    line.addStretch(1)
    return line


def _month(month: MonthUse) -> Line:
    amounts: Sequence[int] = (month.confirmed, month.held)
    cells = (Cell(text=str(month.month)), *(Cell(Kind.MONEY, format_vnd(amount)) for amount in amounts))
    return Line(str(month.month), cells, (month.month, *amounts))
