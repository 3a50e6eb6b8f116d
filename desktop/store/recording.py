"""Writes into the book what a frozen dossier means, at submission and, for older stores, once at the upgrade."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from desktop.dossier.document import Dossier
from desktop.dossier.pack import under
from desktop.dossier.people import Unit
from desktop.dossier.postings import Posting, postings
from desktop.store.database import Database
from desktop.store.declared import Declaration, Payment, declarations, payments
from desktop.store.errors import fault

_ACTIVE = """
SELECT s.submission_id, d.body FROM submissions s JOIN drafts d USING (local_id)
WHERE NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission_id = s.submission_id) ORDER BY s.submission_id
"""


def record(database: Database, submission_id: int, dossier: Dossier) -> None:
    """Write postings, payments and declarations of a submission; call it in the transaction that submits."""
    with under(dossier.pack):
        found: dict[str, Sequence[Posting | Payment | Declaration]] = {
            "postings": postings(dossier, _estimate_account(database)),
            "payments": payments(dossier),
            "declarations": declarations(dossier),
        }
    for table, items in found.items():
        for position, item in enumerate(items):
            database.insert(table, submission_id=submission_id, position=position, **vars(item))


def record_all(database: Database) -> None:
    """Write them for every submission that stands; what was withdrawn moves nothing, and its draft may have changed.

    Raises StoreError store_damaged for a dossier that cannot be read; the book must not be told without it.
    """
    for row in database.rows(_ACTIVE):
        try:
            dossier = Dossier.model_validate_json(row["body"])
        except ValidationError:
            raise fault("store_damaged") from None  # the cause would quote the dossier
        record(database, int(row["submission_id"]), dossier)


def _estimate_account(database: Database) -> str:
    body = database.value("SELECT body FROM unit WHERE id = 1")
    return Unit.model_validate_json(body).estimate_account if body else ""
