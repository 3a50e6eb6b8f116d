"""The list of dossiers: chips, search without diacritics, sorting, and the detail of the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame

from desktop.dossier.catalogues import catalogue
from desktop.dossier.duties import Act
from desktop.dossier.purposes import Plan
from desktop.dossier.views import DossierRow, ListFilter, RowQuery
from desktop.ui.context import Context
from desktop.ui.creating.copy_dialog import CopyDialog
from desktop.ui.creating.dialog import PurposeDialog
from desktop.ui.dossiers.chips import Chips
from desktop.ui.dossiers.detail import DetailPane
from desktop.ui.dossiers.files import ListFiles
from desktop.ui.dossiers.model import SORTS, WIDTHS, DossierModel
from desktop.ui.dossiers.search import SearchField
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button, column, frame, keycap, label, row
from desktop.ui.kit.empty import Empty
from desktop.ui.kit.page import WIDE_FROM, Page
from desktop.ui.kit.signs import Dot, card
from desktop.ui.kit.tables import ListTable
from desktop.ui.papers.viewer import PaperViewer
from desktop.ui.texts import tr
from desktop.ui.theme import px
from desktop.ui.wording import dong


class DossiersPage(Page):
    """Where is dossier X."""

    hints = (("↑ ↓", "chọn"), ("Enter", "mở"), ("Ctrl+F", "tìm"), ("F3", "lọc"), ("Ctrl+E", "xuất Excel"))

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Hồ sơ"))
        self._context, self._desk = context, context.services.desk
        self.model = DossierModel(self._desk)
        self.query = RowQuery()
        self.files = ListFiles(self, context)
        self._fill_head()
        self._fill_filters()
        self.detail = DetailPane(
            {
                "open": self.open,
                "correct": self.correct,
                "print": self.print_pdf,
                "paper": self.ask_pack,
                "copy": self.copy,
                "delete": self.delete,
                "withdraw": self.withdraw,
            },
            lambda paper: PaperViewer(context, paper, self).open(),
        )
        main = row(gap=10)
        main.addWidget(self._list(), 1)
        main.addWidget(self.detail)
        self.body.addLayout(main, 1)
        self.keys("Ctrl+F", self.search.focus)
        self.keys("F3", self.chips.focus)
        self.keys("Ctrl+E", self.ask_export)
        self.keys("Ctrl+P", self.print_pdf)
        self.keys("F6", self.toggle_detail)

    def _fill_head(self) -> None:
        self.search = SearchField("Tìm mã, nội dung, đơn vị, số tiền. Gõ không dấu cũng được", self._search)
        self.head.addSpacing(px(16))
        self.head.addWidget(self.search, 10)
        self.head.addWidget(keycap("Ctrl+F"))
        self.head.addStretch(1)
        self.import_button = button("Nhập tệp", "file-up", "", self.ask_import)
        self.head.addWidget(self.import_button)
        self.head.addWidget(button(tr("Từ hồ sơ tháng trước"), "copy", "", self.from_last_month))
        self.new_button = button(tr("Lập hồ sơ"), "plus", "primary", self.new_dossier, "Ctrl+N")
        self.head.addWidget(self.new_button)
        self.head.addWidget(keycap("Ctrl+N"))

    def _fill_filters(self) -> None:
        self.chips = Chips()
        self.chips.chosen.connect(lambda value: self._ask(filter=None if value == ListFilter.ALL else value))
        self.year, self.source = QComboBox(), QComboBox()
        self.year.setAccessibleName("Năm ngân sách")
        self.source.setAccessibleName("Nguồn ngân sách")
        self.year.setFixedWidth(px(94))
        self.source.setFixedWidth(px(104))
        self.year.addItem("Mọi năm", None)
        for year in sorted({line.budget_year for line in self._desk.estimates()}, reverse=True):
            self.year.addItem(f"Năm {year}", year)
        self.source.addItem("Mọi nguồn", None)
        names = catalogue("source")
        for code in sorted({line.source for line in self._desk.estimates()}):
            entry = names.get(code)
            self.source.addItem(f"Nguồn {code}", code)
            self.source.setItemData(self.source.count() - 1, entry.name if entry else code, 3)
        self.year.currentIndexChanged.connect(lambda: self._ask(year=self.year.currentData()))
        self.source.currentIndexChanged.connect(lambda: self._ask(source=self.source.currentData()))
        line = row(gap=6)
        line.addWidget(self.chips)
        line.addStretch(1)
        line.addWidget(self.year)
        line.addWidget(self.source)
        self.body.addLayout(line)

    def _list(self) -> QFrame:
        made = card()
        box = column(made, (1, 1, 1, 1))
        self.table = ListTable("Danh sách hồ sơ", self.model, WIDTHS)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.table.on_open(self.open)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.empty = Empty(self.table, self._empty_action)
        box.addWidget(self.table, 1)
        box.addWidget(self._foot())
        return made

    def _foot(self) -> QFrame:
        foot = frame("tablefoot")
        foot.setFixedHeight(px(30))
        box = row(foot, (10, 0, 10, 0), 5)
        self._sum = label("", "caption")
        box.addWidget(self._sum)
        box.addStretch(1)
        box.addWidget(label("Cột Ký:", "caption"))
        for state, words in (("signed", "đã ký"), ("turn", "đến lượt"), ("waiting", "chưa đến")):
            box.addSpacing(px(5))
            box.addWidget(Dot(state))
            box.addWidget(label(words, "caption"))
        return foot

    def current(self) -> DossierRow | None:
        """Give the chosen row."""
        return self.model.row_at(self.table.current_row())

    def start(self) -> None:
        """Begin in the list, or on the button of an empty one."""
        self.empty.focus()

    def refresh(self) -> None:
        """Read the list again and keep the cursor on the same dossier."""
        chosen, before = self.current(), self.table.current_row()
        self.model.show(self.query)
        self.chips.show_counts(self._desk.counts())
        self._sum.setText(f"{self.model.totals.count} hồ sơ, tổng {dong(self.model.totals.amount)}")
        self._show_empty()
        place = self.model.find(chosen.local_id) if chosen else 0
        last = self.model.totals.count - 1
        self.table.choose(place if place >= 0 else max(0, min(before, last)))
        if self.model.totals.count == 0:
            self.detail.show_nothing()

    def choose(self, local_id: str) -> None:
        """Put the cursor on a dossier when it is in the list."""
        self.table.choose(self.model.find(local_id))

    @property
    def narrowed(self) -> bool:
        """Tell whether search, chip, year or source leave anything out."""
        return self.query != replace(RowQuery(), sort=self.query.sort, descending=self.query.descending)

    def _show_empty(self) -> None:
        if self.narrowed:
            self.empty.say("Không có hồ sơ khớp.", "Bỏ lọc")
        else:
            offer = "Lập hồ sơ đầu tiên" if self._context.allows(Act.DRAFT) else ""
            self.empty.say("Chưa có hồ sơ nào.", offer, "plus")

    def _empty_action(self) -> None:
        if not self.narrowed:
            self.new_dossier()
            return
        self.search.clear()
        self.chips.choose(ListFilter.ALL)
        self.year.setCurrentIndex(0)
        self.source.setCurrentIndex(0)
        self.query = RowQuery()
        self.refresh()
        self.start()

    def _ask(self, **change: object) -> None:
        self.query = replace(self.query, **change)  # type: ignore[arg-type]  # keys are RowQuery's own
        self.refresh()

    def _search(self, text: str) -> None:
        self._ask(text=text)

    def _sort(self, section: int) -> None:
        if SORTS[section]:
            same = self.query.sort == SORTS[section]
            self._ask(sort=SORTS[section], descending=not self.query.descending if same else section in (3, 6))

    def _chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row_at(now.row())
        if row is None:
            self.detail.show_nothing()
        else:
            self._context.attempt(lambda: self.detail.show_detail(self._desk.detail(row.local_id)))

    @needs(Act.DRAFT)
    def ask_import(self) -> None:
        """Ask for files or for a folder with vouchers of another program."""
        self.files.menu().popup(self.import_button.mapToGlobal(self.import_button.rect().bottomLeft()))

    @needs(Act.EXPORT)
    def print_pdf(self) -> None:
        """Ask where to write the chosen dossier's forms."""
        self.files.ask_print(self.current())

    def open(self) -> None:
        """Open the chosen dossier in the editor."""
        if (row := self.current()) is not None:
            self._context.bus.opened.emit(row.local_id)

    @needs(Act.EXPORT)
    def ask_export(self) -> None:
        """Ask where to write the list as it is narrowed."""
        self.files.ask_export(self.query)

    @needs(Act.SUBMIT)
    def ask_pack(self) -> None:
        """Ask why the chosen dossier goes on paper, and where to write its pack."""
        self.files.ask_pack(self.current())

    @needs(Act.DRAFT)
    def new_dossier(self) -> None:
        """Ask what the dossier is for and open a draft of it."""
        dialog = PurposeDialog(self, from_last=self.from_last_month)
        dialog.decided.connect(self.draft_for)
        dialog.open()

    def draft_for(self, plan: Plan) -> None:
        """Make a draft for a purpose and open it."""
        self._open(lambda: self._desk.create_for(plan.purpose.key, plan.answers))

    @needs(Act.DRAFT)
    def from_last_month(self) -> None:
        """Ask which dossier to go by and open a draft like it."""
        row = self.current()
        dialog = CopyDialog(self._desk, self, row.local_id if row else "")
        dialog.decided.connect(lambda chosen, options: self._open(lambda: self._desk.copy_month(chosen, options)))
        dialog.open()

    def _open(self, make: Callable[[], str]) -> None:
        self._context.attempt(lambda: self._context.bus.opened.emit(make()))

    def draft_of(self, form_ref: str) -> None:
        """Make a draft of a form and open it."""
        self._open(lambda: self._desk.create(form_ref))

    def _derive(self, make: Callable[[str], str]) -> None:
        row = self.current()
        if row is not None:
            self._context.attempt(lambda: self._context.bus.opened.emit(make(row.local_id)))

    def _change(self, action: Callable[[str], None], words: str, undo: Callable[[str], None] | None = None) -> None:
        row = self.current()
        if row is None or not self._context.attempt(lambda: action(row.local_id)):
            return
        self._context.bus.changed.emit()
        self._context.bus.said.emit(words, partial(self._take_back, undo, row.local_id) if undo else None)

    def _take_back(self, undo: Callable[[str], None], local_id: str) -> None:
        self._context.attempt(lambda: undo(local_id))
        self._context.bus.changed.emit()

    @needs(Act.DRAFT)
    def correct(self) -> None:
        """Open a draft that replaces the chosen dossier."""
        self._derive(self._desk.correct)

    @needs(Act.DRAFT)
    def copy(self) -> None:
        """Open a draft with the content of the chosen dossier."""
        self._derive(self._desk.copy)

    @needs(Act.WITHDRAW)
    def withdraw(self) -> None:
        """Take the chosen dossier back to draft."""
        self._change(self._desk.withdraw, "Đã rút hồ sơ về bước soạn.")

    @needs(Act.DRAFT)
    def delete(self) -> None:
        """Put the chosen draft away; the toast brings it back."""
        self._change(self._desk.delete, "Đã xóa bản soạn.", self._desk.undelete)

    def toggle_detail(self) -> None:
        """Show or hide the detail pane."""
        self.detail.setVisible(not self.detail.isVisible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the detail pane away on a narrow window; F6 brings it back."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.detail.setVisible(self.window().width() >= px(WIDE_FROM))
            self.chips.set_narrow(self.width() < px(1140))
