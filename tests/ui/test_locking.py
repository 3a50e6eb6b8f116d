"""A lock with something open: what is typed is kept, dialogs are no obstacle, work that runs is ended in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Dossier
from desktop.ui.editor.fields import LineInput
from desktop.ui.editor.page import EditorPage
from desktop.ui.locking import LOCK_KEYS
from desktop.ui.settings.long_work import LongWork
from desktop.ui.shell import MainWindow
from desktop.ui.signing.dialog import SigningDialog
from tests.ui.memory import THANG, Memory
from tests.ui.stage import settled, until

CTRL = Qt.KeyboardModifier.ControlModifier


def field(editor: EditorPage) -> QLineEdit:
    made = editor.views[0].inputs["payee_name"]
    assert isinstance(made, LineInput)
    return made


def cell(editor: EditorPage) -> QLineEdit:
    grid = editor.views[0].grids["lines"]
    grid.setFocus()
    grid.setCurrentIndex(grid.grid.index_of(0, "content"))
    grid.edit(grid.currentIndex())
    made = grid.findChild(QLineEdit)
    assert made is not None
    return made


WHERE: dict[str, tuple[Callable[[EditorPage], QLineEdit], Callable[[Dossier], object]]] = {
    "title": (lambda editor: editor.title, lambda dossier: dossier.title),
    "field": (field, lambda dossier: dossier.documents[0].fields["payee_name"]),
    "cell": (cell, lambda dossier: dossier.documents[0].tables["lines"][0]["content"]),
}


@pytest.fixture
def asked(window: MainWindow) -> QInputDialog:
    """A dialog that stands over the window."""
    made = QInputDialog(window)
    made.setWindowModality(Qt.WindowModality.ApplicationModal)
    return made


@pytest.mark.parametrize(("leave", "over"), [("lock", False), ("close", False), ("close", True)])
@pytest.mark.parametrize("where", WHERE)
def test_words_in_a_field_nobody_left_are_kept(
    editor: EditorPage, window: MainWindow, memory: Memory, asked: QInputDialog, where: str, leave: str, *, over: bool
) -> None:
    """On demand, by itself with the cursor in the field, by itself behind a dialog."""
    place, read = WHERE[where]
    typed = place(editor)
    typed.setFocus()
    typed.selectAll()
    QTest.keyClicks(typed, "Chua roi o")
    if over:
        asked.open()
        until(lambda: QApplication.focusWidget() is not typed)
    (window.lock if leave == "lock" else window.close)()
    assert read(memory.desk.dossiers["d0442"]) == "Chua roi o"
    asked.reject()


@pytest.mark.parametrize("where", WHERE)
def test_words_are_saved_while_typed_and_are_no_step_yet(editor: EditorPage, memory: Memory, where: str) -> None:
    place, read = WHERE[where]
    typed = place(editor)
    typed.setFocus()
    typed.selectAll()
    QTest.keyClicks(typed, "Mat dien")
    until(lambda: read(memory.desk.dossiers["d0442"]) == "Mat dien")
    assert (typed.hasFocus(), typed.text(), editor.draft.history.count()) == (True, "Mat dien", 0)
    editor.take_typed()
    assert (read(editor.draft.dossier), editor.draft.history.count()) == ("Mat dien", 1)


def test_a_cell_that_is_given_up_is_saved_as_it_was(editor: EditorPage, memory: Memory) -> None:
    typed, read = cell(editor), WHERE["cell"][1]
    before = read(memory.desk.dossiers["d0442"])
    QTest.keyClicks(typed, "Thoi")
    until(lambda: read(memory.desk.dossiers["d0442"]) != before)
    QTest.keyClick(typed, Qt.Key.Key_Escape)
    until(lambda: read(memory.desk.dossiers["d0442"]) == before)
    assert editor.draft.history.count() == 0


def test_the_keys_lock_over_a_dialog(window: MainWindow, memory: Memory, asked: QInputDialog, qtbot: QtBot) -> None:
    asked.open()
    qtbot.waitUntil(lambda: asked.findChild(QShortcut, LOCK_KEYS) is not None)
    for count in (1, 2):
        qtbot.keyClick(asked, Qt.Key.Key_L, CTRL)
        assert memory.locks == count
    asked.reject()


def test_what_cannot_be_saved_holds_the_lock_up_once(
    editor: EditorPage, window: MainWindow, memory: Memory, qtbot: QtBot
) -> None:
    memory.desk.full = True
    editor.draft.set_title("Đang gõ")
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    assert (memory.locks, editor.unsaved.said, window.busy()) == (0, "Đĩa đầy nên chưa lưu được.", True)
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    assert memory.locks == 1
    memory.desk.full = False
    assert editor.draft.flush()
    assert not window.busy()


def test_work_that_runs_keeps_idleness_away_and_ends_with_the_window(window: MainWindow) -> None:
    begun, ended = Event(), Event()

    def work(_tell: object, stopped: Callable[[], bool]) -> None:
        begun.set()
        while not stopped():
            time.sleep(0.001)
        ended.set()

    made = LongWork(window, "restore")
    made.start(work)
    assert begun.wait(5)
    assert window.busy()
    window.close()
    assert ended.is_set()
    assert not window.busy()


def test_the_end_of_one_piece_of_work_is_never_taken_for_the_next_one_s(window: MainWindow) -> None:
    """It was ended with its last word already posted."""
    go, said = Event(), list[object]()
    made = LongWork(window, "check")
    made.ended.connect(said.append)
    made.start(lambda _tell, _stopped: "first")
    made.end()
    made.start(lambda _tell, _stopped: "second" if go.wait(5) else "late")
    QApplication.processEvents()
    assert (said, made.running) == ([], True)
    go.set()
    until(lambda: said == ["second"])


def test_a_batch_ends_after_the_dossier_in_work(window: MainWindow, memory: Memory) -> None:
    dialog = SigningDialog(window.context, THANG, window)
    dialog.open()
    until(lambda: settled(dialog))
    asked_to_stop = Event()
    memory.signing.before = lambda _local_id: None if not memory.signing.signed else waits(dialog, asked_to_stop)
    dialog.pin.setText("123456")
    dialog.sign()
    assert window.busy()
    until(lambda: bool(memory.signing.signed))
    window.close()
    assert asked_to_stop.is_set()
    assert len(memory.signing.signed) == 1


def waits(dialog: SigningDialog, asked_to_stop: Event) -> None:
    """Let the token take long over the next dossier, until the window asks the batch to stop."""
    stop = dialog._run._cancel
    if stop is not None and stop.wait(5):
        asked_to_stop.set()


def test_a_place_that_this_window_has_not_leaves_it_standing(window: MainWindow) -> None:
    window.come_back("settings/tokens")
    for gone in ("settings/không còn", "không còn/ở đâu"):
        window.come_back(gone)
        assert window.where() == "settings/tokens"
