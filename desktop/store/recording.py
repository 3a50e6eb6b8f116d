"""Writes into the book what a frozen dossier means, at submission and, for older stores, once at the upgrade."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from desktop.dossier.document import Dossier
from desktop.dossier.figures import as_accepted, cell_of
from desktop.dossier.pack import SHELF, under
from desktop.dossier.people import Unit
from desktop.dossier.postings import NO_PROGRAM, Posting, postings
from desktop.store.database import Database
from desktop.store.declared import Declaration, Payment, declarations, payments
from desktop.store.errors import fault
from desktop.store.waiting import wait_for

_ACTIVE = """
SELECT s.submission_id, d.body FROM submissions s JOIN drafts d USING (local_id)
WHERE NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission_id = s.submission_id) ORDER BY s.submission_id
"""


_ACTIVE_HERE = """
SELECT s.submission_id, d.body FROM active_submissions s JOIN drafts d USING (local_id)
WHERE NOT EXISTS (SELECT 1 FROM guests g WHERE g.submission_id = s.submission_id)
"""
_NOT_ACCEPTED = "accepted = 1 AND submission_id NOT IN (SELECT submission_id FROM accepted_submissions)"
_PAID = """
SELECT e.seq, e.package_id, e.payload, p.submission_id FROM feed_events e JOIN packages p USING (package_id)
WHERE e.kind = 'decision' AND e.decision = 'paid' ORDER BY e.seq
"""
_AFTER_STEP_2 = frozenset({"program"})
"""Columns of postings that the second step of the schema does not have."""
_NAME_PROGRAMS = """
UPDATE postings SET program = found.program FROM (
    SELECT s.submission_id, max(json_extract(doc.value, '$.fields.program_code')) AS program
    FROM submissions s JOIN drafts d USING (local_id), json_each(d.body, '$.documents') doc
    WHERE instr(d.body, '"program_code":"') > 0 AND json_extract(doc.value, '$.fields.program_code') NOT IN ('', :none)
    GROUP BY s.submission_id
    HAVING count(DISTINCT json_extract(doc.value, '$.fields.program_code')) = 1
) found WHERE found.submission_id = postings.submission_id
"""
_SUBMITTED = """
SELECT p.submission_id, d.body FROM packages p JOIN drafts d USING (local_id)
WHERE p.package_id = ? AND d.deleted_at IS NULL
"""


def record(database: Database, submission_id: int, dossier: Dossier) -> None:
    """Write postings, payments and declarations of a submission; call it in the transaction that submits."""
    _write(database, submission_id, dossier)
    wait_for(database, submission_id)


def _write(database: Database, submission_id: int, dossier: Dossier, without: frozenset[str] = frozenset()) -> None:
    with under(dossier.pack):
        found: dict[str, Sequence[Posting | Payment | Declaration]] = {
            "postings": postings(dossier, _estimate_account(database)),
            "payments": payments(dossier),
            "declarations": declarations(dossier),
        }
    for table, items in found.items():
        for position, item in enumerate(items):
            values = {name: value for name, value in vars(item).items() if name not in without}
            database.insert(table, submission_id=submission_id, position=position, **values)


def record_all(database: Database) -> None:
    """Write them for every submission that stands; what was withdrawn moves nothing, and its draft may have changed.

    Step 2 of the schema calls it, where postings have no programme yet (`name_programs`). Raises StoreError
    store_damaged for a dossier that cannot be read; the book must not be told without it.
    """
    for row in database.rows(_ACTIVE):
        try:
            dossier = Dossier.model_validate_json(row["body"])
        except ValidationError:
            raise fault("store_damaged") from None  # the cause would quote the dossier
        _write(database, int(row["submission_id"]), dossier, _AFTER_STEP_2)


def record_again(database: Database) -> None:
    """Write the book anew where part of it was lost: as submitted, then as the Treasury accepted it.

    A dossier whose content is lost, or lies in the file of a closed year, keeps what was saved of it here; an event
    that was lost comes again and is followed then.
    """
    for table in ("postings", "declarations"):
        database.run(f"DELETE FROM {table} WHERE {_NOT_ACCEPTED}")  # noqa: S608 - ours
    written = set()
    for row in database.rows(f"{_ACTIVE_HERE} ORDER BY s.submission_id"):
        dossier, number = _with_forms(row["body"]), int(row["submission_id"])
        if dossier is None:
            continue
        for table in ("accepted_submissions", "postings", "payments", "declarations"):
            database.run(f"DELETE FROM {table} WHERE submission_id = ?", (number,))  # noqa: S608 - ours
        _write(database, number, dossier)
        written.add(number)
    for row in database.rows(_PAID):
        figures = json.loads(row["payload"]).get("figures")
        if figures and row["submission_id"] in written:
            record_accepted(database, row["package_id"], figures, row["seq"])


def _with_forms(body: str) -> Dossier | None:
    try:
        dossier = Dossier.model_validate_json(body)
    except ValidationError:
        return None
    return dossier if dossier.documents else None


def name_programs(database: Database) -> None:
    """Write into the postings of an older program which programme they belong to, where the form says it once.

    A form that names a programme for each line (Mẫu 09) leaves it open. Step 6 of the schema calls it: the column is
    new, so this changes no fact that was told before.
    """
    trigger = database.value("SELECT sql FROM sqlite_master WHERE name = 'postings_no_update'")
    database.run("DROP TRIGGER postings_no_update")
    database.run(_NAME_PROGRAMS, {"none": NO_PROGRAM})
    database.run(trigger)


def record_accepted(database: Database, package_id: str, figures: Sequence[Mapping[str, Any]], seq: int) -> None:
    """Write what the dossier of a package moves and declares as the Treasury accepted it, in place of as submitted.

    `figures` are those of the decision `seq`; call it in the transaction that applies it. A package that is not ours
    and a dossier whose form pack is gone change nothing.
    """
    row = database.one(_SUBMITTED, (package_id,))
    if row is None or database.value("SELECT 1 FROM accepted_submissions WHERE submission_id = ?", (row[0],)):
        return
    submission_id, dossier = int(row["submission_id"]), Dossier.model_validate_json(row["body"])
    if dossier.pack not in SHELF.versions():
        return
    with under(dossier.pack):
        accepted = as_accepted(dossier, [cell_of(figure) for figure in figures])
        found: dict[str, Sequence[Posting | Declaration]] = {
            "postings": postings(accepted, _estimate_account(database)),
            "declarations": declarations(accepted),
        }
    database.insert("accepted_submissions", submission_id=submission_id, seq=seq)
    for table, items in found.items():
        after = database.value(f"SELECT count(*) FROM {table} WHERE submission_id = ?", (submission_id,))  # noqa: S608 - ours
        for position, item in enumerate(items, after):
            database.insert(table, submission_id=submission_id, position=position, accepted=1, **vars(item))


def _estimate_account(database: Database) -> str:
    body = database.value("SELECT body FROM unit WHERE id = 1")
    return Unit.model_validate_json(body).estimate_account if body else ""
