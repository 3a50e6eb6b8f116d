"""The gateway's own Treasury with its books in a file: it rules at instants a test chooses and tells a unit's store."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.demo.unit import UNIT
from desktop.dossier.document import Document, Dossier
from desktop.dossier.people import EstimateLine
from desktop.store.store import Store
from gateway.books import Books, read_books
from gateway.clock import now
from gateway.database import Database
from gateway.feed import read_feed
from gateway.registry import Registration, register
from gateway.sandbox import wish_for
from gateway.statements import StatementKey
from gateway.treasury import advance
from tests.contract.store_kit import CHEAP, PASSWORD, PEOPLE, objects, package_id, steps

KEY = StatementKey(StatementKey.generate())
LINES = (
    EstimateLine(budget_year=2026, account=UNIT.estimate_account, source="13", sector="341", amount=900_000_000),
    EstimateLine(budget_year=2026, account=UNIT.estimate_account, source="12", sector="341", amount=400_000_000),
    EstimateLine(budget_year=2026, account=UNIT.deposit_account, source="13", sector="", amount=300_000_000),
)


@dataclass
class Pair:
    """A unit's store and the Treasury's database, which know of each other by packages and the feed only."""

    store: Store
    treasury: Database

    @classmethod
    def make(cls, folder: Path) -> Pair:
        store = Store.create(folder / "unit", PASSWORD, UNIT, PEOPLE, kdf=CHEAP)
        store.estimates.load(LINES)
        treasury = Database(folder / "gateway.db")
        treasury.call(lambda connection: register(connection, Registration(unit=UNIT, estimates=LINES), now()))
        return cls(store, treasury)

    def close(self) -> None:
        self.store.close()
        self.treasury.close()

    def submit(self, name: str, *documents: Document) -> Dossier:
        made = Dossier(local_id=name, number=name, title=f"Hồ sơ {name}", documents=documents)
        self.store.drafts.save(made, "hanh")
        return self.send(made)

    def send(self, made: Dossier) -> Dossier:
        """Send a draft that is saved; nothing is signed, since the books do not ask."""
        self.store.submissions.freeze(made.local_id, objects(made.local_id), steps("tuyen"), "hanh")
        self.store.submissions.add_signature(made.local_id, 1, b"m", b"c", "tuyen", "2026-01-01T00:00:00Z")
        self.store.packages.seal(made.local_id, package_id(made.local_id), b"core", [])
        return made

    def wish(self, number: str, amount: int) -> None:
        """Let the Treasury accept at most `amount` VND of the next dossier of a number or form id."""
        self.treasury.call(lambda connection: wish_for(connection, UNIT.code, number, "accept", amount))

    def rule(self, made: Dossier, at: datetime) -> str:
        """Let the Treasury decide at an instant and the unit hear of it; gives the decision."""
        decision = self.treasury.call(lambda connection: _rule(connection, made, at))
        self.listen()
        return decision

    def listen(self) -> None:
        after = self.store.feed.cursor
        page = self.treasury.call(lambda connection: read_feed(connection, UNIT.code, after, 100))
        seqs = [json.loads(statement.payload)["seq"] for statement in page.events]
        told = [(seq, s.payload.encode(), s.model_dump_json()) for seq, s in zip(seqs, page.events, strict=True)]
        self.store.feed.apply_page(told, page.cursor)

    def books(self) -> Books:
        return self.treasury.call(lambda connection: read_books(connection, UNIT, now()))


def _rule(connection: sqlite3.Connection, made: Dossier, at: datetime) -> str:
    key = (UNIT.code, package_id(made.local_id))
    connection.execute("INSERT INTO package VALUES (?, ?, x'', '', 'accepted', '', '', '')", key)
    connection.execute(
        "INSERT INTO ruling (unit_code, package_id, local_id, dossier, due) VALUES (?, ?, ?, ?, 0)",
        (*key, made.local_id, made.model_dump_json()),
    )
    for _ in range(2):
        row = connection.execute("SELECT * FROM ruling WHERE unit_code = ? AND package_id = ?", key).fetchone()
        advance(connection, row, KEY, at)
    return str(connection.execute("SELECT stage FROM ruling WHERE unit_code = ? AND package_id = ?", key).fetchone()[0])
