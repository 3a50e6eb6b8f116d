"""Seals of the journal's head by this machine's key, and the Treasury's signature under them (docs/journal.md).

A seal is a fact: written once, never changed, as is the countersignature that arrives for it later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from desktop.dossier.canonical import canonical
from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.journal import START, Journal

Cause = Literal["sync", "backup", "restore", "asked"]
_PAGE = 500
_COLUMNS = """
SELECT s.*, c.statement, c.payload, j.hash AS entry_hash FROM journal_seals s
LEFT JOIN journal_countersigns c USING (seal_id) LEFT JOIN journal j ON j.seq = s.seq
"""


class Sealing(NamedTuple):
    """Who seals: the machine as the gateway knows it, its public key (base64), and how its key signs a text."""

    unit_code: str
    device_id: str
    public_key: str
    sign: Callable[[str], str]


class Seal(NamedTuple):
    """One seal: entry `seq` with `hash` was the last one at `at`; `signature` is base64 over `text`.

    `statement` (JSON) and `payload` are the Treasury's countersignature, None before it came; `entry_hash` is what the
    journal says of that entry now, None when it has no such entry.
    """

    seal_id: int
    unit_code: str
    device_id: str
    public_key: str
    seq: int
    hash: str
    at: str
    cause: str
    signature: str
    statement: str | None
    payload: bytes | None
    entry_hash: str | None

    @property
    def text(self) -> str:
        """The text under this machine's signature."""
        return seal_text(self.unit_code, self.device_id, self.seq, self.hash, self.at, self.cause)


def seal_text(unit_code: str, device_id: str, seq: int, digest: str, at: str, cause: str) -> str:
    """Return the canonical JSON that a machine signs in context "journal" (docs/protocol.md, section 12)."""
    body = {"kind": "journal", "unit": unit_code, "device": device_id, "seq": seq, "hash": digest}
    return canonical({**body, "at": at, "cause": cause}).decode()


class Seals:
    """The seals of one store, oldest first."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal

    def head(self) -> tuple[int, str]:
        """Return number and hash of the journal's last entry."""
        return self._journal.head()

    def last(self) -> Seal | None:
        """Return the newest seal."""
        return self._first("ORDER BY s.seal_id DESC LIMIT 1")

    def highest_id(self) -> int:
        """Return the number of seals ever made, as SQLite counted them: a seal taken away leaves it standing."""
        return int(self._database.value("SELECT seq FROM sqlite_sequence WHERE name = 'journal_seals'") or 0)

    def seal(self, cause: Cause, by: Sealing) -> Seal:
        """Sign the head as it stands and keep the seal, in the caller's transaction if there is one."""
        with self._database.transaction():
            (seq, digest), at = self.head(), self._clock()
            text = seal_text(by.unit_code, by.device_id, seq, digest, at, cause)
            number = self._database.insert(
                "journal_seals", seq=seq, hash=digest, at=at, cause=cause, unit_code=by.unit_code,
                device_id=by.device_id, public_key=by.public_key, signature=by.sign(text),
            )  # fmt: skip
        found = self.get(number)
        assert found is not None
        return found

    def get(self, seal_id: int) -> Seal | None:
        """Return a seal by its number."""
        return self._first("WHERE s.seal_id = ?", seal_id)

    def uncountersigned(self, device_id: str) -> Seal | None:
        """Return the oldest seal of a machine that the Treasury has not signed yet."""
        return self._first("WHERE c.seal_id IS NULL AND s.device_id = ? ORDER BY s.seal_id LIMIT 1", device_id)

    def countersigned_head(self, device_id: str) -> tuple[int, str]:
        """Return the head of a machine that the Treasury signed last, (0, zeros) for none."""
        seal = self._first("WHERE c.seal_id IS NOT NULL AND s.device_id = ? ORDER BY s.seal_id DESC LIMIT 1", device_id)
        return (0, START) if seal is None else (seal.seq, seal.hash)

    def keep(self, seal_id: int, statement: str, payload: bytes) -> bool:
        """Keep a verified countersignature; False, and nothing changes, when there is one."""
        with self._database.transaction():
            if self._database.value("SELECT 1 FROM journal_countersigns WHERE seal_id = ?", (seal_id,)):
                return False
            self._database.insert(
                "journal_countersigns", seal_id=seal_id, statement=statement, payload=payload, at=self._clock()
            )
        return True

    def all(self) -> Iterator[Seal]:
        """Yield every seal, oldest first, a page in memory at a time."""
        after = 0
        while page := self._database.rows(_COLUMNS + "WHERE s.seal_id > ? ORDER BY s.seal_id LIMIT ?", (after, _PAGE)):
            yield from map(_seal, page)
            after = page[-1]["seal_id"]

    def _first(self, condition: str, *values: object) -> Seal | None:
        row = self._database.one(_COLUMNS + condition, values)
        return None if row is None else _seal(row)


def _seal(row: Row) -> Seal:
    return Seal(*(row[name] for name in Seal._fields))
