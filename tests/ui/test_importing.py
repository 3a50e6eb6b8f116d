"""Many voucher files at once: what became of each is shown, can be opened, stopped and written out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.dossiers.importing import ImportDialog
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory

KEY = Qt.Key
Begin = Callable[..., ImportDialog]


@pytest.fixture
def begin(window: MainWindow, tmp_path: Path) -> Begin:
    """Name some files, empty ones, and give the dialog that reads them."""

    def made(*names: str) -> ImportDialog:
        for name in names:
            (tmp_path / name).touch()
        window.dossiers().files.take_all([tmp_path])
        dialog = window.dossiers().findChild(ImportDialog)
        assert dialog is not None
        return dialog

    return made


def ended(qtbot: QtBot, dialog: ImportDialog) -> ImportDialog:
    qtbot.waitUntil(lambda: not dialog.running)
    return dialog


def test_each_file_of_a_folder_is_told(begin: Begin, qtbot: QtBot) -> None:
    dialog = ended(qtbot, begin("a.xml", "b.txt", "c.xml"))
    told = [[dialog.model.index(row, column).data() for column in (0, 1)] for row in range(3)]
    assert told == [["Đã nhập", "a.xml"], ["Không nhận", "b.txt"], ["Đã nhập", "c.xml"]]
    assert (dialog._head.text(), dialog._counts.text()) == ("Đã đọc xong 3 tệp", "Đã nhập 2, không nhận 1")
    assert dialog._about.text() == "Đã nhập.\nCòn thiếu 1 ô; mở hồ sơ rồi nhấn F8 để đi từng ô."
    dialog.reject()


def test_enter_opens_the_draft_and_a_refused_file_has_none(begin: Begin, window: MainWindow, qtbot: QtBot) -> None:
    dialog = ended(qtbot, begin("a.xml", "b.txt"))
    dialog.table.choose(1)
    assert not dialog.open_button.isEnabled()
    qtbot.keyClick(dialog.table, KEY.Key_Return)
    assert dialog.isVisible()
    dialog.table.choose(0)
    qtbot.keyClick(dialog.table, KEY.Key_Return)
    page = window.page()
    assert isinstance(page, EditorPage)
    assert page.draft.local_id == dialog.opens


def test_reading_stops_after_the_file_it_is_at(begin: Begin, memory: Memory, qtbot: QtBot) -> None:
    go, reached = threading.Event(), threading.Event()

    def wait(path: Path) -> None:
        if path.name == "b.xml":
            reached.set()
            go.wait(5)

    memory.desk.before_import = wait
    dialog = begin("a.xml", "b.xml", "c.xml")
    qtbot.waitUntil(reached.is_set)
    qtbot.mouseClick(dialog.halt, Qt.MouseButton.LeftButton)
    go.set()
    ended(qtbot, dialog)
    assert [report.path.name for report in dialog.model.reports] == ["a.xml", "b.xml"]
    assert dialog._head.text() == "Đã dừng sau 2 tệp"
    dialog.reject()


def test_the_report_is_written_out(begin: Begin, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ended(qtbot, begin("a.xml", "b.txt"))
    out = tmp_path / "out.csv"
    dialog.export_to(out)
    qtbot.waitUntil(lambda: dialog._counts.text() == "Đã ghi báo cáo out.csv.")
    assert out.read_text("utf-8") == "a.xml\nb.txt"
    dialog.reject()


def test_one_file_opens_without_a_list(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.xml").touch()
    window.dossiers().files.take_all([tmp_path / "a.xml"])
    qtbot.waitUntil(lambda: isinstance(window.page(), EditorPage))
    assert window.findChild(ImportDialog) is None


def test_the_button_offers_files_and_folders(window: MainWindow) -> None:
    menu = window.dossiers().files.menu()
    assert [action.text() for action in menu.actions()] == ["Chọn tệp…", "Chọn cả thư mục…"]
    assert menu.accessibleName()
