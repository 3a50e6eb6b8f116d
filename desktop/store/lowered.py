"""What the Treasury accepted otherwise than it was submitted: by how much, under which codes."""

from __future__ import annotations

from typing import NamedTuple

from desktop.store.database import Database

_LOWERED = """
SELECT s.local_id, d.number, c.source, c.sector, c.econ, c.account,
    sum(CASE WHEN c.accepted THEN -c.amount ELSE c.amount END) AS less
FROM accepted_submissions a JOIN postings c USING (submission_id) JOIN submissions s USING (submission_id)
JOIN drafts d ON d.local_id = s.local_id
WHERE c.budget_year = ? GROUP BY s.submission_id, c.kind, c.source, c.sector, c.econ, c.account HAVING less != 0
"""


class Lowered(NamedTuple):
    """VND submitted less VND accepted of a dossier, under one set of codes."""

    local_id: str
    number: str
    source: str
    sector: str
    econ: str
    account: str
    amount: int


def lowered(database: Database, year: int) -> list[Lowered]:
    """Return what was accepted otherwise in a budget year."""
    return [Lowered(*row) for row in database.rows(_LOWERED, (year,))]
