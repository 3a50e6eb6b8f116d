"""F4 on every blank that names a code list: a list with something in it, or no word of F4 at all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Document, Dossier
from desktop.dossier.used_values import LEARNT
from desktop.ui.editor.fields import LineInput
from desktop.ui.editor.lookup import NOTHING
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory
from tests.ui.test_every_form import EDITABLE, opened, view

KEY = Qt.Key


def opens(page: EditorPage, qtbot: QtBot, widget: object) -> bool:
    """Whether F4 opens a list with hits; it is closed again."""
    qtbot.keyClick(widget, KEY.Key_F4)
    popup = page._codes.popup
    if not popup.isVisible():
        return False
    assert popup.hits.found
    assert popup.accessibleName().startswith("Chọn ")
    qtbot.keyClick(popup.field, KEY.Key_Escape)
    return True


def looked_up(page: EditorPage) -> list[LineInput]:
    return [made for made in view(page).inputs.values() if isinstance(made, LineInput) and made.field.catalogue]


@pytest.mark.parametrize("form_id", EDITABLE)
def test_the_hint_and_the_list_agree_in_every_blank(
    window: MainWindow, memory: Memory, form_id: str, qtbot: QtBot
) -> None:
    page = opened(window, memory, form_id)
    for made in looked_up(page):
        assert opens(page, qtbot, made) == ("F4" in made.accessibleDescription()), made.field.key
    for grid in view(page).grids.values():
        for column in (c for c in grid.grid.columns if c.catalogue):
            grid.setCurrentIndex(grid.grid.index_of(0, column.key))
            assert opens(page, qtbot, grid) == grid.looked_up(column), column.key


def test_without_a_past_a_list_nobody_gave_us_is_not_promised(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    memory.desk.dossiers.clear()
    memory.desk.dossiers["one"] = Dossier(local_id="one", number="1", title="", documents=(Document(form="M09"),))
    window.open_dossier("one")
    page = window.page()
    assert isinstance(page, EditorPage)
    grid = view(page).grids["lines"]
    promised = {column.catalogue for column in grid.grid.columns if column.catalogue and grid.looked_up(column)}
    assert "econ" in promised
    assert not promised & LEARNT
    grid.setCurrentIndex(grid.grid.index_of(0, "reserve"))
    assert not opens(page, qtbot, grid)


def test_a_name_is_written_with_its_code(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    page = opened(window, memory, "M13")
    qtbot.keyClick(view(page).inputs["program_name"], KEY.Key_F4)
    popup = page._codes.popup
    qtbot.keyClicks(popup.field, "giam ngheo")
    hit = popup.hits.found[0]
    qtbot.keyClick(popup.field, KEY.Key_Return)
    fields = page.draft.document(0).fields
    assert (fields["program_name"], fields["program_code"]) == (hit.name, hit.code)


@pytest.mark.parametrize(
    ("key", "typed", "kept"), [("currency", "do la my", "USD"), ("country", "nga", "Liên bang Nga")]
)
def test_a_cell_takes_the_code_or_the_words_it_holds(
    window: MainWindow, memory: Memory, qtbot: QtBot, key: str, typed: str, kept: str
) -> None:
    page = opened(window, memory, "M21")
    grid = view(page).grids["lines"].grid
    grid.put(0, {"country": "Liên bang Nga"})
    page = reopened(window, page)
    table = view(page).grids["lines"]
    table.setCurrentIndex(table.grid.index_of(1, key))
    qtbot.keyClick(table, KEY.Key_F4)
    qtbot.keyClicks(page._codes.popup.field, typed)
    qtbot.keyClick(page._codes.popup.field, KEY.Key_Return)
    assert page.draft.document(0).tables["lines"][1][key] == kept


def reopened(window: MainWindow, page: EditorPage) -> EditorPage:
    page.close_editor()
    window.open_dossier(page.draft.local_id)
    again = window.page()
    assert isinstance(again, EditorPage)
    return again


def test_the_popup_says_when_nothing_is_found(editor: EditorPage, qtbot: QtBot) -> None:
    qtbot.keyClick(editor.views[0].inputs["chapter"], KEY.Key_F4)
    popup = editor._codes.popup
    qtbot.keyClicks(popup.field, "zzzz")
    assert popup._how.text() == NOTHING
    qtbot.keyClick(popup.field, KEY.Key_Escape)
