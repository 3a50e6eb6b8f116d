"""Makes what a fact says findable: dossiers' headlines, their attachments, payees, contracts and the Treasury's papers.

Called in the transaction that writes the fact, and once for everything when an older store is brought up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from desktop.dossier.document import Attachment
from desktop.store import findable
from desktop.store.database import Database, Row
from desktop.store.findable import Entry
from desktop.store.notices import Notices

_DOSSIER = """
SELECT d.local_id, d.number, d.title, d.payee, d.amount, d.created_at, d.deleted_at, p.package_id,
    COALESCE((SELECT group_concat(official_code || ' ' || COALESCE(reason, ''), ' ') FROM feed_events e
              WHERE e.package_id = p.package_id AND e.kind = 'decision'), '') AS told
FROM drafts d LEFT JOIN packages p ON p.local_id = d.local_id
"""
_PAYEES = (
    "SELECT account_key, name_key, account_no, name, bank, at FROM payments JOIN submissions USING (submission_id)"
)
_STANDING = "SELECT account_key, name_key, account_no, name, '' AS bank, at FROM payee_acknowledgements"
_CONTRACTS = """
SELECT c.subject, c.party, c.amount, s.at FROM declarations c JOIN submissions s USING (submission_id)
WHERE c.kind = 'contract'
"""


def find_package(database: Database, package_id: str) -> None:
    """Index the headline of a package's dossier again, after the Treasury's word; a foreign package changes nothing."""
    row = database.one(f"{_DOSSIER} WHERE p.package_id = ?", (package_id,))
    if row is not None:
        _dossier(database, row)


def find_draft(database: Database, local_id: str, attachments: Sequence[Attachment]) -> None:
    """Index a draft that was saved, where its headline or its attachments changed; a deleted one is found no more."""
    if (found := database.one(f"{_DOSSIER} WHERE d.local_id = ?", (local_id,))) is not None:
        _dossier(database, found, same_words=True)
    row = database.one("SELECT number, title, updated_at, deleted_at FROM drafts WHERE local_id = ?", (local_id,))
    if row is not None:
        _attachments(database, local_id, row, [] if row["deleted_at"] else attachments)


def find_submitted(database: Database, submission_id: int) -> None:
    """Index whom a submission pays and which contracts it names."""
    for row in database.rows(f"{_PAYEES} WHERE submission_id = ?", (submission_id,)):
        _payee(database, row)
    for row in database.rows(f"{_CONTRACTS} AND submission_id = ?", (submission_id,)):
        _contract(database, row)


def find_payee(database: Database, number: int) -> None:
    """Index a payee somebody stood for, by the number of the acknowledgement."""
    for row in database.rows(f"{_STANDING} WHERE id = ?", (number,)):
        _payee(database, row)


def find_notice(database: Database, seq: int) -> None:
    """Index a paper or another word of the Treasury's by the number of its event."""
    row = database.one("SELECT kind, at, payload FROM notices WHERE seq = ?", (seq,))
    if row is not None:
        _notice(database, seq, row)


def find_everything(database: Database) -> None:
    """Index all there is, the oldest first; for a store of an older program."""
    for row in database.rows(f"{_DOSSIER} ORDER BY d.id"):
        _dossier(database, row)
    for row in database.rows(
        "SELECT local_id, number, title, updated_at, json_extract(body, '$.attachments') AS files FROM drafts"
        " WHERE deleted_at IS NULL AND json_array_length(body, '$.attachments') > 0 ORDER BY id"
    ):
        files = [Attachment.model_validate(file) for file in json.loads(row["files"])]
        _attachments(database, row["local_id"], row, files)
    for row in database.rows(f"{_PAYEES} UNION ALL {_STANDING} ORDER BY at"):
        _payee(database, row)
    for row in database.rows(f"{_CONTRACTS} ORDER BY s.at"):
        _contract(database, row)
    for row in database.rows("SELECT seq, kind, at, payload FROM notices ORDER BY seq"):
        _notice(database, row["seq"], row)


def headline(number: str, title: str) -> str:
    """Name a dossier in one line."""
    return f"{number} · {title}" if number else title


def _dossier(database: Database, row: Row, *, same_words: bool = False) -> None:
    if row["deleted_at"]:
        findable.drop(database, "dossier", row["local_id"])
        return
    entry = Entry(
        "dossier", row["local_id"], headline(row["number"], row["title"]), row["payee"],
        row["told"], row["amount"], row["created_at"],
    )  # fmt: skip
    findable.keep(database, entry, same_words=same_words)


def _attachments(database: Database, local_id: str, row: Row, files: Sequence[Attachment]) -> None:
    here = {f"{local_id}/{file.sha256}": file.name for file in files}
    for ref in findable.below(database, "attachment", local_id) - here.keys():
        findable.drop(database, "attachment", ref)
    for ref, name in here.items():
        note = headline(row["number"], row["title"])
        findable.keep(database, Entry("attachment", ref, name, note, at=row["updated_at"]), same_words=True)


def _payee(database: Database, row: Row) -> None:
    note = " · ".join(part for part in (row["account_no"], row["bank"]) if part)
    ref = f"{row['account_key']}/{row['name_key']}"
    findable.keep(database, Entry("payee", ref, row["name"], note, row["account_key"], at=row["at"]))


def _contract(database: Database, row: Row) -> None:
    entry = Entry("contract", row["subject"], f"Hợp đồng {row['subject']}", row["party"], "", row["amount"], row["at"])
    findable.keep(database, entry)


def _notice(database: Database, seq: int, row: Row) -> None:
    told: dict[str, Any] = json.loads(row["payload"])
    title, note, amount = Notices(database).headline(seq)
    words = " ".join(texts(told.get("document", told)))
    findable.keep(database, Entry("notice", str(seq), title, note, words, amount, row["at"]))


def texts(value: Any) -> list[str]:
    """Every text and number within what JSON gave, an amount also with dots between its thousands."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    if isinstance(value, int) and not isinstance(value, bool):
        return [str(value)]
    return [value] if isinstance(value, str) else []
