"""The list of papers and refunds: narrowed by words without diacritics, sorted by any column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.dossier.money import format_vnd
from desktop.dossier.paper_views import NoticeRow
from desktop.ui.kit.cells import Cell, Kind, cell_data
from desktop.ui.services import DeskService
from desktop.ui.wording import day

Index = QModelIndex | QPersistentModelIndex
HEADS = ("Ngày", "Loại", "Số", "Nội dung", "Số tiền (đ)", "Tình trạng")
SORTS = ("at", "kind", "number", "text", "amount", "status")
WIDTHS = (94, 170, 124, 0, 102, 124)
MONEY = 4


class PaperModel(QAbstractTableModel):
    """One row per paper or refund."""

    def __init__(self, desk: DeskService) -> None:
        super().__init__()
        self._desk = desk
        self.rows: Sequence[NoticeRow] = ()
        self.text, self.by, self.descending = "", "at", True

    def show(self) -> None:
        """Read the list again; what cannot be read changes nothing. Raises VungXaError."""
        rows = self._desk.notices(self.text, self.by, descending=self.descending)
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def sort_by(self, section: int) -> None:
        """Sort by a column, the other way round when it is sorted by it already."""
        same = self.by == SORTS[section]
        self.descending = not self.descending if same else section in (0, MONEY)
        self.by = SORTS[section]
        self.show()

    def row_at(self, place: int) -> NoticeRow | None:
        """Give one row, None past the end."""
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give how many match."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads, with an arrow on the sorted one."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == MONEY:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        arrow = ("  ↓" if self.descending else "  ↑") if SORTS[section] == self.by else ""
        return HEADS[section] + arrow if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell; what may be cut off stands whole in the tip."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return {1: row.kind, 2: row.number, 3: row.text, 5: row.status}.get(index.column())
        return cell_data(_cell(row, index.column()), role)


def _cell(row: NoticeRow, column: int) -> Cell:
    if column == MONEY:
        return Cell(Kind.MONEY, format_vnd(row.amount) if row.amount else "")
    if column == len(HEADS) - 1 and row.refund is not None:
        return Cell(Kind.BADGE, row.status, icon="circle-dot", tint=row.colour)
    texts = (day(row.at), row.kind, row.number, row.text, "", row.status)
    return Cell(text=texts[column], weight=600 if column == 2 else 400, faded=column == 0)
