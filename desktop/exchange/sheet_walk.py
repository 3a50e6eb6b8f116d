"""Walks the rows below a heading and collects values and what is wrong with single cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.dossier.document import Level, Problem, Row, Where
from desktop.dossier.money import format_foreign, format_vnd, hundredths
from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.sheet_cells import Read, read_cell
from desktop.exchange.sheet_groups import group_of, is_bare, is_footer, is_total, read_group
from desktop.exchange.sheet_header import Layout, plain
from desktop.exchange.sheet_kinds import SheetKind, Target
from desktop.exchange.sheet_rows import Cell, SheetRow

_WRITTEN = 100
"""Signs kept of a cell that could not be read."""


@dataclass(frozen=True)
class SheetList:
    """What a sheet gives: rows keyed as the kind's targets; `problems` count `rows` from 0, None for the whole list.

    `numbers` are the rows' own numbers in the file, `unread` the text of cells without a value; `total` is VND,
    hundredths where the money is foreign.
    """

    kind: SheetKind
    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)
    total: int = 0
    numbers: tuple[int, ...] = ()
    unread: dict[tuple[int, str], str] = field(default_factory=dict)

    def as_written(self) -> list[Row]:
        """Give the rows with the cells that could not be read as they stand in the file, for a person to mend."""
        rows = [dict(row) for row in self.rows]
        for (index, key), text in self.unread.items():
            rows[index].setdefault(key, text)
        return rows


def read_rows(rows: Sequence[SheetRow], layout: Layout, kind: SheetKind) -> SheetList:
    """Read the rows of a list. Raises SpreadsheetError no_rows when there is none below the heading."""
    return _Walk(layout, kind).read(rows)


class _Walk:
    """What is known while walking down: the group, the total the list states, the rows so far."""

    def __init__(self, layout: Layout, kind: SheetKind) -> None:
        self._layout, self._kind = layout, kind
        self._rows: list[Row] = []
        self._numbers: list[int] = []
        self._problems: list[Problem] = []
        self._unread: dict[tuple[int, str], str] = {}
        self._group: str | None = None
        self._declared: tuple[int, int] | None = None
        self._grouped = "group" in kind.by_key

    def read(self, rows: Sequence[SheetRow]) -> SheetList:
        for number, row in enumerate(rows[self._layout.first_row :], start=self._layout.first_row + 1):
            if self._is_item(row):
                self._item(row, number)
            elif is_footer(self._label(row)):
                break
            elif not is_bare([plain(cell) for cell in row]):
                self._between(row, number)
        if not self._rows:
            raise SpreadsheetError("no_rows", "Danh sách không có dòng nào dưới tiêu đề. Hãy kiểm tra lại tệp.")
        total = sum(_units(row.get(self._kind.amount)) for row in self._rows) if self._kind.amount else 0
        self._compare(total)
        self._ask_groups()
        return SheetList(self._kind, self._rows, self._problems, total, tuple(self._numbers), self._unread)

    def _cell(self, row: SheetRow, key: str) -> Cell:
        index = self._layout.columns.get(key)
        return row[index] if index is not None and index < len(row) else None

    def _label(self, row: SheetRow) -> str:
        """Give the first words of a row, where a list writes "I. Công chức" or "Tổng số"."""
        words = [plain(cell) for cell in row]
        before = words[: self._layout.columns.get(self._kind.anchor, 0)]
        return " ".join(word for word in before if word) or next((word for word in words if word), "")

    def _is_item(self, row: SheetRow) -> bool:
        """Tell a row of the list by its anchor's cell; of a list of payees also one that only lacks its account."""
        words = [plain(cell) for cell in row]
        if is_bare(words):
            return False
        anchor = plain(self._cell(row, self._kind.anchor))
        if anchor:
            return not (is_total(anchor) or (is_footer(anchor) and self._kind.form == ""))
        label = self._label(row)
        if is_total(label) or is_footer(label) or (self._grouped and group_of(label) is not None):
            return False
        filled = {key for key in self._layout.columns if plain(self._cell(row, key)) and key != "stt"}
        return len(filled) > 1 or self._grouped

    def _between(self, row: SheetRow, number: int) -> None:
        """Take in a row that is no item: a group's heading or a total."""
        label = self._label(row)
        target = self._kind.by_key.get(self._kind.amount)
        if (is_total(label) or is_total(plain(self._cell(row, self._kind.anchor)))) and target is not None:
            amount = read_cell(self._cell(row, target.key), target).value
            self._declared = (number, _units(amount)) if amount is not None else self._declared
        elif self._grouped:
            self._group = group_of(label) or self._group

    def _item(self, row: SheetRow, number: int) -> None:
        index = len(self._rows)
        cells = {target.key: self._read(row, target) for target in self._kind.targets if target.type != "number"}
        for key, read in cells.items():
            if read.value is None and (written := str(self._cell(row, key) or "").strip()):
                self._unread[index, key] = written[:_WRITTEN]
            if read.message:
                self._say(key, read.level, f"Dòng {number}: {read.message}", index)
        self._rows.append({key: read.value for key, read in cells.items() if read.value is not None})
        self._numbers.append(number)

    def _read(self, row: SheetRow, target: Target) -> Read:
        if target.type == "group":
            return read_group(plain(self._cell(row, target.key)), self._group)
        return read_cell(self._cell(row, target.key), target)

    def _compare(self, total: int) -> None:
        if self._declared is not None and self._declared[1] != total:
            number, declared = self._declared
            sums = f"tổng ghi {self._money(declared)}, cộng các dòng được {self._money(total)}"
            message = f"Dòng {number}: {sums}. Hãy đối chiếu với danh sách gốc."
            self._say(self._kind.amount, Level.WARNING, message, None)

    def _money(self, amount: int) -> str:
        foreign = self._kind.by_key[self._kind.amount].type == "money_fc"
        return format_foreign(amount) if foreign else f"{format_vnd(amount)} đ"

    def _ask_groups(self) -> None:
        without = sum("group" not in row for row in self._rows)
        if without and self._grouped:
            message = f"Còn {without} người chưa rõ nhóm. Hãy chọn nhóm (Công chức, Viên chức…) trước khi trình ký."
            self._say("group", Level.HINT, message, None)

    def _say(self, column: str, level: Level, message: str, index: int | None) -> None:
        where = Where(table="lines", row=index, column=column)
        self._problems.append(Problem(rule=f"list-{column}", level=level, where=where, message=message))


def _units(value: object) -> int:
    """Give VND, or the hundredths of foreign money."""
    return value if isinstance(value, int) else hundredths(value) if isinstance(value, str) else 0
