"""The list of dossiers: chips, search without diacritics, sorting, and the detail of the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QMenu, QStackedLayout, QWidget

from desktop.dossier.catalogues import catalogue
from desktop.dossier.pack import load_pack
from desktop.dossier.views import DossierRow, ListFilter, RowQuery
from desktop.ui.context import Context
from desktop.ui.dossiers.chips import Chips
from desktop.ui.dossiers.detail import DetailPane
from desktop.ui.dossiers.model import SORTS, WIDTHS, DossierModel
from desktop.ui.dossiers.search import SearchField
from desktop.ui.kit.basic import button, column, frame, keycap, label, row
from desktop.ui.kit.page import WIDE_FROM, Page
from desktop.ui.kit.signs import Dot, card
from desktop.ui.kit.tables import ListTable
from desktop.ui.texts import tr
from desktop.ui.theme import px
from desktop.ui.wording import dong


class DossiersPage(Page):
    """Where is dossier X."""

    hints = (("↑ ↓", "chọn"), ("Enter", "mở"), ("Ctrl+F", "tìm"), ("Ctrl+E", "xuất Excel"))

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Hồ sơ"))
        self._context, self._desk = context, context.services.desk
        self.model = DossierModel(self._desk)
        self._query = RowQuery()
        self._fill_head()
        self._fill_filters()
        self.detail = DetailPane(
            {
                "open": self.open,
                "correct": lambda: self._derive(self._desk.correct),
                "print": self.print_pdf,
                "copy": lambda: self._derive(self._desk.copy),
                "delete": self._delete,
                "withdraw": lambda: self._change(self._desk.withdraw, "Đã rút hồ sơ về bước soạn."),
            }
        )
        main = row(gap=10)
        main.addWidget(self._list(), 1)
        main.addWidget(self.detail)
        self.body.addLayout(main, 1)
        self.keys("Ctrl+F", self.search.focus)
        self.keys("Ctrl+E", self.export)
        self.keys("Ctrl+P", self.print_pdf)
        self.keys("F6", self.toggle_detail)

    def _fill_head(self) -> None:
        self.search = SearchField("Tìm mã, nội dung, đơn vị, số tiền. Gõ không dấu cũng được", self._search)
        self.head.addSpacing(px(16))
        self.head.addWidget(self.search, 10)
        self.head.addWidget(keycap("Ctrl+F"))
        self.head.addStretch(1)
        self.head.addWidget(button("Nhập tệp", "file-up", "", self.import_file))
        self.head.addWidget(button(tr("Từ hồ sơ cũ"), "copy", "", lambda: self._derive(self._desk.copy)))
        self.new_button = button(tr("Soạn hồ sơ"), "plus", "primary", self.new_dossier, "Ctrl+N")
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
        place = QWidget()
        self._stack = QStackedLayout(place)
        self._stack.setStackingMode(QStackedLayout.StackingMode.StackOne)
        self._stack.addWidget(self.table)
        self._empty_words = label("")
        self._empty_button = button("", "plus", "primary", self._empty_action)
        self._stack.addWidget(self._empty())
        box.addWidget(place, 1)
        box.addWidget(self._foot())
        return made

    def _empty(self) -> QWidget:
        made = QWidget()
        made.setObjectName("scrolled")
        box = column(made, gap=10)
        box.addStretch(1)
        for widget in (self._empty_words, self._empty_button):
            line = row()
            line.addStretch(1)
            line.addWidget(widget)
            line.addStretch(1)
            box.addLayout(line)
        box.addStretch(2)
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
        """Begin in the list."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the list again and keep the cursor on the same dossier."""
        chosen = self.current()
        self.model.show(self._query)
        self.chips.show_counts(self._desk.counts())
        self._sum.setText(f"{self.model.totals.count} hồ sơ, tổng {dong(self.model.totals.amount)}")
        self._show_empty()
        place = self.model.find(chosen.local_id) if chosen else 0
        self.table.choose(max(0, place))
        if self.model.totals.count == 0:
            self.detail.show_nothing()

    def choose(self, local_id: str) -> None:
        """Put the cursor on a dossier when it is in the list."""
        self.table.choose(self.model.find(local_id))

    def _show_empty(self) -> None:
        empty = self.model.totals.count == 0
        narrowed = self._query != replace(RowQuery(), sort=self._query.sort, descending=self._query.descending)
        self._empty_words.setText("Không có hồ sơ khớp." if narrowed else "Chưa có hồ sơ nào.")
        self._empty_button.setText("Bỏ lọc" if narrowed else "Soạn hồ sơ đầu tiên")
        self._empty_button.setAccessibleName(self._empty_button.text())
        self._stack.setCurrentIndex(int(empty))

    def _empty_action(self) -> None:
        if self._empty_button.text() != "Bỏ lọc":
            self.new_dossier()
            return
        self.search.clear()
        self.chips.choose(ListFilter.ALL)
        self.year.setCurrentIndex(0)
        self.source.setCurrentIndex(0)
        self._query = RowQuery()
        self.refresh()

    def _ask(self, **change: object) -> None:
        self._query = replace(self._query, **change)  # type: ignore[arg-type]  # keys are RowQuery's own
        self.refresh()

    def _search(self, text: str) -> None:
        self._ask(text=text)

    def _sort(self, section: int) -> None:
        if SORTS[section]:
            same = self._query.sort == SORTS[section]
            self._ask(sort=SORTS[section], descending=not self._query.descending if same else section in (3, 6))

    def _chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row_at(now.row())
        if row is None:
            self.detail.show_nothing()
        else:
            self._context.attempt(lambda: self.detail.show_detail(self._desk.detail(row.local_id)))

    def open(self) -> None:
        """Open the chosen dossier in the editor."""
        if (row := self.current()) is not None:
            self._context.bus.opened.emit(row.local_id)

    def new_dossier(self) -> None:
        """Ask which form and open a draft of it."""
        menu = QMenu(self)
        for form in load_pack().forms:
            if form.is_money_transfer_voucher or not form.attached_to:
                name = f"{form.list_title}  (Mẫu {form.number})"
                menu.addAction(name, partial(self.draft_of, form.ref))
        menu.setAccessibleName("Chọn mẫu")
        menu.popup(self.new_button.mapToGlobal(self.new_button.rect().bottomLeft()))

    def draft_of(self, form_ref: str) -> None:
        """Make a draft of a form and open it."""
        self._context.attempt(lambda: self._context.bus.opened.emit(self._desk.create(form_ref)))

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

    def _delete(self) -> None:
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

    def import_file(self) -> None:
        """Ask for a voucher of another program."""
        name, _ = QFileDialog.getOpenFileName(self, "Nhập chứng từ", "", "Chứng từ DVC (*.xml *.zip)")
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Read a voucher of another program and open a draft of it."""
        opened, workers = self._context.bus.opened, self._context.workers
        workers.paper.submit(self, lambda: self._desk.import_file(path), opened.emit, lambda e: self.fail(e.message))

    def print_pdf(self) -> None:
        """Ask where to write the chosen dossier's forms."""
        if (row := self.current()) is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "Lưu bản in", f"{row.number}.pdf", "PDF (*.pdf)")
        if name:
            self.print_to(Path(name))

    def print_to(self, path: Path) -> None:
        """Write the chosen dossier's forms as PDF."""
        if (row := self.current()) is not None:
            self._write(lambda: self._desk.write_pdf(row.local_id, path), f"Đã ghi bản in {path.name}.")

    def export(self) -> None:
        """Ask where to write the list."""
        name, _ = QFileDialog.getSaveFileName(self, "Xuất danh sách", "ho-so.xlsx", "Excel (*.xlsx);;CSV (*.csv)")
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the list as it is narrowed as a spreadsheet."""
        query = self._query
        self._write(lambda: self._desk.export_rows(path, query), f"Đã xuất danh sách ra {path.name}.")

    def _write(self, work: Callable[[], None], words: str) -> None:
        said = self._context.bus.said
        self._context.workers.paper.submit(
            self, work, lambda _none: said.emit(words, None), lambda e: self.fail(e.message)
        )
