"""Proposes entries of the estimate from a spreadsheet: which column is what, what each row would enter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from desktop.desk.allowing import reading
from desktop.desk.context import DeskContext
from desktop.desk.entry_judging import Judged, Line, counter_of, filled, judge, line_of, too_low
from desktop.desk.errors import DeskError
from desktop.desk.sheet_columns import propose_columns
from desktop.desk.whole_lists import read_whole
from desktop.dossier.book import EntryProposal, EntryRow, EstimateEntry
from desktop.dossier.document import Level, Row
from desktop.dossier.list_views import ListProposal
from desktop.dossier.views import EstimateView
from desktop.exchange.inspect_list import chosen_letters
from desktop.exchange.sheet_kinds import ESTIMATE
from desktop.exchange.sheet_walk import SheetList
from desktop.exchange.spreadsheet import Sheet, open_sheet

_TELLING = ("kind", "econ", "program")
"""Columns without which a file only says what each line was given."""
_NO_START = ("provisional", "carried")
"""Kinds that a line may have before it is given its estimate of the year."""


class EntryProposing:
    """Reads what a unit was given."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def entries(self, year: int) -> Sequence[EntryRow]:
        """The entries of a budget year, the newest first."""
        return self._context.store.estimates.entries(year)

    @reading
    def propose_columns(self, path: Path, letters: str = "") -> ListProposal:
        """Says which column of a spreadsheet would be what, with its first rows. Raises SpreadsheetError."""
        return propose_columns(self._context.store, open_sheet(path, ESTIMATE, chosen_letters(letters)), path)

    @reading
    def propose_entries(
        self,
        path: Path,
        letters: str = "",
        columns: Mapping[int, str] | None = None,
        *,
        year: int = 0,
        account: str = "",
    ) -> EntryProposal:
        """Reads a spreadsheet of entries; nothing is written. Raises DeskError bad_columns, SpreadsheetError.

        `columns` gives what a person says each column is, by its index; without it the mapping remembered counts, else
        the heading. `year` and `account` (this year, the unit's estimate account) stand where a row names none. A row
        without a kind is «Giao đầu năm» on a line that was given no estimate yet, else «Bổ sung».
        """
        sheet = open_sheet(path, ESTIMATE, chosen_letters(letters))
        chosen = self._columns(sheet, path, columns)
        found = sheet.with_columns(chosen).read()
        known: Row = {
            "budget_year": year or int(self._context.today()[:4]),
            "account": account or self._context.store.unit.get().estimate_account,
        }
        judged = self._judged([known | filled(row) for row in found.rows])
        entries = tuple(item for item in judged if isinstance(item, EstimateEntry))
        lines = self._lines()
        named = {line_of(entry) for entry in entries}
        before = sum(lines[line].given for line in named if line in lines)
        replaced = [counter_of(row) for row in self._provisional(entries)]
        provisional = -sum(entry.amount for entry in replaced)
        total = sum(entry.amount for entry in entries)
        problems = (*_faults(found, judged), *(one.message for one in too_low((*entries, *replaced), lines)))
        return EntryProposal(
            path.name, entries, len(found.rows), total, before, before + total - provisional, self._known(entries),
            problems, _headings(sheet, chosen), provisional, _warnings(found),
        )  # fmt: skip

    @reading
    def holds_entries(self, path: Path, letters: str = "") -> bool:
        """Whether a spreadsheet tells entries apart: by kind, item or programme. Raises as `propose_entries`."""
        return any(row.get(key) for row in read_whole(path, ESTIMATE, letters).rows for key in _TELLING)

    def _lines(self) -> dict[Line, EstimateView]:
        views = self._context.store.estimates.all()
        return {(view.budget_year, view.account, view.source, view.sector): view for view in views}

    def _provisional(self, entries: Sequence[EstimateEntry]) -> list[EntryRow]:
        """Provisional entries (tạm cấp) that stand on lines which these give their estimate of the year.

        The estimate given holds what was granted in advance of it (Luật NSNN 89/2025 Điều 53).
        """
        given = {line_of(entry) for entry in entries if entry.kind == "initial"}
        return [
            row for row in self._standing(given) if row.entry.kind == "provisional" and line_of(row.entry) in given
        ]  # fmt: skip

    def _standing(self, lines: set[Line]) -> list[EntryRow]:
        """Entries of the years of some lines that were not taken back and take nothing back."""
        years = sorted({line[0] for line in lines})
        return [row for year in years for row in self.entries(year) if not row.undone and row.undoes is None]

    def _judged(self, rows: Sequence[Row]) -> list[Judged]:
        years = {year for row in rows if isinstance(year := row["budget_year"], int)}
        standing = self._standing({(year, "", "", "") for year in years})
        began = {line_of(row.entry) for row in standing if row.entry.kind not in _NO_START}
        deposit = self._context.store.unit.get().deposit_account
        return [judge(row, began, deposit) for row in rows]

    def _columns(self, sheet: Sheet, path: Path, columns: Mapping[int, str] | None) -> Mapping[int, str]:
        if columns is None:
            return propose_columns(self._context.store, sheet, path).columns
        unknown = set(columns.values()) - (sheet.kind.by_key.keys() - {"stt"})
        beyond = any(not 0 <= index < len(sheet.layout.headings) for index in columns)
        if unknown or beyond or len(set(columns.values())) < len(columns):
            keys = ", ".join(key for key in sheet.kind.by_key if key != "stt")
            raise DeskError("bad_columns", f"Ghép cột chưa đúng. Mỗi cột của tệp ghép với một trong: {keys}.")
        return columns

    def _known(self, entries: Sequence[EstimateEntry]) -> int:
        """How many of the entries stand in the book already, word for word."""
        kept = {row.entry for row in self._standing({line_of(entry) for entry in entries})}
        return sum(entry in kept for entry in entries)


def _faults(found: SheetList, judged: Sequence[Judged]) -> Iterator[str]:
    """What is wrong by row of the file: its cells, else what they say together."""
    cells: dict[int, list[str]] = {}
    for problem in found.problems:
        if problem.level is Level.ERROR and problem.where.row is not None:
            cells.setdefault(problem.where.row, []).append(problem.message)
    for place, (number, item) in enumerate(zip(found.numbers, judged, strict=True)):
        if place in cells:
            yield from cells[place]
        elif isinstance(item, str):
            yield f"Dòng {number}: {item}"


def _warnings(found: SheetList) -> tuple[str, ...]:
    return tuple(problem.message for problem in found.problems if problem.level is not Level.ERROR)


def _headings(sheet: Sheet, columns: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    return tuple((sheet.kind.by_key[key].label, sheet.layout.headings[index]) for index, key in columns.items())
