"""The table of estimates: sources with their sectors and items below, the total last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.dossier.book import BookLine
from desktop.dossier.fold import fold
from desktop.dossier.money import format_vnd
from desktop.ui.kit.cells import Cell, Kind, cell_data

Index = QModelIndex | QPersistentModelIndex
HEADS = ("Nguồn, khoản", "Giao", "Đã dùng", "Đang chờ", "Còn lại (đ)", "Mức dùng")
WIDTHS = (0, 118, 118, 108, 128, 140)
NARROW_WIDTHS = (0, 116, 116, 104, 122, 108)
INDENTS = {"source": 0, "total": 0, "sector": 16, "item": 34}
SUMS = ("source", "total")
T = TypeVar("T")


class _Group(NamedTuple):
    """A source with its sectors, each with its items; a total is a group without any."""

    head: BookLine
    sectors: tuple[tuple[BookLine, ...], ...]


class EstimateModel(QAbstractTableModel):
    """Keeps sectors under their source and items under their sector, however they are narrowed and sorted."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[BookLine] = ()
        self.text, self.by, self.descending = "", -1, False
        self._groups: Sequence[_Group] = ()

    def show(self, lines: Sequence[BookLine]) -> None:
        """Show other lines."""
        self._groups = _grouped(lines)
        self._arrange()

    def narrow(self, text: str) -> None:
        """Show only sectors and items with these words, each below its source; the total stays."""
        self.text = text
        self._arrange()

    def sort_by(self, section: int) -> None:
        """Sort sources, and sectors within them; the other way round when sorted so already."""
        self.descending = not self.descending if section == self.by else section > 0
        self.by = section
        self._arrange()

    def place_of(self, line: BookLine | None) -> int:
        """Give the row of the line with the same codes, 0 when it is not shown."""
        wanted = line[:5] if line is not None else ()
        return next((place for place, one in enumerate(self.lines) if one[:5] == wanted), 0)

    def _arrange(self) -> None:
        words, found = fold(self.text).split(), list[BookLine]()
        groups = [group for group in self._groups if group.sectors]
        totals = [group.head for group in self._groups if not group.sectors]
        for group in self._ordered(groups, lambda group: group.head):
            sectors = [kept for sector in group.sectors if (kept := _kept(sector, group.head, words))]
            if sectors:
                found += [group.head, *(line for one in self._ordered(sectors, lambda lines: lines[0]) for line in one)]
        self.beginResetModel()
        self.lines = [*found, *totals] if found else []
        self.endResetModel()

    def _ordered(self, items: Sequence[T], head: Callable[[T], BookLine]) -> Sequence[T]:
        if self.by < 0:
            return items
        return sorted(items, key=lambda item: _value(head(item), self.by), reverse=self.descending)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads; those of amounts stand right."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and 1 <= section <= 4:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        arrow = ("  ↓" if self.descending else "  ↑") if section == self.by else ""
        return HEADS[section] + arrow if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(line)
        return cell_data(line_cell(line, index.column()), role)


def line_name(line: BookLine) -> str:
    """Give a line its name as the table shows it: «Nguồn 13  Tự chủ», «341  Quản lý nhà nước»."""
    code = {"source": f"Nguồn {line.source}", "sector": line.sector, "item": line.econ or line.program}
    return f"{code[line.level]}  {line.name}".rstrip() if line.level in code else line.name


def tip(line: BookLine) -> str:
    """Say a line whole: name, every amount, and what to mind."""
    given, used, held, left = (format_vnd(amount) for amount in (line.given, line.used, line.held, line.left))
    said = f"{line_name(line)}: giao {given}, đã dùng {used}, đang chờ {held}, còn {left} đ"
    return f"{said}. {line.warning}." if line.warning else said


def line_cell(line: BookLine, column: int) -> Cell:
    """Give one cell of a line."""
    bold = 600 if line.level in SUMS else 400
    ground = line.level in SUMS
    if column == 0:
        return Cell(text=line_name(line), weight=bold, sum=ground, indent=INDENTS[line.level])
    if column == 5:
        given = line.given if line.given > 0 else max(1, line.used + line.held)
        percent = f"{round(line.ratio * 100)} %"
        return Cell(Kind.USE, percent, share=line.used / given, held=line.held / given, weight=bold, sum=ground)
    if column == 4:
        tint = ("red" if line.left < 0 else "amber") if line.warning or line.left < 0 else ""
        icon = "triangle-alert" if line.warning or line.left < 0 else ""
        return Cell(Kind.MONEY, format_vnd(line.left), weight=600, tint=tint, icon=icon, sum=ground)
    amount = (line.given, line.used, line.held)[column - 1]
    held = column == 3
    return Cell(
        Kind.MONEY,
        format_vnd(amount),
        weight=bold,
        tint="amber" if held and amount else "",
        faded=held and not amount and not ground,
        sum=ground,
    )


def _grouped(lines: Sequence[BookLine]) -> list[_Group]:
    groups: list[tuple[BookLine, list[list[BookLine]]]] = []
    for line in lines:
        if line.level in SUMS:
            groups.append((line, []))
        elif line.level == "sector":
            groups[-1][1].append([line])
        else:
            groups[-1][1][-1].append(line)
    return [_Group(head, tuple(tuple(sector) for sector in sectors)) for head, sectors in groups]


def _kept(sector: tuple[BookLine, ...], head: BookLine, words: Sequence[str]) -> tuple[BookLine, ...]:
    """Give the sector with the items that hold every word, all of them when it does so itself, () for neither."""
    if _holds(f"{line_name(head)} {_spoken(sector[0])}", words):
        return sector
    items = tuple(
        line for line in sector[1:] if _holds(f"{line_name(head)} {line_name(sector[0])} {_spoken(line)}", words)
    )
    return (sector[0], *items) if items else ()


def _spoken(line: BookLine) -> str:
    amounts = (line.given, line.used, line.held, line.left)
    return " ".join((line_name(line), *(f"{format_vnd(amount)} {amount}" for amount in amounts)))


def _holds(said: str, words: Sequence[str]) -> bool:
    folded = fold(said)
    return all(word in folded for word in words)


def _value(line: BookLine, section: int) -> Any:
    """What a column sorts by: of one type per column."""
    return (fold(line_name(line)), line.given, line.used, line.held, line.left, line.ratio)[section]
