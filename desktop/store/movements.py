"""What moved on the unit's accounts: the Treasury's balance changes beside what the dossiers here say of each."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from desktop.dossier.reconciling import Moved, posted_day
from desktop.store.database import Database, Row
from desktop.store.retold import ONCE
from desktop.store.waiting import AMONG

_UNBOOKED = f"""
SELECT local_id, package_id, account, source, sector, decided_on, sum(amount) AS amount
FROM posting_standing WHERE {AMONG} AND standing = 'paid' AND cause != 'settlement' AND account != ''
    AND budget_year = :year AND (:account = '' OR account = :account) GROUP BY submission_id, account, source, sector
"""  # noqa: S608 - no input in it
_MOVES = f"""
SELECT b.account, b.source, b.sector, b.delta, date(b.at, '+7 hours') AS decided_on, b.package_id, p.local_id
FROM feed_events b INDEXED BY feed_events_book LEFT JOIN packages p ON p.package_id = b.package_id
WHERE b.kind = 'balance' AND b.budget_year = :year AND (:account = '' OR b.account = :account) AND b.delta != 0
    AND b.{ONCE}
ORDER BY b.at, b.seq
"""  # noqa: S608 - no input in it
_ON_ACCOUNT = f"""
-- The signs + keep SQLite on the postings of the one submission, away from the index of the whole line.
SELECT b.seq, b.at, date(b.at, '+7 hours') AS day, b.delta, COALESCE(d.local_id, '') AS local_id,
    COALESCE(d.number || ' ' || d.title, '') AS text, (
        SELECT -sum(c.amount) FROM postings c WHERE c.submission_id = p.submission_id AND c.cause != 'settlement'
        AND c.accepted = EXISTS (SELECT 1 FROM accepted_submissions a WHERE a.submission_id = c.submission_id)
        AND (+c.budget_year, +c.account, +c.source, +c.sector) = (b.budget_year, b.account, b.source, b.sector)
    ) AS expected
FROM feed_events b INDEXED BY feed_events_book
LEFT JOIN packages p ON p.package_id = b.package_id LEFT JOIN drafts d ON d.local_id = p.local_id
WHERE b.kind = 'balance' AND b.budget_year = :year AND b.account = :account AND b.delta != 0
    AND b.{ONCE}
ORDER BY b.at, b.seq
"""  # noqa: S608 - no input in it


class AccountMove(NamedTuple):
    """A balance change of an account; `expected` is what the dossier here says it moves, None for no such dossier."""

    day: date
    text: str
    local_id: str
    delta: int
    expected: int | None


class Movements:
    """Read the movements of a budget year."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def moves(self, year: int, account: str = "") -> list[Moved]:
        """Return what the Treasury moved, in order; "" for every account. A settlement moves nothing."""
        rows = self._database.rows(_MOVES, {"year": year, "account": account})
        return [_moved(row, row["delta"], year) for row in rows]

    def unbooked(self, year: int, account: str = "") -> list[Moved]:
        """Return what the Treasury decided to pay and whose balance change has not come."""
        rows = self._database.rows(_UNBOOKED, {"year": year, "account": account})
        return [_moved(row, -row["amount"], year) for row in rows]

    def on_account(self, year: int, account: str) -> list[AccountMove]:
        """Return the balance changes of an account, in order, each with the dossier it belongs to."""
        return [
            AccountMove(
                posted_day(date.fromisoformat(row["day"]), year), row["text"], row["local_id"], row["delta"],
                row["expected"],
            )
            for row in self._database.rows(_ON_ACCOUNT, {"year": year, "account": account})
        ]  # fmt: skip


def _moved(row: Row, delta: int, year: int) -> Moved:
    day = posted_day(date.fromisoformat(row["decided_on"]), year)
    local_id, package_id = row["local_id"] or "", row["package_id"] or ""
    return Moved(row["account"], row["source"], row["sector"], delta, day, local_id, package_id)
