"""Which submissions the Treasury has not wholly booked: the short list in which what is held is looked for.

A submission leaves it once each of its lines has its balance change, or the Treasury sent it back; a later word of the
Treasury brings it back. So it always holds every posting that is held, or paid and not booked yet, and some more.
"""

from __future__ import annotations

from desktop.store.database import Database
from desktop.store.retold import ONCE

AMONG = "submission_id IN (SELECT submission_id FROM open_submissions)"
"""Condition of SQL: nothing outside of it is held, or paid without its balance change."""

_UNSETTLED = f"""
INSERT OR IGNORE INTO open_submissions
SELECT c.submission_id FROM postings c LEFT JOIN packages p ON p.submission_id = c.submission_id
WHERE {{which}}
    AND c.accepted = EXISTS (SELECT 1 FROM accepted_submissions a WHERE a.submission_id = c.submission_id)
    AND NOT EXISTS (
        SELECT 1 FROM feed_events b INDEXED BY feed_events_package
        WHERE b.package_id = p.package_id AND b.kind = 'balance' AND b.budget_year = c.budget_year
        AND b.account = c.account AND b.source = c.source AND b.sector = c.sector AND b.{ONCE})
    AND COALESCE((SELECT e.decision FROM feed_events e INDEXED BY feed_events_package
                  WHERE e.package_id = p.package_id AND e.kind = 'decision' ORDER BY e.seq DESC LIMIT 1), '')
        NOT IN ('returned', 'mismatch')
"""  # noqa: S608 - no input in it


def wait_for(database: Database, submission_id: int) -> None:
    """Put a new submission on the list; call it in the transaction that submits."""
    database.run("INSERT OR IGNORE INTO open_submissions VALUES (?)", (submission_id,))


def look_again(database: Database, package_id: str | None) -> None:
    """Put the submission of a package on the list or off it; call it in the transaction that applies its events."""
    found = database.value("SELECT submission_id FROM packages WHERE package_id = ?", (package_id,))
    if found is not None:
        database.run("DELETE FROM open_submissions WHERE submission_id = ?", (found,))
        database.run(_UNSETTLED.format(which="c.submission_id = :one"), {"one": found})


def look_at_all(database: Database) -> None:
    """Make the list for a store of an older program."""
    database.run(_UNSETTLED.format(which="1"))
