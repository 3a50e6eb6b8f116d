"""Reads a list that is taken in whole or not at all, since half an estimate would look like all of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.desk.errors import DeskError
from desktop.dossier.document import Level, Row
from desktop.exchange.inspect_list import chosen_letters
from desktop.exchange.sheet_kinds import SheetKind
from desktop.exchange.sheet_walk import SheetList
from desktop.exchange.spreadsheet import read_list


def read_whole(path: Path, kind: SheetKind, letters: str = "") -> SheetList:
    """Read a list in which every row is right. Raises DeskError bad_list naming the first fault, SpreadsheetError."""
    found = read_list(path, kind, chosen_letters(letters))
    refuse_faults([problem.message for problem in found.problems if problem.level is Level.ERROR])
    return found


def refuse_faults(faults: Sequence[str]) -> None:
    """Raise DeskError bad_list that names the first fault and how many there are."""
    if faults:
        more = f" Còn {len(faults) - 1} chỗ khác cũng sai." if len(faults) > 1 else ""
        raise DeskError(
            "bad_list", f"Chưa nhập được vì tệp còn lỗi. {faults[0].rstrip('.')}.{more} Sửa tệp rồi nhập lại."
        )


def text(row: Row, key: str) -> str:
    """Give a cell as text without outer spaces, "" when it is empty."""
    return str(row.get(key) or "").strip()
