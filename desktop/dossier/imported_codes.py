"""Makes a code list of the rows that a unit imported, as the Treasury or the ministry publishes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from desktop.dossier.catalogues import SPENDING, Catalogue, Entry, catalogue
from desktop.dossier.fold import fold

_FIRST_SPENDING = 6000
"""Economic items below are revenue, loans and carry-over (TT 324/2016/TT-BTC, appendix III)."""
_ITEM_STEP = 50
"""A mục is a multiple of 50 and its tiểu mục follow it; the few that differ stand in the packaged list."""
_LEVELS = {"muc": "muc", "tieu muc": "tieu_muc", "loai": "loai", "khoan": "khoan"}


class CodeRow(NamedTuple):
    """One imported row; `valid_from` and `valid_to` are "YYYY-MM-DD" or "", `level` words of the file ("Tiểu mục")."""

    code: str
    name: str
    parent: str = ""
    level: str = ""
    valid_from: str = ""
    valid_to: str = ""


def catalogue_of(name: str, rows: Iterable[CodeRow]) -> Catalogue:
    """Make a list of imported rows; what they leave out is taken from the packaged list or from how codes are built.

    Raises KeyError for a name that is not one of NAMES.
    """
    packaged = catalogue(name)
    given = {row.code: row for row in rows}
    return Catalogue(name, tuple(_entry(name, given[code], given, packaged) for code in sorted(given)))


def _entry(name: str, row: CodeRow, given: dict[str, CodeRow], packaged: Catalogue) -> Entry:
    known = packaged.get(row.code) or Entry(row.code, "")
    level = _LEVELS.get(fold(row.level).strip()) or known.level or _level(name, row)
    parent = row.parent or known.parent or _parent(name, row.code, level)
    extra = dict(known.extra)
    if name == "econ" and "kind" not in extra:
        extra["kind"] = SPENDING if _number(row.code) >= _FIRST_SPENDING else "thu"
    extra |= {key: value for key, value in (("valid_from", row.valid_from), ("valid_to", row.valid_to)) if value}
    return Entry(row.code, row.name or known.name, level, parent if parent in given else "", extra)


def _level(name: str, row: CodeRow) -> str:
    if name == "econ":
        return "tieu_muc" if row.parent or _number(row.code) % _ITEM_STEP else "muc"
    return "khoan" if name == "sector" and row.parent else ""


def _parent(name: str, code: str, level: str) -> str:
    return f"{_number(code) // _ITEM_STEP * _ITEM_STEP:04d}" if name == "econ" and level == "tieu_muc" else ""


def _number(code: str) -> int:
    return int(code) if code.isascii() and code.isdigit() else 0
