"""Finds the heading of a list, whatever the words, marks or number of heading rows, and remembers it by its words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.dossier.fold import fold
from desktop.exchange.sheet_kinds import SheetKind
from desktop.exchange.sheet_rows import Cell, SheetRow

_SEARCHED_ROWS = 40
_LONGEST_HEADING = 80


@dataclass(frozen=True)
class Layout:
    """Where a list starts: `columns` gives the index of each target, `headings` the words above every column.

    `first_row` counts from 0 and is the first row below the heading.
    """

    first_row: int
    columns: dict[str, int]
    headings: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Name lists of the same source: the words of the heading, whatever their marks, case or spaces."""
        return hashlib.sha256("\x1f".join(map(plain, self.headings)).rstrip("\x1f").encode()).hexdigest()[:32]

    def mapped(self, columns: Mapping[int, str]) -> Layout:
        """Give the layout with the columns a person chose, index by target."""
        return Layout(self.first_row, {key: index for index, key in columns.items()}, self.headings)


def find_layout(rows: Sequence[SheetRow], kind: SheetKind) -> Layout | None:
    """Give the heading of a list among the first rows, over one or two rows; None when there is none."""
    for index in range(min(len(rows), _SEARCHED_ROWS)):
        single = _columns(rows[index], kind)
        below = rows[index + 1] if index + 1 < len(rows) else []
        both = _overlaid(rows[index], below)
        double = _columns(both, kind)
        if 2 <= len(single) < len(double) and double.keys() >= kind.heading:
            return Layout(index + 2, double, _words(both))
        if single.keys() >= kind.heading:
            return Layout(index + 1, single, _words(rows[index]))
    return None


def first_heading(rows: Sequence[SheetRow]) -> Layout | None:
    """Give the first row that could be a heading of anything, for a person to map its columns; None when all is bare.

    The row has the most words among the first ones, and no numbers.
    """
    best = max(range(min(len(rows), _SEARCHED_ROWS)), key=lambda index: _wordiness(rows[index]), default=None)
    if best is None or _wordiness(rows[best]) < 2:
        return None
    return Layout(best + 1, {}, _words(rows[best]))


def plain(cell: Cell) -> str:
    """Give the words of a cell without marks, case or doubled spaces, for comparing."""
    return " ".join(fold(str(cell)).split()) if cell is not None else ""


def _wordiness(row: SheetRow) -> int:
    if any(isinstance(cell, int | float) for cell in row):
        return 0
    return len({plain(cell) for cell in row if 0 < len(plain(cell)) <= _LONGEST_HEADING})


def _words(row: SheetRow) -> tuple[str, ...]:
    words = [" ".join(str(cell).split())[:_LONGEST_HEADING] if cell is not None else "" for cell in row]
    while words and not words[-1]:
        words.pop()
    return tuple(words)


def _columns(row: SheetRow, kind: SheetKind) -> dict[str, int]:
    """Give each target the column that fits it best, the leftmost among equals."""
    found: dict[str, tuple[int, int]] = {}
    for index, cell in enumerate(row):
        words = plain(cell)
        if not words or len(words) > _LONGEST_HEADING:
            continue
        meant = _target(words, kind)
        if meant is not None and (meant[1], index) < found.get(meant[0], (len(words) + 1_000, 0)):
            found[meant[0]] = (meant[1], index)
    return {key: index for key, (_, index) in found.items()}


def _target(words: str, kind: SheetKind) -> tuple[str, int] | None:
    """Give the first target whose words fit, and how sure they are: 0 is the surest."""
    for target in kind.targets:
        for rank, pattern in enumerate(target.patterns):
            if pattern.match(words):
                return target.key, rank
    return None


def _overlaid(upper: SheetRow, lower: SheetRow) -> SheetRow:
    width = max(len(upper), len(lower))
    above = [*upper, *[None] * (width - len(upper))]
    below = [*lower, *[None] * (width - len(lower))]
    return [under if plain(under) else over for over, under in zip(above, below, strict=True)]
