"""The whole window without a mouse: keys of each place, Tab in the order of the paper, no field that holds one fast."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dossier.views import ListFilter
from desktop.ui.creating.dialog import PurposeDialog
from desktop.ui.dossiers.page import DossiersPage
from desktop.ui.editor.grid_view import GridTable
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.paper_dialog import PaperDialog
from tests.ui.memory import THANG, Memory

KEY = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def grid(editor: EditorPage) -> GridTable:
    return editor.views[0].grids["lines"]


def tabbed_through(editor: EditorPage, qtbot: QtBot, steps: int) -> list[str]:
    seen: list[str] = []
    for _ in range(steps):
        name = focused().property("field_key") or ("lines" if isinstance(focused(), GridTable) else "")
        if name and name not in seen:
            seen.append(name)
        qtbot.keyClick(focused(), KEY.Key_Tab)
    return seen


def test_tab_goes_through_the_form_as_the_paper_does(editor: EditorPage, grid: GridTable, qtbot: QtBot) -> None:
    editor.views[0].inputs["document_no"].setFocus()
    seen = tabbed_through(editor, qtbot, 75)
    shown = [key for key, made in editor.views[0].inputs.items() if made.isVisible()]
    assert seen.index("general_content") < seen.index("lines") < seen.index("payee_name")
    assert [key for key in seen if key in shown] == shown


def test_tab_leaves_the_grid_from_its_empty_row(grid: GridTable, qtbot: QtBot) -> None:
    grid.go_to(2, "amount")
    qtbot.keyClick(grid, KEY.Key_Tab)
    assert grid.hasFocus()
    assert grid.currentIndex().row() == 3
    qtbot.keyClick(grid, KEY.Key_Tab)
    assert not grid.hasFocus()


def test_shift_tab_leaves_the_grid_from_its_first_cell(grid: GridTable, qtbot: QtBot) -> None:
    grid.go_to(0, "invoice_no")
    qtbot.keyClick(grid, KEY.Key_Backtab, SHIFT)
    assert grid.hasFocus()
    qtbot.keyClick(grid, KEY.Key_Backtab, SHIFT)
    assert not grid.hasFocus()


def test_enter_goes_down_and_from_the_empty_row_on_to_the_next_field(grid: GridTable, qtbot: QtBot) -> None:
    grid.go_to(2, "content")
    qtbot.keyClick(grid, KEY.Key_Return)
    assert (grid.hasFocus(), grid.currentIndex().row()) == (True, 3)
    qtbot.keyClick(grid, KEY.Key_Return)
    assert not grid.hasFocus()


def test_shift_enter_goes_back_a_field(editor: EditorPage, qtbot: QtBot) -> None:
    inputs = editor.views[0].inputs
    inputs["made_date"].setFocus()
    qtbot.keyClick(inputs["made_date"], KEY.Key_Return, SHIFT)
    assert inputs["document_no"].hasFocus()


@pytest.mark.parametrize(("key", "modifier"), [(KEY.Key_F4, Qt.KeyboardModifier.NoModifier), (KEY.Key_Down, ALT)])
def test_a_code_is_looked_up_from_field_and_cell(
    editor: EditorPage, grid: GridTable, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    popup = editor._codes.popup
    for widget in (editor.views[0].inputs["chapter"], grid):
        grid.go_to(0, "econ")
        widget.setFocus()
        qtbot.keyClick(widget, key, modifier)
        assert popup.isVisible()
        qtbot.keyClick(popup.field, KEY.Key_Escape)
        assert not popup.isVisible()


def test_arrows_choose_in_the_code_list_and_stop_at_its_ends(editor: EditorPage, grid: GridTable, qtbot: QtBot) -> None:
    grid.go_to(0, "econ")
    qtbot.keyClick(grid, KEY.Key_F4)
    popup = editor._codes.popup
    popup.field.setText("van phong")
    places = []
    for key in (KEY.Key_Up, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        qtbot.keyClick(popup.field, key)
        places.append(popup.table.currentIndex().row())
    assert places == [0, 1, 2, 1]
    chosen = popup.hits.found[1].code
    qtbot.keyClick(popup.field, KEY.Key_Return)
    assert editor.draft.document(0).tables["lines"][0]["econ"] == chosen


def test_f2_edits_a_cell_and_escape_leaves_it_as_it_was(editor: EditorPage, grid: GridTable, qtbot: QtBot) -> None:
    grid.go_to(0, "content")
    qtbot.keyClick(grid, KEY.Key_F2)
    box = grid.findChild(QLineEdit)
    assert box is not None
    qtbot.keyClicks(box, "khac")
    qtbot.keyClick(box, KEY.Key_Escape)
    assert editor.draft.document(0).tables["lines"][0]["content"] == "Giấy A4, bìa hồ sơ"


def test_shift_f8_walks_the_problems_backwards(editor: EditorPage, grid: GridTable, qtbot: QtBot) -> None:
    qtbot.keyClick(editor, KEY.Key_F8, SHIFT)
    assert editor.views[0].inputs["payee_name"].hasFocus()
    qtbot.keyClick(editor, KEY.Key_F8, SHIFT)
    assert grid.currentIndex().row() == 2


@pytest.mark.parametrize("page", ["editor", "delivery", "dossiers"])
def test_f6_folds_the_second_pane_and_brings_it_back(window: MainWindow, qtbot: QtBot, page: str) -> None:
    if page == "editor":
        window.open_dossier("d0442")
    else:
        window.go(page)
    there = window.page()
    pane = {"editor": "preview", "delivery": "side", "dossiers": "detail"}[page]
    seen = []
    for _ in range(2):
        qtbot.keyClick(there, KEY.Key_F6)
        seen.append(getattr(there, pane).isVisible())
    assert seen == [False, True]


@pytest.mark.parametrize(("width", "accessible"), [(1366, "Tất cả, 14 hồ sơ"), (1000, "Tất cả, 14 hồ sơ")])
def test_f3_goes_to_the_filters_and_arrows_go_on(window: MainWindow, qtbot: QtBot, width: int, accessible: str) -> None:
    window.resize(width, 600)
    qtbot.keyClick(window.dossiers(), KEY.Key_F3)
    assert focused().accessibleName() == accessible
    qtbot.keyClick(focused(), KEY.Key_Right)
    assert focused().accessibleName() == "Cần sửa, 2 hồ sơ"
    qtbot.keyClick(focused(), KEY.Key_Space)
    assert window.dossiers().query.filter == ListFilter.FIX


def test_home_and_end_go_to_the_first_and_last_row(window: MainWindow, qtbot: QtBot) -> None:
    table = window.dossiers().table
    rows = []
    for key in (KEY.Key_End, KEY.Key_Home, KEY.Key_Down):
        qtbot.keyClick(table, key)
        rows.append(table.current_row())
    assert rows == [13, 0, 1]


def test_ctrl_n_asks_what_the_dossier_is_for(window: MainWindow, qtbot: QtBot) -> None:
    window.go("balances")
    qtbot.keyClick(window, KEY.Key_N, CTRL)
    dialog = window.findChild(PurposeDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    assert focused().accessibleName() == "Tìm việc cần làm"
    dialog.close()


def test_f9_says_how_many_errors_there_are(editor: EditorPage, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(editor, KEY.Key_F9)
    assert window.toast._words.text() == "Có 2 lỗi. Nhấn F8 để đi từng chỗ."


def test_space_ticks_a_row_of_the_batch(window: MainWindow, qtbot: QtBot) -> None:
    dialog = SigningDialog(window.context, THANG, window)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.loaded)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    assert len(dialog.model.chosen()) == 11
    dialog.later.setFocus()
    qtbot.keyClick(dialog.later, KEY.Key_Space)
    assert len(dialog.model.chosen()) == 11
    assert not dialog.isVisible()


def test_enter_and_f6_show_the_paper_of_a_waiting_dossier(window: MainWindow, qtbot: QtBot) -> None:
    window.go("signing")
    page = window.pages["signing"]
    qtbot.waitUntil(lambda: not page.reading)  # type: ignore[attr-defined]
    page.choose_person(THANG)  # type: ignore[attr-defined]
    qtbot.keyClick(page.table, KEY.Key_Return)  # type: ignore[attr-defined]
    paper = page.findChild(PaperDialog)
    assert paper is not None
    assert paper.windowTitle() == "Bản sẽ ký, hồ sơ 0436"
    qtbot.waitUntil(paper.isActiveWindow)
    qtbot.keyClick(paper, KEY.Key_F6)
    assert not paper.isVisible()


def test_an_empty_list_starts_on_its_button(window: MainWindow, memory: Memory) -> None:
    memory.desk.dossiers.clear()
    window.go("dossiers")
    page = window.page()
    assert isinstance(page, DossiersPage)
    assert isinstance(focused(), QPushButton)
    assert focused().accessibleName() == "Lập hồ sơ đầu tiên"
    assert page.table.horizontalHeader().isVisible()
