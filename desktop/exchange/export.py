"""Writes lists for people to open in a spreadsheet program: text stays text, and nothing in it is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.exchange.errors import ExchangeError

if TYPE_CHECKING:
    from openpyxl import Workbook

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Sheet(NamedTuple):
    """One table of a workbook."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[str | int]]


def export_rows(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    """Write a heading and rows as .xlsx, or as CSV in UTF-8 when `path` ends in .csv; whole or not at all.

    An int is written as a number, text as text (account numbers keep their zeros). openpyxl builds a sheet in a file of
    the system's temporary folder and deletes it. Raises ExchangeError (not_writable).
    """
    if path.suffix.lower() == ".csv":
        _whole(path, lambda temporary: _write_csv(temporary, headers, rows))
    else:
        export_sheets(path, [Sheet("Danh sách", headers, rows)])


def export_sheets(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write tables as one .xlsx, a sheet each, as `export_rows` does. Raises ExchangeError (not_writable)."""
    _whole(path, lambda temporary: temporary.write_bytes(_xlsx(sheets)))


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    temporary = path.with_name(path.name + ".part")
    try:
        write(temporary)
        temporary.replace(path)
    except OSError as cause:
        temporary.unlink(missing_ok=True)
        message = "Không ghi được tệp. Hãy đóng tệp nếu đang mở, hoặc chọn thư mục khác rồi thử lại."
        raise ExchangeError("not_writable", message) from cause


def _write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        for row in (headers, *rows):
            writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_FORMULA) else cell


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_sheet(book: Workbook, made: Sheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    sheet = book.create_sheet(made.title)
    sheet.freeze_panes = "A2"
    for index, row in enumerate((made.headers, *made.rows)):
        cells = [WriteOnlyCell(sheet, value=_storable(value)) for value in row]
        for cell in cells:
            # A text that starts with "=" is text all the same.
            cell.data_type = "n" if isinstance(cell.value, int) else "s"
            cell.font = Font(bold=index == 0)
        sheet.append(cells)


def _storable(value: str | int) -> str | int:
    """Leave out control signs, which XML cannot hold."""
    return value if isinstance(value, int) else "".join(sign for sign in value if sign.isprintable() or sign in "\n\t")
