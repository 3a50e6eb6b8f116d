"""The editor around a dossier: what a frozen one allows, what a lost file says, and that leaving it loses nothing."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Dossier, Level, Problem, Where
from desktop.dossier.errors import VungXaError
from desktop.dossier.lifecycle import Facts
from desktop.ui.editor.acknowledge import SHOWN, Question
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory
from tests.ui.stage import Stage
from tests.ui.states import beneficiaries

WITHDRAW, CORRECT, COPY = "«Rút về bước soạn»", "«Tạo bản sửa»", "sao chép"
GONE = {"submitted": True, "steps": 2, "signed": 2, "package_id": "b" * 64}


def opened(window: MainWindow, local_id: str) -> EditorPage:
    window.open_dossier(local_id)
    page = window.page()
    assert isinstance(page, EditorPage)
    return page


@pytest.mark.parametrize(
    ("facts", "way"),
    [
        (Facts(submitted=True, steps=2, signed=1), WITHDRAW),
        (Facts(**GONE, queued=True), COPY),
        (Facts(**GONE, receipt_no="KB-1"), COPY),
        (Facts(**GONE, receipt_no="KB-1", decision="paid"), COPY),
        (Facts(**GONE, receipt_no="KB-1", decision="returned"), CORRECT),
        (Facts(**GONE, receipt_no="KB-1", decision="supplement"), CORRECT),
        (Facts(**GONE, refused_code="E-7"), CORRECT),
    ],
)
def test_a_frozen_dossier_says_the_way_that_is_open(window: MainWindow, memory: Memory, facts: Facts, way: str) -> None:
    memory.desk.facts["d0440"] = facts
    page = opened(window, "d0440")
    assert not page.frozen.isHidden()
    assert way in page.frozen.accessibleName()
    assert sum(other in page.frozen.accessibleName() for other in (WITHDRAW, CORRECT, COPY)) == 1


def test_nothing_offers_work_on_a_frozen_dossier(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, "d0424")
    hidden = (page.check_button, page.check_keys, page.submit_button, page.submit_keys, page.more, page.views[0]._rare)
    assert all(widget.isHidden() for widget in hidden)
    assert page._files._add.isHidden()
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.toast.isHidden()
    assert window.page() is page


def test_the_offer_of_rare_groups_goes_when_all_are_open(editor: EditorPage) -> None:
    view = editor.views[0]
    for fold in list(view._folded):
        assert not view._rare.isHidden()
        view.unfold(fold)
    assert view._rare.isHidden()


def test_a_problem_far_down_a_list_on_another_tab_comes_into_sight(
    editor: EditorPage, window: MainWindow, memory: Memory, qtbot: QtBot
) -> None:
    beneficiaries(300)(Stage(memory, window))
    page = window.page()
    assert isinstance(page, EditorPage)
    page.tabs.setCurrentIndex(0)
    where = Where(document=1, table="lines", row=250, column="amount")
    page.go_to(Problem(rule="R-1", level=Level.ERROR, where=where, message="Dòng 251: thiếu tiền."))
    grid = page.views[1].grids["lines"]
    qtbot.waitUntil(lambda: grid.viewport().rect().contains(grid.visualRect(grid.grid.index_of(250, "amount"))))
    assert page.tabs.currentIndex() == 1


@pytest.mark.parametrize(("count", "rest"), [(1, ""), (SHOWN, ""), (SHOWN + 3, "Còn 3 chỗ nên kiểm tra nữa.")])
def test_a_question_lists_what_fits_and_counts_the_rest(editor: EditorPage, count: int, rest: str) -> None:
    box = Question(editor, [f"Chỗ {i}." for i in range(count)])
    assert box.informativeText() == rest
    assert box.text().count("Chỗ") == min(count, SHOWN)
    assert [button.text() for button in box.buttons()] == ["Đã xem, trình ký", "Quay lại sửa"]


def test_lines_read_from_a_file_stand_in_place_of_the_list(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, "d0442")
    page.take_rows(1, "lines", tmp_path / "danh sach.xlsx")
    qtbot.waitUntil(lambda: "Đã nhập 1 dòng từ danh sach.xlsx." in window.toast._words.text())
    assert page.draft.document(1).tables["lines"] == [{"name": "danh sach", "amount": 1}]


def test_leaving_the_editor_takes_its_undo_away(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, "d0442")
    page.take_rows(1, "lines", Path("a.xlsx"))
    qtbot.waitUntil(window.toast.isVisible)
    page.close_editor()
    assert not window.toast.isVisible()


def test_the_title_is_kept_when_the_editor_is_left_by_key(window: MainWindow, qtbot: QtBot, memory: Memory) -> None:
    page = opened(window, "d0442")
    page.title.setFocus()
    page.title.selectAll()
    qtbot.keyClicks(page.title, "Ten khac")
    qtbot.keyClick(page.title, Qt.Key.Key_Escape)
    assert window.page() is window.dossiers()
    assert memory.desk.dossiers["d0442"].title == "Ten khac"


def test_an_attached_file_is_looked_at_and_dropped(editor: EditorPage, qtbot: QtBot) -> None:
    editor.tabs.setCurrentIndex(2)
    names = [b.accessibleName() for b in editor._files.findChildren(type(editor.more))]
    assert names == ["Xem Hợp đồng 17-2026.pdf", "Bỏ Hợp đồng 17-2026.pdf"]
    look, drop = editor._files.findChildren(type(editor.more))
    look.click()
    qtbot.waitUntil(lambda: bool(editor.preview._sheets._pages))
    drop.click()
    assert "Tệp đính kèm (0)" in [label.text() for label in editor._files.findChildren(QLabel)]
    assert editor.tabs.tabText(2) == "Đính kèm"


def test_the_paper_can_be_made_larger_and_smaller(editor: EditorPage, qtbot: QtBot) -> None:
    sheets = editor.preview._sheets
    qtbot.waitUntil(lambda: bool(sheets._pages))
    before = sheets._pages[0].width()
    editor.preview._scale(2.0)
    qtbot.waitUntil(lambda: sheets._pages[0].width() > before * 1.8)
    for _ in range(9):
        editor.preview._scale(0.5)
    assert editor.preview._zoom == 0.5


def unreadable(_dossier: Dossier) -> Sequence[Problem]:
    raise VungXaError("damaged", "Hồ sơ này không đọc được.")


def test_a_dossier_that_cannot_be_opened_leaves_the_list(window: MainWindow, memory: Memory) -> None:
    memory.desk.problems = unreadable
    window.open_dossier("d0440")
    assert window.page() is window.dossiers()
    assert window.page().problem.accessibleName() == "Hồ sơ này không đọc được."
    memory.desk.problems = lambda _dossier: ()
