"""A journal with seals and the Treasury's signatures, and the hands of somebody who has the key and a database tool."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.desk.journal_countersigns import read_countersign
from desktop.desk.journal_desk import examine
from desktop.desk.journal_inbox import JournalInbox
from desktop.desk.journal_sealing import seal_journal
from desktop.dossier.journal_views import Finding, JournalReport
from desktop.signing.device import DeviceKey
from desktop.store.database import Database
from desktop.store.journal import START, _digest, _entry
from desktop.store.seals import seal_text
from desktop.store.store import Store
from desktop.store.units import DeviceConfig
from desktop.sync.protocol import Head, JournalHead, SignedStatement
from gateway.statements import StatementKey
from tests.contract.store_kit import PASSWORD, UNIT, make, raw

DEVICE = "thiết-bị-1"
DEVICE_KEY = DeviceKey.generate()
TREASURY = StatementKey(StatementKey.generate())


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Kept:
    """A store in a folder, opened for each step as an attack needs it closed."""

    folder: Path

    @classmethod
    def new(cls, folder: Path) -> Kept:
        """Ten entries, sealed and countersigned at 4 and at 8."""
        with make(folder) as store:
            keys = TREASURY.published
            store.device.set(
                DeviceConfig(url="", tls_pin="", device_id=DEVICE, device_key=DEVICE_KEY.raw, statement_keys=keys)
            )
            for seq in range(2, 11):
                store.journal.append("hanh", "submit", None, f"d{seq}")
                if seq in (4, 8):
                    seal_journal(store, "sync")
                    countersign(store)
        return cls(folder)

    @contextmanager
    def store(self) -> Iterator[Store]:
        with Store.open(self.folder, PASSWORD) as store:
            yield store

    def work(self, *actions: str, sealed: bool = True, known: str = "next") -> None:
        with self.store() as store:
            for action in actions:
                store.journal.append("hanh", action, None, "d1")
            if sealed:
                seal_journal(store, "sync")
                countersign(store, known)

    @contextmanager
    def attack(self) -> Iterator[Database]:
        """The bare file without its triggers."""
        with raw(self.folder) as database:
            database.rows("PRAGMA foreign_keys = OFF")
            yield from self._unguarded(database)

    def _unguarded(self, database: Database) -> Iterator[Database]:
        with database.transaction():
            for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                database.run(f"DROP TRIGGER {row['name']}")
            yield database

    def report(self, heads: list[JournalHead] | None = None) -> JournalReport:
        with self.store() as store:
            return examine(store, TREASURY.published, heads)

    def found(self, heads: list[JournalHead] | None = None) -> list[tuple[str, int]]:
        return [(finding.kind, finding.seq) for finding in self.findings(heads)]

    def findings(self, heads: list[JournalHead] | None = None) -> tuple[Finding, ...]:
        return self.report(heads).findings

    def heads(self) -> list[JournalHead]:
        """What a gateway would give: every head it signed, newest first."""
        with self.store() as store:
            signed = [seal.statement for seal in store.seals.all() if seal.statement]
        read = [read_countersign(SignedStatement.model_validate_json(text), TREASURY.published) for text in signed]
        return read[::-1]


def countersign(store: Store, known: str = "next") -> None:
    """Sign what waits, as the Treasury would, and keep it by the program's own inbox."""
    inbox = JournalInbox(store, TREASURY.published, now)
    seal = inbox.waiting()
    assert seal is not None
    inbox.keep(seal, statement(json.loads(seal.text), seal.after, known))


def statement(told: dict[str, str], last: Head, known: str = "next") -> SignedStatement:
    told = {name: told[name] for name in ("unit", "device", "seq", "hash")}
    head = JournalHead(**told, received_at="2026-11-23T04:00:00Z", known=known, last=last)
    return TREASURY.sign(head, "journal")


def rehash(database: Database, start: int = 1) -> None:
    """Make the chain whole again from an entry on, head included."""
    previous = database.value("SELECT hash FROM journal WHERE seq = ?", (start - 1,)) or START
    for row in database.rows("SELECT * FROM journal WHERE seq >= ? ORDER BY seq", (start,)):
        digest = _digest(_entry(row), previous)
        database.run("UPDATE journal SET previous = ?, hash = ? WHERE seq = ?", (previous, digest, row["seq"]))
        previous = digest
    adjust_head(database)


def adjust_head(database: Database) -> None:
    database.run("UPDATE journal_head SET (seq, hash) = (SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1)")


def reseal(database: Database) -> None:
    """Sign every seal anew over the chain as it is: the machine's key lies in the same file."""
    for row in database.rows("SELECT s.seal_id, s.seq, s.at, j.hash FROM journal_seals s JOIN journal j USING (seq)"):
        text = seal_text(UNIT.code, DEVICE, row["seq"], row["hash"], row["at"], "sync")
        database.run(
            "UPDATE journal_seals SET hash = ?, signature = ? WHERE seal_id = ?",
            (row["hash"], DEVICE_KEY.sign(text, "journal"), row["seal_id"]),
        )


def renumber(database: Database, gone: int) -> None:
    """Take an entry out and close up the numbers behind it."""
    database.run("DELETE FROM journal WHERE seq = ?", (gone,))
    for row in database.rows("SELECT seq FROM journal WHERE seq > ? ORDER BY seq", (gone,)):
        database.run("UPDATE journal SET seq = seq - 1 WHERE seq = ?", (row["seq"],))
    adjust_head(database)
