"""The lines of a list of payees: as any grid of lines, with how each payee stands to the past at the end of its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.dossier.document import Level, Problem, Row
from desktop.dossier.fold import fold
from desktop.dossier.form_parts import Table
from desktop.dossier.list_views import PayeeMark
from desktop.dossier.money import format_vnd
from desktop.dossier.payees import account_key, repeated_rows
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.grid_model import GridModel, Index, Spot
from desktop.ui.editor.grid_view import GridDelegate
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.theme import LEFT, colour, px, tokens

MARK_WIDTH, GROUP_WIDTH = 138, 148
CHANGED = Qt.ItemDataRole.UserRole + 2
"""Role under which a row says that its payee changed and nobody stands for it."""
WORDS = {"new": "Mới", "known": "Đã trả trước"}
CHANGES = {"name": "Đổi tên", "account": "Đổi tài khoản"}


class PayeeModel(GridModel):
    """Adds a column that cannot be typed into: new, known, changed."""

    def __init__(self, draft: Draft, place: int, table: Table) -> None:
        self.marks: Sequence[PayeeMark] = ()
        self._sum: tuple[int, int] = (0, 0)
        self._twice: set[int] = set()
        super().__init__(draft, place, table)

    def set_marks(self, marks: Sequence[PayeeMark]) -> None:
        """Show how the payees stand, in the order of the lines."""
        self.marks = marks
        last = self.columnCount() - 1
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, last))

    def mark(self, row: int) -> PayeeMark:
        """Give a line's mark; an empty one while it is not known."""
        return self.marks[row] if row < len(self.marks) else PayeeMark()

    def rows_of(self, which: str) -> set[int]:
        """Give the lines of a filter: "error", "twice", "new", "changed"."""
        if which == "error":
            return {row for (row, _), found in self._problems.items() if any(p.level is Level.ERROR for p in found)}
        if which == "twice":
            return self._twice
        return {row for row, mark in enumerate(self.marks) if mark.standing == which}

    def matching(self, text: str) -> set[int]:
        """Give the lines whose name, bank or account hold a text; marks, case and spaces do not count."""
        words, digits = fold(text).split(), account_key(text)
        return {row for row, line in enumerate(self.rows) if _matches(line, words, digits)}

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the grid's columns and the mark."""
        return 0 if parent.isValid() else super().columnCount(parent) + 1

    def width(self, section: int) -> int:
        """Give a column's width in design pixels."""
        if self._is_mark(section):
            return MARK_WIDTH
        return GROUP_WIDTH if section and self.columns[section - 1].key == "group" else super().width(section)

    def spot(self, index: Index) -> Spot | None:
        """Give what an index stands for; the mark is nothing to type into."""
        return None if self._is_mark(index.column()) else super().spot(index)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads."""
        if self._is_mark(section) and orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return LEFT
            role_of = Qt.ItemDataRole
            shown = role in (role_of.DisplayRole, role_of.ToolTipRole, role_of.AccessibleTextRole)
            return self._head(section) if shown else None
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell, and whether its row's payee changed."""
        if role == CHANGED:
            return index.row() < len(self.rows) and self.mark(index.row()).standing == "changed"
        if role == Qt.ItemDataRole.ToolTipRole and self._is_mark(index.column()):
            mark = self.mark(index.row()) if index.row() < len(self.rows) else PayeeMark()
            return mark.words or (f"{mark.by} đã xác nhận." if mark.by else None)
        return super().data(index, role)

    def _head(self, section: int) -> str:
        return "So lần trước" if self._is_mark(section) else super()._head(section)

    def _is_mark(self, section: int) -> bool:
        return section == len(self.columns) + 1

    def _cell(self, index: Index) -> Cell:
        if not self._is_mark(index.column()):
            return self._plain(index, super()._cell(index))
        if index.row() >= len(self.rows):
            return Cell()
        mark = self.mark(index.row())
        if mark.standing == "changed":
            return Cell(Kind.STATE, CHANGES.get(mark.column, "Đã đổi"), icon="triangle-alert", tint="red", weight=600)
        if mark.by:
            return Cell(Kind.STATE, "Đã xác nhận", icon="shield-check", tint="green")
        return Cell(text=WORDS.get(mark.standing, ""), faded=mark.standing == "known", tint=_tint(mark))

    def _plain(self, index: Index, cell: Cell) -> Cell:
        """Say that a needed cell is empty, and tint both accounts of a pair: the check names the second one only."""
        if cell.problem and not cell.text:
            return replace(cell, text="chưa có", right=False)
        if not cell.problem and index.row() in self._twice and self._is_account(index):
            return replace(cell, problem="warning", tint="amber")
        return cell

    def _is_account(self, index: Index) -> bool:
        return index.column() > 0 and self.columns[index.column() - 1].key == "account"

    def _total(self, section: int) -> Cell:
        if self._is_mark(section):
            return Cell()
        if section and self.columns[section - 1].key == "amount":
            return Cell(Kind.MONEY, format_vnd(self.total()), weight=600)
        words = f"Tổng cộng, {len(self.rows)} người"
        return Cell(text=words if section - 1 == self._sentences else "", weight=600)

    def total(self) -> int:
        """Give what the lines add up to, in VND; worked out once for the same lines."""
        rows = self.rows
        if self._sum[0] != id(rows):
            amounts = (row.get("amount") for row in rows)
            self._sum = (id(rows), sum(amount for amount in amounts if isinstance(amount, int)))
        return self._sum[1]

    def sync(self, problems: Sequence[Problem]) -> None:
        """Show the draft's lines and problems again."""
        self._sum = (0, 0)
        self._twice = repeated_rows(self.rows)
        super().sync(problems)


class PayeeDelegate(GridDelegate):
    """Puts a red stripe before a row whose payee changed, so that it is seen from any column."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell, then the stripe at the row's left edge."""
        super().paint(painter, option, index)
        if index.column() == 0 and index.data(CHANGED):
            area = option.rect  # type: ignore[attr-defined, unused-ignore]
            painter.fillRect(area.left(), area.top(), px(5), area.height() - 1, colour(tokens().tint("red").ink))


def _tint(mark: PayeeMark) -> str:
    return "blue" if mark.standing == "new" else ""


def _matches(line: Row, words: Sequence[str], digits: str) -> bool:
    if digits and digits in account_key(line.get("account")):
        return True
    held = fold(f"{line.get('name') or ''} {line.get('bank') or ''}")
    return all(word in held for word in words)
