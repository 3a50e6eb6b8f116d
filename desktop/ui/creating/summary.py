"""«Bộ hồ sơ gồm…»: the forms that are begun, what to get ready, and the article it rests on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.dossier.pack import form_of
from desktop.dossier.procedures import State, case, procedures
from desktop.dossier.purposes import Plan
from desktop.ui.kit.basic import clear, column, label, picture, row
from desktop.ui.theme import tokens


class Summary(QWidget):
    """Shows what a plan comes to."""

    def __init__(self) -> None:
        super().__init__()
        self._box = column(self, gap=4)

    def show_plan(self, plan: Plan) -> None:
        """Show the forms and papers of a plan."""
        clear(self._box)
        found = case(plan.case)
        self._box.addWidget(label("Bộ hồ sơ gồm", "h2"))
        for start in plan.starts:
            form = form_of(start.form)
            self._line("file-text", f"{form.list_title.split(' (')[0]} (Mẫu {form.number})", "lập sẵn")
        files = [item for item in plan.components if item.attachable]
        for item in files:
            if item.state is State.MISSING:
                self._line("paperclip", item.label, "cần đính kèm")
        for item in files:
            if item.state is State.UNKNOWN:
                self._line("circle-help", item.label, f"nếu {item.when[:1].lower()}{item.when[1:]}")
        if not any(item.state in (State.MISSING, State.UNKNOWN) for item in files):
            self._box.addWidget(label("Không cần giấy tờ kèm theo.", "muted"))
        self._box.addSpacing(4)
        name = next(item.short for item in procedures().procedures if item.id == found.procedure)
        notes = f" {found.note}." if found.note else ""
        self._box.addWidget(label(f"{name}: {found.name}. {found.source}.{notes}", "caption", wrap=True))

    def _line(self, icon: str, text: str, note: str) -> None:
        line = row(gap=8)
        line.addWidget(picture(icon, tokens().muted))
        words = column()
        words.addWidget(label(text, "medium", wrap=True))
        words.addWidget(label(note, "caption", wrap=True))
        line.addLayout(words, 1)
        self._box.addLayout(line)
