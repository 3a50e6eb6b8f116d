"""Drafts: blank forms, copies, corrections, imports and attachments."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.checking import check, count_errors
from desktop.desk.errors import DeskError
from desktop.desk.imported import as_draft
from desktop.desk.moving import Moving
from desktop.dossier.document import Attachment, Document, Dossier, Level, Row
from desktop.dossier.duties import Act
from desktop.dossier.filling import blank
from desktop.dossier.lifecycle import State
from desktop.dossier.pack import under
from desktop.exchange.dvc import read_dvc
from desktop.exchange.spreadsheet import read_beneficiaries

CORRECTABLE = frozenset({"returned", "supplement", "mismatch"})
"""Decisions after which the unit sends the dossier again, corrected."""
OF_ONE_VOUCHER = frozenset({"document_no", "parent_voucher_no", "parent_voucher_date"})
"""Fields that name one voucher and no other; a copy is another voucher."""


class Drafting(Moving):
    """Makes and changes drafts; every change is durable when the call returns."""

    @needs(Act.DRAFT)
    def save(self, dossier: Dossier) -> str:
        """Saves a draft durably, with how many errors the list shows, and gives the instant of it.

        Raises StoreError draft_frozen once it is submitted.
        """
        errors = count_errors(check(self._context, dossier))
        return self._context.store.drafts.save(dossier, self._context.user.person_id, errors=errors)

    @reading
    def history(self, local_id: str) -> tuple[Sequence[Dossier], int]:
        """The undo steps of a draft, oldest first, and which of them it stands on."""
        return self._context.store.drafts.history(local_id)

    @needs(Act.DRAFT)
    def keep_history(self, local_id: str, moves: Sequence[tuple[str, Dossier]]) -> None:
        """Keeps undo steps in the order they were made.

        "opened" begins anew with the draft as opened, unless the steps kept stand on just that.
        """
        with self._context.store.transaction():  # all or none: it is tried again when the disk fails
            for how, dossier in moves:
                self._keep_step(local_id, how, dossier)

    def _keep_step(self, local_id: str, how: str, dossier: Dossier) -> None:
        drafts = self._context.store.drafts
        if how == "opened" and drafts.standing_on(local_id) != dossier:
            drafts.forget_steps(local_id)
            drafts.push_step(local_id, "", dossier)
        elif how == "new":
            drafts.push_step(local_id, "sửa", dossier)
        elif how == "back":
            drafts.undo(local_id)
        elif how == "forward":
            drafts.redo(local_id)

    @reading
    def blank_document(self, form_ref: str) -> Document:
        """A blank form, what is known filled in. Raises UnknownForm."""
        with under(self._context.pack()) as pack:
            return blank(pack.form(form_ref), self._context.store.unit.get(), self._context.today())

    @needs(Act.DRAFT)
    def create(self, form_ref: str) -> str:
        """Makes a draft with one blank form and gives its local_id."""
        return self._new(Dossier(local_id="", number="", title="", documents=(self.blank_document(form_ref),)))

    @needs(Act.DRAFT)
    def copy(self, local_id: str) -> str:
        """Makes a new draft with the same content, made today; the voucher number is cleared, it must be new."""
        source = self._context.store.drafts.get(local_id)
        documents = tuple(_another_voucher(document, self._context.today()) for document in source.documents)
        return self._new(source.model_copy(update={"documents": documents, "replaces": None}), source.pack)

    @needs(Act.DRAFT)
    def correct(self, local_id: str) -> str:
        """Makes a draft that names the package it replaces, or gives the one begun before: one package, one correction.

        Raises DeskError not_returned, already_sent, already_replaced.
        """
        store = self._context.store
        facts = store.projection.facts(local_id)
        if facts.package_id is None or not (facts.decision in CORRECTABLE or facts.refused_code):
            raise DeskError(
                "not_returned",
                "Hồ sơ này không bị trả lại nên không cần bản sửa. Muốn lập hồ sơ giống vậy, chọn Sao chép.",
            )
        if facts.refused_code == "already_sent":
            raise DeskError("already_sent", facts.refused_message)
        begun = store.projection.correction(facts.package_id)
        if begun is None:
            source = store.drafts.get(local_id)
            return self._new(source.model_copy(update={"replaces": facts.package_id}), source.pack)
        if begun.status.state is not State.DRAFT:
            raise DeskError("already_replaced", f"Hồ sơ này đã có bản sửa {begun.number} rồi. Mở bản đó để theo dõi.")
        return begun.local_id

    @needs(Act.DRAFT)
    def delete(self, local_id: str) -> None:
        """Puts a draft aside; `undelete` brings it back."""
        self._context.store.drafts.delete(local_id, self._context.user.person_id)

    @needs(Act.DRAFT)
    def undelete(self, local_id: str) -> None:
        """Brings a draft back."""
        self._context.store.drafts.undelete(local_id, self._context.user.person_id)

    @needs(Act.DRAFT)
    def import_file(self, path: Path) -> str:
        """Makes a draft from a voucher of another program (DVC): what the file gives, over what the unit knows.

        Raises DvcError.
        """
        result = read_dvc(path, unit=self._context.store.unit.get())
        return self._new(as_draft(result, self.blank_document(result.form)))

    @reading
    def read_beneficiaries(self, path: Path) -> Sequence[Row]:
        """Rows of Mẫu 20 from a spreadsheet. Raises SpreadsheetError, DeskError when a cell has an error."""
        result = read_beneficiaries(path)
        errors = [problem for problem in result.problems if problem.level is Level.ERROR]
        if errors:
            raise DeskError(
                "bad_list", f"Danh sách có {len(errors)} ô cần sửa, chưa nhập dòng nào. {errors[0].message}"
            )
        return result.rows

    @needs(Act.DRAFT)
    def attach(self, path: Path) -> Attachment:
        """Takes a file into the encrypted store. Raises StoreError for type or size (R-900)."""
        # A name from a disk of another encoding holds bytes that no document can carry.
        name = path.name.encode("utf-8", "replace").decode()
        return self._context.store.attachments.add(path, name)

    def _new(self, content: Dossier, pack: str = "") -> str:
        """Keeps a dossier's content as a new draft under a number of its own, and gives its local_id.

        `pack` is that of the dossier it was made from: it moves to the one in force when it is opened, so that the
        preparer hears what changed.
        """
        number = self._context.store.drafts.next_number()
        title = content.title or f"Hồ sơ {number}"
        own = {"local_id": uuid.uuid4().hex, "number": number, "title": title, "pack": pack or self._context.pack()}
        made = content.model_copy(update=own)
        self.save(made)
        return made.local_id


def _another_voucher(document: Document, today: str) -> Document:
    fields = {key: value for key, value in document.fields.items() if key not in OF_ONE_VOUCHER}
    if "made_date" in fields:
        fields["made_date"] = today
    return document.model_copy(update={"fields": fields})
