"""The PIN in each situation: last try, reader with keys, asked each time, Caps Lock, changing it."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.context import Context
from desktop.ui.signing.change_pin import ChangePin, mistake
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.pin_foot import BatchState, PinFoot
from desktop.ui.signing.pin_words import CAPS, ON_PAD, TYPING, each_time, length_words
from tests.ui.memory import THANG, Memory
from tests.ui.signing_sample import token
from tests.ui.stage import settled

Open = Callable[..., SigningDialog]


@pytest.fixture
def opened(context: Context, memory: Memory, qtbot: QtBot) -> Iterator[Open]:
    made: list[SigningDialog] = []

    def build(**flags: object) -> SigningDialog:
        memory.signing.plugged = [token("p3", **flags)]
        made.append(SigningDialog(context, THANG))
        made[0].resize(1178, 688)
        qtbot.addWidget(made[0])
        made[0].show()
        qtbot.waitUntil(lambda: settled(made[0]))
        return made[0]

    yield build
    made[0].accept()


@pytest.fixture
def foot(qtbot: QtBot) -> PinFoot:
    made = PinFoot(lambda: None, lambda: None)
    qtbot.addWidget(made)
    made.show_token(token("p3"))
    made.show_batch(BatchState(3, 0, 0, 3))
    return made


def said(dialog: SigningDialog) -> tuple[str, str]:
    return dialog.foot._said.text(), dialog.foot._advice.text()


def test_the_last_try_needs_a_tick_of_its_own(opened: Open, qtbot: QtBot, memory: Memory) -> None:
    dialog = opened(pin_final_try=True)
    qtbot.keyClicks(dialog.pin, "123456")
    dialog.sign()
    assert (dialog.running, dialog.go.isEnabled(), memory.signing.signed) == (False, False, [])
    dialog.foot.last_try.click()
    assert dialog.go.isEnabled()
    dialog.sign()
    qtbot.waitUntil(lambda: len(memory.signing.signed) == 12)


def test_a_wrong_last_try_locks_and_says_what_to_do(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(pin_final_try=True)
    dialog.foot.last_try.click()
    qtbot.keyClicks(dialog.pin, "000000")
    dialog.sign()
    qtbot.waitUntil(lambda: said(dialog)[0].startswith("Token đã khóa"))
    assert "Mang token đến nơi cấp để mở khóa." in said(dialog)[1]
    assert not any(part.isEnabled() for part in (dialog.pin, dialog.go, dialog.foot.change))
    assert not dialog.foot.last_try.isChecked()


def test_a_token_that_says_so_only_when_asked_spends_no_try(opened: Open, qtbot: QtBot, memory: Memory) -> None:
    dialog = opened()
    memory.signing._flags(pin_final_try=True)
    qtbot.keyClicks(dialog.pin, "123456")
    dialog.sign()
    qtbot.waitUntil(lambda: not dialog.foot.last_try.isHidden())
    assert (memory.signing.signed, dialog.pin.text()) == ([], "")


def test_a_reader_with_keys_shows_no_field(opened: Open, qtbot: QtBot, memory: Memory) -> None:
    dialog = opened(pin_pad=True)
    assert (dialog.pin.isHidden(), dialog.foot.pad.text()) == (True, ON_PAD)
    dialog.go.setFocus()
    qtbot.keyClick(dialog.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(memory.signing.signed) == 12)


def test_a_token_that_wants_its_pin_each_time_is_counted(opened: Open, qtbot: QtBot, memory: Memory) -> None:
    dialog, gate = opened(), Event()
    memory.signing.pin_each = True
    memory.signing.before = lambda local_id: gate.wait(5) if local_id == "d0433" else None
    qtbot.keyClicks(dialog.pin, "123456")
    dialog.sign()
    told = ("Token này đòi mã PIN cho từng chữ ký: lần 3/12.", "Máy đưa mã PIN vừa nhập.")
    qtbot.waitUntil(lambda: said(dialog) == told)
    gate.set()
    qtbot.waitUntil(lambda: not dialog.running)
    assert "từng chữ ký" not in said(dialog)[0]


def test_on_a_reader_with_keys_the_person_gives_it_each_time() -> None:
    assert each_time(3, 12, pad=True).plain == "Nhập mã PIN trên bàn phím của đầu đọc."


@pytest.mark.parametrize(
    ("typed", "strong"), [("ABC", CAPS), ("abc", ""), ("a1B", CAPS), ("1234", ""), ("Ab", ""), ("ABc", "")]
)
def test_caps_lock_is_noticed_from_the_letters(foot: PinFoot, qtbot: QtBot, typed: str, strong: str) -> None:
    for letter in typed:
        shift = letter == "A" and typed == "Ab"
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(foot.pin, _key(letter, modifier))
    assert foot._said.text() == strong


def _key(letter: str, modifier: Qt.KeyboardModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), modifier, letter)


def test_a_vietnamese_typing_aid_is_noticed(foot: PinFoot) -> None:
    composed = QInputMethodEvent()
    composed.setCommitString("ươ")
    QApplication.sendEvent(foot.pin, composed)
    assert foot._said.text() == TYPING


def test_a_pin_can_be_neither_copied_nor_read(foot: PinFoot, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("trước")
    qtbot.keyClicks(foot.pin, "123456")
    foot.pin.selectAll()
    for key in (Qt.Key.Key_C, Qt.Key.Key_X):
        qtbot.keyClick(foot.pin, key, Qt.KeyboardModifier.ControlModifier)
    assert (QApplication.clipboard().text(), foot.pin.text()) == ("trước", "123456")
    assert foot.pin.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (6, 16, "Dài từ 6 đến 16 ký tự."),
        (6, 0, "Dài ít nhất 6 ký tự."),
        (0, 16, "Dài nhiều nhất 16 ký tự."),
        (0, 0, ""),
    ],
)
def test_limits_are_said_as_far_as_the_token_tells_them(least: int, most: int, words: str) -> None:
    assert length_words(least, most) == words


@pytest.mark.parametrize(
    ("old", "new", "again", "begins"),
    [
        ("123456", "654321", "654321", ""),
        ("123456", "654321", "654322", "Hai lần nhập mã PIN mới chưa giống nhau."),
        ("123456", "12345", "12345", "Mã PIN mới chưa đúng độ dài của token. Dài từ 6 đến 16 ký tự."),
        ("123456", "1" * 17, "1" * 17, "Mã PIN mới chưa đúng độ dài của token."),
        ("123456", "123456", "123456", "Mã PIN mới giống mã đang dùng."),
        ("123456", "mậtkhẩu", "mậtkhẩu", "Mã PIN mới có chữ có dấu."),
    ],
)
def test_a_new_pin_is_looked_at_before_a_try_is_spent(old: str, new: str, again: str, begins: str) -> None:
    found = mistake(old, new, again, token("p3"))
    assert found.startswith(begins)
    assert bool(found) is bool(begins)


def change(dialog: SigningDialog, qtbot: QtBot, old: str, new: str) -> ChangePin:
    dialog.foot.change.click()
    asked = dialog.findChild(ChangePin)
    for field, text in zip(asked.fields, (old, new, new), strict=True):
        qtbot.keyClicks(field, text)
    asked.go.click()
    return asked


def test_a_pin_is_changed_and_the_new_one_signs(opened: Open, qtbot: QtBot, memory: Memory) -> None:
    dialog = opened(pin_to_change=True)
    assert (dialog.pin.isEnabled(), said(dialog)[0]) == (False, "Token đòi đổi mã PIN mới trước khi ký.")
    change(dialog, qtbot, "123456", "654321")
    qtbot.waitUntil(dialog.pin.isEnabled)
    assert memory.signing.pin == "654321"
    assert dialog.outcome.accessibleName() == "Đã đổi mã PIN. Nhập mã PIN mới để ký."
    qtbot.keyClicks(dialog.pin, "654321")
    dialog.sign()
    qtbot.waitUntil(lambda: len(memory.signing.signed) == 12)


def test_a_wrong_old_pin_changes_nothing_and_empties_every_field(opened: Open, qtbot: QtBot, memory: Memory) -> None:
    asked = change(opened(), qtbot, "000000", "654321")
    qtbot.waitUntil(lambda: not asked.running)
    assert asked.problem.accessibleName().startswith("Sai mã PIN.")
    assert ([field.text() for field in asked.fields], memory.signing.pin) == (["", "", ""], "123456")
    asked.reject()


def test_changing_the_pin_on_a_reader_with_keys_asks_nothing_here(opened: Open, qtbot: QtBot, memory: Memory) -> None:
    dialog = opened(pin_pad=True)
    dialog.foot.change.click()
    asked = dialog.findChild(ChangePin)
    assert not any(field.isVisible() for field in asked.fields)
    with qtbot.waitSignal(asked.changed):
        asked.go.click()
    assert memory.signing.pin == "123456"


def test_the_last_try_is_asked_for_when_changing_too(opened: Open, qtbot: QtBot) -> None:
    asked = change(opened(pin_final_try=True), qtbot, "123456", "654321")
    assert not asked.go.isEnabled()
    asked.last_try.click()
    assert asked.go.isEnabled()
    asked.reject()
