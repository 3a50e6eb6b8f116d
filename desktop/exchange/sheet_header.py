"""Finds the heading of a beneficiary list, whatever the words, marks or number of heading rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.dossier.fold import fold
from desktop.exchange.sheet_rows import Cell, SheetRow

_SEARCHED_ROWS = 40
_NEEDED = {"name", "account", "amount"}
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("stt", re.compile(r"(stt|tt|so tt|so thu tu|no\.?)$")),
    ("account", re.compile(r".*(so tai khoan|so tk\b|stk\b|^tai khoan)")),
    ("bank", re.compile(r".*(ngan hang|noi mo|mo tai)")),
    ("amount", re.compile(r".*(so tien|thanh tien|thuc linh|thuc nhan|tien luong|tong tien)")),
    ("group", re.compile(r".*(nhom|loai doi tuong|phan loai)")),
    ("name", re.compile(r".*(ho (va )?ten|doi tuong|nguoi (nhan|huong|thu huong)|ten ca nhan)|ten$")),
)
"""The first pattern that fits decides: «Số tài khoản đối tượng thụ hưởng» is an account, not a name."""


@dataclass(frozen=True)
class Heading:
    """Where the list starts: `columns` gives the index of "name", "account", "bank", "amount", "group", "stt"."""

    first_row: int
    columns: dict[str, int]


def find_heading(rows: list[SheetRow]) -> Heading | None:
    """Give the heading of a list among the first rows, over one or two rows; None when there is none."""
    for index in range(min(len(rows), _SEARCHED_ROWS)):
        single = _columns(rows[index])
        below = rows[index + 1] if index + 1 < len(rows) else []
        double = _columns(_overlaid(rows[index], below))
        if 2 <= len(single) < len(double) and double.keys() >= _NEEDED:
            return Heading(index + 2, double)
        if single.keys() >= _NEEDED:
            return Heading(index + 1, single)
    return None


def plain(cell: Cell) -> str:
    """Give the words of a cell without marks, case or doubled spaces, for comparing."""
    return " ".join(fold(str(cell)).split()) if cell is not None else ""


def _columns(row: SheetRow) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        words = plain(cell)
        key = next((key for key, pattern in _PATTERNS if pattern.match(words)), None)
        if key is not None and len(words) <= 80:
            found.setdefault(key, index)
    return found


def _overlaid(upper: SheetRow, lower: SheetRow) -> SheetRow:
    width = max(len(upper), len(lower))
    above = [*upper, *[None] * (width - len(upper))]
    below = [*lower, *[None] * (width - len(lower))]
    return [under if plain(under) else over for over, under in zip(above, below, strict=True)]
