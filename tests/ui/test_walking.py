"""Hands stay on the keyboard: Tab and Enter go through every form as its paper reads, F8 through all its tables."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Document, Dossier, Level, Problem, Where
from desktop.dossier.forms import Form
from desktop.ui.editor.arrange import HEAD_KEYS
from desktop.ui.editor.fields import ChoiceInput, ImageInput, LineInput
from desktop.ui.editor.form_view import FormView
from desktop.ui.editor.grid_view import GridTable
from desktop.ui.settings.page import SettingsPage
from desktop.ui.settings.person_dialog import PersonDialog
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory
from tests.ui.stage import until
from tests.ui.test_every_form import EDITABLE, opened, view

KEY = Qt.Key
NO_LIST = [form_id for form_id in EDITABLE if form_id != "M20"]


def on_paper(form: Form) -> list[str]:
    """What a person fills, from the top of the paper to its foot: the number beside the title comes first."""
    own = [field.key for field in form.header_fields if field.filled_by == "unit"]
    beside = {key for table in form.line_tables for key in table.header_fields}
    head = [key for key in HEAD_KEYS if key in own]
    keys = [*head, *(choice.key for choice in form.choices)]
    keys += [key for key in own if key not in beside and key not in head]
    for table in form.line_tables:
        keys += [*table.header_fields, table.key]
    return keys + [field.key for block in form.blocks for field in block.fields]


def name_of(widget: QWidget, form: FormView) -> str:
    if isinstance(widget, LineInput | ChoiceInput | ImageInput):
        return widget.field.key
    if isinstance(widget, QCheckBox):
        return next((key for key, ticks in form.ticks.items() if widget in ticks.boxes.values()), "")
    return next((key for key, grid in form.grids.items() if grid is widget), "")


def in_order(form: FormView) -> list[str]:
    """What Tab comes to, each once."""
    start = next(iter(form.inputs.values()))
    found, widget = [name_of(start, form)], start.nextInFocusChain()
    while widget is not start:
        if form.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(name_of(widget, form))
        widget = widget.nextInFocusChain()
    return list(dict.fromkeys(filter(None, found)))


@pytest.mark.parametrize("form_id", NO_LIST)
def test_tab_follows_the_paper(window: MainWindow, memory: Memory, form_id: str) -> None:
    form = view(opened(window, memory, form_id))
    wanted = on_paper(form.form)
    order = in_order(form)
    first = wanted.index(order[0])
    assert order == wanted[first:] + wanted[:first]


@pytest.mark.parametrize("form_id", ["M13", "M24", "I04A"])
def test_enter_goes_where_tab_goes(window: MainWindow, memory: Memory, form_id: str, qtbot: QtBot) -> None:
    form = view(opened(window, memory, form_id))
    seen = [made for made in form.inputs.values() if isinstance(made, LineInput) and made.isVisibleTo(form)]
    for one in seen[:8]:
        goals = []
        for key in (KEY.Key_Tab, KEY.Key_Return):
            one.setFocus()
            qtbot.keyClick(one, key)
            goals.append(QApplication.focusWidget())
        assert goals[0] is goals[1]
        assert goals[0] is not one


def walk(window: MainWindow, memory: Memory, qtbot: QtBot, problems: list[Problem], *forms: str) -> Iterator[str]:
    """Press F8 once for each problem and say where the cursor went."""
    memory.desk.problems = lambda _dossier: problems
    page = opened(window, memory, *forms)
    for _ in problems:
        qtbot.keyClick(page, KEY.Key_F8)
        form, there = view(page), QApplication.focusWidget()
        assert isinstance(there, QWidget)
        cell = there.currentIndex() if isinstance(there, GridTable) else None
        at = f"[{cell.row()},{there.grid.columns[cell.column() - 1].key}]" if cell else ""  # type: ignore[attr-defined]
        yield f"{page.tabs.currentIndex()} {name_of(there, form)}{at}"


def wrong(document: int, **where: object) -> Problem:
    place = Where(document=document, **where)  # type: ignore[arg-type]
    return Problem(rule="X", level=Level.ERROR, message=f"Sai {where}", where=place)


def test_f8_goes_through_every_table_and_tab(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    problems = [
        wrong(0, field="account"),
        wrong(0, table="lines", row=0, column="rate"),
        wrong(0, table="revenue_lines", row=0, column="fc_amount"),
        wrong(1, field="request_kind"),
        wrong(1, table="specimens", row=1, column="person_name"),
        wrong(2, field="payee_bank"),
    ]
    assert list(walk(window, memory, qtbot, problems, "M16", "M24", "M13")) == [
        "0 account",
        "0 lines[0,rate]",
        "0 revenue_lines[0,fc_amount]",
        "1 request_kind",
        "1 specimens[1,person_name]",
        "2 payee_bank",
    ]


def test_a_folded_blank_is_opened_by_f8(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    memory.desk.problems = lambda _dossier: [wrong(0, field="contract_no")]
    memory.desk.dossiers["one"] = Dossier(local_id="one", number="1", title="", documents=(Document(form="M13"),))
    window.open_dossier("one")
    page = window.page()
    qtbot.keyClick(page, KEY.Key_F8)
    focus = QApplication.focusWidget()
    assert isinstance(focus, LineInput)
    assert (focus.field.key, focus.isVisible()) == ("contract_no", True)


def test_delete_takes_a_tick_away_and_x_sets_it(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    page = opened(window, memory, "M09")
    table = view(page).grids["lines"]
    table.go_to(0, "actual")
    ticks = []
    for key in (KEY.Key_Delete, KEY.Key_Space, KEY.Key_Delete):
        qtbot.keyClick(table, key)
        ticks.append(page.draft.document(0).tables["lines"][0].get("actual"))
    assert ticks == [None, True, None]


@pytest.mark.parametrize("part", ["people", "tokens", "trust"])
def test_the_keyboard_reaches_everything_of_a_section(settings: SettingsPage, part: str) -> None:
    settings.show_part(part)
    section = settings.section()
    wanted = {settings.chips[part], section.tabs, section.list().table, section.pane.findChild(QScrollArea)}
    wanted |= {command for command in section.commands if command.isEnabled()}
    widget, seen = settings.search.nextInFocusChain(), set()
    while widget is not settings.search:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            seen.add(widget)
        widget = widget.nextInFocusChain()
    assert wanted - seen == set()


def test_a_question_begins_in_its_first_field_and_ends_at_its_buttons(settings: SettingsPage, qtbot: QtBot) -> None:
    settings.people.add()
    dialog = settings.findChildren(PersonDialog)[-1]
    until(lambda: dialog.name.hasFocus())
    for wanted in (*dialog.roles.values(), dialog.awaiting, dialog.now, dialog.leave, dialog.go):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        assert QApplication.focusWidget() is wanted
    dialog.reject()
