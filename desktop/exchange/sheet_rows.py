"""Reads the cells of a spreadsheet or CSV file within bounds: values only, no formula run, no link followed."""

from __future__ import annotations

import csv
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from desktop.exchange.archive import ZIP_MAGIC, check_member, open_zip
from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.limits import (
    MAX_CELL_TEXT,
    MAX_SHEET_COLUMNS,
    MAX_SHEET_FILE,
    MAX_SHEET_MEMBERS,
    MAX_SHEET_ROWS,
    MAX_SHEET_UNPACKED,
    MAX_SHEETS,
    MEBIBYTE,
)
from desktop.exchange.sheet_bytes import decode
from desktop.exchange.sheet_foreign import read_foreign, refusal
from desktop.exchange.sheet_letters import Letters, Reading, guess, spell

Cell = str | int | float | bool | datetime | date | time | timedelta | None
SheetRow = list[Cell]

_OLE = b"\xd0\xcf\x11\xe0"
"""The container of Excel files of before 2007, and of today's when they have a password."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_RARE_SEPARATORS = ("\t", ";")
_SAMPLE_LINES = 40
_OPENPYXL_RAISES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    OSError,
    RuntimeError,
    AssertionError,
)
"""What openpyxl lets through on a damaged file; it has no error of its own for it."""


@dataclass(frozen=True)
class Book:
    """The rows of each visible sheet, in Unicode, and how sure it is that the letters were read rightly."""

    sheets: list[list[SheetRow]]
    reading: Reading


def read_book(path: Path, letters: Letters | None = None) -> Book:
    """Read .xlsx, .xlsm, .xls, .ods or text with separators: at most 5,000 rows of 64 columns a sheet.

    `letters` is what a person confirmed; without it they are guessed. A formula gives the value its program last
    stored. Raises SpreadsheetError: unreadable, too_large, too_many_rows, zip_bomb, zip_slip, encrypted, truncated,
    not_text.
    """
    sheets, eight_bits = _cells(path, _content(path))
    reading = guess((row for rows in sheets for row in rows), eight_bits=eight_bits)
    if letters is not None and letters is not reading.letters:
        reading = reading.chosen(letters)
    spelt = [[[_spelt(cell, reading.letters) for cell in row] for row in rows] for rows in sheets]
    return Book(spelt, reading)


def _spelt(cell: Cell, letters: Letters) -> Cell:
    return spell(cell, letters) if isinstance(cell, str) and not cell.isascii() else cell


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_SHEET_FILE + 1)
    except OSError as cause:
        raise SpreadsheetError("unreadable", "Không mở được tệp. Hãy đóng tệp trong Excel rồi thử lại.") from cause
    if len(content) > MAX_SHEET_FILE:
        raise SpreadsheetError("too_large", "Tệp danh sách quá lớn. Hãy chỉ giữ lại một trang tính có danh sách.")
    return content


def _cells(path: Path, content: bytes) -> tuple[list[list[SheetRow]], bool]:
    """Give the cells as they stand in the file, and whether its bytes were text of eight bits."""
    if content.startswith(ZIP_MAGIC):
        names = _check_container(path)
        return (_xlsx(content) if "xl/workbook.xml" in names else _foreign(content)), False
    if content.startswith(_OLE):
        if _LOCKED in content:
            raise refusal("encrypted")
        return _foreign(content), False
    text, eight_bits = decode(content)
    return [_csv(text)], eight_bits


def _foreign(content: bytes) -> list[list[SheetRow]]:
    return [_bounded(rows) for rows in read_foreign(content)]


def _xlsx(content: bytes) -> list[list[SheetRow]]:
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns of styles and rules it does not keep; only values are read here.
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            return [_sheet(sheet) for sheet in (visible or book.worksheets)[:MAX_SHEETS]]
        except _OPENPYXL_RAISES as cause:
            message = "Tệp Excel bị hỏng hoặc không phải .xlsx. Hãy mở bằng Excel rồi lưu lại dạng .xlsx."
            raise SpreadsheetError("truncated", message) from cause


def _check_container(path: Path) -> set[str]:
    with open_zip(path, max_file=MAX_SHEET_FILE, error=SpreadsheetError) as archive:
        members = archive.infolist()
    for member in members:
        check_member(member, max_size=MAX_SHEET_UNPACKED, error=SpreadsheetError)
    if len(members) > MAX_SHEET_MEMBERS or sum(member.file_size for member in members) > MAX_SHEET_UNPACKED:
        raise SpreadsheetError(
            "zip_bomb", "Tệp Excel bung ra quá lớn nên không được mở. Hãy lưu lại chỉ trang có danh sách."
        )
    return {member.filename for member in members}


def _sheet(sheet: Any) -> list[SheetRow]:
    sheet.reset_dimensions()
    return _bounded(sheet.iter_rows(max_row=MAX_SHEET_ROWS + 100, max_col=MAX_SHEET_COLUMNS, values_only=True))


def _csv(text: str) -> list[SheetRow]:
    try:
        return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as cause:
        raise SpreadsheetError("truncated", "Tệp CSV bị hỏng. Hãy mở bằng Excel rồi lưu lại.") from cause


def _separator(text: str) -> str:
    """Give the sign between cells; commas come last, since they also stand inside amounts and names of banks."""
    lines = [line for line in text[:MEBIBYTE].splitlines()[:_SAMPLE_LINES] if line.strip()]
    for sign in _RARE_SEPARATORS:
        counts = [line.count(sign) for line in lines]
        if counts and (max(counts) >= 2 or min(counts) == 1):  # a list of two columns has it once on every line
            return sign
    return ","


def _bounded(rows: Iterable[Iterable[Cell]]) -> list[SheetRow]:
    kept: list[SheetRow] = []
    for cells in rows:
        row = [cell[:MAX_CELL_TEXT] if isinstance(cell, str) else cell for cell in islice(cells, MAX_SHEET_COLUMNS)]
        kept.append(row)
        if len(kept) > MAX_SHEET_ROWS and any(cell not in (None, "") for cell in row):
            raise SpreadsheetError(
                "too_many_rows", f"Danh sách có hơn {MAX_SHEET_ROWS} dòng. Hãy tách thành nhiều tệp."
            )
    return kept
