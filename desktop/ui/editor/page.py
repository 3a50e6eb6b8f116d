"""The editor: forms at the left, the paper at the right, the estimate below; «Trình ký» leads to the first error."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu

from desktop.dossier.beginning import forms_that_fit
from desktop.dossier.compute import amount_of
from desktop.dossier.document import Attachment, Level, Problem
from desktop.dossier.duties import Act
from desktop.dossier.list_views import ListProposal, ListTaken
from desktop.dossier.procedures import UNKNOWN_CASE
from desktop.ui.beneficiaries.importing import ListImport, Put
from desktop.ui.beneficiaries.view import PayeeView
from desktop.ui.context import Context
from desktop.ui.creating.differences import DifferencesDialog
from desktop.ui.editor.acknowledge import Question
from desktop.ui.editor.attachments import Attachments
from desktop.ui.editor.codes import CodeFinder
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.dropping import Dropping
from desktop.ui.editor.form_view import FormView
from desktop.ui.editor.frame import EditorFrame
from desktop.ui.editor.signers import SignersDialog, has_choice
from desktop.ui.editor.views import View, Views
from desktop.ui.kit.allowing import guard, needs
from desktop.ui.kit.page import WIDE_FROM
from desktop.ui.theme import px
from desktop.ui.wording import clock

PAYEES = "M20"
"""The form with a view of its own: its lines are many, come from elsewhere, and send money to people by name."""

READING = (("Ctrl+C", "chép"), ("F8", "lỗi kế tiếp"), ("F6", "bản in"), ("Esc", "về danh sách"))
"""Keys for a dossier that can only be looked at."""


class EditorPage(EditorFrame):
    """Edits one dossier; made anew for each one opened."""

    hints: tuple[tuple[str, str], ...] = (
        ("F2", "sửa ô"),
        ("F4", "tra mã"),
        ("F8", "lỗi kế tiếp"),
        ("F9", "kiểm tra"),
        ("Ctrl+S", "lưu"),
    )

    def __init__(self, context: Context, local_id: str) -> None:
        self._context, self._desk = context, context.services.desk
        super().__init__(context, Draft(self._desk, local_id))
        self._codes = CodeFinder(self, self._desk, self.draft)
        self._dropping = Dropping(context, self.draft, self.tabs)
        self._files = Attachments(context, self.draft, self._look)
        if not self.draft.editable:
            self.hints = READING
        self._walked = -1
        self._panes, self._of_money = True, False
        self.views = Views(self.stack, self._view)
        for widget in (self._files, self.past):
            self.stack.addWidget(widget)
        self._imports = ListImport(self, context, self.fail)
        self._connect()
        self._bind_keys()
        before = self.draft.dossier.pack
        changes = self.draft.move_to_pack()
        self.moved.show_changes(self.draft.dossier.pack, changes, moved=self.draft.dossier.pack != before)
        self._changed()
        self.draft.check()

    def _connect(self) -> None:
        self.draft.changed.connect(self._changed)
        self.draft.checked.connect(self._checked)
        self.draft.saved.connect(self._saved)
        self.draft.failed.connect(self._context.bus.unsaved)
        self.back.clicked.connect(self.close_editor)
        self._name_it()
        self.check_button.clicked.connect(self.check)
        self.submit_button.clicked.connect(self.submit)
        guard(self.submit_button, self.submit)
        self.tabs.currentChanged.connect(self._show_tab)
        self.more.clicked.connect(self.add_document)
        self.urgent.clicked.connect(self.draft.set_urgent)
        self.general.picked.connect(self.go_to)

    def _bind_keys(self) -> None:
        for keys, run in (
            ("Esc", self.close_editor),
            ("Ctrl+S", self.keep),
            ("F9", self.check),
            ("F8", lambda: self.walk(1)),
            ("Shift+F8", lambda: self.walk(-1)),
            ("F6", lambda: self._show_panes(not self._panes)),
            ("Ctrl+Return", self.submit),
            ("Ctrl+Z", self.draft.undo),
            ("Ctrl+Y", self.draft.redo),
        ):
            self.keys(keys, run)

    def _changed(self) -> None:
        forms = [self.draft.form(place) for place in range(len(self.draft.dossier.documents))]
        if self.views.show_forms(forms) and self.isVisible():
            self.tabs.setFocus()
        self.tabs.show_dossier(self.draft.dossier, forms)
        for view in self.views.made():
            view.sync(self.draft.problems)
        self._files.sync()
        self.urgent.setChecked(self.draft.dossier.urgent)
        if not self.title.hasFocus():
            self.title.setText(self.draft.dossier.title)
            self.title.setCursorPosition(0)
        pairs = zip(self.draft.dossier.documents, forms, strict=True)
        moves = sum(amount_of(document, form) for document, form in pairs if form.is_money_transfer_voucher)
        self._of_money = any(form.amount for form in forms)
        if self._of_money:
            self.estimate.show_estimate(self._desk.estimate(self.draft.dossier), moves)
        self._show_tab(self.tabs.currentIndex())

    def _view(self, place: int) -> View:
        form = self.draft.form(place)
        made: View
        if form.id == PAYEES:
            made = PayeeView(self._context, self.draft, place, form, self._codes, self.fail)
            self.split.addWidget(made.side)
            self.body.addWidget(made.foot)
        else:
            made = FormView(self.draft, place, form, self._codes, self.ask_rows)
        made.sync(self.draft.problems)
        return made

    def _show_panes(self, shown: bool) -> None:
        """Show the paper beside a form, the sums and findings beside a list of payees, or neither."""
        self._panes = shown
        current = self.stack.currentWidget()
        self.preview.setVisible(shown and not isinstance(current, PayeeView))
        for view in self.views.made():
            if isinstance(view, PayeeView):
                view.show_side(shown and view is current)

    def _show_tab(self, place: int) -> None:
        if not 0 <= place < self.stack.count():
            return
        view = self.views[place] if place < len(self.views) else None
        self.stack.setCurrentIndex(place)
        self._show_panes(self._panes)
        self._show_change()
        self._show_foot()
        if isinstance(view, FormView):
            document, pack = self.draft.document(place), self.draft.dossier.pack
            self.preview.show_paper(lambda width: self._desk.preview(document, width, pack))

    def _show_change(self) -> None:
        """Say over a form that its payee changed; a list of payees says so itself."""
        current = self.stack.currentWidget()
        self.changed.show_place(current.place if isinstance(current, FormView) else None)

    def _show_foot(self) -> None:
        """Say under a list what keeps it from being signed, in place of the estimate."""
        current = self.stack.currentWidget()
        for view in self.views.made():
            if isinstance(view, PayeeView):
                view.foot.setVisible(view is current and view.foot.needed)
        said = isinstance(current, PayeeView) and current.foot.needed
        self.estimate.setVisible(self._of_money and not said)

    def _look(self, attachment: Attachment) -> None:
        self._show_panes(True)
        self.preview.show_paper(lambda width: self._desk.preview_attachment(attachment, width))

    def _checked(self) -> None:
        problems = self.draft.problems
        self.tabs.show_problems(problems)
        self.general.show_problems([p for p in problems if p.where.document is None])
        for view in self.views.made():
            view.sync(problems)
        self._show_change()
        self._show_foot()
        errors = sum(p.level is Level.ERROR for p in problems)
        if self.draft.editable:
            words = (
                ("Đang soạn", "pencil-line", "slate")
                if not errors
                else (f"Cần sửa: {errors} lỗi", "triangle-alert", "amber")
            )
            self.badge.show_state(*words)

    def _saved(self, at: str) -> None:
        self._context.bus.saved.emit(at)
        self._context.bus.changed.emit()
        self.last.setText(f"Sửa lần cuối {clock(at)}, Ctrl+Z lùi được {self.draft.history.index()} bước")

    def start(self) -> None:
        """Begin in the first field that is still empty."""
        self._begin(self.tabs.currentIndex())

    def _begin(self, place: int) -> None:
        if not (self.draft.editable and 0 <= place < len(self.views)):
            self.tabs.setFocus()
            return
        view = self.views[place]
        if isinstance(view, PayeeView):
            view.begin()
            return
        seen = [made for made in view.inputs.values() if made.isVisibleTo(view)]
        blank = [made for made in seen if made.field.key not in self.draft.document(place).fields]
        (blank or seen)[0].setFocus()

    def check(self) -> None:
        """Check the whole dossier and say the result."""
        if not self.draft.editable:
            return
        problems = self.draft.check()
        errors = sum(p.level is Level.ERROR for p in problems)
        words = f"Có {errors} lỗi. Nhấn F8 để đi từng chỗ." if errors else "Không có lỗi nào. Có thể trình ký."
        self._context.bus.said.emit(words, None)
        self._walked = -1

    def walk(self, step: int) -> None:
        """Go to the next (1) or previous (-1) problem."""
        places = [p for p in self.draft.problems if p.level is not Level.HINT]
        if places:
            self._walked = (self._walked + step) % len(places) if self._walked >= 0 or step > 0 else len(places) - 1
            self.go_to(places[self._walked])

    def go_to(self, problem: Problem) -> None:
        """Open the tab of a problem and put the cursor on its place."""
        place = problem.where.document
        if place is not None and place < len(self.views):
            self.tabs.setCurrentIndex(place)
            self.views[place].go_to(problem)
        else:
            self.general.point_at(problem)

    @needs(Act.SUBMIT)
    def submit(self) -> None:
        """Check, then freeze for signing; with errors go to the first one instead."""
        if not self.draft.editable:
            return
        if not self.keep():
            return
        problems = self.draft.check()
        errors = [p for p in problems if p.level is Level.ERROR]
        if errors:
            self.go_to(errors[0])
            return
        warnings = [p.message for p in problems if p.level is Level.WARNING]
        if warnings and not Question(self, warnings).agreed():
            return
        found = self._desk.differences(self.draft.dossier)
        if found and not DifferencesDialog(self, found, asks=True).agreed():
            return
        signers: dict[int, str] | None = {}
        if has_choice(steps := self._desk.candidates(self.draft.local_id)):
            signers = SignersDialog(self, steps).chosen()
        if signers is not None and self._context.attempt(
            lambda: self._desk.submit(self.draft.local_id, warnings, signers)
        ):
            self._context.bus.changed.emit()
            self._context.bus.said.emit(f"Đã trình ký hồ sơ {self.draft.dossier.number}.", None)
            self._context.bus.closed.emit()

    def add_document(self) -> None:
        """Ask which form to add, those of the dossier's case first, or offer to drop the one in view."""
        menu = QMenu(self)
        menu.setAccessibleName("Chọn mẫu để thêm")
        fitting = forms_that_fit(self.draft.dossier.case, self.draft.dossier.documents)
        for item in fitting:
            menu.addAction(item.title, partial(self.append, item.ref))
        others = {item.ref: item for item in forms_that_fit(UNKNOWN_CASE, ())}
        others = {ref: item for ref, item in others.items() if ref not in {known.ref for known in fitting}}
        more = menu.addMenu("Mẫu khác") if others else menu
        for ref, item in others.items():
            more.addAction(item.title, partial(self.append, ref))
        menu.addSeparator()
        self._dropping.offer(menu, self.tabs.currentIndex())
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def append(self, form_ref: str) -> None:
        """Add a blank form and show it."""
        if self._context.attempt(lambda: self.draft.add_document(self._desk.blank_document(form_ref))):
            self.tabs.setCurrentIndex(len(self.views) - 1)
            self._begin(len(self.views) - 1)

    def ask_rows(self, place: int, table: str) -> None:
        """Ask for a spreadsheet with the lines of a list."""
        self._imports.ask(self.draft.document(place).form, self._taker(place, table))

    def take_rows(self, place: int, table: str, path: Path) -> None:
        """Put the lines of a spreadsheet in place of a table's; Ctrl+Z brings the old ones back."""
        self._imports.start(path, self.draft.document(place).form, self._taker(place, table))

    def _taker(self, place: int, table: str) -> Put:
        def put(proposal: ListProposal, taken: ListTaken) -> None:
            self.draft.set_rows(place, table, taken.rows)
            words = f"Đã nhập {len(taken.rows)} dòng từ {proposal.path.name}."
            self._context.bus.said.emit(words, self.draft.undo)

        return put

    def close_editor(self) -> None:
        """Save and go back to the list."""
        self.take_typed()
        self._context.bus.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the paper away on a narrow window; F6 brings it back."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show_panes(self.window().width() >= px(WIDE_FROM))
