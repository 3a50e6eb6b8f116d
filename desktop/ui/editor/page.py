"""The editor: forms at the left, the paper at the right, the estimate below; «Trình ký» leads to the first error."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QMessageBox, QSplitter, QStackedWidget, QWidget

from desktop.dossier.compute import voucher_total
from desktop.dossier.document import Attachment, Level, Problem
from desktop.dossier.pack import form_of, load_pack
from desktop.ui.context import Context
from desktop.ui.dossiers.detail import fill
from desktop.ui.editor.attachments import Attachments
from desktop.ui.editor.codes import CodeFinder
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.estimate_bar import EstimateBar
from desktop.ui.editor.form_view import FormView
from desktop.ui.editor.preview import Preview
from desktop.ui.editor.problem_list import ProblemList
from desktop.ui.editor.tabs import Tabs
from desktop.ui.kit.basic import button, column, frame, icon_button, keycap, label, row, rule
from desktop.ui.kit.page import WIDE_FROM, Page
from desktop.ui.kit.signs import Badge, Banner
from desktop.ui.texts import tr
from desktop.ui.theme import px
from desktop.ui.wording import clock


class EditorPage(Page):
    """Edits one dossier; made anew for each one opened."""

    hints = (("F2", "sửa ô"), ("F4", "tra mã"), ("F8", "lỗi kế tiếp"), ("F9", "kiểm tra"), ("Ctrl+S", "lưu"))
    narrow_nav = True

    def __init__(self, context: Context, local_id: str) -> None:
        super().__init__(head_height=46)
        self._context, self._desk = context, context.services.desk
        self.draft = Draft(self._desk, local_id)
        self.draft.setParent(self)
        self._codes = CodeFinder(self, self._desk, self.draft)
        self._walked = -1
        self._fill_head()
        self._fill_body()
        self.draft.changed.connect(self._changed)
        self.draft.checked.connect(self._checked)
        self.draft.saved.connect(self._saved)
        self.draft.failed.connect(self.fail)
        self._bind_keys()
        self._changed()
        self.draft.check()

    def _fill_head(self) -> None:
        draft = self.draft
        self.head.setContentsMargins(px(8), 0, px(14), 0)
        self.head.addWidget(button(tr("Hồ sơ"), "arrow-left", "back", self.close_editor, "Esc"))
        self.head.addWidget(rule(upright=True))
        self.head.addWidget(label(draft.dossier.number, "number"))
        self.title = QLineEdit(draft.dossier.title)
        self.title.setProperty("k", "title")
        self.title.setCursorPosition(0)
        self.title.setAccessibleName("Tên hồ sơ")
        self.title.setPlaceholderText("Đặt tên cho hồ sơ")
        self.title.setReadOnly(not draft.editable)
        self.title.editingFinished.connect(lambda: draft.set_title(self.title.text().strip()))
        self.head.addWidget(self.title, 1)
        status = draft.detail.row.status
        self.badge = Badge(status.label, status.icon, status.colour)
        self.head.addWidget(self.badge)
        self.head.addStretch(1)
        self.head.addWidget(button(tr("Kiểm tra"), "list-checks", "", self.check))
        self.head.addWidget(keycap("F9"))
        self.submit_button = button(tr("Trình ký"), "pen-line", "primary", self.submit)
        self.head.addWidget(self.submit_button)
        self.submit_button.setVisible(draft.editable)
        if draft.editable:
            self.head.addWidget(keycap("Ctrl+Enter"))

    def _fill_body(self) -> None:
        self.body.setContentsMargins(px(12), px(5), px(12), px(8))
        self.body.setSpacing(0)
        self.tabs = Tabs()
        self.tabs.currentChanged.connect(self._show_tab)
        line = row(gap=8)
        line.addWidget(self.tabs)
        self._more = icon_button("plus", "Thêm chứng từ vào hồ sơ", self.add_document)
        line.addWidget(self._more)
        line.addStretch(1)
        self._last = label("", "caption")
        line.addWidget(self._last)
        self.body.addLayout(line)
        self._more.setVisible(self.draft.editable)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(px(10))
        card = frame("card")
        box = column(card, (1, 1, 1, 1))
        self._frozen = Banner(
            "blue", "lock", "Hồ sơ đã trình ký nên không sửa được.", "Rút về ở danh sách hồ sơ để sửa."
        )
        self._frozen.setVisible(not self.draft.editable)
        box.addWidget(self._frozen)
        self._general = ProblemList(self.go_to)
        self._general.setContentsMargins(px(10), px(4), px(10), 0)
        box.addWidget(self._general)
        self._general.setVisible(False)
        self.stack = QStackedWidget()
        box.addWidget(self.stack, 1)
        self.preview = Preview(self._context.workers.paper)
        self.split.addWidget(card)
        self.split.addWidget(self.preview)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([px(818), px(462)])
        self.split.setChildrenCollapsible(False)
        self.body.addWidget(self.split, 1)
        self.body.addSpacing(px(9))
        self.estimate = EstimateBar()
        self.body.addWidget(self.estimate)
        self._files = Attachments(self._context, self.draft, self._look)
        self._past = QWidget()
        self._past.setObjectName("scrolled")
        fill(column(self._past, (14, 12, 14, 12), 8), self.draft.detail)
        self.views: list[FormView] = []

    def _bind_keys(self) -> None:
        for keys, run in (
            ("Esc", self.close_editor),
            ("Ctrl+S", self.draft.flush),
            ("F9", self.check),
            ("F8", lambda: self.walk(1)),
            ("Shift+F8", lambda: self.walk(-1)),
            ("F6", lambda: self.preview.setVisible(not self.preview.isVisible())),
            ("Ctrl+Return", self.submit),
            ("Ctrl+Z", self.draft.history.undo),
            ("Ctrl+Y", self.draft.history.redo),
        ):
            self.keys(keys, run)

    def _changed(self) -> None:
        forms = [form_of(document.form) for document in self.draft.dossier.documents]
        if [view.form.id for view in self.views] != [form.id for form in forms]:
            self._rebuild()
        self.tabs.show_dossier(self.draft.dossier, forms)
        for view in self.views:
            view.sync(self.draft.problems)
        self._files.sync()
        if not self.title.hasFocus():
            self.title.setText(self.draft.dossier.title)
            self.title.setCursorPosition(0)
        total = sum(voucher_total(d) for d in self.draft.dossier.documents if form_of(d.form).is_money_transfer_voucher)
        self.estimate.show_estimate(self._desk.estimate(self.draft.dossier), total)
        self._show_tab(self.tabs.currentIndex())

    def _rebuild(self) -> None:
        while (widget := self.stack.widget(0)) is not None:
            self.stack.removeWidget(widget)
            if isinstance(widget, FormView):
                widget.deleteLater()
        documents = self.draft.dossier.documents
        self.views = [FormView(self.draft, i, form_of(d.form), self._codes.find) for i, d in enumerate(documents)]
        for view in (*self.views, self._files, self._past):
            self.stack.addWidget(view)
        if self.isVisible():
            self.tabs.setFocus()

    def _show_tab(self, place: int) -> None:
        if not 0 <= place < self.stack.count():
            return
        self.stack.setCurrentIndex(place)
        if place < len(self.views):
            document = self.draft.document(place)
            self.preview.show_paper(lambda width: self._desk.preview(document, width))

    def _look(self, attachment: Attachment) -> None:
        self.preview.setVisible(True)
        self.preview.show_paper(lambda width: self._desk.preview_attachment(attachment, width))

    def _checked(self) -> None:
        problems = self.draft.problems
        self.tabs.show_problems(problems)
        self._general.show_problems([p for p in problems if p.where.document is None])
        for view in self.views:
            view.sync(problems)
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
        self._last.setText(f"Sửa lần cuối {clock(at)}, Ctrl+Z lùi được {self.draft.history.index()} bước")

    def start(self) -> None:
        """Begin in the first field that is still empty."""
        self._begin(self.tabs.currentIndex())

    def _begin(self, place: int) -> None:
        if not (self.draft.editable and 0 <= place < len(self.views)):
            self.tabs.setFocus()
            return
        view = self.views[place]
        seen = [made for made in view.inputs.values() if made.isVisibleTo(view)]
        blank = [made for made in seen if made.field.key not in self.draft.document(place).fields]
        (blank or seen)[0].setFocus()

    def check(self) -> None:
        """Check the whole dossier and say the result."""
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
            self._general.point_at(problem)

    def submit(self) -> None:
        """Check, then freeze for signing; with errors go to the first one instead."""
        if not self.draft.editable:
            return
        self._commit_typing()
        self.draft.flush()
        problems = self.draft.check()
        errors = [p for p in problems if p.level is Level.ERROR]
        if errors:
            self.go_to(errors[0])
            return
        warnings = [p.message for p in problems if p.level is Level.WARNING]
        if warnings and not self.acknowledge(warnings):
            return
        if self._context.attempt(lambda: self._desk.submit(self.draft.local_id, warnings)):
            self._context.bus.changed.emit()
            self._context.bus.said.emit(f"Đã trình ký hồ sơ {self.draft.dossier.number}.", None)
            self._context.bus.closed.emit()

    def _commit_typing(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def acknowledge(self, warnings: Sequence[str]) -> bool:
        """Ask once whether to go on in spite of warnings; the answer is kept in the dossier's history."""
        box = QMessageBox(self)
        box.setWindowTitle("Nên kiểm tra trước khi trình ký")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText("\n\n".join(warnings[:6]))
        go = box.addButton("Đã xem, trình ký", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Quay lại sửa", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is go

    def add_document(self) -> None:
        """Ask which form to add."""
        menu = QMenu(self)
        menu.setAccessibleName("Chọn mẫu để thêm")
        for form in load_pack().forms:
            menu.addAction(f"{form.list_title}  (Mẫu {form.number})", partial(self.append, form.ref))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def append(self, form_ref: str) -> None:
        """Add a blank form and show it."""
        if self._context.attempt(lambda: self.draft.add_document(self._desk.blank_document(form_ref))):
            self.tabs.setCurrentIndex(len(self.views) - 1)
            self._begin(len(self.views) - 1)

    def close_editor(self) -> None:
        """Save and go back to the list."""
        self._commit_typing()
        self.draft.flush()
        self._context.bus.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the paper away on a narrow window; F6 brings it back."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.preview.setVisible(self.window().width() >= px(WIDE_FROM))
