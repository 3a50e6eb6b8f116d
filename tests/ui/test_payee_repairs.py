"""The buttons beside what is wrong with a list: each does what it says, as one step, and nothing happens by itself."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest

from desktop.dossier.document import Level, Problem, Row, Value, Where
from desktop.dossier.list_views import PayeeMark
from desktop.ui.beneficiaries.acknowledge import NameDialog
from desktop.ui.beneficiaries.found import REPAIR
from desktop.ui.beneficiaries.view import PayeeView
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from tests.ui import payee_states
from tests.ui.memory import Memory
from tests.ui.stage import Stage

BARE = "GIANG THI CHU"
LETTER, MENDED = "35O8205018221", "3508205018221"


@pytest.fixture
def view(window: MainWindow, memory: Memory) -> PayeeView:
    made = payee_states.view(Stage(memory, window))
    memory.desk.marks[BARE] = PayeeMark("known", paid_name="Giàng Thị Chứ")
    return made


def page(view: PayeeView) -> EditorPage:
    found = view.window().findChild(EditorPage)
    assert isinstance(found, EditorPage)
    return found


def rows(view: PayeeView) -> list[Row]:
    return view.draft.document(1).tables["lines"]


def finding(view: PayeeView, row: int) -> QModelIndex:
    model = view.side.found.found
    return model.index(next(i for i, p in enumerate(model.problems) if p.where.row == row))


def label(view: PayeeView, row: int) -> str:
    return str(finding(view, row).data(REPAIR).label)


def press(view: PayeeView, row: int) -> None:
    """Click the button of the finding about a row where it is painted."""
    found, index = view.side.found, finding(view, row)
    found.scrollTo(index)
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=found.button_of(index).center())


def write(view: PayeeView, row: int, **change: Value) -> None:
    view.model.put(row, change)
    view.draft.check()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (2, "Sửa ô"),
        (6, "Xác nhận"),
        (8, "Điền 955.000"),
        (10, "Chọn (F4)"),
        (11, "Xem hai dòng"),
        (15, "Đổi thành 0"),
    ],
)
def test_each_problem_has_its_one_button(view: PayeeView, row: int, words: str) -> None:
    assert label(view, row) == words
    assert words in str(finding(view, row).data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_tooltip_shows_old_and_new(view: PayeeView) -> None:
    assert f"{LETTER} → {MENDED}" in str(finding(view, 15).data(Qt.ItemDataRole.ToolTipRole))


def test_a_letter_becomes_a_digit_and_comes_back(view: PayeeView, window: MainWindow) -> None:
    before = rows(view)
    press(view, 15)
    assert rows(view) == [*before[:15], before[15] | {"account": MENDED}]
    assert window.toast._words.text() == f"Dòng 16: {LETTER} → {MENDED}."
    window.toast._undo.click()
    assert rows(view) == before


def test_an_amount_is_filled_only_when_asked(view: PayeeView) -> None:
    assert "amount" not in rows(view)[8]
    press(view, 8)
    assert rows(view)[8]["amount"] == 955_000
    assert view.side.sums.badge.accessibleName() == "Khớp"


def test_a_click_beside_the_button_only_goes_there(view: PayeeView) -> None:
    found = view.side.found
    area = found.visualRect(finding(view, 8))
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=area.bottomLeft() + QPoint(60, -6))
    assert view.grid.currentIndex() == view.model.index_of(8, "amount")
    assert "amount" not in rows(view)[8]


def test_a_double_click_mends_one_thing(view: PayeeView) -> None:
    """The next finding moves up under the pointer, and its button with it."""
    view.draft.set_rows(1, "lines", [row | {"account": f"35O82050180{n:02}"} for n, row in enumerate(rows(view))])
    view.draft.check()
    steps, found = view.draft.history.index(), view.side.found
    at = found.button_of(finding(view, 0)).center()
    for act in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseRelease):
        act(found.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.draft.history.index() == steps + 1
    assert [row for row, line in enumerate(rows(view)) if "O" not in str(line["account"])] == [0]


def test_space_presses_the_button(view: PayeeView) -> None:
    view.side.found.setCurrentIndex(finding(view, 15))
    QTest.keyClick(view.side.found, Qt.Key.Key_Space)
    assert rows(view)[15]["account"] == MENDED


def test_rows_with_the_same_account_are_seen_together(view: PayeeView) -> None:
    press(view, 11)
    assert [row for row in range(16) if not view.grid.isRowHidden(row)] == [5, 11]
    assert view.search.text() == "3508205018112"


def test_an_empty_bank_opens_the_list_of_banks(view: PayeeView) -> None:
    press(view, 10)
    popup = page(view)._codes.popup
    assert popup.isVisible()
    assert popup._title.text() == "Chọn ngân hàng"
    popup.close()


def test_a_changed_payee_asks_for_a_name(view: PayeeView) -> None:
    press(view, 12)
    dialog = view.findChild(NameDialog)
    assert dialog.isVisible()
    assert view.grid.currentIndex().row() == 12
    dialog.reject()


def test_what_a_person_must_mend_only_gets_the_cursor(view: PayeeView) -> None:
    before = rows(view)
    press(view, 2)
    assert view.grid.currentIndex() == view.model.index_of(2, "account")
    assert rows(view) == before


def test_the_strip_mends_all_at_once_but_no_amount(view: PayeeView, window: MainWindow) -> None:
    write(view, 13, name=BARE)
    before, steps = rows(view), view.draft.history.index()
    assert view.foot.all.text() == "Sửa 2 chỗ máy sửa được"
    assert view.foot.all.toolTip() == f"Dòng 14: {BARE} → Giàng Thị Chứ\nDòng 16: {LETTER} → {MENDED}"
    view.foot.all.click()
    assert (rows(view)[13]["name"], rows(view)[15]["account"]) == ("Giàng Thị Chứ", MENDED)
    assert [row.get("amount") for row in rows(view)] == [row.get("amount") for row in before]
    assert view.draft.history.index() == steps + 1
    window.toast._undo.click()
    assert rows(view) == before


def test_the_strip_says_why_the_list_cannot_be_signed(view: PayeeView) -> None:
    editor = page(view)
    assert (view.foot.isVisible(), editor.estimate.isVisible()) == (True, False)
    assert view.foot._lead.text() == "Chưa trình ký được:"
    assert view.foot._why.text() == "danh sách phải bằng giấy rút dự toán NSNN. Bản nháp vẫn được lưu."
    editor.tabs.setCurrentIndex(0)
    assert (view.foot.isVisible(), editor.estimate.isVisible()) == (False, True)


def test_the_estimate_stands_again_once_nothing_is_to_be_said(view: PayeeView) -> None:
    press(view, 8)
    assert view.foot._why.text() == "danh sách còn 4 lỗi. Bản nháp vẫn được lưu."
    view.foot.all.click()
    assert (view.foot.isVisible(), page(view).estimate.isVisible()) == (False, True)


def test_slips_that_keep_nothing_back_are_only_mentioned(view: PayeeView, memory: Memory) -> None:
    memory.desk.problems = lambda _dossier: ()
    write(view, 8, amount=955_000)
    assert view.foot._lead.text() == "Nên xem lại:"
    assert view.foot.isVisible()


def test_the_finding_of_the_cursors_cell_is_chosen(view: PayeeView) -> None:
    view.grid.go_to(15, "account")
    assert view.side.found.currentIndex() == finding(view, 15)
    view.grid.go_to(0, "account")
    assert not view.side.found.currentIndex().isValid()


def test_a_frozen_list_offers_nothing(window: MainWindow, memory: Memory) -> None:
    made = payee_states.view(Stage(memory, window))
    made.draft.editable = False
    made.sync(made.draft.problems)
    assert set(made.side.found.found.repairs) == {None}
    assert not made.foot.all.isVisible()


def test_a_problem_above_the_list_leads_to_its_blank(view: PayeeView, memory: Memory) -> None:
    at = Where(document=1, field="parent_voucher_no")
    memory.desk.problems = lambda _dossier: [Problem(rule="M20-3", level=Level.ERROR, where=at, message="Sai số.")]
    view.draft.check()
    view.side.found.setCurrentIndex(view.side.found.found.index(0))
    QTest.keyClick(view.side.found, Qt.Key.Key_Space)
    assert view.inputs["parent_voucher_no"].isVisible()
