"""The blanks above a list of payees, folded to one line while nothing is wrong with them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout

from desktop.dossier.dates import format_date, is_date
from desktop.dossier.document import Document, Problem
from desktop.dossier.forms import Form
from desktop.ui.editor.codes import CodeFinder
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.form_view import FormView
from desktop.ui.kit.basic import row


class HeadView(FormView):
    """A form without its lines: only what stands above them."""

    def __init__(self, draft: Draft, place: int, form: Form, codes: CodeFinder) -> None:
        above = form.model_copy(update={"line_tables": (), "amounts_in_words": ()})
        super().__init__(draft, place, above, codes, _nothing)
        self.setMinimumWidth(0)

    def _title(self) -> QHBoxLayout:
        return row()

    def sizeHint(self) -> QSize:
        """Be as high as the blanks."""
        inside = self.widget()
        return inside.sizeHint() if inside is not None else super().sizeHint()

    def concerns(self, problem: Problem) -> bool:
        """Whether a problem is about one of these blanks."""
        return problem.where.field in self.inputs or problem.where.field in self.ticks


def _nothing(_place: int, _table: str) -> None:
    """Do nothing: there are no lines to ask for."""


def summary(document: Document, form: Form) -> str:
    """Say the blanks in one line: «Kèm chứng từ số 0442, ngày 24/11/2026, Tài khoản dự toán»."""
    number, day = document.fields.get("parent_voucher_no"), document.fields.get("parent_voucher_date")
    parts = [f"Kèm chứng từ số {number}" if number else "Chưa ghi kèm chứng từ nào"]
    if isinstance(day, str) and is_date(day):
        parts.append(f"ngày {format_date(day)}")
    ticked = (choice.labels.get(document.choices.get(choice.key, "")) for choice in form.choices)
    return ", ".join([*parts, *(words or "chưa đánh dấu loại tài khoản" for words in ticked)])
