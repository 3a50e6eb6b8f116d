"""Who did what, when, to which package: an append-only chain in which an edit, a gap or a cut shows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desktop.dossier.canonical import canonical
from desktop.store.clock import Clock
from desktop.store.database import Database
from desktop.store.errors import StoreError

START = "0" * 64


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


@dataclass(frozen=True)
class Entry:
    """One line of the journal; `at` is an instant, `detail` plain words without personal data."""

    seq: int
    at: str
    actor: str
    action: str
    package_id: str | None
    detail: str


class Journal:
    """The hash chain: each entry carries SHA-256 over its own canonical JSON and the entry before."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def append(self, actor: str, action: str, package_id: str | None, detail: str) -> int:
        """Add an entry, in the caller's transaction if there is one, and return its number."""
        with self._database.transaction():
            seq, previous = self._head()
            entry = Entry(seq + 1, self._clock(), actor, action, package_id, detail)
            digest = _digest(entry, previous)
            self._database.insert("journal", **vars(entry), previous=previous, hash=digest)
            self._database.run(
                "INSERT OR REPLACE INTO journal_head VALUES (1, ?, ?)",
                (entry.seq, digest),
            )
        return entry.seq

    def verify(self) -> None:
        """Walk the whole chain. Raises JournalBroken at the first entry that was edited, removed or cut off the end."""
        previous, expected = START, 1
        for row in self._database.rows("SELECT * FROM journal ORDER BY seq"):
            entry = _entry(row)
            if entry.seq != expected or row["previous"] != previous or row["hash"] != _digest(entry, previous):
                raise JournalBroken.at(expected)
            previous, expected = row["hash"], expected + 1
        if self._head() != (expected - 1, previous):
            raise JournalBroken.at(expected)

    def entries(self, limit: int = 200, before: int | None = None) -> list[Entry]:
        """Return the newest entries first, at most `limit`, those before an entry number when given."""
        rows = self._database.rows(
            "SELECT * FROM journal WHERE seq < ? ORDER BY seq DESC LIMIT ?", (before or 2**62, limit)
        )
        return [_entry(row) for row in rows]

    def _head(self) -> tuple[int, str]:
        row = self._database.one("SELECT seq, hash FROM journal_head WHERE id = 1")
        return (0, START) if row is None else (int(row["seq"]), str(row["hash"]))


def _entry(row: dict[str, str]) -> Entry:
    names = ("seq", "at", "actor", "action", "package_id", "detail")
    return Entry(**{name: row[name] for name in names})  # type: ignore[arg-type]


def _digest(entry: Entry, previous: str) -> str:
    return hashlib.sha256(canonical({**vars(entry), "previous": previous})).hexdigest()
