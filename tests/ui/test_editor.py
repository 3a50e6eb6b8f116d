"""The editor: typing, the grid, checking in place, undo, saving, submitting."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Document, Level, Problem, Row
from desktop.ui.editor.fields import LineInput
from desktop.ui.editor.form_view import FormView
from desktop.ui.editor.grid_view import GridTable
from desktop.ui.editor.page import EditorPage
from desktop.ui.kit.cells import CELL
from desktop.ui.shell import MainWindow
from tests.ui.answering import answer
from tests.ui.memory import Memory
from tests.ui.sheets import white_page

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def form(editor: EditorPage) -> FormView:
    return editor.views[editor.tabs.currentIndex()]


def line(editor: EditorPage, key: str) -> LineInput:
    found = form(editor).inputs[key]
    assert isinstance(found, LineInput)
    return found


def grid(editor: EditorPage) -> GridTable:
    return form(editor).grids["lines"]


def rows(editor: EditorPage) -> list[Row]:
    return editor.draft.document(editor.tabs.currentIndex()).tables["lines"]


def type_into(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, KEY.Key_Return)


def test_a_field_is_read_saved_and_enter_goes_on(editor: EditorPage, qtbot: QtBot, memory: Memory) -> None:
    type_into(qtbot, line(editor, "made_date"), "3/12/2026")
    assert editor.draft.document(0).fields["made_date"] == "2026-12-03"
    assert line(editor, "made_date").text() == "03/12/2026"
    assert line(editor, "budget_year").hasFocus()
    qtbot.waitUntil(lambda: memory.desk.dossiers["d0442"].documents[0].fields["made_date"] == "2026-12-03")
    assert editor.draft.history.count() == 1


def test_the_status_line_shows_the_durable_save(editor: EditorPage, window: MainWindow, qtbot: QtBot) -> None:
    type_into(qtbot, line(editor, "document_no"), "0500")
    qtbot.keyClick(editor, KEY.Key_S, CTRL)
    assert window.status._saved.text() == "Đã tự lưu 14:05"


def test_lines_are_added_up_and_spelled_out_while_typing(editor: EditorPage) -> None:
    table = grid(editor)
    table.grid.setData(table.grid.index_of(0, "amount"), "7.150.000")
    assert form(editor)._words["total_words"].text() == "Mười sáu triệu bốn trăm nghìn đồng chẵn"
    assert table.grid.index(table.grid.rowCount() - 1, table.grid.columnCount() - 1).data() == "16.400.000"


def test_typing_in_the_spare_row_makes_a_line_with_the_codes_above(editor: EditorPage) -> None:
    table = grid(editor)
    table.grid.setData(table.grid.index_of(3, "content"), "Bút, sổ")
    assert rows(editor)[3] == {"content": "Bút, sổ", "sector": "341", "source": "13"}
    assert table.grid.rowCount() == 6


def test_keys_of_the_grid(editor: EditorPage, qtbot: QtBot) -> None:
    table = grid(editor)
    table.go_to(1, "content")
    qtbot.keyClick(table, KEY.Key_Delete, CTRL)
    assert [row["content"] for row in rows(editor)] == ["Giấy A4, bìa hồ sơ", "Kệ hồ sơ, dụng cụ nhỏ"]
    qtbot.keyClick(table, KEY.Key_Insert)
    assert rows(editor)[1] == {"sector": "341", "source": "13"}
    table.go_to(1, "content")
    qtbot.keyClick(table, KEY.Key_D, CTRL)
    assert rows(editor)[1]["content"] == "Giấy A4, bìa hồ sơ"
    qtbot.keyClick(table, KEY.Key_Delete)
    assert "content" not in rows(editor)[1]


def test_typing_over_a_cell_and_enter_goes_down(editor: EditorPage, qtbot: QtBot) -> None:
    table = grid(editor)
    table.go_to(0, "econ")
    qtbot.keyClicks(table, "6")
    box = table.findChild(QLineEdit)
    assert box is not None
    qtbot.keyClicks(box, "552")
    qtbot.keyClick(box, KEY.Key_Return)
    qtbot.waitUntil(lambda: rows(editor)[0]["econ"] == "6552")
    assert table.currentIndex().row() == 1


def test_a_range_from_a_spreadsheet_is_pasted_as_one_step(editor: EditorPage, qtbot: QtBot) -> None:
    table = grid(editor)
    QGuiApplication.clipboard().setText("Bút\t001\t20/11/2026\nSổ\t002\t21/11/2026\n")
    table.go_to(3, "content")
    qtbot.keyClick(table, KEY.Key_V, CTRL)
    assert [(row["content"], row["invoice_no"], row["invoice_date"]) for row in rows(editor)[3:]] == [
        ("Bút", "001", "2026-11-20"),
        ("Sổ", "002", "2026-11-21"),
    ]
    qtbot.keyClick(editor, KEY.Key_Z, CTRL)
    assert len(rows(editor)) == 3
    qtbot.keyClick(editor, KEY.Key_Y, CTRL)
    assert len(rows(editor)) == 5


def test_problems_stand_in_their_cells_and_under_the_grid(editor: EditorPage) -> None:
    table = grid(editor)
    wrong = table.grid.index_of(2, "econ")
    assert wrong.data(CELL).problem == "error"
    assert "tiểu mục" in str(wrong.data(Qt.ItemDataRole.AccessibleDescriptionRole))
    assert table.grid.index_of(0, "econ").data(CELL).problem == ""
    assert line(editor, "payee_name").property("state") == "warning"
    assert "Lần trước" in line(editor, "payee_name").accessibleDescription()


def test_a_mended_problem_goes_away_by_itself(editor: EditorPage, qtbot: QtBot) -> None:
    table = grid(editor)
    table.grid.setData(table.grid.index_of(2, "econ"), "6551")
    qtbot.waitUntil(lambda: editor.badge.accessibleName() == "Cần sửa: 1 lỗi")
    assert table.grid.index_of(2, "econ").data(CELL).problem == ""


def test_f8_walks_the_problems_and_comes_round(editor: EditorPage, qtbot: QtBot) -> None:
    places = []
    for _ in range(4):
        qtbot.keyClick(editor, KEY.Key_F8)
        index = grid(editor).currentIndex()
        places.append("payee" if line(editor, "payee_name").hasFocus() else (index.row(), index.column()))
    assert places == [(1, 3), (2, 6), "payee", (1, 3)]


def test_a_problem_of_the_whole_dossier_stands_above_its_forms(
    editor: EditorPage, qtbot: QtBot, memory: Memory
) -> None:
    whole = Problem(rule="R-004", level=Level.ERROR, message="Hồ sơ còn thiếu hợp đồng. Đính kèm rồi trình lại.")
    memory.desk.problems = lambda _dossier: [whole]
    assert editor.general.isHidden()
    qtbot.keyClick(editor, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: editor.general.isVisible())
    assert any("thiếu hợp đồng" in label.text() for label in editor.general.findChildren(QLabel))
    assert QApplication.focusWidget().accessibleName() == f"Tới chỗ: {whole.message}"


def test_submitting_with_errors_goes_to_the_first_one(editor: EditorPage, qtbot: QtBot, memory: Memory) -> None:
    qtbot.keyClick(editor, KEY.Key_Return, CTRL)
    assert grid(editor).hasFocus()
    assert grid(editor).currentIndex().row() == 1
    assert memory.desk.submitted == []


def mend(editor: EditorPage) -> None:
    table = grid(editor)
    table.grid.setData(table.grid.index_of(1, "invoice_date"), "18/11/2026")
    table.grid.setData(table.grid.index_of(2, "econ"), "6551")


@pytest.mark.parametrize(("words", "goes"), [("Quay lại sửa", False), ("Đã xem, trình ký", True)])
def test_a_warning_is_acknowledged_once(editor: EditorPage, memory: Memory, words: str, goes: bool) -> None:
    mend(editor)
    answer(words)
    editor.submit()
    assert [entry[0] for entry in memory.desk.submitted] == (["d0442"] if goes else [])
    assert all("Lần trước" in entry[1][0] for entry in memory.desk.submitted)


def test_what_is_submitted_was_saved_before(editor: EditorPage, window: MainWindow, memory: Memory) -> None:
    mend(editor)
    editor.draft.set_field(0, "payee_name", "Công ty khác")
    editor.submit()
    assert memory.desk.dossiers["d0442"].documents[0].fields["payee_name"] == "Công ty khác"
    assert window.page() is window.dossiers()


def test_one_box_of_a_choice_is_ticked_and_cash_asks_for_its_recipient(editor: EditorPage) -> None:
    boxes = form(editor).ticks["payment_mode"].boxes
    boxes["cash"].click()
    assert (boxes["cash"].isChecked(), boxes["transfer"].isChecked()) == (True, False)
    assert not line(editor, "cash_recipient_name").isHidden()
    editor.draft.set_field(0, "payee_name", None)
    editor.draft.set_field(0, "payee_account", None)
    editor.draft.set_field(0, "payee_bank", None)
    assert line(editor, "payee_account").parentWidget().isHidden() or line(editor, "payee_account").isHidden()


def test_a_rare_group_is_folded_until_asked_for(editor: EditorPage) -> None:
    acceptance = line(editor, "acceptance_no")
    assert not acceptance.isVisible()
    next(b for b in form(editor).findChildren(QPushButton) if b.text() == "Nghiệm thu").click()
    assert acceptance.isVisible()
    assert acceptance.hasFocus()


def test_a_code_is_looked_up_without_diacritics(editor: EditorPage, qtbot: QtBot) -> None:
    table = grid(editor)
    table.go_to(2, "econ")
    qtbot.keyClick(table, KEY.Key_F4)
    popup = editor._codes.popup
    qtbot.keyClicks(popup.field, "mua sam cong cu")
    qtbot.keyClick(popup.field, KEY.Key_Return)
    assert rows(editor)[2]["econ"] == "6552"
    assert not popup.isVisible()


@pytest.mark.parametrize(("catalogue", "first"), [("unit_account", "9523.4.1098765"), ("group", "civil_servants")])
def test_the_unit_s_own_lists(editor: EditorPage, catalogue: str, first: str) -> None:
    assert editor._codes.search(catalogue, "")[0].code == first
    assert editor._codes.search(catalogue, "không có gì") == []


def test_a_form_is_added_and_undone(editor: EditorPage, qtbot: QtBot) -> None:
    editor.append("C2-03/NS")
    assert [view.form.id for view in editor.views] == ["M13", "M20", "M10"]
    assert editor.tabs.currentIndex() == 2
    qtbot.keyClick(editor, KEY.Key_Z, CTRL)
    assert [view.form.id for view in editor.views] == ["M13", "M20"]


def test_the_strip_subtracts_this_dossier_from_what_is_left(editor: EditorPage, memory: Memory) -> None:
    bar = editor.estimate
    assert (bar._rest.text(), bar._badge.accessibleName()) == ("167.000.000 đ", "Đủ dự toán")
    table = grid(editor)
    table.grid.setData(table.grid.index_of(0, "amount"), "200.000.000")
    assert bar._badge.accessibleName() == "Vượt dự toán"
    memory.desk.estimate_line = None
    table.grid.setData(table.grid.index_of(0, "amount"), "1.000")
    assert bar._badge.isHidden()


@pytest.fixture
def painted(memory: Memory) -> Iterator[list[tuple[str, Document]]]:
    seen: list[tuple[str, Document]] = []

    def paint(document: Document, width: int) -> list[object]:
        seen.append((threading.current_thread().name, document))
        return [white_page(width)]

    memory.desk.paint = paint  # type: ignore[assignment]
    return seen  # type: ignore[return-value]


def test_the_paper_is_drawn_on_another_thread_after_a_pause(painted: list, editor: EditorPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(painted) and bool(editor.preview._sheets._pages))
    first = len(painted)
    for digit in "123":
        editor.draft.set_field(0, "document_no", digit)
    qtbot.waitUntil(lambda: painted[-1][1].fields["document_no"] == "3")
    assert {name for name, _ in painted} == {"paper"}
    assert len(painted) == first + 1


def test_a_submitted_dossier_cannot_be_changed(window: MainWindow) -> None:
    window.open_dossier("d0409")
    page = window.page()
    assert isinstance(page, EditorPage)
    assert line(page, "document_no").isReadOnly()
    assert page.submit_button.isHidden()
    assert not page.frozen.isHidden()
    page.draft.set_title("khác")
    assert page.draft.dossier.title == "Làm biển chỉ dẫn đường vào 3 bản"


def test_a_list_is_read_from_a_spreadsheet_and_can_be_taken_back(
    editor: EditorPage, window: MainWindow, qtbot: QtBot
) -> None:
    editor.tabs.setCurrentIndex(1)
    editor.take_rows(1, "lines", Path("Lo Thi Hanh.xlsx"))
    qtbot.waitUntil(lambda: len(rows(editor)) == 1)
    assert rows(editor)[0]["name"] == "Lo Thi Hanh"
    window.toast._undo.click()
    assert len(rows(editor)) == 30


def test_a_dossier_is_marked_urgent(editor: EditorPage) -> None:
    editor.urgent.click()
    assert editor.draft.dossier.urgent
    editor.draft.history.undo()
    assert not editor.urgent.isChecked()


def test_a_file_is_attached_once(editor: EditorPage, qtbot: QtBot, tmp_path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7")
    editor._files.add(scan)
    editor._files.add(scan)
    qtbot.waitUntil(lambda: len(editor.draft.dossier.attachments) == 2)
    assert editor.tabs.tabText(2) == "Đính kèm (2)"
    editor.draft.drop_attachment("a" * 64)
    assert [file.name for file in editor.draft.dossier.attachments] == ["Hợp đồng 17-2026.pdf"]
