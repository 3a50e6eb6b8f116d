"""The window as a whole: keys, badges, locking, narrow screens, and an end that leaves nothing running."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dossier.lifecycle import Facts
from desktop.ui.editor.form_view import FormView
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import PLACES, MainWindow
from tests.ui.memory import Memory

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(("key", "place"), [(Qt.Key.Key_2 + i, entry.name) for i, entry in enumerate(PLACES)])
def test_ctrl_and_a_number_go_to_a_place(window: MainWindow, qtbot: QtBot, key: int, place: str) -> None:
    qtbot.keyClick(window, Qt.Key(key), CTRL)
    assert window.page() is window.pages[place]


def test_badges_count_what_needs_a_person(window: MainWindow) -> None:
    names = [button.accessibleName() for button in window.nav._buttons.values()]
    assert names[:3] == ["Hồ sơ, 3 việc", "Ký số, 4 việc", "Gửi kho bạc, 3 việc"]
    assert names[3:] == ["Số dư & dự toán", "Giấy từ Kho bạc", "Danh mục & cài đặt"]


def test_locking_saves_first(editor: EditorPage, window: MainWindow, qtbot: QtBot, memory: Memory) -> None:
    editor.draft.set_title("Tên mới")
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    assert memory.desk.dossiers["d0442"].title == "Tên mới"
    assert memory.locks == 1


def test_the_list_is_read_again_when_a_status_moved(window: MainWindow, memory: Memory) -> None:
    memory.desk.facts["d0424"] = Facts(submitted=True, receipt_no="KB-1", decision="paid")
    window.poll()
    assert memory.desk.counts()["paid"] == 2
    assert "Đã thanh toán  1" in [chip.text() for chip, _ in window.dossiers().chips._chips.values()]
    memory.delivery.shown = replace(memory.delivery.shown, received=())
    window.poll()
    assert "Đã thanh toán  2" in [chip.text() for chip, _ in window.dossiers().chips._chips.values()]


def test_a_new_dossier_opens_in_the_editor(window: MainWindow) -> None:
    window.dossiers().draft_of("C4-02a/KB")
    page = window.page()
    assert isinstance(page, EditorPage)
    assert page.views[0].form.id == "M17"
    assert page.views[0].inputs["document_no"].hasFocus()


@pytest.mark.parametrize(("width", "folded"), [(1366, False), (1000, True)])
def test_a_narrow_window_folds_places_and_detail(window: MainWindow, width: int, folded: bool) -> None:
    window.resize(width, 600)
    assert window.width() == width
    assert window.nav.width() == (52 if folded else 190)
    assert window.dossiers().detail.isHidden() == folded
    assert window.dossiers().chips._others.isHidden() != folded


def test_nothing_opens_beside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    before = shown()
    for entry in PLACES:
        window.go(entry.name)
    window.open_dossier("d0442")
    QApplication.processEvents()
    assert shown() - before <= {window}


def shown() -> set[QWidget]:
    return {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}


class Watch(QObject):
    """Notes every widget that shows itself as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_shows_itself_before_it_has_a_place(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    watch, app = Watch(), QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    try:
        page = window.dossiers()
        for row in range(page.model.totals.count):
            page.table.choose(row)
        for local_id in ("d0442", "d0409"):
            window.open_dossier(local_id)
        for entry in PLACES:
            window.go(entry.name)
        QApplication.processEvents()
    finally:
        app.removeEventFilter(watch)
    assert watch.seen == []


def test_the_whole_editor_fits_its_card(editor: EditorPage, qtbot: QtBot) -> None:
    for form in ("C2-03/NS", "C4-02a/KB"):
        editor.append(form)
    for place, view in enumerate(editor.views):
        editor.tabs.setCurrentIndex(place)
        QApplication.processEvents()
        if not isinstance(view, FormView):
            continue
        grid = view.grids["lines"]
        assert sum(grid.columnWidth(i) for i in range(grid.grid.columnCount())) <= grid.viewport().width()
        assert view.widget().minimumSizeHint().width() <= view.viewport().width()


def test_closing_saves_and_ends_the_threads(editor: EditorPage, window: MainWindow, memory: Memory) -> None:
    editor.draft.set_title("Trước khi đóng")
    window.close()
    assert memory.desk.dossiers["d0442"].title == "Trước khi đóng"
    assert not {"token", "paper"} & {thread.name for thread in threading.enumerate()}


def test_an_error_stays_on_the_page_until_it_is_closed(window: MainWindow) -> None:
    window.context.bus.failed.emit("Không đủ chỗ trên đĩa. Xóa bớt tệp rồi thử lại.")
    problem = window.page().problem
    assert problem.isVisible()
    assert problem.accessibleName().startswith("Không đủ chỗ")
    problem.findChildren(QToolButton)[0].click()
    assert not problem.isVisible()


def test_one_primary_button_in_each_head(window: MainWindow) -> None:
    for entry in PLACES:
        window.go(entry.name)
        buttons = window.page().findChildren(QPushButton)
        assert sum(b.property("k") == "primary" and b.parent().property("k") == "head" for b in buttons) <= 1
