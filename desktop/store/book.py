"""The unit's book by year: what was used in which month, what was spent under which codes, advances, contracts.

What is used is the Treasury's word: its balance changes, and what it decided to pay while the balance change is on its
way. A day outside its budget year counts at the edge of the year (adjustment period, R-086).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from desktop.dossier.reconciling import Moved, Spent, posted_day
from desktop.store.advances import number_of, open_rows
from desktop.store.database import Database, Row
from desktop.store.lowered import Lowered, lowered
from desktop.store.movements import AccountMove, Movements
from desktop.store.retold import ONCE
from desktop.store.spent_codes import Codes, spent_by_codes
from desktop.store.standing import CONFIRMED
from desktop.store.waiting import AMONG

_MONTHS = f"""
SELECT substr(date(at, '+7 hours'), 1, 7) AS month, -sum(delta) AS used
FROM feed_events INDEXED BY feed_events_book
WHERE kind = 'balance' AND budget_year = :year AND sector != '' AND {ONCE} GROUP BY 1
"""  # noqa: S608 - no input in it
_WAITS = f"""
SELECT local_id, account, source, sector, econ, program, sum(amount) AS amount FROM posting_standing
WHERE {AMONG} AND standing = 'held' AND amount > 0 AND cause != 'settlement' AND budget_year = :year
GROUP BY submission_id, account, source, sector, econ, program
"""  # noqa: S608 - no input in it
_SPENT = f"""
SELECT local_id, kind, account, econ, sector, source, program, amount, decided_on
FROM posting_standing WHERE {CONFIRMED} AND budget_year = :year
"""  # noqa: S608 - no input in it
_NAMES = """
SELECT account, note FROM estimate_entries WHERE sector = '' AND note != '' AND budget_year = ? ORDER BY entry_id
"""
_ADVANCES = f"""
SELECT c.*, d.payee FROM posting_standing c LEFT JOIN drafts d ON d.local_id = c.local_id
WHERE c.kind = 'advance' AND (c.amount > 0 AND {CONFIRMED} OR c.amount < 0 AND c.standing != 'released')
ORDER BY c.submission_id, c.position
"""  # noqa: S608 - no input in it
_CONTRACTS = f"""
SELECT contract_no, max(COALESCE(decided_on, '')) AS last, sum(amount) AS paid,
    sum(CASE WHEN kind = 'advance' THEN amount ELSE 0 END) AS advanced
FROM posting_standing WHERE contract_no != '' AND cause = 'payment' AND {CONFIRMED} GROUP BY contract_no
"""  # noqa: S608 - no input in it
_DECLARED = """
SELECT d.subject, d.amount, d.party, d.period FROM declarations d JOIN submission_standing s USING (submission_id)
WHERE d.kind = 'contract' AND s.standing != 'released'
    AND d.accepted = EXISTS (SELECT 1 FROM accepted_submissions a WHERE a.submission_id = d.submission_id)
ORDER BY d.submission_id, d.position
"""


class Waiting(NamedTuple):
    """VND that a dossier on its way holds on a line."""

    local_id: str
    account: str
    source: str
    sector: str
    econ: str
    program: str
    amount: int


class AdvanceRow(NamedTuple):
    """An advance with something left of it, with who got it and in which dossier; amounts in VND."""

    number: str
    date: str
    payee: str
    content: str
    source: str
    econ: str
    amount: int
    open: int
    local_id: str


class ContractRow(NamedTuple):
    """A contract as its vouchers declared it last, VND paid and advanced under it, and the day of its last payment."""

    number: str
    date: str
    party: str
    total: int
    paid: int
    advanced: int
    last: str


class Book:
    """Read the book of the unit; every answer is worked out from facts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._movements = Movements(database)

    def years(self) -> list[int]:
        """Return the budget years with an estimate, the newest first."""
        rows = self._database.rows("SELECT DISTINCT budget_year FROM estimates ORDER BY budget_year DESC")
        return [int(row[0]) for row in rows]

    def months(self, year: int) -> dict[int, int]:
        """Return VND used of the estimates by month, counted into their budget year."""
        used = dict.fromkeys(range(1, 13), 0)
        for row in self._database.rows(_MONTHS, {"year": year}):
            used[posted_day(date.fromisoformat(f"{row['month']}-01"), year).month] += row["used"]
        for move in self._movements.unbooked(year):
            used[move.day.month] -= move.delta if move.sector else 0
        return used

    def waiting(self, year: int) -> list[Waiting]:
        """Return what dossiers on their way hold of the lines of a year."""
        return [Waiting(*row) for row in self._database.rows(_WAITS, {"year": year})]

    def account_names(self, year: int) -> dict[str, str]:
        """Return what the unit calls its deposit accounts: the note of the newest entry on each that has one."""
        return {row["account"]: row["note"] for row in self._database.rows(_NAMES, (year,))}

    def moves(self, year: int) -> list[Moved]:
        """Return what the Treasury moved in a budget year, or decided to."""
        return self._movements.moves(year) + self._movements.unbooked(year)

    def on_account(self, year: int, account: str) -> list[AccountMove]:
        """Return the balance changes of an account, in order, each with the dossier it belongs to."""
        return self._movements.on_account(year, account)

    def unbooked(self, year: int, account: str) -> list[Moved]:
        """Return what the Treasury decided to pay from an account and whose balance change has not come."""
        return self._movements.unbooked(year, account)

    def spent(self, year: int) -> list[Spent]:
        """Return what the Treasury accepted of the dossiers here, by the codes they name."""
        return [
            Spent(
                row["kind"], row["account"], row["source"], row["sector"], row["econ"], row["program"], row["amount"],
                posted_day(date.fromisoformat(row["decided_on"]), year), row["local_id"],
            )
            for row in self._database.rows(_SPENT, {"year": year})
        ]  # fmt: skip

    def spent_by_codes(self, year: int) -> list[tuple[Codes, int]]:
        """Return VND that the Treasury accepted of the estimates, by source, sector, item and programme."""
        return spent_by_codes(self._database, year)

    def lowered(self, year: int) -> list[Lowered]:
        """Return what the Treasury accepted otherwise than it was submitted."""
        return lowered(self._database, year)

    def tables(self, kinds: Sequence[str]) -> list[str]:
        """Return the local_ids of dossiers whose main form has one of these short titles, the oldest first."""
        marks = ", ".join("?" * len(kinds))
        sql = f"SELECT local_id FROM drafts WHERE kind IN ({marks}) AND deleted_at IS NULL ORDER BY id"  # noqa: S608 - marks
        return [str(row[0]) for row in self._database.rows(sql, tuple(kinds))]

    def advances(self) -> list[AdvanceRow]:
        """Return the advances still open, the oldest first."""
        found = [
            AdvanceRow(
                number_of(row), row["date"] or row["decided_on"] or "", row["payee"] or "", row["content"],
                row["source"], row["econ"], row["amount"], left, row["local_id"],
            )
            for row, left in open_rows(self._database.rows(_ADVANCES))
        ]  # fmt: skip
        return sorted(found, key=lambda item: item.date)

    def contracts(self) -> list[ContractRow]:
        """Return the contracts that vouchers named, the one paid last first."""
        rows = {row["contract_no"]: row for row in self._database.rows(_CONTRACTS)}
        found = [_contract(number, told, rows.get(number)) for number, told in self._declared().items()]
        return sorted(found, key=lambda item: (item.last, item.number), reverse=True)

    def _declared(self) -> dict[str, tuple[int, str, str]]:
        """Total, party and date of each contract, each as its newest voucher stated it."""
        found: dict[str, tuple[int, str, str]] = {}
        for row in self._database.rows(_DECLARED):
            total, party, day = found.get(row["subject"], (0, "", ""))
            found[row["subject"]] = (row["amount"] or total, row["party"] or party, row["period"] or day)
        return found


def _contract(number: str, told: tuple[int, str, str], row: Row | None) -> ContractRow:
    total, party, day = told
    paid, advanced, last = (row["paid"], row["advanced"], row["last"]) if row else (0, 0, "")
    return ContractRow(number, day, party, total, paid, advanced, last)
