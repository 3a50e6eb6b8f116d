"""Imports lists from spreadsheets, so that sixty account numbers are never typed by hand.

One way for every kind: read the cells, find the heading or take a person's mapping, read the rows, look at the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.dossier.forms import Form
from desktop.dossier.pack import load_pack
from desktop.dossier.payees import list_problems
from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.sheet_header import Layout, find_layout, first_heading
from desktop.exchange.sheet_kinds import BENEFICIARIES, CATALOGUE, ESTIMATE, STUDENTS, SheetKind, lines_of
from desktop.exchange.sheet_letters import Letters
from desktop.exchange.sheet_rows import Book, SheetRow, read_book
from desktop.exchange.sheet_walk import SheetList, read_rows


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file with the heading found in it; a layout without columns waits for a person to map them."""

    book: Book
    rows: Sequence[SheetRow]
    layout: Layout
    kind: SheetKind

    @property
    def mapped(self) -> bool:
        """Whether all columns that make the kind are known."""
        return self.layout.columns.keys() >= self.kind.heading

    def with_columns(self, columns: Mapping[int, str]) -> Sheet:
        """Give the sheet with the columns a person chose, index by target."""
        return replace(self, layout=self.layout.mapped(columns))

    def read(self) -> SheetList:
        """Read all rows. Raises SpreadsheetError not_mapped, no_rows."""
        if not self.mapped:
            missing = [self.kind.by_key[key].label for key in sorted(self.kind.heading - self.layout.columns.keys())]
            raise SpreadsheetError("not_mapped", f"Chưa chọn cột cho {', '.join(missing)}. Hãy chọn rồi nhập lại.")
        found = read_rows(self.rows, self.layout, self.kind)
        if self.kind is BENEFICIARIES:
            numbers = found.numbers
            found.problems.extend(list_problems(found.rows, lambda index: f"Dòng {numbers[index]}"))
        return found


def open_sheet(path: Path, kind: SheetKind, letters: Letters | None = None) -> Sheet:
    """Read a file and find the list of a kind in it; without a heading that fits, a person maps the likeliest one.

    Raises SpreadsheetError: no_heading when no row could be one, and those of sheet_rows.read_book.
    """
    return _find(read_book(path, letters), kind)


def _find(book: Book, kind: SheetKind) -> Sheet:
    for rows in book.sheets:
        layout = find_layout(rows, kind)
        if layout is not None:
            return Sheet(book, rows, layout, kind)
    for rows in book.sheets:
        layout = first_heading(rows)
        if layout is not None:
            return Sheet(book, rows, layout, kind)
    raise _no_heading(kind)


def _no_heading(kind: SheetKind) -> SpreadsheetError:
    needed = ", ".join(target.label for target in kind.targets if target.key in kind.heading)
    return SpreadsheetError("no_heading", f"Không thấy dòng tiêu đề. Danh sách cần các cột {needed}.")


def read_list(path: Path, kind: SheetKind, letters: Letters | None = None) -> SheetList:
    """Read the list of a kind by the heading found. Raises SpreadsheetError no_heading, no_rows and as read_book."""
    return open_whole(path, kind, letters).read()


def open_whole(path: Path, kind: SheetKind, letters: Letters | None = None) -> Sheet:
    """Open a list where nobody is there to map columns. Raises SpreadsheetError no_heading and as read_book."""
    sheet = open_sheet(path, kind, letters)
    if not sheet.mapped:
        raise _no_heading(kind)
    return sheet


def read_beneficiaries(path: Path, letters: Letters | None = None) -> SheetList:
    """Read rows of Mẫu 20 (name, account, bank, amount in VND, group). Raises as `read_list`."""
    return read_list(path, BENEFICIARIES, letters)


def recognise(path: Path, letters: Letters | None = None) -> Sheet:
    """Tell what a file is and would be imported as. Raises SpreadsheetError no_heading and as read_book."""
    book = read_book(path, letters)
    best = max((sheet for kind in _kinds() if (sheet := _fitting(book, kind)) is not None), key=_fit, default=None)
    if best is None:
        raise _no_heading(BENEFICIARIES)
    return best


def _kinds() -> list[SheetKind]:
    forms = [form for form in load_pack().forms if _is_voucher(form)]
    return [BENEFICIARIES, STUDENTS, ESTIMATE, *(lines_of(form.ref) for form in forms), CATALOGUE]


def _is_voucher(form: Form) -> bool:
    return form.client_editable and bool(form.line_tables) and form.id not in ("M20", "M21") and bool(form.amount)


def _fitting(book: Book, kind: SheetKind) -> Sheet | None:
    sheet = next((Sheet(book, rows, layout, kind) for rows in book.sheets if (layout := find_layout(rows, kind))), None)
    return sheet if sheet is not None and sheet.mapped else None


def _fit(sheet: Sheet) -> tuple[int, int]:
    """Rank by columns recognised, then by how few needed ones are missing."""
    known = sheet.layout.columns.keys()
    missing = sum(target.needed and target.key not in known for target in sheet.kind.targets)
    return len(known) - missing, -len(sheet.kind.targets)
