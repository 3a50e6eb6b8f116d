"""A form is taken out of a dossier where people look for it: asked first, told after, and it comes back."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox

from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory
from tests.ui.stage import Stage


@pytest.fixture
def editor(window: MainWindow, memory: Memory) -> EditorPage:
    return Stage(memory, window).editor(tab=1)


def forms(editor: EditorPage) -> list[str]:
    return [document.form for document in editor.draft.dossier.documents]


def entry(editor: EditorPage) -> QAction:
    """The last entry of the menu behind «+»."""
    editor.more.click()
    menu = editor.findChildren(QMenu)[-1]
    menu.hide()
    return menu.actions()[-1]


def answer(editor: EditorPage, words: str) -> None:
    box = editor.window().findChild(QMessageBox)
    next(made for made in box.buttons() if made.text() == words).click()


def test_a_form_with_something_in_it_is_dropped_after_a_question(editor: EditorPage, window: MainWindow) -> None:
    action = entry(editor)
    assert action.text().startswith("Bỏ chứng từ này: Danh sách thanh toán")
    action.trigger()
    assert forms(editor) == ["C2-02a/NS", "M20"]
    answer(editor, "Bỏ chứng từ")
    assert (forms(editor), editor.tabs.count()) == (["C2-02a/NS"], 3)
    window.toast._undo.click()
    assert forms(editor) == ["C2-02a/NS", "M20"]


def test_a_form_is_kept_when_that_is_the_answer(editor: EditorPage) -> None:
    entry(editor).trigger()
    answer(editor, "Giữ lại")
    assert forms(editor) == ["C2-02a/NS", "M20"]


def test_a_blank_form_goes_without_a_question(editor: EditorPage, window: MainWindow) -> None:
    editor.draft.add_document(editor._desk.blank_document("C2-02a/NS"))
    editor.tabs.setCurrentIndex(2)
    entry(editor).trigger()
    assert forms(editor) == ["C2-02a/NS", "M20"]
    assert "Đã bỏ" in window.toast._words.text()


def test_the_last_form_stays(editor: EditorPage) -> None:
    editor.draft.drop_document(1)
    editor.tabs.setCurrentIndex(0)
    assert not entry(editor).isEnabled()


def test_files_are_no_form(editor: EditorPage) -> None:
    editor.tabs.setCurrentIndex(2)
    assert (entry(editor).text(), entry(editor).isEnabled()) == ("Bỏ chứng từ này", False)


def test_a_right_click_on_a_tab_offers_its_form(editor: EditorPage) -> None:
    editor.tabs.customContextMenuRequested.emit(editor.tabs.tabRect(0).center())
    (menu,) = editor.tabs.findChildren(QMenu)
    assert menu.actions()[0].text().startswith("Bỏ chứng từ này: Giấy rút dự toán")
    menu.close()
