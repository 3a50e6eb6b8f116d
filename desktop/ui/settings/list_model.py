"""A list of set-up as a table: narrowed by words without diacritics, sorted by any column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.dossier.fold import fold
from desktop.ui.kit.cells import Cell, cell_data

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """One row: its `key` for whoever lists it, its cells, what each column sorts by (of one type per column).

    `more` is found by a search although no cell shows it; `tip` is the tooltip of every cell.
    """

    key: str
    cells: tuple[Cell, ...]
    sorts: tuple[str | int, ...]
    more: str = ""
    tip: str = ""


class ListModel(QAbstractTableModel):
    """Shows the lines that hold every word of `text`."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self.heads = tuple(heads)
        self.by, self.descending, self.text = -1, False, ""
        self._all: Sequence[Line] = ()
        self.lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines, in the order given until a column is chosen."""
        self._all = tuple(lines)
        self._arrange()

    def narrow(self, text: str) -> None:
        """Show only what holds these words."""
        self.text = text
        self._arrange()

    def sort_by(self, section: int) -> None:
        """Sort by a column, the other way round when it is sorted by it already."""
        self.descending = not self.descending if section == self.by else False
        self.by = section
        self._arrange()

    def key_at(self, place: int) -> str:
        """Give the key of a row, "" when there is none."""
        return self.lines[place].key if 0 <= place < len(self.lines) else ""

    def place_of(self, key: str) -> int:
        """Give the row of a key, 0 when it is not shown."""
        return next((place for place, line in enumerate(self.lines) if line.key == key), 0)

    def table(self) -> list[list[str]]:
        """Give what is shown as text, for a spreadsheet."""
        return [[cell.spoken for cell in line.cells] for line in self.lines]

    def _arrange(self) -> None:
        words = fold(self.text).split()
        found = [line for line in self._all if not words or all(word in _folded(line) for word in words)]
        if self.by >= 0:
            found.sort(key=lambda line: line.sorts[self.by], reverse=self.descending)
        self.beginResetModel()
        self.lines = found
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give how many lines match."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads, with an arrow on the sorted one."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        arrow = ("  ↓" if self.descending else "  ↑") if section == self.by else ""
        return self.heads[section] + arrow

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tip or line.cells[index.column()].spoken
        return cell_data(line.cells[index.column()], role)


def sorted_text(text: str) -> str:
    """Give what a text sorts by: without diacritics, small letters."""
    return fold(text)


def _folded(line: Line) -> str:
    return fold(" ".join((*(cell.spoken for cell in line.cells), line.more)))
