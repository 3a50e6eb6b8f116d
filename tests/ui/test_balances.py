"""What is left of the estimate, on services in memory: figures, reconciliation, months, accounts, entries."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.dossier.book import EntryProposal, MonthUse, ReconciliationState
from desktop.dossier.errors import VungXaError
from desktop.ui.balances.begin_dialog import BeginDialog, last_ended
from desktop.ui.balances.book import as_of_words
from desktop.ui.balances.chart import millions, sentence, step_of
from desktop.ui.balances.differences_dialog import DifferencesDialog
from desktop.ui.balances.drawn_dialog import DrawnDialog
from desktop.ui.balances.entry_dialog import EntryDialog
from desktop.ui.balances.import_dialog import ImportDialog
from desktop.ui.balances.month_card import hint
from desktop.ui.balances.page import BalancesPage
from desktop.ui.balances.strip import BEGIN, COMPARE, OPEN, said
from desktop.ui.context import Context
from desktop.ui.kit.cells import CELL, Cell
from tests.ui.balances_states import DUE, LATE, MATCH, MISSED, NONE, SENT
from tests.ui.memory import Memory
from tests.ui.memory_book import DIFFERS, MemoryBook, line
from tests.ui.stage import until

TODAY = dt.date(2026, 11, 24)
Go = Callable[[], BalancesPage]


@pytest.fixture
def book(memory: Memory) -> MemoryBook:
    return memory.book


@pytest.fixture
def go(qtbot: QtBot, context: Context, book: MemoryBook) -> Go:
    """The place on its own, with its figures read."""

    def build() -> BalancesPage:
        page = BalancesPage(context, book)
        context.bus.changed.connect(page.refresh)
        qtbot.addWidget(page)
        page.resize(1300, 680)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.refresh()
        until(lambda: page.book.year > 0 and bool(page.below.moves.lines.lines or not book.accounts))
        return page

    return build


def cell(page: BalancesPage, row: int, column: int) -> Cell:
    found = page.model.index(row, column).data(CELL)
    assert isinstance(found, Cell)
    return found


def dialog_of(page: BalancesPage, kind: type) -> object:
    return page.window().findChildren(kind)[-1]


def test_a_line_says_all_four_amounts_and_its_share(go: Go) -> None:
    page = go()
    texts = [cell(page, 6, column).text for column in range(6)]
    assert texts == ["011  Quốc phòng", "196.500.000", "171.900.000", "21.000.000", "3.600.000", "98 %"]
    assert (cell(page, 6, 4).icon, cell(page, 6, 4).tint) == ("triangle-alert", "amber")


def test_what_is_held_follows_what_is_used_in_the_bar(go: Go) -> None:
    bar = cell(go(), 6, 5)
    assert bar.share == pytest.approx(171.9 / 196.5)
    assert bar.held == pytest.approx(21 / 196.5)


def test_sources_and_the_total_are_sums(go: Go) -> None:
    page = go()
    assert [cell(page, row, 0).text for row in (0, 2, 13)] == [
        "Nguồn 13  Tự chủ",
        "Nguồn 12  Không tự chủ",
        "Tổng cộng",
    ]
    assert cell(page, 13, 4).text == "674.150.000"
    assert [cell(page, row, 0).sum for row in (0, 1, 13)] == [True, False, True]


def test_more_than_was_given_is_red_with_its_sign(go: Go, book: MemoryBook) -> None:
    book.shown_lines = [
        line("source", "12", "", "Không tự chủ", 100, 90, 40),
        line("sector", "12", "070", "Giáo dục", 100, 90, 40),
        line("sector", "12", "220", "Thể thao", 0, 3, 0),
        line("total", "", "", "Tổng cộng", 100, 93, 40),
    ]
    page = go()
    assert (cell(page, 1, 4).text, cell(page, 1, 4).tint) == ("−30", "red")
    assert [cell(page, row, 5).text for row in (1, 2)] == ["130 %", "100 %"]


def test_search_needs_no_diacritics_and_keeps_the_source(go: Go, qtbot: QtBot) -> None:
    page = go()
    qtbot.keyClicks(page.below.search, "quoc phong")
    until(lambda: len(page.model.lines) == 3)
    assert [one.level for one in page.model.lines] == ["source", "sector", "total"]


def test_sorting_moves_sectors_within_their_source_only(go: Go) -> None:
    page = go()
    page.model.sort_by(4)
    assert page.model.lines[-1].level == "total"
    mine = [one for one in page.model.lines if one.level == "sector" and one.source == "12"]
    assert [one.left for one in mine] == sorted((one.left for one in mine), reverse=True)


def test_amounts_stand_right_and_heads_with_them(go: Go) -> None:
    model = go().model
    role = Qt.ItemDataRole.TextAlignmentRole
    assert model.headerData(0, Qt.Orientation.Horizontal, role) is None
    for section in (1, 4):
        assert model.headerData(section, Qt.Orientation.Horizontal, role) & Qt.AlignmentFlag.AlignRight


def test_no_estimate_says_where_it_comes_from(go: Go, book: MemoryBook) -> None:
    book.shown_years, book.shown_lines, book.accounts, book.shown_entries = [], [], [], []
    page = go()
    shown = [label.text() for label in page.table.viewport().findChildren(QLabel) if label.isVisible()]
    assert shown == ["Năm này chưa có dự toán. Nhập dự toán được giao, hoặc chờ số của Kho bạc về khi có mạng."]
    assert not page.export.isEnabled()


def test_enter_on_a_line_lists_its_dossiers_and_opens_one(go: Go, book: MemoryBook, qtbot: QtBot) -> None:
    page = go()
    page.table.choose(6)
    opened: list[str] = []
    page._context.bus.opened.connect(opened.append)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    dialog = dialog_of(page, DrawnDialog)
    assert isinstance(dialog, DrawnDialog)
    until(lambda: len(dialog.table.lines.lines) == 2)
    dialog.open_chosen()
    assert book.drawn_for == [("12", "011", "", "")]
    assert opened == ["d0439"]


@pytest.mark.parametrize(
    ("state", "title", "offer"),
    [
        (NONE, "Năm 2026 chưa có bảng đối chiếu nào.", BEGIN),
        (MATCH, "Đối chiếu tháng 10: khớp cả 42 khoản.", BEGIN),
        (DIFFERS, "Đối chiếu tháng 11: khớp 41 trên 42 khoản.", COMPARE),
        (LATE, "Quá một ngày làm việc, đối chiếu tháng 11: khớp 41 trên 42 khoản.", COMPARE),
        (DUE, "Đến kỳ đối chiếu quý III/2026.", BEGIN),
        (SENT, "Đối chiếu quý III/2026: chờ Kho bạc.", OPEN),
        (MISSED, "Quá hạn đối chiếu quý III/2026.", BEGIN),
    ],
)
def test_the_strip_says_how_reconciliation_stands(state: ReconciliationState, title: str, offer: str) -> None:
    words = said(state, 2026)
    assert (words.title, words.offer) == (title, offer)


def test_a_difference_keeps_the_clock_in_view() -> None:
    assert said(DIFFERS, 2026).aside == "Hạn trả lời 25/11 · Tháng 10 đã khớp hết, 02/11"


def test_differences_name_causes_and_lead_to_their_dossier(go: Go, qtbot: QtBot) -> None:
    page = go()
    opened: list[str] = []
    page._context.bus.opened.connect(opened.append)
    qtbot.mouseClick(page.strip.offer, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, DifferencesDialog)
    assert isinstance(dialog, DifferencesDialog)
    until(lambda: len(dialog.found) == 2)
    assert [each.text for each in dialog.table.lines.lines[0].cells[2:5]] == ["2.350.000", "2.550.000", "+200.000"]
    dialog.open_cause()
    assert opened == ["d0409"]


def test_a_table_is_begun_for_the_period_that_ended(go: Go, book: MemoryBook) -> None:
    page = go()
    page.begin_table()
    dialog = dialog_of(page, BeginDialog)
    assert isinstance(dialog, BeginDialog)
    dialog.which.setCurrentIndex(2)
    dialog.period.setCurrentIndex(9)
    dialog.submit()
    until(lambda: bool(book.begun))
    assert book.begun == [("M32", 2026, 10)]


@pytest.mark.parametrize(
    ("count", "today", "place"),
    [
        (4, TODAY, 2),
        (12, TODAY, 9),
        (4, dt.date(2026, 2, 1), 0),
        (12, dt.date(2027, 1, 4), 11),
        (4, dt.date(2025, 6, 1), 0),
    ],
)
def test_the_period_offered_is_the_last_that_ended(count: int, today: dt.date, place: int) -> None:
    assert last_ended(count, 2026, today) == place


def test_an_entry_is_written_as_typed(go: Go, book: MemoryBook) -> None:
    page = go()
    page.table.choose(6)
    page.add_entry()
    dialog = dialog_of(page, EntryDialog)
    assert isinstance(dialog, EntryDialog)
    dialog.fields["amount"].setText("15 000 000")
    dialog.fields["document_date"].setText("3/7/2026")
    dialog.submit()
    until(lambda: len(book.shown_entries) == 3)
    entry = book.shown_entries[0].entry
    assert (entry.source, entry.sector, entry.amount, entry.document_date) == ("12", "011", 15_000_000, "2026-07-03")


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("amount", "", "Còn thiếu số tiền (đ)."),
        ("amount", "15.4", "Số tiền chỉ gồm chữ số"),
        ("document_date", "31/2/2026", "Ngày này không có trong lịch."),
        ("budget_year", "26", "Năm ngân sách ghi bốn chữ số"),
    ],
)
def test_a_slip_stays_in_the_dialog(go: Go, book: MemoryBook, key: str, text: str, words: str) -> None:
    page = go()
    page.add_entry()
    dialog = dialog_of(page, EntryDialog)
    assert isinstance(dialog, EntryDialog)
    for name, value in (("source", "12"), ("amount", "1.000"), (key, text)):
        dialog.fields[name].setText(value)
    dialog.submit()
    assert dialog.problem.accessibleName().startswith(words)
    assert dialog.fields[key].property("state") == "error"
    assert len(book.shown_entries) == 2
    dialog.reject()


def test_an_entry_is_taken_back_by_its_counter_entry_once(go: Go, book: MemoryBook) -> None:
    page = go()
    page.below.turn_to(3)
    page.below.entries.choose(0)
    page.undo_entry()
    until(lambda: len(book.shown_entries) == 3)
    assert (book.shown_entries[0].undoes, book.shown_entries[0].entry.amount) == (2, -15_000_000)
    until(lambda: len(page.book.entries) == 3)
    page.below.entries.choose(0)
    assert not page.below.undo.isEnabled()


@pytest.mark.parametrize("problems", [(), ("Dòng 2: thiếu mã nguồn",)])
def test_a_spreadsheet_is_taken_only_whole(go: Go, book: MemoryBook, problems: tuple[str, ...]) -> None:
    entries = tuple(row.entry for row in book.shown_entries)
    book.proposal = EntryProposal("dt.xlsx", entries, 2, 615_000_000, 0, 615_000_000, 0, problems)
    page = go()
    page.import_from(Path("dt.xlsx"))
    dialog = dialog_of(page, ImportDialog)
    assert isinstance(dialog, ImportDialog)
    until(lambda: dialog.proposal is not None)
    assert dialog.go.isEnabled() is not bool(problems)
    dialog.go.click()
    until(lambda: not dialog.running)
    assert len(book.shown_entries) == (2 if problems else 4)
    if problems:
        dialog.reject()


def test_unknown_columns_are_asked_and_remembered(go: Go, book: MemoryBook) -> None:
    entries = tuple(row.entry for row in book.shown_entries)
    book.proposal, book.unmapped = EntryProposal("dt.xlsx", entries, 2, 5, 0, 5, provisional=3), True
    page = go()
    page.import_from(Path("dt.xlsx"))
    dialog = dialog_of(page, ImportDialog)
    assert isinstance(dialog, ImportDialog)
    until(lambda: dialog.mapping is not None)
    assert (dialog.proposal, dialog.go.isEnabled(), dialog.mapping.take.isEnabled()) == (None, False, False)
    for place, key in ((1, "source"), (2, "sector"), (4, "amount")):
        combo = dialog.mapping.combos[place]
        combo.setCurrentIndex(combo.findData(key))
        combo.activated.emit(combo.currentIndex())
    dialog.mapping.take.click()
    until(dialog.go.isEnabled)
    assert "Mã nguồn NSNN ← «Nguồn»" in dialog.read_as.text()
    assert "3 đ đã tạm cấp" in dialog.repeats.text()
    dialog.go.click()
    until(lambda: len(book.shown_entries) == 4)
    until(lambda: book.remembered == {1: "source", 2: "sector", 4: "amount"})


def test_a_file_that_cannot_be_read_leaves_nothing_to_take(go: Go) -> None:
    page = go()
    page.import_from(Path("anh.xlsx"))
    dialog = dialog_of(page, ImportDialog)
    assert isinstance(dialog, ImportDialog)
    until(dialog.problem.isVisible)
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_the_year_is_printed_to_a_file(go: Go, book: MemoryBook) -> None:
    go().print_to(Path("so-du.pdf"))
    until(lambda: book.exported == [(Path("so-du.pdf"), 2026)])


def test_export_says_the_file_or_why_not(go: Go, book: MemoryBook) -> None:
    page = go()
    page.export_to(Path("so-du.xlsx"))
    until(lambda: book.exported == [(Path("so-du.xlsx"), 2026)])
    book.error = VungXaError("disk_full", "Ổ đĩa đầy.")
    page.export_to(Path("hai.xlsx"))
    until(page.problem.isVisible)
    assert page.problem.accessibleName() == "Ổ đĩa đầy."


def test_who_may_not_touch_money_sees_it_greyed(go: Go, memory: Memory) -> None:
    memory.desk.denied = {"money"}
    assert not go().add.isEnabled()


def test_movements_follow_the_account(go: Go) -> None:
    page = go()
    assert page.below.moves.lines.heads[1] == "TK 3713, biến động"
    state = page.below.moves.lines.lines[2].cells[4]
    assert (state.text, state.icon, state.tint) == ("Lệch 200.000", "circle-alert", "red")
    page.below.deposits.choose(1)
    until(lambda: len(page.below.moves.lines.lines) == 2)
    page.below.deposits.choose(3)
    assert page.below.moves.lines.heads[1] == "TK 3714, biến động"


def test_the_months_are_a_table_too(go: Go, qtbot: QtBot) -> None:
    page = go()
    assert page.months.chart.accessibleName().startswith(
        "Đã dùng theo tháng. Dùng nhiều nhất tháng 11, 856 triệu đồng."
    )
    qtbot.keyClick(page, Qt.Key.Key_F6)
    assert page.months.tabled
    assert [each.text for each in page.months.table.lines.lines[10].cells] == ["11", "552.000.000", "303.700.000"]


def test_on_a_narrow_window_the_months_take_the_place_of_the_estimates(go: Go) -> None:
    page = go()
    page.resize(1093, 558)
    until(page.months.isHidden)
    seen = []
    for _ in range(3):
        page.turn_chart()
        seen.append((page.upper.isVisible(), page.months.isVisible(), page.months.tabled))
    assert seen == [(False, True, False), (False, True, True), (True, False, False)]


def test_the_line_below_the_chart_says_what_is_left_and_what_is_coming(go: Go) -> None:
    words = "Còn 674 triệu cho 37 ngày. Nếu gửi hết hồ sơ đang chờ, tháng 11 dùng 856 triệu."
    assert hint(go().book, TODAY) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [(674_150_000, "674"), (3_600_000, "3,6"), (-3_600_000, "−3,6"), (0, "0"), (9_523_000_000, "9.523")],
)
def test_millions_are_rounded_as_people_say_them(amount: int, words: str) -> None:
    assert millions(amount) == words


@pytest.mark.parametrize(("highest", "step"), [(1_000_000, 1), (856_000_000, 200), (10**15, 200_000_000)])
def test_the_axis_has_at_most_five_lines(highest: int, step: int) -> None:
    assert step_of(highest) == step


def test_a_year_without_use_says_so() -> None:
    assert sentence([MonthUse(1, 0, 0)], 0) == "Chưa tháng nào dùng dự toán."


@pytest.mark.parametrize(
    ("stored", "words", "old"),
    [
        ("2026-11-24T02:41:00Z", "Số kho bạc xác nhận lúc 09:41 hôm nay", False),
        ("2026-11-23T02:41:00Z", "Số kho bạc xác nhận lúc 09:41 hôm qua", False),
        ("2026-11-18T09:20:00Z", "Số kho bạc xác nhận lúc 16:20 ngày 18/11, 6 ngày trước", True),
        ("", "Kho bạc chưa xác nhận số nào, số đã dùng tính theo hồ sơ ở đây", False),
    ],
)
def test_figures_carry_when_they_were_confirmed(stored: str, words: str, old: bool) -> None:
    assert as_of_words(stored, TODAY) == (words, old)
