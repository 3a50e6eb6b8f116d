"""Drafts: blank forms, copies, corrections, imports and attachments."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from desktop.desk.context import DeskContext, DeskError
from desktop.dossier.document import Attachment, Document, Dossier, Level, Row
from desktop.dossier.filling import blank
from desktop.dossier.pack import load_pack
from desktop.exchange.dvc import read_dvc
from desktop.exchange.spreadsheet import read_beneficiaries

CORRECTABLE = frozenset({"returned", "supplement", "refused"})


class Drafting:
    """Makes and changes drafts; every change is durable when the call returns."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def save(self, dossier: Dossier) -> str:
        """Saves a draft durably and gives the instant of it. Raises StoreError when the dossier is frozen."""
        return self._context.store.drafts.save(dossier, self._context.user.person_id)

    def blank_document(self, form_ref: str) -> Document:
        """A blank form, what is known filled in. Raises UnknownForm."""
        return blank(load_pack().form(form_ref), self._context.store.unit.get(), self._context.today())

    def create(self, form_ref: str) -> str:
        """Makes a draft with one blank form and gives its local_id."""
        return self._new("", (self.blank_document(form_ref),))

    def copy(self, local_id: str) -> str:
        """Makes a new draft with the same forms and attachments; the voucher number is cleared, it must be new."""
        source = self._context.store.drafts.get(local_id)
        documents = tuple(_without_number(document) for document in source.documents)
        return self._new(source.title, documents, source.attachments)

    def correct(self, local_id: str) -> str:
        """Makes a draft that names the package it replaces. Raises DeskError when nothing was returned."""
        store = self._context.store
        facts = store.projection.facts(local_id)
        if facts.package_id is None or not (facts.decision in CORRECTABLE or facts.refused_code):
            raise DeskError(
                "not_returned",
                "Hồ sơ này không bị trả lại nên không cần bản sửa. Muốn lập hồ sơ giống vậy, chọn Sao chép.",
            )
        source = store.drafts.get(local_id)
        return self._new(source.title, source.documents, source.attachments, replaces=facts.package_id)

    def delete(self, local_id: str) -> None:
        """Puts a draft aside; `undelete` brings it back."""
        self._context.store.drafts.delete(local_id)

    def undelete(self, local_id: str) -> None:
        """Brings a draft back."""
        self._context.store.drafts.undelete(local_id)

    def import_file(self, path: Path) -> str:
        """Makes a draft from a voucher of another program (DVC): what the file gives, over what the unit knows. Raises DvcError."""
        result = read_dvc(path)
        known = self.blank_document(result.form)
        document = known.model_copy(
            update={
                "fields": known.fields | {k: v for k, v in result.document.fields.items() if v not in (None, "")},
                "choices": result.document.choices,
                "tables": result.document.tables,
            }
        )
        title = str(document.tables.get("lines", [{}])[0].get("content") or result.number)
        return self._new(title, (document,))

    def read_beneficiaries(self, path: Path) -> Sequence[Row]:
        """Rows of Mẫu 20 from a spreadsheet. Raises SpreadsheetError, DeskError when a cell has an error."""
        result = read_beneficiaries(path)
        errors = [problem for problem in result.problems if problem.level is Level.ERROR]
        if errors:
            raise DeskError(
                "bad_list", f"Danh sách có {len(errors)} ô cần sửa, chưa nhập dòng nào. {errors[0].message}"
            )
        return result.rows

    def attach(self, path: Path) -> Attachment:
        """Takes a file into the encrypted store. Raises StoreError for type or size (R-900)."""
        return self._context.store.attachments.add(path, path.name)

    def _new(
        self,
        title: str,
        documents: tuple[Document, ...],
        attachments: tuple[Attachment, ...] = (),
        replaces: str | None = None,
    ) -> str:
        number = self._context.store.drafts.next_number()
        dossier = Dossier(
            local_id=uuid.uuid4().hex,
            number=number,
            title=title or f"Hồ sơ {number}",
            documents=documents,
            attachments=attachments,
            replaces=replaces,
        )
        self.save(dossier)
        return dossier.local_id


def _without_number(document: Document) -> Document:
    fields = {key: value for key, value in document.fields.items() if key != "document_no"}
    return document.model_copy(update={"fields": fields})
