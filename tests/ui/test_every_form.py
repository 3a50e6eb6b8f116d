"""Every form a unit fills opens in the editor from its definition, keeps what it holds and can be typed into."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Dossier
from desktop.dossier.pack import form_of, load_pack
from desktop.ui.editor.fields import LineInput
from desktop.ui.editor.form_view import FormView
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from tests.fixtures.forms_filled import filled
from tests.ui.memory import Memory

EDITABLE = [form.id for form in load_pack().forms if form.client_editable]
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(window: MainWindow, memory: Memory, *form_ids: str) -> EditorPage:
    documents = tuple(filled(form_id) for form_id in form_ids)
    memory.desk.dossiers["one"] = Dossier(local_id="one", number="0443", title="Thử", documents=documents)
    window.open_dossier("one")
    page = window.page()
    assert isinstance(page, EditorPage)
    return page


def view(page: EditorPage) -> FormView:
    return page.views[page.tabs.currentIndex()]


@pytest.mark.parametrize("form_id", EDITABLE)
def test_opens_with_every_blank_the_unit_fills_and_changes_nothing(
    window: MainWindow, memory: Memory, form_id: str
) -> None:
    page = opened(window, memory, form_id)
    form = form_of(form_id)
    wanted = {key for key, field in form.fields_by_key.items() if field.filled_by == "unit"}
    assert wanted == set(view(page).inputs)
    assert set(view(page).ticks) == set(form.choices_by_key)
    assert set(view(page).grids) == set(form.tables_by_key)
    page.draft.flush()
    assert page.draft.dossier == memory.desk.dossiers["one"]
    assert page.draft.history.count() == 0


@pytest.mark.parametrize("form_id", EDITABLE)
def test_every_cell_a_unit_types_can_be_typed(window: MainWindow, memory: Memory, form_id: str) -> None:
    page = opened(window, memory, form_id)
    for grid in view(page).grids.values():
        for section, column in enumerate(grid.grid.columns, 1):
            editable = bool(grid.grid.flags(grid.grid.index(0, section)) & Qt.ItemFlag.ItemIsEditable)
            assert editable == (column.formula is None)


def test_a_worked_out_cell_follows_what_is_typed(window: MainWindow, memory: Memory) -> None:
    page = opened(window, memory, "M14")
    grid = view(page).grids["lines"].grid
    assert grid.setData(grid.index_of(0, "remit_amount"), "1.000.000")
    assert grid.setData(grid.index_of(0, "payee_amount"), "10.000.000")
    assert not grid.setData(grid.index_of(0, "amount"), "5")
    assert page.draft.document(0).tables["lines"][0]["amount"] == 11_000_000


def test_space_ticks_a_cell_and_takes_the_tick_away(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    page = opened(window, memory, "M09")
    table = view(page).grids["lines"]
    ticked = page.draft.document(0).tables["lines"][0].get("actual")
    table.setCurrentIndex(table.grid.index_of(0, "actual"))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert page.draft.document(0).tables["lines"][0].get("actual") is (None if ticked else True)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert page.draft.document(0).tables["lines"][0].get("actual") == ticked


def test_several_boxes_are_ticked_in_the_order_of_the_form(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    page = opened(window, memory, "M24")
    boxes = view(page).ticks["request_kind"].boxes
    for key, box in boxes.items():
        if box.isChecked() != (key in ("seal_change", "signature_change")):
            box.click()
    assert page.draft.document(0).choices["request_kind"] == "seal_change signature_change"


def test_foreign_money_and_rates_are_typed_as_people_write_them(window: MainWindow, memory: Memory) -> None:
    page = opened(window, memory, "M11")
    grid = view(page).grids["lines"].grid
    grid.setData(grid.index_of(0, "requested_fc"), "1.234,5")
    grid.setData(grid.index_of(0, "rate"), "25.450,5")
    row = page.draft.document(0).tables["lines"][0]
    assert (row["requested_fc"], row["rate"]) == ("1234.50", "25450.5")
    assert grid.data(grid.index_of(0, "requested_fc")) == "1.234,50"


def test_undo_goes_back_before_the_restart(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    page = opened(window, memory, "M13")
    first = page.draft.dossier
    page.draft.set_title("Một")
    page.draft.set_title("Hai")
    page.draft.flush()
    window.page().close_editor()  # type: ignore[attr-defined]
    window.open_dossier("one")
    again = window.page()
    assert isinstance(again, EditorPage)
    assert again.draft.dossier.title == "Hai"
    qtbot.keyClick(again, Qt.Key.Key_Z, CTRL)
    assert again.draft.dossier.title == "Một"
    qtbot.keyClick(again, Qt.Key.Key_Z, CTRL)
    assert again.draft.dossier == first
    qtbot.keyClick(again, Qt.Key.Key_Y, CTRL)
    again.draft.flush()
    assert memory.desk.dossiers["one"].title == "Một"


def test_a_wide_form_leaves_room_for_the_paper(window: MainWindow, memory: Memory) -> None:
    window.resize(1366, 768)
    page = opened(window, memory, "M23")
    assert page.minimumSizeHint().width() <= 1366 - 56
    assert view(page).grids["booking"].horizontalScrollBar().maximum() > 0


def test_one_dossier_holds_forms_of_every_kind(window: MainWindow, memory: Memory) -> None:
    page = opened(window, memory, "M26", "M28", "M25")
    assert [each.form.id for each in page.views] == ["M26", "M28", "M25"]
    made = page.views[2].inputs["reason"]
    assert isinstance(made, LineInput)
