"""The lines of a form as a grid: one row to type a new line into, the total always last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.dossier.compute import compute, group_of
from desktop.dossier.document import Document, Problem, Row, Value
from desktop.dossier.fold import fold
from desktop.dossier.form_parts import Column, Table
from desktop.dossier.money import format_foreign, format_vnd
from desktop.ui.editor.columns import FLEXIBLE_LEAST, LONG, group_name, head_of, shown_columns, spoken, width_of
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.fields import worst
from desktop.ui.editor.values import AMOUNTS, PICTURES, to_text, to_value
from desktop.ui.kit.cells import Cell, Kind, cell_data

Index = QModelIndex | QPersistentModelIndex
PROMPT, PROMPT_WIDTH = "Gõ dòng mới", 88
NOWHERE = -1
"""No column takes what is left: a table of codes and figures alone."""
_DAY = re.compile(r"\d\d/\d\d/20\d\d")


@dataclass(frozen=True)
class Spot:
    """A cell of the grid as the draft names it."""

    row: int
    column: Column


class GridModel(QAbstractTableModel):
    """Shows and edits one table of one form through the draft."""

    def __init__(self, draft: Draft, place: int, table: Table) -> None:
        super().__init__()
        self.draft, self.place, self.table = draft, place, table
        self.columns = shown_columns(table)
        self._problems: dict[tuple[int, str], list[Problem]] = {}
        self._shown = len(self.rows)
        self._added: tuple[Document, dict[str, int]] | None = None

    @property
    def rows(self) -> list[Row]:
        """The lines as the draft holds them."""
        documents = self.draft.dossier.documents
        return documents[self.place].tables.get(self.table.key, []) if self.place < len(documents) else []

    @property
    def spare(self) -> int:
        """How many rows for typing follow the lines: one, none when frozen."""
        return 1 if self.draft.editable else 0

    def width(self, section: int) -> int:
        """Give a column's width in design pixels, 0 for the one that takes what is left."""
        if section == 0:
            return 38
        return 0 if section - 1 == self._sentences else width_of(self.columns[section - 1])

    def heads_high(self) -> int:
        """Give how many lines the highest head takes."""
        return max((self._head(section).count("\n") + 1 for section in range(1, self.columnCount())), default=1)

    @cached_property
    def _heads(self) -> list[str]:
        return [head_of(each, self.width(place) or FLEXIBLE_LEAST) for place, each in enumerate(self.columns, 1)]

    def _head(self, section: int) -> str:
        return self._heads[section - 1]

    def least_width(self) -> int:
        """Give the design pixels below which columns would be cut off."""
        fixed = sum(self.width(section) for section in range(self.columnCount()))
        return fixed + (FLEXIBLE_LEAST if self._sentences != NOWHERE else 0)

    @cached_property
    def _sentences(self) -> int:
        """Give which column takes what the others leave, NOWHERE for none."""
        named = (i for i, c in enumerate(self.columns) if c.key in LONG)
        texts = (i for i, c in enumerate(self.columns) if c.type == "text" and c.key != "group")
        return next(named, next(texts, NOWHERE))

    @cached_property
    def _prompted(self) -> int:
        """Give the column in which the empty row says what it is for: the first that has room for it."""
        wide = (place for place, each in enumerate(self.columns) if self.width(place + 1) >= PROMPT_WIDTH)
        return self._sentences if self._sentences != NOWHERE else next(wide, 0)

    def sync(self, problems: Sequence[Problem]) -> None:
        """Show the draft's lines and problems again, keeping the cursor where it is."""
        self._problems = {}
        for problem in problems:
            if problem.where.table == self.table.key and problem.where.row is not None:
                self._problems.setdefault((problem.where.row, problem.where.column or ""), []).append(problem)
        now = len(self.rows)
        if now > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, now - 1)
            self._shown = now
            self.endInsertRows()
        elif now < self._shown:
            self.beginRemoveRows(QModelIndex(), now, self._shown - 1)
            self._shown = now
            self.endRemoveRows()
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def spot(self, index: Index) -> Spot | None:
        """Give what an index stands for; None for the number column and the total."""
        if not index.isValid() or index.column() == 0 or index.row() >= self._shown + self.spare:
            return None
        return Spot(index.row(), self.columns[index.column() - 1])

    def index_of(self, row: int, key: str) -> QModelIndex:
        """Give the index of a line's cell; the first cell when the column is not shown."""
        keys = [column.key for column in self.columns]
        return self.index(row, keys.index(key) + 1 if key in keys else 1)

    def put(self, row: int, values: dict[str, Value]) -> None:
        """Change some cells of a line; beyond the last line a new one starts, like the one before in its codes."""
        rows = list(self.rows)
        while len(rows) <= row:
            rows.append(self._fresh(rows))
        rows[row] = {k: v for k, v in {**rows[row], **values}.items() if v not in (None, "")}
        self.draft.set_rows(self.place, self.table.key, rows)

    def put_block(self, row: int, section: int, cells: list[list[str]]) -> None:
        """Write pasted cells from a corner on, as one undo step; what falls off the right edge is left out."""
        rows = [dict(line) for line in self.rows]
        for down, line in enumerate(cells):
            while len(rows) <= row + down:
                rows.append({})
            for across, text in enumerate(line[: len(self.columns) + 1 - section]):
                column = self.columns[section - 1 + across]
                if column.formula is not None:
                    continue
                rows[row + down][column.key] = self._read(text, column)
        kept: list[Row] = [{k: v for k, v in line.items() if v not in (None, "")} for line in rows]
        self.draft.set_rows(self.place, self.table.key, kept)

    def remove(self, row: int) -> None:
        """Take one line out."""
        if row < len(self.rows):
            self.draft.set_rows(self.place, self.table.key, [line for i, line in enumerate(self.rows) if i != row])

    def insert(self, row: int) -> None:
        """Add an empty line above."""
        rows = list(self.rows)
        self.draft.set_rows(self.place, self.table.key, [*rows[:row], self._fresh(rows[:row]), *rows[row:]])

    def _fresh(self, before: list[Row]) -> Row:
        keep = ("sector", "source", "chapter", "budget_year", "plan_year", "program_code", "currency", "rate", "group")
        return {key: value for key, value in before[-1].items() if key in keep} if before else {}

    def _read(self, text: str, column: Column) -> Value:
        if column.key == "group":
            names = {fold(name): g.key for g in self.table.row_groups for name in (g.label, group_name(g), g.key)}
            return names.get(fold(text.strip()), text.strip() or None)
        return to_value(text, column.type)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give lines, the row for typing, and the total."""
        return 0 if parent.isValid() else self._shown + self.spare + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number column and the form's columns."""
        return 0 if parent.isValid() else len(self.columns) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only cells of lines can be edited, and of those none that is worked out."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        spot = self.spot(index)
        typed = spot is not None and spot.column.formula is None
        return base | Qt.ItemFlag.ItemIsEditable if typed and self.draft.editable else base

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give short heads; the printed label is the tooltip."""
        if orientation is Qt.Orientation.Vertical or section == 0:
            return None
        column = self.columns[section - 1]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(column, self.columns)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            centred = _centred(column)
            align = Qt.AlignmentFlag.AlignRight if column.type in AMOUNTS else Qt.AlignmentFlag.AlignLeft
            return Qt.AlignmentFlag.AlignCenter if centred else align | Qt.AlignmentFlag.AlignVCenter
        return self._head(section) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        if role == Qt.ItemDataRole.EditRole:
            return self._text(index)
        cell = self._cell(index)
        if role == Qt.ItemDataRole.AccessibleTextRole and self._ticks(index):
            return "đã chọn" if cell.text else "không chọn"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole or role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(problem.message for problem in self._found(index)) or None
        return cell_data(cell, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell."""
        spot = self.spot(index)
        if spot is None or role != Qt.ItemDataRole.EditRole or spot.column.formula is not None:
            return False
        read = self._read(str(value), spot.column)
        if spot.row >= len(self.rows) and read is None:
            return False
        self.put(spot.row, {spot.column.key: read})
        return True

    def hold(self, at: QPersistentModelIndex, text: str) -> None:
        """Let what stands in a cell's editor be saved while it is typed."""
        self.draft.hold(lambda: self.setData(at, text))

    def _ticks(self, index: Index) -> bool:
        spot = self.spot(index)
        return spot is not None and spot.row < self._shown and spot.column.type == "tick"

    def _found(self, index: Index) -> list[Problem]:
        spot = self.spot(index)
        return self._problems.get((spot.row, spot.column.key), []) if spot else []

    def _text(self, index: Index) -> str:
        spot = self.spot(index)
        if spot is None or spot.row >= len(self.rows):
            return ""
        line = self.rows[spot.row]
        if spot.column.key == "group":
            return next((group_name(g) for g in self.table.row_groups if g.key == group_of(line, self.table)), "")
        value = line.get(spot.column.key)
        if spot.column.type in PICTURES:
            return next((a.name for a in self.draft.dossier.attachments if a.sha256 == value), "")
        return to_text(value, spot.column.type)

    def _cell(self, index: Index) -> Cell:
        row, section = index.row(), index.column()
        if row >= self._shown + self.spare:
            return self._total(section)
        if section == 0:
            return Cell(text=str(row + 1), centred=True, faded=True)
        if row >= self._shown:
            return Cell(text=PROMPT if section - 1 == self._prompted else "", faded=True)
        column, found = self.columns[section - 1], self._found(index)
        problem = worst(found)
        return Cell(
            Kind.MONEY if column.type in AMOUNTS else Kind.TEXT,
            _shown(self._text(index), column),
            centred=_centred(column),
            faded=column.formula is not None,
            weight=600 if problem == "error" else 400,
            tint={"error": "red", "warning": "amber"}.get(problem, ""),
            problem=problem,
        )

    def _totals(self) -> dict[str, int]:
        """Add up once for the same document: every painted sum asks."""
        document = self.draft.document(self.place)
        if self._added is None or self._added[0] is not document:
            self._added = (document, compute(document, self.draft.form(self.place)).totals)
        return self._added[1]

    def _total(self, section: int) -> Cell:
        if section == 0:
            return Cell()
        column = self.columns[section - 1]
        if column.key in self.table.sums and self.place < len(self.draft.dossier.documents):
            total = self._totals()[f"{self.table.key}.{column.key}"]
            return Cell(Kind.MONEY, (format_foreign if column.type == "money_fc" else format_vnd)(total), weight=600)
        first = section - 1 == max(0, self._sentences)
        return Cell(text=self.table.total_row.label.rstrip(":") if first and self.table.total_row else "", weight=600)


def _centred(column: Column) -> bool:
    return column.type == "tick" or (column.type == "code" and "account" not in column.key)


def _shown(text: str, column: Column) -> str:
    """Leave out the century of a date: the column is narrow and the year is this one or the last."""
    return text[:6] + text[8:] if column.type == "date" and _DAY.fullmatch(text) else text
