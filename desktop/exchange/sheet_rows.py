"""Reads the cells of a spreadsheet or CSV file within bounds: values only, no formula run, no link followed."""

from __future__ import annotations

import csv
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable
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
    MEBIBYTE,
)

Cell = str | int | float | bool | datetime | date | time | timedelta | None
SheetRow = list[Cell]

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MOST_SHEETS = 10
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


def read_sheets(path: Path) -> list[list[SheetRow]]:
    """Give the rows of each sheet, at most 5,000 of 64 columns; a CSV file is one sheet.

    A formula gives the value its program last stored. Raises SpreadsheetError: unreadable, too_large, too_many_rows,
    zip_bomb, zip_slip, encrypted, truncated, not_utf8, old_excel.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_SHEET_FILE + 1)
    except OSError as cause:
        raise SpreadsheetError("unreadable", "Không mở được tệp. Hãy đóng tệp trong Excel rồi thử lại.") from cause
    if len(content) > MAX_SHEET_FILE:
        raise SpreadsheetError("too_large", "Tệp danh sách quá lớn. Hãy chỉ giữ lại một trang tính có danh sách.")
    return _xlsx(path, content) if content.startswith(ZIP_MAGIC) else [_csv(content)]


def _xlsx(path: Path, content: bytes) -> list[list[SheetRow]]:
    _check_container(path)
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns of styles and rules it does not keep; only values are read here.
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            return [_sheet(sheet) for sheet in book.worksheets[:_MOST_SHEETS]]
        except _OPENPYXL_RAISES as cause:
            message = "Tệp Excel bị hỏng hoặc không phải .xlsx. Hãy mở bằng Excel rồi lưu lại dạng .xlsx."
            raise SpreadsheetError("truncated", message) from cause


def _check_container(path: Path) -> None:
    with open_zip(path, max_file=MAX_SHEET_FILE, error=SpreadsheetError) as archive:
        members = archive.infolist()
    for member in members:
        check_member(member, max_size=MAX_SHEET_UNPACKED, error=SpreadsheetError)
    if len(members) > MAX_SHEET_MEMBERS or sum(member.file_size for member in members) > MAX_SHEET_UNPACKED:
        raise SpreadsheetError(
            "zip_bomb", "Tệp Excel bung ra quá lớn nên không được mở. Hãy lưu lại chỉ trang có danh sách."
        )


def _sheet(sheet: Any) -> list[SheetRow]:
    sheet.reset_dimensions()
    return _bounded(sheet.iter_rows(max_row=MAX_SHEET_ROWS + 100, max_col=MAX_SHEET_COLUMNS, values_only=True))


def _csv(content: bytes) -> list[SheetRow]:
    if content.startswith(_OLD_EXCEL):
        raise SpreadsheetError("old_excel", "Đây là tệp Excel kiểu cũ. Hãy mở bằng Excel rồi lưu lại dạng .xlsx.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        message = "Tệp CSV không ở dạng UTF-8. Trong Excel hãy chọn Lưu thành «CSV UTF-8» hoặc .xlsx."
        raise SpreadsheetError("not_utf8", message) from cause
    try:
        return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as cause:
        raise SpreadsheetError("truncated", "Tệp CSV bị hỏng. Hãy mở bằng Excel rồi lưu lại.") from cause


def _separator(text: str) -> str:
    """Give the sign between cells; commas come last, since they also stand inside amounts and names of banks."""
    lines = text[:MEBIBYTE].splitlines()[:_SAMPLE_LINES]
    return next((sign for sign in _RARE_SEPARATORS if any(line.count(sign) >= 2 for line in lines)), ",")


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
