"""What was spent of each line by item and programme, in one reading of the postings of a year.

The Treasury's word on each posting is looked up only where it can differ from the plain course: a submission that it
has not wholly booked or asked a supplement of, and a settlement. Any other was booked as it was sent, or came back and
moved nothing (desktop/store/waiting.py says which).
"""

from __future__ import annotations

from desktop.store.database import Database
from desktop.store.standing import CONFIRMED
from desktop.store.waiting import AMONG

_ODD = f"""(cause = 'settlement' OR {AMONG} OR submission_id IN (
    SELECT p.submission_id FROM feed_events e INDEXED BY feed_events_decided JOIN packages p USING (package_id)
    WHERE e.kind = 'decision' AND e.decision = 'supplement'))"""  # noqa: S608 - no input in it
_BACK = """
SELECT p.submission_id FROM feed_events e INDEXED BY feed_events_decided JOIN packages p USING (package_id)
WHERE e.kind = 'decision' AND e.decision IN ('returned', 'mismatch') AND NOT EXISTS (
    SELECT 1 FROM feed_events l INDEXED BY feed_events_decisions
    WHERE l.package_id = e.package_id AND l.kind = 'decision' AND l.seq > e.seq)
"""
_PLAIN = f"""
SELECT source, sector, econ, program, sum(amount) FROM postings c
WHERE budget_year = :year AND sector != '' AND NOT {_ODD} AND submission_id NOT IN ({_BACK})
    AND submission_id NOT IN (SELECT submission_id FROM withdrawals)
    AND accepted = (submission_id IN (SELECT submission_id FROM accepted_submissions))
GROUP BY source, sector, econ, program
"""  # noqa: S608 - no input in it
_LOOKED_UP = f"""
SELECT source, sector, econ, program, sum(amount) FROM posting_standing c
WHERE budget_year = :year AND sector != '' AND {_ODD} AND {CONFIRMED}
GROUP BY source, sector, econ, program
"""  # noqa: S608 - no input in it
Codes = tuple[str, str, str, str]
"""Source, sector, item, programme."""


def spent_by_codes(database: Database, year: int) -> list[tuple[Codes, int]]:
    """Return VND that the Treasury accepted of the dossiers here, by the codes they name; codes may come twice."""
    rows = [*database.rows(_PLAIN, {"year": year}), *database.rows(_LOOKED_UP, {"year": year})]
    return [((row[0], row[1], row[2], row[3]), row[4]) for row in rows]
