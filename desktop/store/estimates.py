"""The unit's own book: what it was given, what is used, what it holds for dossiers on their way, what is left.

left = given − used − held. A dossier holds its money from «Trình ký» until the Treasury decides; after that the
Treasury's balance change counts and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.dossier.people import EstimateLine
from desktop.dossier.views import EstimateView
from desktop.store.clock import Clock
from desktop.store.database import Database, Row

_SAME = "(c.budget_year, c.account, c.source, c.sector) = (e.budget_year, e.account, e.source, e.sector)"
_VIEW = f"""
SELECT e.*,
    COALESCE((SELECT sum(c.amount) FROM claim_standing c
              WHERE c.standing = 'paid' AND c.kind != 'settle' AND {_SAME}), 0)
    - COALESCE((SELECT sum(c.delta) FROM feed_events c WHERE c.kind = 'balance' AND {_SAME}), 0) AS used,
    COALESCE((SELECT sum(c.amount) FROM claim_standing c WHERE c.standing = 'held' AND c.kind != 'settle'
              AND c.local_id != :exclude AND c.package_id IS NOT :replaces AND {_SAME}), 0) AS held,
    COALESCE((SELECT c.at FROM feed_events c WHERE c.kind = 'balance' AND {_SAME} ORDER BY c.seq DESC LIMIT 1), '')
        AS confirmed_at
FROM estimates e
"""  # noqa: S608 - no input in it
_ONE = _VIEW + "WHERE budget_year = :year AND account = :account AND source = :source AND sector = :sector"
_ALL = _VIEW + "ORDER BY budget_year DESC, account, source, sector"


class StoreLedger:
    """Answers the rules' questions as desktop.dossier.ledger.Ledger, without one dossier and what it replaces."""

    def __init__(self, database: Database, exclude: str, replaces: str) -> None:
        self._database = database
        self._without = (exclude, replaces)

    def remaining(self, budget_year: int, account: str, source: str, sector: str) -> int | None:
        """VND still free on an estimate line; None when the unit loaded no such line."""
        row = _one(self._database, (budget_year, account, source, sector), *self._without)
        return None if row is None else _view(row).left

    def paid_to_date(self, contract_no: str) -> int:
        """VND paid or held under a contract or decision."""
        return self._sum("kind != 'settle' AND standing != 'released' AND contract_no = ?", contract_no)

    def advance_balance(self, account: str, source: str) -> int | None:
        """VND advanced from an account and source and not yet settled, None when nothing was ever advanced."""
        where = "account = ? AND source = ? AND standing "
        given = self._sum(where + "IN ('paid', 'booked') AND kind = 'advance'", account, source)
        settled = self._sum(where + "!= 'released' AND kind = 'settle'", account, source)
        return given - settled if given else None

    def _sum(self, where: str, *values: str) -> int:
        without = "local_id != ? AND package_id IS NOT ?"
        sql = f"SELECT sum(amount) FROM claim_standing WHERE {where} AND {without}"  # noqa: S608 - ours, no input
        return int(self._database.value(sql, (*values, *self._without)) or 0)


class Estimates:
    """Load the estimate as decided and show where each line stands."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def load(self, lines: Iterable[EstimateLine]) -> int:
        """Set the amounts given, line by line; lines not named stay. Returns how many were set."""
        with self._database.transaction():
            count = 0
            for line in lines:
                self._database.run(
                    "INSERT OR REPLACE INTO estimates VALUES (?, ?, ?, ?, ?, ?)",
                    (line.budget_year, line.account, line.source, line.sector, line.amount, self._clock()),
                )
                count += 1
        return count

    def remaining(
        self,
        budget_year: int,
        account: str,
        source: str,
        sector: str,
        *,
        exclude: str | None = None,
        replaces: str | None = None,
    ) -> EstimateView | None:
        """Return one line, without what the dossier `exclude` and the package `replaces` hold; None for no line."""
        row = _one(self._database, (budget_year, account, source, sector), exclude or "", replaces or "")
        return None if row is None else _view(row)

    def all(self) -> list[EstimateView]:
        """Return every line, the newest year first."""
        return [_view(row) for row in self._database.rows(_ALL, {"exclude": "", "replaces": ""})]

    def ledger(self, exclude: str | None = None, replaces: str | None = None) -> StoreLedger:
        """Return what the rules ask, without the dossier being checked and the package that it replaces."""
        return StoreLedger(self._database, exclude or "", replaces or "")


def _one(database: Database, key: tuple[int, str, str, str], exclude: str, replaces: str) -> Row | None:
    line = dict(zip(("year", "account", "source", "sector"), key, strict=True))
    return database.one(_ONE, {**line, "exclude": exclude, "replaces": replaces})


def _view(row: Row) -> EstimateView:
    return EstimateView(
        given=row["amount"], used=row["used"], held=row["held"], left=row["amount"] - row["used"] - row["held"],
        confirmed_at=row["confirmed_at"], account=row["account"], source=row["source"], sector=row["sector"],
        budget_year=row["budget_year"],
    )  # fmt: skip
