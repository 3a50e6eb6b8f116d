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
from desktop.store.standing import Without

_SAME = "(c.budget_year, c.account, c.source, c.sector) = (e.budget_year, e.account, e.source, e.sector)"
_DRAWN = "c.cause != 'settlement'"
_VIEW = f"""
SELECT e.*,
    COALESCE((SELECT sum(c.amount) FROM posting_standing c
              WHERE c.standing = 'paid' AND {_DRAWN} AND {_SAME}), 0)
    - COALESCE((SELECT sum(c.delta) FROM feed_events c WHERE c.kind = 'balance' AND {_SAME}), 0) AS used,
    COALESCE((SELECT sum(c.amount) FROM posting_standing c WHERE c.standing = 'held' AND c.amount > 0 AND {_DRAWN}
              AND c.local_id != :exclude AND c.package_id IS NOT :replaces AND {_SAME}), 0) AS held,
    COALESCE((SELECT c.at FROM feed_events c WHERE c.kind = 'balance' AND {_SAME} ORDER BY c.seq DESC LIMIT 1), '')
        AS confirmed_at
FROM estimates e
"""  # noqa: S608 - no input in it
_ONE = _VIEW + "WHERE budget_year = :year AND account = :account AND source = :source AND sector = :sector"
_NEWEST = "(SELECT max(x.budget_year) FROM estimates x WHERE x.account = :account AND x.sector = '')"
_DEPOSIT = _VIEW + f"WHERE account = :account AND sector = '' AND budget_year = {_NEWEST}"
_ALL = _VIEW + "ORDER BY budget_year DESC, account, source, sector"


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
        return _line(
            self._database,
            (budget_year, account, source, sector),
            Without(exclude=exclude or "", replaces=replaces or ""),
        )

    def all(self) -> list[EstimateView]:
        """Return every line, the newest year first."""
        return [_view(row) for row in self._database.rows(_ALL, {"exclude": "", "replaces": ""})]


def line_left(database: Database, key: tuple[int, str, str, str], without: Without) -> int | None:
    """Return VND left on one line (year, account, source, sector); None when it was never loaded."""
    view = _line(database, key, without)
    return None if view is None else view.left


def balance_left(database: Database, account: str, without: Without) -> int | None:
    """Return VND left on a deposit account in the newest year loaded; None when none was."""
    rows = database.rows(_DEPOSIT, {**without, "account": account})
    return sum(_view(row).left for row in rows) if rows else None


def _line(database: Database, key: tuple[int, str, str, str], without: Without) -> EstimateView | None:
    named = dict(zip(("year", "account", "source", "sector"), key, strict=True))
    row = database.one(_ONE, {**named, **without})
    return None if row is None else _view(row)


def _view(row: Row) -> EstimateView:
    return EstimateView(
        given=row["amount"], used=row["used"], held=row["held"], left=row["amount"] - row["used"] - row["held"],
        confirmed_at=row["confirmed_at"], account=row["account"], source=row["source"], sector=row["sector"],
        budget_year=row["budget_year"],
    )  # fmt: skip
