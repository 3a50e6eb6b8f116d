"""The journal as a list that reads on while somebody scrolls: a page at a time, never the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.dossier.journal_views import Column, JournalRow
from desktop.ui.kit.basic import column, label
from desktop.ui.kit.cells import cell_data
from desktop.ui.kit.empty import Empty
from desktop.ui.kit.tables import ListTable
from desktop.ui.settings.journal_choice import JournalChoice
from desktop.ui.settings.journal_lines import COLUMNS, JOURNAL, journal_cells, number
from desktop.ui.theme import px

Index = QModelIndex | QPersistentModelIndex
PAGE = 200
NEAR = 0.75
"""How far down the list is scrolled, of what is there, when the next page is asked for."""
FOLDS_BELOW = 820
"""Design pixels under which the details stand in the pane only."""
LEAST = 500
"""Design pixels under which the numbers of entry and dossier do too."""


class JournalModel(QAbstractTableModel):
    """The pages read so far, in one order."""

    def __init__(self) -> None:
        super().__init__()
        self.heads = tuple(head for head, _width in JOURNAL)
        self.rows: list[JournalRow] = []
        self.by: Column = "seq"
        self.descending = True
        self.text = ""

    def show(self, rows: Sequence[JournalRow]) -> None:
        """Begin anew with a first page."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def add(self, rows: Sequence[JournalRow]) -> None:
        """Put the next page below."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def table(self) -> list[list[str]]:
        """Give what was read as text."""
        return [[cell.spoken for cell in journal_cells(row)] for row in self.rows]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give how many entries were read."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads, with an arrow on the sorted one."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        sorted_here = section < len(COLUMNS) and COLUMNS[section] == self.by
        return self.heads[section] + (("  ↓" if self.descending else "  ↑") if sorted_here else "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        cell = journal_cells(self.rows[index.row()])[index.column()]
        return cell.spoken if role == Qt.ItemDataRole.ToolTipRole else cell_data(cell, role)


class JournalList(QWidget):
    """`chosen` is called with the number of the entry under the cursor; `read` asks for the page after an entry."""

    name = "Nhật ký"

    def __init__(self, chosen: Callable[[str], object], read: Callable[[int], object]) -> None:
        super().__init__()
        self._chosen, self._read = chosen, read
        self._reading, self.whole = False, False
        self.model = JournalModel()
        self.table = ListTable(self.name, self.model, [width for _head, width in JOURNAL])
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.sort_by)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._chosen(self._key(now.row())))
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())
        self.empty = Empty(self.table)
        self.count = label("", "caption")
        self.choice = JournalChoice(self.again)
        box = column(self, (1, 1, 1, 3))
        box.addWidget(self.choice)
        box.addWidget(self.table, 1)
        box.addWidget(self.count)
        self._say()

    @property
    def key(self) -> str:
        """The number of the entry under the cursor, "" for none."""
        return self._key(self.table.current_row())

    def row(self) -> JournalRow | None:
        """Give the entry under the cursor."""
        place = self.table.current_row()
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def narrow(self, text: str) -> None:
        """Look for other words."""
        if text != self.model.text:
            self.model.text = text
            self.again()

    def sort_by(self, section: int) -> None:
        """Sort by a column, the other way round when it is sorted by it already; details sort by nothing."""
        if section < len(COLUMNS):
            same = COLUMNS[section] == self.model.by
            self.model.descending = not self.model.descending if same else section == 0
            self.model.by = COLUMNS[section]
            self.again()

    def at_top(self) -> bool:
        """Whether nobody scrolled down: only then may the list be read again under their eyes."""
        return self.table.verticalScrollBar().value() == 0

    def again(self) -> None:
        """Read the first page again."""
        self._reading = True
        self._read(0)

    def take(self, rows: Sequence[JournalRow], *, first: bool) -> None:
        """Show a page that was read."""
        self._reading, self.whole = False, len(rows) < PAGE
        if first:
            kept = self.key
            self.model.show(rows)
            keys = [str(row.seq) for row in rows]
            self.table.choose(keys.index(kept) if kept in keys else 0)
            self._chosen(self.key)
        else:
            self.model.add(rows)
        self._say()

    def gave_up(self) -> None:
        """A page could not be read; scrolling asks again."""
        self._reading = False

    def focus(self) -> None:
        """Go to the table."""
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the details to the pane where there is little room, the numbers too where there is hardly any."""
        super().resizeEvent(event)
        tight, tightest = self.width() < px(FOLDS_BELOW), self.width() < px(LEAST)
        for place, hidden in ((0, tightest), (4, tightest), (5, tight)):
            self.table.setColumnHidden(place, hidden)
        widths = [width for _head, width in JOURNAL]
        narrow = [1, 132, 116, 0, 1, 1] if tightest else [*widths[:3], 0, widths[4], 1]
        self.table.set_widths(narrow if tight else widths)

    def _scrolled(self) -> None:
        bar = self.table.verticalScrollBar()
        if not self._reading and not self.whole and self.model.rows and bar.value() >= NEAR * bar.maximum():
            self._reading = True
            self._read(self.model.rows[-1].seq)

    def _key(self, place: int) -> str:
        return str(self.model.rows[place].seq) if 0 <= place < len(self.model.rows) else ""

    def _say(self) -> None:
        shown = number(len(self.model.rows))
        self.count.setText(f"  {shown} dòng" if self.whole else f"  {shown} dòng đầu, cuộn xuống để đọc tiếp")
        chosen = bool(self.choice.who or self.choice.kind)
        why = "Không có dòng khớp. Bỏ lọc để xem hết." if chosen else "Không có dòng khớp. Xóa bớt chữ trong ô tìm."
        self.empty.say(why if chosen or self.model.text else "Nhật ký chưa có dòng nào.")
