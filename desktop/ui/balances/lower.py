"""Below the estimates: deposit accounts with what moved, advances still open, contracts, entries of the estimate."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from desktop.dossier.book import EntryRow, Movement
from desktop.ui.balances import cells
from desktop.ui.balances.book import Book
from desktop.ui.balances.book_table import BookTable, MoneyModel
from desktop.ui.balances.services import BookService
from desktop.ui.context import Context
from desktop.ui.dossiers.search import SearchField
from desktop.ui.kit.basic import button, column, frame, row
from desktop.ui.kit.signs import card
from desktop.ui.theme import px

NAMES = ("Tiền gửi", "Tạm ứng chưa thanh toán", "Hợp đồng", "Bút toán dự toán")
NO_DEPOSITS = "Chưa có tài khoản tiền gửi nào."
NO_MOVES = "Năm nay chưa có biến động nào."
NO_ADVANCES = "Không còn khoản tạm ứng nào chưa thanh toán."
NO_CONTRACTS = "Chưa có hợp đồng nào được thanh toán."
NO_ENTRIES = "Chưa có bút toán nào. Nhập dự toán được giao để bắt đầu."
PAIR, TIGHT = 1120, 1000
"""Design pixels of width below which the pair of tables, and the single ones, leave columns out."""


class Lower(QWidget):
    """`undo` gets the entry to take back, `narrow` the words of the search for the other tables of the page."""

    def __init__(
        self, context: Context, service: BookService, undo: Callable[[], object], narrow: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._context, self._service, self._narrow = context, service, narrow
        self._book = Book()
        self._account = ""
        self._text = ""
        box = column(self, gap=6)
        box.addLayout(self._head())
        self.stack = QStackedWidget()
        box.addWidget(self.stack, 1)
        self.stack.addWidget(self._deposits_and_moves())
        self.advances = _table(
            "Tạm ứng chưa thanh toán",
            cells.ADVANCE_HEADS,
            {4, 5, 6, 7},
            cells.ADVANCE_WIDTHS,
            NO_ADVANCES,
            self.open_chosen,
        )
        self.contracts = _table("Hợp đồng", cells.CONTRACT_HEADS, {3, 4, 5, 6}, cells.CONTRACT_WIDTHS, NO_CONTRACTS)
        self.entries = _table("Bút toán dự toán", cells.ENTRY_HEADS, {5}, cells.ENTRY_WIDTHS, NO_ENTRIES)
        for table in (self.advances, self.contracts):
            self.stack.addWidget(_carded(table))
        self.undo = button("Đảo bút toán", "undo-2", "small", undo)
        self.stack.addWidget(self._entries_card())
        self.entries.selectionModel().currentRowChanged.connect(lambda *_places: self._look_at_entry())
        self.deposits.selectionModel().currentRowChanged.connect(lambda *_places: self.read_movements())
        self.turn_to(0)

    def _head(self) -> QHBoxLayout:
        line = row(gap=6)
        self.chips = QButtonGroup(self)
        for place, name in enumerate(NAMES):
            chip = QPushButton(name)
            chip.setCheckable(True)
            chip.setProperty("k", "chip")
            self.chips.addButton(chip, place)
            line.addWidget(chip)
        self.chips.idToggled.connect(lambda place, on: self.stack.setCurrentIndex(place) if on else None)
        line.addStretch(1)
        self.search = SearchField("Tìm khoản, nội dung, số tiền, không cần dấu", self._search)
        self.search.setAccessibleName("Tìm trong sổ")
        line.addWidget(self.search, 2)
        return line

    def _deposits_and_moves(self) -> QWidget:
        both = QWidget()
        line = row(both, gap=10)
        self.deposits = BookTable(
            "Tài khoản tiền gửi",
            MoneyModel(cells.DEPOSIT_HEADS, {2, 3, 4}),
            cells.DEPOSIT_WIDTHS,
            NO_DEPOSITS,
            sortable=False,
        )
        self.moves = _table("Biến động", cells.MOVE_HEADS, {2, 3}, cells.MOVE_WIDTHS, NO_MOVES, self.open_chosen)
        line.addWidget(_carded(self.deposits), 5)
        line.addWidget(_carded(self.moves), 6)
        return both

    def _entries_card(self) -> QFrame:
        made = _carded(self.entries)
        foot = frame("tablefoot")
        line = row(foot, (8, 3, 8, 3), 8)
        line.addStretch(1)
        line.addWidget(self.undo)
        layout = made.layout()
        assert layout is not None
        layout.addWidget(foot)
        return made

    def tables(self) -> tuple[BookTable, ...]:
        """Give every table that a search narrows."""
        return self.moves, self.advances, self.contracts, self.entries

    def turn_to(self, place: int) -> None:
        """Bring a table into view."""
        self.chips.button(place).setChecked(True)

    def table(self) -> BookTable:
        """Give the table in view, of the pair the one with the movements."""
        return self.tables()[self.stack.currentIndex()]

    def show_book(self, book: Book) -> None:
        """Show another year, or the same one read again."""
        self._book = book
        self.deposits.fill(cells.deposit_lines(book.deposits))
        self.advances.fill(cells.advance_lines(book.advances))
        self.contracts.fill(cells.contract_lines(book.contracts))
        self.entries.fill(cells.entry_lines(book.entries))
        counts = (len(book.deposits), len(book.advances), len(book.contracts), len(book.entries))
        for place, count in enumerate(counts):
            self.chips.button(place).setText(f"{NAMES[place]}  {count}")
        self._look_at_entry()
        self.read_movements(again=True)

    def read_movements(self, again: bool = False) -> None:
        """Read in the background what moved on the account under the cursor; on the sum, nothing new is read."""
        account = self.deposits.key
        if account == cells.SUM:
            account = self._account if self._has(self._account) else self._book.deposits[0].account
        if account == self._account and not again:
            return
        self._account, year = account, self._book.year
        if not account:
            self._show_moves(())
            return
        self._context.workers.paper.submit(
            self,
            lambda: self._service.movements(account, year),
            self._show_moves,
            lambda error: self._context.bus.failed.emit(error.message),
            key="movements",
        )

    def _has(self, account: str) -> bool:
        return any(line.account == account for line in self._book.deposits)

    def _show_moves(self, moves: Sequence[Movement]) -> None:
        named = f"TK {self._account.partition('.')[0]}, biến động" if self._account else "Biến động"
        self.moves.lines.name_head(1, named)
        self.moves.setAccessibleName(named)
        self.moves.fill(cells.movement_lines(moves))

    def chosen_entry(self) -> EntryRow | None:
        """Give the entry under the cursor."""
        key = self.entries.key
        return next((one for one in self._book.entries if str(one.entry_id) == key), None)

    def _look_at_entry(self) -> None:
        one = self.chosen_entry()
        free = one is not None and not one.undone and one.undoes is None and one.entry.kind != "treasury"
        self.undo.setEnabled(free)

    def open_chosen(self) -> None:
        """Open the dossier of the line under the cursor, where it has one."""
        local_id = cells.dossier_of(self.table().key)
        if local_id:
            self._context.bus.opened.emit(local_id)

    def _search(self, text: str) -> None:
        self._text = text
        for table in self.tables():
            table.narrow(text)
        self._narrow(text)

    def fit(self, width: int) -> None:
        """Leave out columns where there is little room; tooltips have them."""
        tight, pair = width < px(TIGHT), width < px(PAIR)
        self.deposits.hide_columns((2, 3) if tight else (3,) if pair else ())
        self.moves.hide_columns((3,) if pair else ())
        self.advances.hide_columns((1, 5) if tight else ())
        self.contracts.hide_columns((1, 5) if tight else ())
        self.entries.hide_columns((6, 8) if tight else ())


def _table(
    name: str,
    heads: Sequence[str],
    right: Collection[int],
    widths: Sequence[int],
    none: str,
    opened: Callable[[], object] | None = None,
) -> BookTable:
    return BookTable(name, MoneyModel(heads, right), widths, none, opened=opened)


def _carded(table: QWidget) -> QFrame:
    made = card()
    column(made, (1, 1, 1, 1)).addWidget(table, 1)
    return made
