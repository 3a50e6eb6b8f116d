"""Who did what, when, to which package: an append-only chain in which an edit, a gap or a cut shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Literal, NamedTuple

from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.errors import StoreError

START = "0" * 64
"""The hash before the first entry."""
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_PAGE = 2_000
_FURTHEST = 1_000
"""How many entries taken out and closed up are still told from an entry that was edited."""
_SEARCHES = 20
"""How often that is tried: a journal that was shredded is examined in the same time as a sound one."""


class JournalBroken(StoreError):
    """The chain does not hold; `seq` is the first entry that cannot be trusted."""

    def __init__(self, code: str, message: str, seq: int = 0) -> None:
        super().__init__(code, message)
        self.seq = seq

    @classmethod
    def at(cls, seq: int) -> JournalBroken:
        """Name the entry from which on the chain is broken."""
        return cls(
            "journal_broken",
            f"Nhật ký bị sửa hoặc mất từ mục {seq}. Báo người phụ trách và giữ nguyên máy để kiểm tra.",
            seq,
        )


class Entry(NamedTuple):
    """One line of the journal; `at` is an instant, `detail` plain words without personal data."""

    seq: int
    at: str
    actor: str
    action: str
    package_id: str | None
    detail: str


class Link(NamedTuple):
    """An entry as it lies in the chain: the hash it says is before it, and its own."""

    entry: Entry
    previous: str
    hash: str

    def holds(self, seq: int | None = None) -> bool:
        """Tell whether the hash is that of the entry, of one numbered `seq` if given."""
        entry = self.entry if seq is None else self.entry._replace(seq=seq)
        try:
            return self.hash == _digest(entry, self.previous)
        except (TypeError, ValueError):  # somebody put in what no entry can hold
            return False


class Break(NamedTuple):
    """Where the chain does not hold: entry `seq` was edited; `seq` to `until` are missing; all from `seq` are cut."""

    kind: Literal["edit", "gap", "cut"]
    seq: int
    until: int


class Chain:
    """A walk along the journal that keeps nothing but where it is; `breaks` tells what is wrong with the next link."""

    def __init__(self) -> None:
        self.last, self.hash = 0, START
        self._renumbered = self._searches = 0

    def breaks(self, link: Link) -> Iterator[Break]:
        """Yield what is wrong at this link, seen from the one before, and step on to it."""
        seq = link.entry.seq
        told = seq > self.last + 1
        if told:
            yield Break("gap", self.last + 1, seq - 1)
        if not link.holds(seq + self._renumbered if self._renumbered else None):
            taken = 0 if link.previous == self.hash else self._taken_out(link)
            yield Break("gap", seq, seq + taken - self._renumbered - 1) if taken else Break("edit", seq, seq)
            self._renumbered = taken or self._renumbered
        elif link.previous != self.hash and not told:
            yield Break("edit", max(1, seq - 1), max(1, seq - 1))
        self.last, self.hash = seq, link.hash

    def _taken_out(self, link: Link) -> int:
        """Return how many entries up to here were taken out and the rest renumbered, 0 when that is not it."""
        if self._searches == _SEARCHES:
            return 0
        self._searches += 1
        first, seq = self._renumbered + 1, link.entry.seq
        return next((many for many in range(first, first + _FURTHEST) if link.holds(seq + many)), 0)

    def ends(self, head: tuple[int, str]) -> Iterator[Break]:
        """Yield what is wrong with the end, given what the store notes as the head."""
        if head[0] > self.last:
            yield Break("cut", self.last + 1, head[0])
        elif head != (self.last, self.hash):
            yield Break("edit", max(1, self.last), self.last)


class Journal:
    """The hash chain: each entry carries SHA-256 over its own canonical JSON and the entry before."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def append(self, actor: str, action: str, package_id: str | None, detail: str) -> int:
        """Add an entry, in the caller's transaction if there is one, and return its number."""
        with self._database.transaction():
            seq, previous = self.head()
            entry = Entry(seq + 1, self._clock(), actor, action, package_id, detail)
            digest = _digest(entry, previous)
            self._database.insert("journal", **entry._asdict(), previous=previous, hash=digest)
            self._database.run(
                "INSERT OR REPLACE INTO journal_head VALUES (1, ?, ?)",
                (entry.seq, digest),
            )
        return entry.seq

    def verify(self) -> None:
        """Walk the whole chain. Raises JournalBroken at the first entry that was edited, removed or cut off the end."""
        chain = Chain()
        for link in self.links():
            for found in chain.breaks(link):
                raise JournalBroken.at(found.seq)
        for found in chain.ends(self.head()):
            raise JournalBroken.at(found.seq)

    def links(self) -> Iterator[Link]:
        """Yield the whole chain, oldest first, a page in memory at a time."""
        after = -(2**62)
        while page := self._database.rows("SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (after, _PAGE)):
            yield from (Link(_entry(row), row["previous"], row["hash"]) for row in page)
            after = page[-1]["seq"]

    def verify_tail(self, count: int) -> None:
        """Walk the last `count` entries only: enough at each start. Raises JournalBroken as `verify` does."""
        rows = self._database.rows("SELECT * FROM journal ORDER BY seq DESC LIMIT ?", (count,))[::-1]
        previous, expected = (rows[0]["previous"], rows[0]["seq"]) if rows else (START, 1)
        for row in rows:
            entry = _entry(row)
            if entry.seq != expected or row["previous"] != previous or row["hash"] != _digest(entry, previous):
                raise JournalBroken.at(expected)
            previous, expected = row["hash"], expected + 1
        if self.head() != (expected - 1, previous):
            raise JournalBroken.at(expected)

    def hash_of(self, seq: int) -> str | None:
        """Return the hash of an entry, None when there is no such entry."""
        found = self._database.value("SELECT hash FROM journal WHERE seq = ?", (seq,))
        return None if found is None else str(found)

    def entries(self, limit: int = 200, before: int | None = None) -> list[Entry]:
        """Return the newest entries first, at most `limit`, those before an entry number when given."""
        rows = self._database.rows(
            "SELECT * FROM journal WHERE seq < ? ORDER BY seq DESC LIMIT ?", (before or 2**62, limit)
        )
        return [_entry(row) for row in rows]

    def head(self) -> tuple[int, str]:
        """Return number and hash of the last entry as they are noted, (0, zeros) before the first."""
        row = self._database.one("SELECT seq, hash FROM journal_head WHERE id = 1")
        return (0, START) if row is None else (int(row["seq"]), str(row["hash"]))


def _entry(row: Row) -> Entry:
    return Entry(row["seq"], row["at"], row["actor"], row["action"], row["package_id"], row["detail"])


def _digest(entry: Entry, previous: str) -> str:
    """Hash the RFC 8785 bytes of an entry: of ASCII names with texts and numbers they are what json writes, sorted."""
    return hashlib.sha256(_CANONICAL({**entry._asdict(), "previous": previous}).encode()).hexdigest()
