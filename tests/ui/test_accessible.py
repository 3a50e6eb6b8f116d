"""Whoever cannot see the window hears it: every field and every button without words has a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.editor.page import EditorPage
from desktop.ui.kit.cells import CELL, Kind
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.page import SettingsPage
from desktop.ui.shell import PLACES, MainWindow
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.unlock import UnlockDialog
from tests.ui.memory import THANG, Memory
from tests.ui.stage import until
from tests.ui.test_every_form import EDITABLE, opened
from tests.ui.users_states import MemoryDoor

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
FIELDS = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView, QTabBar)


def in_a_list_box(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, QComboBox) or in_a_list_box(parent))


def unnamed(root: QWidget) -> Iterator[str]:
    for widget in root.findChildren(QWidget):
        inner = isinstance(widget, QHeaderView) or widget.objectName().startswith("qt_") or in_a_list_box(widget)
        if inner or isinstance(widget.parent(), QTabBar | QComboBox | QLineEdit):
            continue
        mute = isinstance(widget, QAbstractButton) and not widget.text()
        if (mute or isinstance(widget, FIELDS)) and not widget.accessibleName():
            yield f"{type(widget).__name__} in {type(widget.parent()).__name__}"


def too_small(root: QWidget) -> Iterator[str]:
    for widget in root.findChildren(QAbstractButton):
        seen = widget.isVisible() and not isinstance(widget.parent(), QTabBar | QLineEdit)
        if seen and min(widget.width(), widget.height()) < 24:
            yield f"{widget.accessibleName()}: {widget.width()}x{widget.height()}"


@pytest.mark.parametrize("place", [entry.name for entry in PLACES])
def test_every_place(window: MainWindow, place: str) -> None:
    window.go(place)
    assert list(unnamed(window)) == []
    assert list(too_small(window)) == []


@pytest.mark.parametrize("tab", range(4))
def test_every_tab_of_the_editor(editor: EditorPage, qtbot: QtBot, tab: int) -> None:
    editor.tabs.setCurrentIndex(tab)
    QApplication.processEvents()
    assert list(unnamed(editor)) == []


@pytest.mark.parametrize("form_id", EDITABLE)
def test_every_form(window: MainWindow, memory: Memory, form_id: str) -> None:
    page = opened(window, memory, form_id)
    assert list(unnamed(page)) == []
    assert list(too_small(page)) == []
    for made in page.views[0].inputs.values():
        assert made.accessibleName().strip(".… :")
    for grid in page.views[0].grids.values():
        heads = [grid.grid.headerData(i, Qt.Orientation.Horizontal, SPOKEN) for i in range(1, grid.grid.columnCount())]
        assert all(heads)
        assert len(set(heads)) == len(heads)


def test_a_tick_is_a_word(window: MainWindow, memory: Memory) -> None:
    grid = opened(window, memory, "M09").views[0].grids["lines"].grid
    spoken = {grid.index_of(0, key).data(SPOKEN) for key in ("advance", "actual")}
    assert spoken == {"đã chọn", "không chọn"}


def test_a_cell_editor_says_line_column_and_problem(editor: EditorPage) -> None:
    grid = editor.views[0].grids["lines"]
    index = grid.grid.index_of(2, "econ")
    grid.edit(index)
    box = grid.findChild(QLineEdit)
    assert box is not None
    assert box.accessibleName() == "Dòng 3, Mã nội dung kinh tế"
    assert "tiểu mục" in box.accessibleDescription()


def test_the_dialogs(window: MainWindow, qtbot: QtBot) -> None:
    signing = SigningDialog(window.context, THANG, window)
    qtbot.addWidget(signing)
    unlock = UnlockDialog(MemoryDoor())
    qtbot.addWidget(unlock)
    for dialog in (signing, unlock):
        assert list(unnamed(dialog)) == []
        dialog.reject()


@pytest.mark.parametrize("part", ["people", "tokens", "trust"])
def test_every_section_of_the_settings(settings: SettingsPage, part: str) -> None:
    settings.show_part(part)
    section = settings.section()
    for tab in range(section.tabs.count()):
        section.tabs.setCurrentIndex(tab)
        assert list(unnamed(settings)) == []
        assert list(too_small(settings)) == []


def test_every_question_of_the_settings(settings: SettingsPage, memory: Memory) -> None:
    people, trust, tokens = settings.people, settings.trust, settings.tokens
    people.show_view(memory.settings.people.shown)
    trust.show_view(memory.settings.trust.shown)
    tokens.examine()
    until(lambda: tokens.examination.report is not None)
    trust.look_at_root(Path("a.cer"))
    for ask in (
        people.add,
        people.edit,
        people.give_certificate,
        people.delegate,
        people.end_person,
        trust.ask_evidence,
    ):
        ask()
    tokens.turn_to(tokens.tokens)
    tokens.try_token()
    until(lambda: len(settings.findChildren(AskDialog)) == 8)
    for dialog in settings.findChildren(AskDialog):
        assert list(unnamed(dialog)) == []
        assert list(too_small(dialog)) == []
        dialog.reject()


def test_dots_badges_and_bars_are_words_too(window: MainWindow) -> None:
    model = window.dossiers().model
    spoken = {}
    for column in range(model.columnCount()):
        index = model.index(2, column)
        spoken[index.data(CELL).kind] = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[Kind.DOTS] == "đã ký, đến lượt, chưa đến"
    assert spoken[Kind.BADGE] == "Chờ KTT ký"
    assert spoken[Kind.MONEY] == "6.000.000"


def test_a_field_says_label_rule_and_need(editor: EditorPage) -> None:
    field = editor.views[0].inputs["chapter"]
    assert field.accessibleName() == "Mã chương"
    assert field.accessibleDescription() == "bắt buộc. mã, nhấn F4 để tra"
