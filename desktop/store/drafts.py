"""Drafts: the only dossiers that may still change, saved whole in one durable transaction."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence

from pydantic_core import PydanticSerializationError

from desktop.dossier.document import Document, Dossier
from desktop.dossier.fold import fold
from desktop.store import draft_files
from desktop.store.clock import Clock
from desktop.store.database import Database
from desktop.store.errors import StoreError, fault
from desktop.store.finding_facts import find_draft
from desktop.store.journal import Journal
from desktop.store.summary import summarise
from desktop.store.undo import UndoHistory, UndoStep

_SAVE = """
INSERT INTO drafts (local_id, number, kind, title, payee, amount, budget_year, sources, urgent, errors, body,
                    created_at, created_by, updated_at)
VALUES (:local_id, :number, :kind, :title, :payee, :amount, :budget_year, :sources, :urgent, :errors, :body,
        :at, :actor, :at)
ON CONFLICT (local_id) DO UPDATE SET
    number = excluded.number, kind = excluded.kind, title = excluded.title, payee = excluded.payee,
    amount = excluded.amount, budget_year = excluded.budget_year, sources = excluded.sources, urgent = excluded.urgent,
    errors = excluded.errors, body = excluded.body, updated_at = excluded.updated_at
"""

_NAMING = """
SELECT body FROM drafts
WHERE deleted_at IS NULL AND id IN (SELECT rowid FROM search WHERE search MATCH :phrase)
    AND EXISTS (SELECT 1 FROM json_each(body, '$.documents')
                WHERE json_extract(value, '$.fields.document_no') = :number)
ORDER BY id
"""
"""The search index first: reading the body of every draft for every file would take long."""

_LATEST = """
SELECT value AS document FROM (SELECT body FROM drafts WHERE deleted_at IS NULL ORDER BY updated_at DESC LIMIT :many),
    json_each(body, '$.documents')
WHERE json_extract(value, '$.form') IN (SELECT value FROM json_each(:forms))
"""


class Drafts:
    """Save, read and softly delete drafts; a submitted dossier is read here too but no longer changes."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        self._undo = UndoHistory(database, clock)

    def save(self, dossier: Dossier, actor: str, *, errors: int = 0) -> str:
        """Save durably and return the instant of it; `errors` is the number of findings of level error in the check.

        Raises FactError draft_frozen once it is submitted, StoreError bad_text, or when the disk refuses.
        """
        at, summary = self._clock(), summarise(dossier)
        values = {
            "local_id": dossier.local_id,
            "number": dossier.number,
            "title": dossier.title,
            "urgent": dossier.urgent,
            "errors": errors,
            "body": _body(dossier),
            "at": at,
            "actor": actor,
            **{name: value for name, value in vars(summary).items() if name != "text"},
        }
        with self._database.transaction():
            self._database.run(_SAVE, values)
            self._index(dossier.local_id, summary.text)
            draft_files.note(self._database, dossier.local_id, values["body"])
            find_draft(self._database, dossier.local_id, dossier.attachments)
        return at

    def get(self, local_id: str) -> Dossier:
        """Return the dossier as last saved. Raises StoreError not_found."""
        body = self._database.value("SELECT body FROM drafts WHERE local_id = ?", (local_id,))
        if body is None:
            raise fault("not_found")
        return Dossier.model_validate_json(body)

    def list(self) -> Sequence[Dossier]:
        """Return all dossiers that are not deleted, the one saved last first; the screen reads Projection instead."""
        rows = self._database.rows("SELECT body FROM drafts WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC")
        return [Dossier.model_validate_json(row["body"]) for row in rows]

    def naming(self, document_no: str) -> Sequence[Dossier]:
        """Return the dossiers, not deleted, that hold a voucher with exactly this number, oldest first."""
        phrase = '"' + fold(document_no).replace('"', " ") + '"'
        rows = self._database.rows(_NAMING, {"phrase": phrase, "number": document_no})
        return [Dossier.model_validate_json(row["body"]) for row in rows]

    def latest(self, forms: Collection[str], many: int) -> Sequence[Document]:
        """Return the documents of these forms in the `many` dossiers saved last, the newest first."""
        rows = self._database.rows(_LATEST, {"many": many, "forms": json.dumps(sorted(forms))})
        return [Document.model_validate_json(row["document"]) for row in rows]

    def delete(self, local_id: str, actor: str = "") -> None:
        """Hide a draft until undeleted. Raises FactError draft_frozen for a submitted one, StoreError not_found."""
        with self._database.transaction():
            if self._database.value("SELECT 1 FROM active_submissions WHERE local_id = ?", (local_id,)):
                raise fault("draft_frozen")
            self._mark(local_id, self._clock())
            self.forget_steps(local_id)
            self._journal.append(actor, "delete", None, local_id)

    def undelete(self, local_id: str, actor: str = "") -> None:
        """Show a deleted draft again. Raises StoreError not_found, draft_frozen for one of a year put away."""
        with self._database.transaction():
            if self._database.value("SELECT 1 FROM put_away WHERE local_id = ?", (local_id,)):
                raise fault("draft_frozen")
            self._mark(local_id, None)
            self._journal.append(actor, "undelete", None, local_id)

    def push_step(self, local_id: str, label: str, dossier: Dossier) -> int:
        """Keep one undo step, the dossier as it is after it, and return its position.

        The first step kept of a draft is where undoing ends, so the dossier as opened is pushed first, labelled "".
        The newest 50 steps can be undone. Raises StoreError not_found for a draft never saved, or bad_text.
        """
        if self._database.value("SELECT 1 FROM drafts WHERE local_id = ?", (local_id,)) is None:
            raise fault("not_found")
        body = _body(dossier)
        with self._database.transaction():
            draft_files.note(self._database, local_id, body)
            return self._undo.push(local_id, label, body)

    def steps(self, local_id: str) -> tuple[UndoStep, ...]:
        """Return the undo steps of a draft, the oldest first; those undone are marked."""
        return self._undo.steps(local_id)

    def history(self, local_id: str) -> tuple[tuple[Dossier, ...], int]:
        """Return the dossier at every undo step kept, the oldest first, and which of them is the current one."""
        return self._undo.dossiers(local_id)

    def standing_on(self, local_id: str) -> Dossier | None:
        """Return the dossier at the current undo step; None when no step is kept."""
        return self._undo.move(local_id, 0)

    def undo(self, local_id: str) -> Dossier | None:
        """Go one step back and return the dossier there, to be saved by the caller; None at the first step."""
        return self._undo.move(local_id, -1)

    def redo(self, local_id: str) -> Dossier | None:
        """Go one step forward again and return the dossier there; None at the last step."""
        return self._undo.move(local_id, 1)

    def forget_steps(self, local_id: str) -> None:
        """Drop the undo steps of a draft, as submitting and deleting do."""
        with self._database.transaction():
            self._undo.forget(local_id)
            draft_files.settle(self._database, local_id)

    def next_number(self) -> str:
        """Take the unit's next short number, four digits or more ("0443"); a number taken is never given again."""
        with self._database.transaction():
            self._database.run(
                "INSERT INTO counters VALUES ('number', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"
            )
            taken = self._database.value("SELECT value FROM counters WHERE name = 'number'")
        return f"{taken:04d}"

    def numbers_given(self) -> int:
        """Return the last number given, 0 before the first."""
        return int(self._database.value("SELECT value FROM counters WHERE name = 'number'") or 0)

    def count_from(self, number: int) -> None:
        """Give only numbers above this one from now on; never lower than before."""
        with self._database.transaction():
            self._database.run(
                "INSERT INTO counters VALUES ('number', ?) ON CONFLICT (name)"
                " DO UPDATE SET value = max(value, excluded.value)",
                (number,),
            )

    def _mark(self, local_id: str, deleted_at: str | None) -> None:
        if not self._database.run("UPDATE drafts SET deleted_at = ? WHERE local_id = ?", (deleted_at, local_id)):
            raise fault("not_found")
        find_draft(self._database, local_id, self.get(local_id).attachments)

    def _index(self, local_id: str, text: str) -> None:
        rowid = self._database.value("SELECT id FROM drafts WHERE local_id = ?", (local_id,))
        self._database.run("DELETE FROM search WHERE rowid = ?", (rowid,))
        self._database.run("INSERT INTO search (rowid, text) VALUES (?, ?)", (rowid, text))


def _body(dossier: Dossier) -> str:
    try:
        return dossier.model_dump_json()
    except PydanticSerializationError:
        # Half a surrogate pair, as pasting may leave; the cause would quote the text.
        raise StoreError(
            "bad_text", "Hồ sơ có ký tự hỏng, thường do dán từ nơi khác, nên chưa lưu được. Xóa ký tự lạ rồi gõ lại."
        ) from None


def search_expression(text: str) -> str:
    """Turn what a person typed into an FTS5 query: every word folded, quoted and a prefix; "" when no word is in it."""
    return " ".join(f'"{word}"*' for word in re.findall(r"\w+", fold(text)))
