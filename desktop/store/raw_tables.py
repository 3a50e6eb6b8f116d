"""The tables of a damaged file: which there are, what their columns are called, and what can be read of each."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.store.raw_pages import Pages
from desktop.store.raw_trees import Damaged, Hole, RawRow, Tree, Value, free_pages

Named = dict[str, Value]
_SCHEMA_COLUMNS = 5
_KINDS = ("table", "index", "trigger", "view")
_TYPES: dict[str, type] = {"TEXT": str, "INTEGER": int, "BLOB": bytes}
_VERSION = 60
"""Where the first page holds `PRAGMA user_version`."""


class Shape(NamedTuple):
    """A table as its own CREATE says: the columns in the order they are stored in; `alias` is the row number's name."""

    name: str
    root: int
    columns: tuple[str, ...]
    types: tuple[str, ...]
    alias: str

    def fits(self, row: RawRow) -> bool:
        """Tell whether a row found anywhere can be one of this table's."""
        many = len(row.values) == len(self.columns)
        return many and all(
            value is None or isinstance(value, _TYPES.get(kind, object))
            for value, kind in zip(row.values, self.types, strict=True)
        )


class Read(NamedTuple):
    """What came out of one table: how many rows, how many broken ones, and pages of rows that are gone for good."""

    rows: int
    broken: int
    holes: int

    @property
    def whole(self) -> bool:
        """Tell whether nothing of it is known to be missing."""
        return not self.broken and not self.holes


class RawTables:
    """Reads one damaged file; `version` is its step of the schema, 0 when the first page is gone."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._visited: set[int] = set()
        first = pages.page(1)
        self.version = struct.unpack_from(">I", first, _VERSION)[0] if first else 0
        self._schema = Tree(pages, 1, self._visited)
        rows = list(self._schema.rows())
        rows += [] if self.schema_whole else self._stray_schema()
        self.shapes = {shape.name: shape for row in rows if (shape := _shape(row)) is not None}
        self.results: dict[str, Read] = {}

    @property
    def schema_whole(self) -> bool:
        """Tell whether the list of tables itself could be read to its end."""
        return not self._schema.holes and not self._schema.broken

    def _stray_schema(self) -> list[RawRow]:
        """Pages of the list of tables that nobody leads to any more; such a row says of itself what it is."""
        strays = (self._leaf(self._schema, number) for number in range(2, self._pages.count + 1))
        found = (row for rows in strays for row in rows if len(row.values) == _SCHEMA_COLUMNS)
        return [row for row in found if row.values[0] in _KINDS]

    def read(self, names: Sequence[str]) -> Iterator[tuple[str, Named]]:
        """Give every readable row of these tables with its table's name; afterwards `results` tells of each."""
        trees = {name: Tree(self._pages, self.shapes[name].root, self._visited) for name in names}
        counts = dict.fromkeys(names, 0)
        for name, tree in trees.items():
            for row in tree.rows():
                counts[name] += 1
                yield name, _named(self.shapes[name], row)
        self.results = {name: Read(counts[name], tree.broken, len(tree.holes)) for name, tree in trees.items()}
        if any(tree.holes for tree in trees.values()):
            for name, row in self._strays(trees):
                yield name, _named(self.shapes[name], row)

    def _strays(self, trees: dict[str, Tree]) -> Iterator[tuple[str, RawRow]]:
        """Leaves that nobody leads to any more, where exactly one hole can have led to them."""
        everybody = {name: trees.get(name) or self._walked(shape.root) for name, shape in self.shapes.items()}
        known = self._visited | free_pages(self._pages)
        for number in range(2, self._pages.count + 1):
            rows = [] if number in known else self._leaf(self._schema, number)
            homes = [name for name, tree in everybody.items() if rows and self._fits(name, rows, tree.holes)]
            if len(homes) == 1 and homes[0] in trees:
                yield from ((homes[0], row) for row in rows)

    def _walked(self, root: int) -> Tree:
        """A table nobody asked for: its pages are not strays."""
        tree = Tree(self._pages, root, self._visited)
        for _ in tree.rows():
            pass
        return tree

    def _leaf(self, tree: Tree, number: int) -> list[RawRow]:
        with contextlib.suppress(Damaged, IndexError, struct.error, UnicodeDecodeError):
            return tree.leaf(number)
        return []

    def _fits(self, name: str, rows: list[RawRow], holes: list[Hole]) -> bool:
        inside = any(hole.low < rows[0].rowid and rows[-1].rowid <= hole.high for hole in holes)
        return inside and all(map(self.shapes[name].fits, rows))


def _shape(row: RawRow) -> Shape | None:
    """Ask SQLite itself what a CREATE means; virtual tables and what belongs to them have no rows of ours."""
    kind, name, _, root, sql = (*row.values, *[None] * 5)[:5]
    if kind != "table" or not root or not (isinstance(root, int) and isinstance(sql, str) and isinstance(name, str)):
        return None
    if name == "sqlite_sequence":  # SQLite's own, which nobody else may create
        return Shape(name, root, ("name", "seq"), ("TEXT", "INTEGER"), "")
    scratch = sqlcipher.connect(":memory:")
    try:
        scratch.execute(sql)
        found = scratch.execute(f"PRAGMA table_info('{name}')").fetchall()
    except sqlcipher.Error:
        return None
    finally:
        scratch.close()
    return _stored(name, root, sql, found)


def _stored(name: str, root: int, sql: str, found: Sequence[tuple[int, str, str, int, str, int]]) -> Shape:
    keys = [column[1] for column in sorted(found, key=lambda one: one[5]) if column[5]]
    alias = ""
    if "WITHOUT ROWID" in sql.upper():
        found = [*(one for key in keys for one in found if one[1] == key), *(one for one in found if not one[5])]
    elif len(keys) == 1 and any(one[5] and one[2].upper() == "INTEGER" for one in found):
        alias = keys[0]
    return Shape(name, root, tuple(one[1] for one in found), tuple(one[2].upper() for one in found), alias)


def _named(shape: Shape, row: RawRow) -> Named:
    """A row made before a column was added is shorter: what it lacks is left to the column's default."""
    values: Named = dict(zip(shape.columns, row.values, strict=False))
    if shape.alias:
        values[shape.alias] = row.rowid
    return values
