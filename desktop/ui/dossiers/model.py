"""A list of any length: only the blocks of 128 rows that were looked at are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.dossier.money import format_vnd
from desktop.dossier.views import DossierRow, ListTotals, RowQuery
from desktop.ui.kit.cells import Cell, Kind, cell_data
from desktop.ui.services import DeskService
from desktop.ui.wording import dong, short_when

BLOCK = 128
KEPT = 16
HEADS = ("Mã", "Loại", "Nội dung", "Số tiền (đ)", "Ký", "Trạng thái", "Cập nhật")
SORTS = ("number", "kind", "title", "amount", "", "status", "updated")
WIDTHS = (54, 98, 0, 102, 58, 152, 70)


class DossierModel(QAbstractTableModel):
    """Rows of one query, read block by block; `totals` says how many match and their sum."""

    def __init__(self, desk: DeskService) -> None:
        super().__init__()
        self._desk = desk
        self._query = RowQuery()
        self._blocks: dict[int, Sequence[DossierRow]] = {}
        self.totals = ListTotals(0, 0)

    @property
    def query(self) -> RowQuery:
        """The query shown, from its first row."""
        return self._query

    def show(self, query: RowQuery) -> None:
        """Show another query, or the same one read again; what cannot be read changes nothing. Raises VungXaError."""
        wanted = replace(query, offset=0, limit=BLOCK)
        totals = self._desk.totals(wanted)
        self.beginResetModel()
        self._query, self.totals = wanted, totals
        self._blocks.clear()
        self.endResetModel()

    def row_at(self, place: int) -> DossierRow | None:
        """Give one row, reading its block when it was not yet; None past the end."""
        if not 0 <= place < self.totals.count:
            return None
        block = place // BLOCK
        if block not in self._blocks:
            if len(self._blocks) >= KEPT:
                del self._blocks[next(iter(self._blocks))]
            self._blocks[block] = self._desk.rows(replace(self._query, offset=block * BLOCK))
        rows = self._blocks[block]
        return rows[place % BLOCK] if place % BLOCK < len(rows) else None

    def find(self, local_id: str) -> int:
        """Give the place of a dossier among the rows read so far and the first block, else -1."""
        self.row_at(0)
        for block, rows in self._blocks.items():
            for place, row in enumerate(rows):
                if row.local_id == local_id:
                    return block * BLOCK + place
        return -1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give how many dossiers match."""
        return 0 if parent.isValid() else self.totals.count

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads, with an arrow on the sorted one."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (3, 6):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 4:
            return Qt.AlignmentFlag.AlignCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        arrow = (
            ("  ↓" if self._query.descending else "  ↑") if SORTS[section] == self._query.sort and section != 6 else ""
        )
        return HEADS[section] + arrow

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            state = f"{row.status.label}. {row.status.detail}".strip(". ")
            return {2: row.title, 3: dong(row.amount), 5: state}.get(index.column())
        return cell_data(_cell(row, index.column()), role)


def _cell(row: DossierRow, column: int) -> Cell:
    match column:
        case 0:
            return Cell(text=row.number, weight=600)
        case 1:
            return Cell(text=row.kind_label, faded=True)
        case 2:
            return Cell(text=row.title)
        case 3:
            return Cell(Kind.MONEY, format_vnd(row.amount))
        case 4:
            return Cell(Kind.DOTS, dots=row.signed)
        case 5:
            return Cell(Kind.BADGE, row.status.label, icon=row.status.icon, tint=row.status.colour)
        case _:
            return Cell(text=short_when(row.updated_at), right=True, faded=True)
