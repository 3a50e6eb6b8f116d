"""Balance changes told twice: a gateway put back from a backup decides again, and tells again under new numbers.

Two rules say that it is the same money. A decision on a package that had been accepted begins its booking anew: what
was booked for it before moves nothing any more, whatever the new decision says. And two changes of one line at the same
instant by the same amount that leave the same rest are one: a second movement would have left another.
"""

from __future__ import annotations

from desktop.store.database import Database

ONCE = "seq NOT IN (SELECT seq FROM retold_changes)"
"""Condition of SQL on a balance change: it was not told anew."""

_DECIDED_AGAIN = """
INSERT OR IGNORE INTO retold_changes
SELECT b.seq, min(n.seq) FROM feed_events b INDEXED BY feed_events_package
JOIN feed_events p INDEXED BY feed_events_package
    ON p.package_id = b.package_id AND p.kind = 'decision' AND p.decision = 'paid' AND p.seq < b.seq
JOIN feed_events n INDEXED BY feed_events_package
    ON n.package_id = b.package_id AND n.kind = 'decision' AND n.seq > b.seq
WHERE b.kind = 'balance' AND b.package_id = :package GROUP BY b.seq
"""
_SAME_WORDS = f"""
INSERT OR IGNORE INTO retold_changes
SELECT b.seq, n.seq FROM feed_events n JOIN feed_events b INDEXED BY feed_events_book
    ON (b.budget_year, b.account, b.source, b.sector, b.at, b.delta)
        = (n.budget_year, n.account, n.source, n.sector, n.at, n.delta)
    AND b.package_id IS n.package_id AND b.kind = 'balance' AND b.seq < n.seq
WHERE n.seq = :seq AND n.delta != 0 AND b.remaining = n.remaining AND b.{ONCE}
"""  # noqa: S608 - no input in it
_PACKAGES = """
SELECT DISTINCT package_id FROM feed_events INDEXED BY feed_events_package
WHERE kind = 'balance' AND package_id IS NOT NULL
"""


def told_again(database: Database, seq: int, package_id: str | None) -> None:
    """Mark what an event just stored tells anew; call it in the transaction that applies it."""
    database.run(_DECIDED_AGAIN, {"package": package_id})
    database.run(_SAME_WORDS, {"seq": seq})


def look_for_retold(database: Database) -> None:
    """Mark what a store of an older program was told twice; step 6 of the schema calls it."""
    for row in database.rows(_PACKAGES):
        database.run(_DECIDED_AGAIN, {"package": row[0]})
