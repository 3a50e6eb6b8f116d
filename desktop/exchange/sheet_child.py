"""The spreadsheet process: lays out one .xls or .ods file and hands its cells over, within memory of its own.

The library behind it is compiled and lays out a whole sheet, however far apart two hostile cells stand; what it
cannot hold ends this process and not the window with its unsaved form.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

import python_calamine

from desktop.exchange.limits import (
    MAX_CELL_TEXT,
    MAX_CHILD_MEMORY,
    MAX_SHEET_COLUMNS,
    MAX_SHEET_ROWS,
    MAX_SHEET_TEXT,
    MAX_SHEETS,
)

Answer = tuple[str, list[list[list[Any]]]]
"""("", the rows of each sheet) or (error code, [])."""


class _TooMuch(Exception):
    """The text of the cells adds up to more than is handed over."""


def serve(connection: Connection) -> None:
    """Read the bytes of one file from the pipe, answer once and end."""
    _silence()
    _limit_memory()
    content = connection.recv_bytes()
    try:
        answer: Answer = ("", _sheets(content))
    except python_calamine.PasswordError:
        answer = ("encrypted", [])
    except (MemoryError, _TooMuch):
        answer = ("too_large", [])
    except (python_calamine.CalamineError, OSError, ValueError):
        answer = ("truncated", [])
    connection.send(answer)


def _silence() -> None:
    """Keep what the library says while it gives up from the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)


def _limit_memory() -> None:
    """Give the process an upper bound where the system has one for processes (not Windows)."""
    try:
        import resource
    except ImportError:  # Windows: the process still dies alone
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MAX_CHILD_MEMORY if most == resource.RLIM_INFINITY else min(most, MAX_CHILD_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _sheets(content: bytes) -> list[list[list[Any]]]:
    book = python_calamine.load_workbook(io.BytesIO(content))
    visible = [s.name for s in book.sheets_metadata if s.visible == python_calamine.SheetVisibleEnum.Visible]
    budget = MAX_SHEET_TEXT
    sheets = []
    for name in (visible or book.sheet_names)[:MAX_SHEETS]:
        rows = list(_rows(book.get_sheet_by_name(name)))
        budget -= sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        if budget < 0:
            raise _TooMuch
        sheets.append(rows)
    return sheets


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[list[Any]]:
    """Give the rows as numbered on screen: the library leaves out empty columns at the left, not empty rows above."""
    left = sheet.start[1] if sheet.start else 0
    for row in islice(sheet.iter_rows(), MAX_SHEET_ROWS + 100):
        cells = [cell[:MAX_CELL_TEXT] if isinstance(cell, str) else cell for cell in row[:MAX_SHEET_COLUMNS]]
        yield ([None] * left + cells)[:MAX_SHEET_COLUMNS]
