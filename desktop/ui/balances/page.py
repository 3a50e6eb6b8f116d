"""The estimate line by line: given, used, held, left, and when the Treasury last confirmed it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLabel

from desktop.dossier.money import format_vnd
from desktop.dossier.views import EstimateView
from desktop.ui.context import Context
from desktop.ui.kit.basic import column, label, row
from desktop.ui.kit.cells import Cell, Kind, cell_data
from desktop.ui.kit.empty import Empty
from desktop.ui.kit.page import Page
from desktop.ui.kit.signs import card
from desktop.ui.kit.tables import ListTable
from desktop.ui.texts import tr
from desktop.ui.theme import set_state
from desktop.ui.wording import dong, stamp

Index = QModelIndex | QPersistentModelIndex
HEADS = (
    "Năm",
    "Tài khoản",
    "Nguồn",
    "Khoản",
    "Được giao (đ)",
    "Đã dùng (đ)",
    "Đang chờ (đ)",
    "Còn lại (đ)",
    "Đã dùng",
    "Kho bạc xác nhận",
)
WIDTHS = (56, 0, 62, 62, 122, 122, 122, 122, 130, 130)


class EstimateModel(QAbstractTableModel):
    """One row per account, source and sector of a year."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[EstimateView] = ()

    def show(self, lines: Sequence[EstimateView]) -> None:
        """Show the lines again."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and 4 <= section <= 7:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        return cell_data(_cell(self.lines[index.row()], index.column()), role)


def _cell(line: EstimateView, column_no: int) -> Cell:
    texts = (str(line.budget_year or ""), line.account, line.source, line.sector)
    if column_no < 4:
        return Cell(text=texts[column_no], weight=500 if column_no == 1 else 400)
    if column_no < 8:
        value = (line.given, line.used, line.held, line.left)[column_no - 4]
        bad = column_no == 7 and value < 0
        return Cell(Kind.MONEY, format_vnd(value), weight=600 if column_no == 7 else 500, tint="red" if bad else "")
    if column_no == 8:
        return Cell(Kind.PROGRESS, share=min(1.0, line.used / line.given) if line.given > 0 else 0.0, tint="slate")
    return Cell(text=stamp(line.confirmed_at) or "chưa có", faded=True)


class BalancesPage(Page):
    """How much is left."""

    hints = (("↑ ↓", "chọn"),)

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Số dư & dự toán"))
        self._desk = context.services.desk
        self.head.addWidget(label("được giao − đã dùng − đang chờ = còn lại", "muted"))
        self.head.addStretch(1)
        self._sums: list[QLabel] = []
        top = card()
        line = row(top, (14, 10, 14, 10), 28)
        for words in ("được giao", "đã dùng", "đang chờ", "còn lại"):
            pair = column(gap=0)
            value = label("", "key")
            self._sums.append(value)
            pair.addWidget(value)
            pair.addWidget(label(words, "caption"))
            line.addLayout(pair)
        line.addStretch(1)
        self.body.addWidget(top)
        made = card()
        box = column(made, (1, 1, 1, 1))
        self.model = EstimateModel()
        self.table = ListTable("Dự toán theo nguồn và khoản", self.model, WIDTHS)
        Empty(self.table).say("Chưa có dự toán nào. Số dự toán về khi máy nối được với Kho bạc.")
        box.addWidget(self.table)
        self.body.addWidget(made, 1)

    def start(self) -> None:
        """Begin in the list."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the estimate again."""
        lines = self._desk.estimates()
        self.model.show(lines)
        sums = [sum(getattr(line, name) for line in lines) for name in ("given", "used", "held", "left")]
        for value, amount in zip(self._sums, sums, strict=True):
            value.setText(dong(amount))
        set_state(self._sums[3], "tint", "green" if sums[3] >= 0 else "red")
