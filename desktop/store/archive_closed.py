"""Which dossiers are done for good, so that their year may put them away."""

from __future__ import annotations

import json

from desktop.dossier.pack import load_pack
from desktop.dossier.reconciling import TABLES
from desktop.store.database import Database, Row

_DONE = "('paid', 'returned', 'cancelled', 'paper')"
_OPEN_CORRECTIONS = f"""
SELECT n.replaces FROM submissions n JOIN dossier_states x USING (local_id)
WHERE n.replaces IS NOT NULL AND x.state NOT IN {_DONE}
UNION SELECT json_extract(d.body, '$.replaces') FROM unsubmitted u JOIN drafts d USING (local_id)
WHERE json_extract(d.body, '$.replaces') IS NOT NULL
"""  # noqa: S608 - ours
_CLOSED = f"""
SELECT d.local_id, CAST(COALESCE(d.budget_year, substr(d.updated_at, 1, 4)) AS INTEGER) AS year
FROM dossier_states d JOIN drafts b ON b.id = d.id
WHERE d.state IN {_DONE} AND NOT d.guest AND NOT d.away
    AND NOT (d.state = 'paid' AND d.submission_id IN (SELECT submission_id FROM open_submissions))
    AND NOT EXISTS (SELECT 1 FROM evidence_waits w WHERE w.package_id = d.package_id)
    AND COALESCE(d.package_id, '') NOT IN ({_OPEN_CORRECTIONS})
    AND COALESCE(json_extract(b.body, '$.procedure'), '') != 'P5'
    AND d.kind NOT IN (SELECT value FROM json_each(:tables))
    AND NOT EXISTS (SELECT 1 FROM json_each(b.body, '$.documents') doc
                    WHERE json_extract(doc.value, '$.fields.quarter') IS NOT NULL)
"""  # noqa: S608 - ours
"""Reconciliations and registrations of signers stay: the rules ask what is written in them, and they are few."""


def closed_dossiers(database: Database) -> list[Row]:
    """Return `local_id` and `year` of every dossier with nothing open, of whatever year."""
    kinds = [load_pack().form(form).short_title for form in TABLES]
    return database.rows(_CLOSED, {"tables": json.dumps(kinds)})
