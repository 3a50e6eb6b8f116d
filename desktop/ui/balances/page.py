"""«Số dư & dự toán»: what was given, used, held and is left; months, deposit accounts, reconciliation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame

from desktop.dossier.book import BookLine
from desktop.dossier.dates import VIETNAM
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.ui.balances.begin_dialog import BeginDialog
from desktop.ui.balances.book import Book, as_of_words, read_book
from desktop.ui.balances.differences_dialog import DifferencesDialog
from desktop.ui.balances.drawn_dialog import DrawnDialog
from desktop.ui.balances.entry_dialog import EntryDialog
from desktop.ui.balances.import_dialog import ImportDialog
from desktop.ui.balances.lines import NARROW_WIDTHS, WIDTHS, EstimateModel, line_name
from desktop.ui.balances.lower import Lower
from desktop.ui.balances.month_card import MonthCard
from desktop.ui.balances.services import BookService
from desktop.ui.balances.strip import Strip
from desktop.ui.beneficiaries.importing import FILES
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import ElidedLabel, button, column, row
from desktop.ui.kit.empty import Empty
from desktop.ui.kit.page import WIDE_FROM, Page
from desktop.ui.kit.signs import card
from desktop.ui.kit.tables import ListTable
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.texts import tr
from desktop.ui.theme import px, set_state

READING = "Đang đọc sổ…"
NOTHING = "Năm này chưa có dự toán. Nhập dự toán được giao, hoặc chờ số của Kho bạc về khi có mạng."
NARROWED = "Không có khoản khớp."
WHOLE_FROM = 1366
"""Design pixels of the window below which the months and the bars of use leave room to the names of lines."""
UPPER, LOWER = 10, 4
"""How the height is shared where not everything fits."""


class BalancesPage(Page):
    """How much is left. Everything is read in the background; what is shown stays until the new figures are there."""

    hints = (("Enter", "xem hồ sơ đã trừ"), ("Ctrl+E", "xuất Excel"), ("Ctrl+F", "tìm"), ("F6", "biểu đồ, bảng"))

    def __init__(self, context: Context, service: BookService) -> None:
        super().__init__(tr("Số dư & dự toán"))
        self._context, self._service = context, service
        self.book = Book()
        self._wide: bool | None = None
        self._lay_out_head()
        self.strip = Strip(self.compare, context.bus.opened.emit, self.begin_table)
        self.body.addWidget(self.strip)
        self.upper = self._estimates()
        self.months = MonthCard()
        top = row(gap=10)
        top.addWidget(self.upper, 1)
        top.addWidget(self.months)
        self.body.addLayout(top, UPPER)
        self.below = Lower(context, service, self.undo_entry, self._narrow)
        self.below.setMinimumHeight(px(142))
        self.body.addWidget(self.below, LOWER)
        self.keys("Ctrl+F", self.below.search.focus)
        self.keys("Ctrl+E", self.ask_export)
        self.keys("Ctrl+P", self.ask_print)
        self.keys("F6", self.turn_chart)

    def _lay_out_head(self) -> None:
        self._as_of = ElidedLabel("", "muted")
        self.head.addWidget(self._as_of, 1)
        self.year = QComboBox()
        self.year.setAccessibleName("Năm ngân sách")
        self.year.setFixedWidth(px(108))
        self.year.activated.connect(lambda _place: self._read(int(self.year.currentData())))
        self.head.addWidget(self.year)
        self.export = button("Xuất Excel", "table", "", self.ask_export, "Ctrl+E")
        self.add = button("Nhập dự toán bổ sung", "plus", "", self.add_entry)
        self.paper = button("In", "printer", "", self.ask_print, "Ctrl+P")
        for one in (self.export, self.paper):
            one.setEnabled(False)
        self.head.addWidget(self.paper)
        self.head.addWidget(self.export)
        self.head.addWidget(self.add)

    def _estimates(self) -> QFrame:
        made = card()
        self.model = EstimateModel()
        self.table = ListTable("Dự toán theo nguồn và khoản", self.model, WIDTHS)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.table.on_open(self.show_drawn)
        self.table.setMinimumHeight(px(116))
        self.empty = Empty(self.table)
        self.empty.say(READING)
        column(made, (1, 1, 1, 1)).addWidget(self.table)
        return made

    def start(self) -> None:
        """Begin in the estimates."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the year in view again."""
        self._read(self.book.year)

    def _read(self, year: int) -> None:
        today = _today().year
        work = lambda: read_book(self._service, year, today)  # noqa: E731
        self._context.workers.paper.submit(self, work, self.show_book, self._failed, key="book")

    def show_book(self, book: Book) -> None:
        """Show a year."""
        chosen = self.chosen()
        self.book = book
        years = book.years or (book.year,)
        self.year.clear()
        for year in years:
            self.year.addItem(f"Năm {year}", year)
        self.year.setCurrentIndex(list(years).index(book.year))
        self._say_as_of()
        self.strip.show_state(book.state, book.year)
        self.empty.say(NOTHING if not self.model.text else NARROWED)
        self.model.show(book.lines)
        self.table.choose(self.model.place_of(chosen))
        self.months.show_book(book, _today())
        self.below.show_book(book)
        for one in (self.export, self.paper):
            one.setEnabled(bool(book.years))

    def _say_as_of(self) -> None:
        words, old = as_of_words(self.book.as_of, _today())
        self._as_of.setText(words)
        set_state(self._as_of, "tint", "amber" if old else "")

    def _failed(self, error: VungXaError) -> None:
        self.empty.say("Chưa đọc được sổ.")
        self.fail(error.message)

    def chosen(self) -> BookLine | None:
        """Give the line under the cursor."""
        place = self.table.current_row()
        return self.model.lines[place] if 0 <= place < len(self.model.lines) else None

    def _sort(self, section: int) -> None:
        kept = self.chosen()
        self.model.sort_by(section)
        self.table.choose(self.model.place_of(kept))

    def _narrow(self, text: str) -> None:
        kept = self.chosen()
        self.empty.say(NARROWED if text else NOTHING)
        self.model.narrow(text)
        self.table.choose(self.model.place_of(kept))

    @needs(Act.MONEY)
    def add_entry(self) -> None:
        """Ask for one entry of the estimate."""
        account = self._context.services.desk.unit().estimate_account
        worker, line = self._context.workers.paper, self.chosen()
        dialog = EntryDialog(
            worker, self._service, self.book.year, line, self.book.entries, account, self.ask_import, self.window()
        )
        self._ask(dialog, "Đã ghi bút toán dự toán.")

    @needs(Act.MONEY)
    def ask_import(self) -> None:
        """Ask for a spreadsheet of entries."""
        name, _ = QFileDialog.getOpenFileName(self, "Nhập dự toán", "", FILES)
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Show what a spreadsheet would enter."""
        dialog = ImportDialog(self._context.workers.paper, self._service, path, self.window())
        self._ask(dialog, "Đã nhập dự toán từ bảng tính.")

    @needs(Act.MONEY)
    def undo_entry(self) -> None:
        """Write the counter-entry of the entry under the cursor; what was written stays."""
        one = self.below.chosen_entry()
        if one is not None and self.below.undo.isEnabled():
            number = one.entry_id
            self.do(lambda: self._service.undo_entry(number), f"Đã ghi bút toán đảo cho bút toán số {number}.")

    @needs(Act.MONEY)
    def begin_table(self) -> None:
        """Ask which table of reconciliation to make, then open its draft."""
        worker, opens = self._context.workers.paper, self._context.bus.opened.emit
        BeginDialog(worker, self._service, self.book.year, _today(), opens, self.window()).open()

    def compare(self, local_id: str) -> None:
        """Show what the Treasury has otherwise than a table."""
        title = f"Đối chiếu {self.book.state.period.lower()}"
        worker, opens = self._context.workers.paper, self._context.bus.opened.emit
        DifferencesDialog(worker, self._service, local_id, title, opens, self.window()).open()

    def show_drawn(self) -> None:
        """List the dossiers that drew on the line under the cursor."""
        line, year, service = self.chosen(), self.book.year, self._service
        if line is None:
            return
        name = f"{line_name(line)}, năm {year}"
        read = lambda: service.drawn(year, *line[1:5])  # noqa: E731
        opens = self._context.bus.opened.emit
        DrawnDialog(self._context.workers.paper, name, read, opens, self.window()).open()

    def _ask(self, dialog: AskDialog, said: str) -> None:
        dialog.did.connect(lambda: self._context.bus.said.emit(said, None))
        dialog.did.connect(self._context.bus.changed.emit)
        dialog.open()

    @needs(Act.EXPORT)
    def ask_export(self) -> None:
        """Ask where to write the tables of the year."""
        if not self.export.isEnabled():
            return
        start = f"so-du-{self.book.year}.xlsx"
        name, _ = QFileDialog.getSaveFileName(self, "Xuất các bảng của năm", start, "Excel (*.xlsx)")
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the tables of the year."""
        year = self.book.year
        self.do(lambda: self._service.export(path, year), f"Đã xuất các bảng năm {year} ra {path.name}.", changes=False)

    @needs(Act.EXPORT)
    def ask_print(self) -> None:
        """Ask where to write the paper of the year."""
        if not self.paper.isEnabled():
            return
        name, _ = QFileDialog.getSaveFileName(self, "Lưu bản in", f"so-du-{self.book.year}.pdf", "PDF (*.pdf)")
        if name:
            self.print_to(Path(name))

    def print_to(self, path: Path) -> None:
        """Write the paper of the year."""
        year = self.book.year
        self.do(lambda: self._service.print_book(path, year), f"Đã ghi bản in {path.name}.", changes=False)

    def do(self, work: Callable[[], object], said: str, *, changes: bool = True) -> None:
        """Do something in the background, say that it is done, and read again where it changed the book."""

        def done(_result: object) -> None:
            self._context.bus.said.emit(said, None)
            if changes:
                self._context.bus.changed.emit()

        self._context.workers.paper.submit(self, work, done, lambda error: self.fail(error.message))

    def turn_chart(self) -> None:
        """Show the months as a table, or as a chart again; where there is little room, in place of the estimates."""
        if self.window().width() >= px(WIDE_FROM):
            self.months.turn()
            return
        if self.months.isHidden():
            self._fold(False)
            self.months.toggle.setFocus()
        elif not self.months.tabled:
            self.months.turn()
        else:
            self.months.turn()
            self._fold(True)
            self.table.setFocus()

    def _fold(self, folded: bool) -> None:
        wide = self.window().width() >= px(WIDE_FROM)
        self.months.setVisible(wide or not folded)
        self.upper.setVisible(wide or folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the months away where the window becomes narrow; F6 brings them back."""
        super().resizeEvent(event)
        wide = self.window().width() >= px(WIDE_FROM)
        if wide is not self._wide:
            self._wide = wide
            self._fold(True)
        short = max(0, px(WHOLE_FROM) - self.window().width())
        self.months.fit(short if wide else None)
        self.table.set_widths(NARROW_WIDTHS if wide and short else WIDTHS)
        self.below.fit(self.width())


def _today() -> dt.date:
    return dt.datetime.now(VIETNAM).date()
