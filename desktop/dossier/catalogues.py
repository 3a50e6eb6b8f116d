"""The code lists people look up while they fill a form; they advise, since only the Treasury's own list can block.

Compiled from public lists that follow TT 324/2016; see docs/catalogues.md for what is known and what is missing.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal, get_args

from desktop.dossier.fold import fold

CatalogueName = Literal[
    "econ",
    "sector",
    "source",
    "chapter",
    "program",
    "bank",
    "treasury",
    "treasury_region",
    "budget_level",
    "province",
    "commune",
    "area",
]
NAMES: tuple[str, ...] = get_args(CatalogueName)
LABELS: Mapping[str, str] = {
    "econ": "Mục, tiểu mục", "sector": "Loại, khoản", "source": "Nguồn ngân sách", "chapter": "Chương",
    "program": "Chương trình mục tiêu, dự án", "bank": "Ngân hàng", "treasury": "Kho bạc Nhà nước",
    "treasury_region": "Kho bạc Nhà nước khu vực", "budget_level": "Cấp ngân sách", "province": "Tỉnh, thành phố",
    "commune": "Xã, phường, đặc khu", "area": "Địa bàn hành chính",
}  # fmt: skip
"""What each list is called on screen."""

UNSURE = frozenset({"area", "treasury", "treasury_region"})
"""Lists too short or too doubtful to call a code unknown by; they only help to look up.

The codes of Treasury offices since 2025 were not to be had, and nobody confirms that the Treasury's địa bàn are the
codes of the communes.
"""

_FILES = {"area": "commune"}
SPENDING = "chi"
"""The `kind` of an economic item that a voucher may spend on."""


@dataclass(frozen=True)
class Entry:
    """One code of a list.

    `level` as the list says ("muc", "tieu_muc", "loai", …), `parent` its parent's code, `extra` the other columns;
    `name` is "" where only the code is known.
    """

    code: str
    name: str
    level: str = ""
    parent: str = ""
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Catalogue:
    """One code list, kept in the order of its codes."""

    name: str
    entries: tuple[Entry, ...]

    @cached_property
    def _by_code(self) -> dict[str, Entry]:
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def _folded(self) -> tuple[tuple[str, Entry], ...]:
        return tuple((fold(f"{e.name} {e.extra.get('short_name', '')}"), e) for e in self.entries)

    def get(self, code: str) -> Entry | None:
        """Return the entry of a code, or None."""
        return self._by_code.get(code)

    def search(self, text: str, limit: int = 20) -> list[Entry]:
        """Find entries whose code starts with the text or whose name holds all its words, diacritics or not.

        Codes come first, then names that start with the text; spending before revenue, since vouchers spend.
        """
        wanted = fold(text).strip()
        words = wanted.split()
        found: list[tuple[int, bool, int]] = []
        for position, (folded, entry) in enumerate(self._folded):
            rank = _rank(wanted, words, folded, entry)
            if rank is not None:
                found.append((rank, entry.extra.get("kind", SPENDING) != SPENDING, position))
        return [self.entries[position] for _, _, position in sorted(found)[:limit]]

    def children(self, code: str) -> list[Entry]:
        """Return the entries right below a code."""
        return [entry for entry in self.entries if entry.parent == code]


def _rank(wanted: str, words: list[str], folded: str, entry: Entry) -> int | None:
    if fold(entry.code).startswith(wanted):
        return 0
    if folded.startswith(wanted):
        return 1
    if all(f" {folded}".find(f" {word}") >= 0 for word in words):
        return 2
    return 3 if all(word in folded for word in words) else None


class Catalogues:
    """The lists in force for a unit: those it imported, else those that come with the program.

    `imported` holds whole lists by name; see desktop.dossier.imported_codes for how rows become one.
    """

    def __init__(self, imported: Mapping[str, Catalogue] | None = None) -> None:
        self._imported = dict(imported or {})

    def get(self, name: str) -> Catalogue:
        """Return a list by its name; raises KeyError for a name that is not one of NAMES."""
        found = self._imported.get(name)
        return catalogue(name) if found is None else found

    def judges(self, name: str) -> bool:
        """Whether a code that is not in this list is worth a look: an imported list is the unit's own word."""
        return name in self._imported or (name in NAMES and name not in UNSURE)


PACKAGED = Catalogues()
"""The lists that come with the program, and nothing else."""


@cache
def catalogue(name: str) -> Catalogue:
    """Load a packaged list once; raises KeyError for a name that is not one of NAMES."""
    if name not in NAMES:
        raise KeyError(name)
    text = (files("desktop.dossier") / "catalogues" / f"{_FILES.get(name, name)}.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return Catalogue(name, tuple(_entry(row) for row in rows if row["code"]))


def _entry(row: dict[str, str]) -> Entry:
    known = ("code", "name", "level", "parent_code")
    extra = {key: value for key, value in row.items() if key not in known and value}
    return Entry(row["code"], row["name"], row.get("level", ""), row.get("parent_code", ""), extra)
