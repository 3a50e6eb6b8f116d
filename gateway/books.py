"""What the Treasury knows of one unit's money: given, moved, booked under codes; read whole for one decision."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import date, datetime

from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.people import Unit
from desktop.dossier.postings import Posting


@dataclass(frozen=True)
class BudgetKey:
    """One line of money: budget year, account, source and sector ("" on a deposit account)."""

    budget_year: int
    account: str
    source: str
    sector: str


@dataclass(frozen=True)
class Move:
    """VND that moved on a line (spending is negative) on a day of Viet Nam."""

    key: BudgetKey
    delta: int
    day: date


@dataclass(frozen=True)
class Booked:
    """VND booked under codes: `kind` "spend" or "advance"; what was taken back or settled is negative."""

    kind: str
    budget_year: int
    account: str
    econ: str
    sector: str
    source: str
    amount: int
    day: date


@dataclass(frozen=True)
class Books:
    """One unit as the Treasury has it when it decides; `accounts` are open, `closed` were closed by a Mẫu 25."""

    unit: Unit
    today: date
    given: Mapping[BudgetKey, int] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    booked: tuple[Booked, ...] = ()
    accounts: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    def remaining(self, key: BudgetKey) -> int:
        """VND left on a line; 0 for a line never given."""
        return self.given.get(key, 0) + sum(move.delta for move in self.moves if move.key == key)

    def lines_of(self, account: str, year: int) -> tuple[BudgetKey, ...]:
        """The lines of an account in a year, given or moved on."""
        known = [*self.given, *(move.key for move in self.moves)]
        return tuple(dict.fromkeys(key for key in known if (key.account, key.budget_year) == (account, year)))


def posted_day(day: date, budget_year: int) -> date:
    """Count a day into its budget year: what is booked in the adjustment period belongs to 31 December."""
    return min(max(day, date(budget_year, 1, 1)), date(budget_year, 12, 31)) if 0 < budget_year < 9999 else day


def read_books(connection: sqlite3.Connection, unit: Unit, at: datetime) -> Books:
    """Give everything the Treasury has booked for a unit."""
    accounts = connection.execute("SELECT account, closed_at FROM account WHERE unit_code = ?", (unit.code,)).fetchall()
    closed = frozenset(row["account"] for row in accounts if row["closed_at"])
    known = {unit.estimate_account, unit.deposit_account, *(row["account"] for row in accounts)}
    return Books(
        unit=unit,
        today=at.astimezone(VIETNAM).date(),
        given={_key(row): row["amount"] for row in _all(connection, "estimate", unit.code)},
        moves=tuple(Move(_key(row), row["delta"], _day(row)) for row in _all(connection, "movement", unit.code)),
        booked=tuple(_booked(row) for row in _all(connection, "booking", unit.code)),
        accounts=frozenset(known - closed),
        closed=closed,
    )


def remaining(connection: sqlite3.Connection, unit_code: str, line: BudgetKey) -> int:
    """Give the VND left on a budget line: what was given and everything that moved since; 0 for a line never given."""
    row = connection.execute(
        "SELECT sum(vnd) FROM (SELECT unit_code, budget_year, account, source, sector, amount AS vnd FROM estimate"
        " UNION ALL SELECT unit_code, budget_year, account, source, sector, delta FROM movement)"
        " WHERE unit_code = ? AND budget_year = ? AND account = ? AND source = ? AND sector = ?",
        (unit_code, *astuple(line)),
    ).fetchone()
    return int(row[0] or 0)


def write_move(connection: sqlite3.Connection, key: tuple[str, str], line: BudgetKey, delta: int, at: datetime) -> None:
    """Book what a package (unit code, package id) moved on a line."""
    values = (*key, *astuple(line), delta, instant(at))
    connection.execute("INSERT INTO movement VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


def write_booking(
    connection: sqlite3.Connection, key: tuple[str, str], position: int, posting: Posting, at: datetime
) -> None:
    """Book what a package put under codes; `position` counts its postings."""
    codes = (posting.budget_year, posting.account, posting.econ, posting.chapter, posting.sector, posting.source)
    connection.execute(
        "INSERT INTO booking VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*key, position, posting.kind, *codes, posting.amount, instant(at)),
    )


def give(connection: sqlite3.Connection, unit_code: str, line: BudgetKey, amount: int) -> int:
    """Add to what a line was given (tạm cấp); gives the line's total in VND."""
    row = connection.execute(
        "INSERT INTO estimate VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET amount = amount + excluded.amount RETURNING amount",
        (unit_code, *astuple(line), amount),
    ).fetchone()
    return int(row[0])


def _all(connection: sqlite3.Connection, table: str, unit_code: str) -> list[sqlite3.Row]:
    return connection.execute(f"SELECT * FROM {table} WHERE unit_code = ?", (unit_code,)).fetchall()  # noqa: S608 - ours


def _key(row: sqlite3.Row) -> BudgetKey:
    return BudgetKey(row["budget_year"], row["account"], row["source"], row["sector"])


def _day(row: sqlite3.Row) -> date:
    day = datetime.fromisoformat(row["at"]).astimezone(VIETNAM).date()
    return posted_day(day, row["budget_year"])


def _booked(row: sqlite3.Row) -> Booked:
    codes = (row["budget_year"], row["account"], row["econ"], row["sector"], row["source"])
    return Booked(row["kind"], *codes, amount=row["amount"], day=_day(row))
