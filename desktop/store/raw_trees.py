"""The rows of a table out of the pages of its tree, past the pages that are gone.

https://sqlite.org/fileformat2.html sections 1.6 and 2. Where a page that led to others is gone, the leaves below it are
looked for among the pages that nobody leads to, by the row numbers they may hold.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from desktop.store.raw_pages import USABLE, Pages

Value = int | float | str | bytes | None
_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_INDEX, _LEAF_TABLE = 2, 5, 10, 13
_SMALLEST = (USABLE - 12) * 32 // 255 - 23
_LARGEST = {_LEAF_TABLE: USABLE - 35}
_LARGEST_INDEX = (USABLE - 12) * 64 // 255 - 23
_FAR = 2**63 - 1
_DEEP = 32
_FLOAT, _ZERO, _ONE, _BLOB = 7, 8, 9, 12
_WIDTHS = (0, 1, 2, 3, 4, 6, 8)


class RawRow(NamedTuple):
    """One row as stored: its number (0 in a table without) and the values of its record."""

    rowid: int
    values: tuple[Value, ...]


class Hole(NamedTuple):
    """A page that is gone: the rows it led to lie above `low` and up to `high`."""

    page: int
    low: int
    high: int


class Damaged(Exception):
    """A record or page is not what the format says."""


class Tree:
    """One table's tree; `holes` and `broken` (rows) tell what was lost once `rows` was read to its end."""

    def __init__(self, pages: Pages, root: int, visited: set[int]) -> None:
        self._pages = pages
        self._root = root
        self._visited = visited
        self.holes: list[Hole] = []
        self.broken = 0

    def rows(self) -> Iterator[RawRow]:
        """Give every row that can be read, those of sound pages only."""
        yield from self._walk(Hole(self._root, -_FAR, _FAR), _DEEP)

    def leaf(self, number: int) -> list[RawRow]:
        """Give the rows of one leaf that nobody led to. Raises Damaged when it is none."""
        content = self._pages.page(number)
        if content is None or content[_start(number)] != _LEAF_TABLE:
            raise Damaged
        return [self._row(content, at) for at in _cells(content, _start(number))]

    def _walk(self, here: Hole, depth: int) -> Iterator[RawRow]:
        content = self._pages.page(here.page) if here.page <= self._pages.count else None
        if content is None or here.page in self._visited or not depth:
            self.holes.append(here)
            return
        self._visited.add(here.page)
        start = _start(here.page)
        kind = content[start]
        if kind in (_LEAF_TABLE, _LEAF_INDEX):
            yield from self._leaf_rows(content, start)
        elif kind in (_INTERIOR_TABLE, _INTERIOR_INDEX):
            yield from self._below(content, start, here, depth)
        else:
            self.holes.append(here)

    def _below(self, content: bytes, start: int, here: Hole, depth: int) -> Iterator[RawRow]:
        low = here.low
        for at in _cells(content, start):
            child = struct.unpack_from(">I", content, at)[0]
            high = _varint(content, at + 4)[0] if content[start] == _INTERIOR_TABLE else here.high
            yield from self._walk(Hole(child, low, high), depth - 1)
            if content[start] == _INTERIOR_INDEX:  # in an index the pages above hold rows too
                yield from self._safe(content, at + 4)
            else:
                low = high
        yield from self._walk(Hole(struct.unpack_from(">I", content, start + 8)[0], low, here.high), depth - 1)

    def _leaf_rows(self, content: bytes, start: int) -> Iterator[RawRow]:
        for at in _cells(content, start):
            yield from self._safe(content, at, numbered=content[start] == _LEAF_TABLE)

    def _safe(self, content: bytes, at: int, *, numbered: bool = False) -> Iterator[RawRow]:
        try:
            yield self._row(content, at, numbered=numbered)
        except (Damaged, IndexError, struct.error, UnicodeDecodeError):
            self.broken += 1

    def _row(self, content: bytes, at: int, *, numbered: bool = True) -> RawRow:
        size, at = _varint(content, at)
        rowid, at = _varint(content, at) if numbered else (0, at)
        largest = _LARGEST[_LEAF_TABLE] if numbered else _LARGEST_INDEX
        return RawRow(rowid, _values(self._payload(content, at, size, largest)))

    def _payload(self, content: bytes, at: int, size: int, largest: int) -> bytes:
        """A long record goes on in pages of its own; with one of them gone the row is gone."""
        if size <= largest:
            return content[at : at + size]
        local = _SMALLEST + (size - _SMALLEST) % (USABLE - 4)
        local = local if local <= largest else _SMALLEST
        found = bytearray(content[at : at + local])
        following = struct.unpack_from(">I", content, at + local)[0]
        while len(found) < size:
            more = self._pages.page(following) if 0 < following <= self._pages.count else None
            if more is None:
                raise Damaged
            self._visited.add(following)
            found += more[4 : 4 + size - len(found)]
            following = struct.unpack_from(">I", more)[0]
        return bytes(found)


def free_pages(pages: Pages) -> set[int]:
    """Return the pages of the free list as far as it can be followed: their old rows must not come back."""
    first = pages.page(1)
    trunk = struct.unpack_from(">I", first, 32)[0] if first else 0
    found: set[int] = set()
    while trunk and trunk not in found and (content := pages.page(trunk)) is not None:
        found.add(trunk)
        trunk, count = struct.unpack_from(">2I", content)
        found.update(struct.unpack_from(f">{min(count, USABLE // 4 - 2)}I", content, 8))
    return found


def _start(number: int) -> int:
    return 100 if number == 1 else 0


def _cells(content: bytes, start: int) -> tuple[int, ...]:
    count = struct.unpack_from(">H", content, start + 3)[0]
    header = 12 if content[start] in (_INTERIOR_INDEX, _INTERIOR_TABLE) else 8
    return struct.unpack_from(f">{count}H", content, start + header)


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, signed, and where it ends."""
    value = 0
    for place in range(8):
        byte = content[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    value = value << 8 | content[at + 8]
    return value - 2**64 if value >= 2**63 else value, at + 9


def _values(record: bytes) -> tuple[Value, ...]:
    end, at = _varint(record, 0)
    kinds = []
    while at < end:
        kind, at = _varint(record, at)
        kinds.append(kind)
    found = []
    for kind in kinds:
        value, end = _value(record, end, kind)
        found.append(value)
    if end != len(record):
        raise Damaged
    return tuple(found)


def _value(record: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind < _FLOAT:
        width = _WIDTHS[kind]
        return (int.from_bytes(record[at : at + width], "big", signed=True) if kind else None), at + width
    if kind == _FLOAT:
        return float(struct.unpack_from(">d", record, at)[0]), at + 8
    if kind in (_ZERO, _ONE):
        return kind - _ZERO, at
    if kind < _BLOB:
        raise Damaged
    end = at + (kind - _BLOB) // 2
    content = record[at:end]
    return (content.decode() if kind % 2 else content), end
