"""Lists the dossiers that drew on a line of the estimate; Enter opens one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.book import Drawn
from desktop.dossier.dates import format_date
from desktop.dossier.errors import VungXaError
from desktop.dossier.money import format_vnd
from desktop.ui.background import Worker
from desktop.ui.balances.book_table import BookTable, MoneyModel
from desktop.ui.dossiers.search import SearchField
from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.kit.signs import card
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.theme import fit
from desktop.ui.wording import dong

HEADS = ("Hồ sơ", "Nội dung", "Ngày", "Số tiền (đ)", "Tình trạng")
WIDTHS = (80, 0, 104, 124, 136)
READING = "Đang đọc…"
NONE = "Chưa có hồ sơ nào ở máy này trừ vào khoản này."


class DrawnDialog(QDialog):
    """`read` gives the dossiers, in the background; `opens` is called with the one that was chosen."""

    def __init__(
        self,
        worker: Worker,
        title: str,
        read: Callable[[], Sequence[Drawn]],
        opens: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._opens = opens
        self.setWindowTitle(f"Hồ sơ đã trừ, {title}")
        fit(self, 820, 480)
        box = column(self, (14, 12, 14, 12), 8)
        box.addWidget(label(title, "h2", wrap=True))
        self._sums = label("", "muted", wrap=True)
        box.addWidget(self._sums)
        self.search = SearchField("Tìm hồ sơ, không cần dấu", self._narrow)
        box.addWidget(self.search)
        self.table = BookTable("Hồ sơ đã trừ", MoneyModel(HEADS, {3}), WIDTHS, READING, opened=self.open_chosen)
        made = card()
        column(made, (1, 1, 1, 1)).addWidget(self.table)
        box.addWidget(made, 1)
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(button("Mở hồ sơ", "folder-open", "primary", self.open_chosen, "Enter"))
        foot.addWidget(button("Đóng", run=self.reject))
        box.addLayout(foot)
        self.finished.connect(self.deleteLater)
        worker.submit(self, read, self._show, self._failed)
        self.table.setFocus()

    def _show(self, found: Sequence[Drawn]) -> None:
        used, held = (sum(one.amount for one in found if one.held is held) for held in (False, True))
        self._sums.setText(f"{len(found)} lần trừ: đã dùng {dong(used)}, đang chờ {dong(held)}.")
        self.table.say_none(NONE)
        self.table.fill([_line(place, one) for place, one in enumerate(found)])
        self.table.choose(0)

    def _failed(self, error: VungXaError) -> None:
        self._sums.setText(error.message)
        self.table.say_none(NONE)

    def _narrow(self, text: str) -> None:
        self.table.narrow(text)

    def open_chosen(self) -> None:
        """Open the dossier under the cursor."""
        local_id = self.table.key.partition(":")[2]
        if local_id:
            self.accept()
            self._opens(local_id)


def _line(place: int, one: Drawn) -> Line:
    day = format_date(one.date) if one.date else ""
    words, icon, tint = ("Đang chờ", "hourglass", "amber") if one.held else ("Đã dùng", "circle-check", "green")
    cells = (
        Cell(text=one.number, weight=600),
        Cell(text=one.title),
        Cell(text=day, faded=True),
        Cell(Kind.MONEY, format_vnd(one.amount)),
        Cell(Kind.STATE, words, icon=icon, tint=tint, weight=600),
    )
    sorts = (one.number, sorted_text(one.title), one.date, one.amount, words)
    return Line(f"{place}:{one.local_id}", cells, sorts, str(one.amount), one.title)
