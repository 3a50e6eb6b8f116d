"""Unlocking: each secret goes to a thread for who is chosen, refusals are told apart, waits outlast the screen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.desk.store_door import StoreDoor
from desktop.store.envelope import KdfParameters
from desktop.store.keys import add_recovery_slot, give_password, unlock
from desktop.store.store import KEYS, Store
from desktop.ui.unlock import UnlockDialog
from desktop.ui.unlocking.password_field import PasswordField
from desktop.ui.unlocking.words import Sending, WhyLocked, sending, why
from tests.ui.memory import HANH, THANG, TUYEN, UNIT
from tests.ui.settings_doc import PICTURES, SHOWN
from tests.ui.stage import until
from tests.ui.users_states import AT, DAMAGED, GONE, OTHER, SHA, UNLOCK, WRONG, MemoryDoor, Mistyped, WayIn, front

CHEAP = KdfParameters(memory_kib=8, passes=1, lanes=1)
Make = Callable[..., UnlockDialog]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def build(door: object, **known: object) -> UnlockDialog:
        made = UnlockDialog(door, **known)  # type: ignore[arg-type]
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return build


def enter(dialog: UnlockDialog, qtbot: QtBot, password: str) -> None:
    qtbot.keyClicks(dialog.password, password)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)


def accepted(dialog: UnlockDialog) -> bool:
    return dialog.result() == QDialog.DialogCode.Accepted


def test_the_right_password_opens_for_who_is_chosen_and_is_not_kept(make: Make, qtbot: QtBot) -> None:
    door = MemoryDoor()
    dialog = make(door, user="tuyen")
    enter(dialog, qtbot, "right")
    assert dialog.password.text() == ""
    until(lambda: accepted(dialog))
    assert door.asked == [("password", "right", "tuyen")]


@pytest.mark.parametrize(("error", "tint"), [(WRONG, "red"), (GONE, "amber")])
def test_a_wrong_password_is_not_a_disk_in_trouble(make: Make, qtbot: QtBot, error: Mistyped, tint: str) -> None:
    dialog = make(MemoryDoor(fails=error, left=2))
    enter(dialog, qtbot, "x")
    until(dialog.banner.isVisible)
    assert dialog.banner.property("tint") == tint
    assert ("Còn 2 lần" in dialog.banner.accessibleName()) == (tint == "red")
    assert dialog.go.isEnabled()
    dialog.reject()


def test_a_wait_that_began_before_the_screen_goes_on(make: Make) -> None:
    door = MemoryDoor(seconds=48)
    dialog = make(door)
    assert (dialog.go.isEnabled(), dialog.go.text()) == (False, "Chờ 0:48")
    assert dialog.by_password.recover.isEnabled()
    dialog._until = 0.001
    dialog._beat()
    assert dialog.go.isEnabled()
    assert not dialog.banner.isVisible()
    dialog.reject()


def test_arrows_change_who_unlocks(make: Make, qtbot: QtBot) -> None:
    dialog = make(MemoryDoor())
    qtbot.keyClick(dialog, Qt.Key.Key_Down)
    assert dialog.password.accessibleName() == "Mật khẩu của Hà Văn Tuyên"
    qtbot.keyClick(dialog, Qt.Key.Key_Up)
    qtbot.keyClick(dialog, Qt.Key.Key_Up)
    assert dialog.list.choice.user == "thang"
    assert dialog.by_password.token.isVisible()
    dialog.reject()


def test_who_was_stopped_is_not_offered(make: Make) -> None:
    dialog = make(MemoryDoor())
    assert [choice.name for choice in dialog.list.choices] == ["Lò Thị Hạnh", "Hà Văn Tuyên", "Vi Đình Thắng"]
    dialog.reject()


def test_an_older_unit_asks_for_the_password_all_share(make: Make) -> None:
    door = MemoryDoor(front((WayIn("1", "password", "", "", ""),)))
    dialog = make(door, people=(HANH, TUYEN, THANG))
    dialog.list.step(1)
    assert dialog.person is TUYEN
    assert dialog.password.accessibleName() == "Mật khẩu mở kho dữ liệu của đơn vị"
    dialog.reject()


def test_who_has_a_token_alone_is_asked_for_its_pin(make: Make) -> None:
    door = MemoryDoor(front((WayIn("1", "token", "thang", "Vi Đình Thắng", "", True, SHA),)))
    dialog = make(door)
    assert dialog.forms.currentWidget() is dialog.by_token
    dialog.by_token.pin.setText("1234")
    dialog.try_token()
    until(lambda: accepted(dialog))
    assert door.asked == [("token", (SHA,), "1234")]


def test_a_pasted_code_spreads_and_its_slip_is_marked(make: Make) -> None:
    dialog = make(MemoryDoor(fails=Mistyped("code_mistyped", "Gõ nhầm ở nhóm thứ 4. So lại.")))
    dialog.ask_code()
    dialog.by_code.spread("abcd-efgh ijkl-mnop-qrst-uvwx-yz23-4567-abcd")
    assert dialog.by_code.code() == "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567-ABCD"
    dialog.try_code()
    until(dialog.banner.isVisible)
    assert [group.property("state") == "error" for group in dialog.by_code.groups].index(True) == 3
    dialog.reject()


def test_two_new_passwords_that_differ_are_not_set(make: Make) -> None:
    door = MemoryDoor()
    dialog = make(door)
    dialog.panel.turn(dialog.anew)
    dialog.anew.first.setText("một mật khẩu")
    dialog.anew.second.setText("mật khẩu khác")
    dialog.try_new()
    assert dialog.banner.isVisible()
    assert door.asked == []
    dialog.reject()


def test_a_damaged_envelope_is_read_again_when_asked(make: Make) -> None:
    door = MemoryDoor(shut=DAMAGED)
    dialog = make(door, unit=UNIT)
    assert dialog.forms.currentWidget() is dialog.trouble
    door.shut = None
    dialog.trouble.go.click()
    assert dialog.forms.currentWidget() is dialog.by_password
    dialog.reject()


def test_another_unit_is_asked_for_instead(make: Make) -> None:
    dialog = make(MemoryDoor(), units=(OTHER,))
    dialog.choose_unit().accept()
    assert dialog.other == OTHER.folder
    assert not dialog.isVisible()


def test_a_password_is_seen_only_while_the_eye_is_held(qtbot: QtBot) -> None:
    field = PasswordField()
    qtbot.addWidget(field)
    qtbot.mousePress(field.eye, Qt.MouseButton.LeftButton)
    assert field.echoMode() == PasswordField.EchoMode.Normal
    qtbot.mouseRelease(field.eye, Qt.MouseButton.LeftButton)
    assert field.echoMode() == PasswordField.EchoMode.Password


@pytest.mark.parametrize(
    ("held", "typed", "said"),
    [
        (Qt.KeyboardModifier.NoModifier, "A", [PasswordField.CAPS]),
        (Qt.KeyboardModifier.ShiftModifier, "a", [PasswordField.CAPS]),
        (Qt.KeyboardModifier.ShiftModifier, "A", [""]),
        (Qt.KeyboardModifier.NoModifier, "ă", [PasswordField.TYPING]),
    ],
)
def test_the_keyboard_is_minded(qtbot: QtBot, held: Qt.KeyboardModifier, typed: str, said: list[str]) -> None:
    field, heard = PasswordField(), list[str]()
    qtbot.addWidget(field)
    field.noticed.connect(heard.append)
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, held, typed))
    assert (heard, field.text()) == (said, typed)


@pytest.mark.parametrize(
    ("composing", "handed_over", "said"),
    [("ă", "", [PasswordField.TYPING]), ("", "ạ", [PasswordField.TYPING]), ("", "a", []), ("", "A", [])],
)
def test_what_an_input_method_makes_is_minded(qtbot: QtBot, composing: str, handed_over: str, said: list[str]) -> None:
    field, heard = PasswordField(), list[str]()
    qtbot.addWidget(field)
    field.noticed.connect(heard.append)
    event = QInputMethodEvent(composing, [])
    event.setCommitString(handed_over)
    QApplication.sendEvent(field, event)
    assert heard == said


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        *(("idle", "tự khóa lúc 13:55"), ("suspend", "ngủ"), ("asked", "yêu cầu"), ("switch", "Đơn vị trước")),
        *(("rotated", "Đã đổi khóa dữ liệu"), ("not_rotated", "Chưa đổi khóa dữ liệu")),
    ],
)
def test_why_it_is_locked(reason: str, words: str) -> None:
    assert words in " ".join(why(WhyLocked(reason, AT, 10)))


def test_what_goes_on_is_told_in_counts() -> None:
    assert sending(Sending(0, "good")) is None
    told = sending(Sending(7, "offline", AT))
    assert told is not None
    assert (told.title, "7 gói" in told.text) == ("Ngoại tuyến từ 13:55", True)


def test_a_real_unit_is_recovered_and_opened_with_the_new_password(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "unit"
    with Store.create(folder, "mật khẩu cũ", UNIT, [HANH, TUYEN, THANG], kdf=CHEAP):
        key = unlock(folder / KEYS, "mật khẩu cũ")
    code = add_recovery_slot(folder / KEYS, key)
    dialog = make(StoreDoor(folder), people=(HANH,))
    enter(dialog, qtbot, "khong phai")
    until(dialog.banner.isVisible)
    assert "Còn 4 lần" in dialog.banner.accessibleName()
    dialog.ask_code()
    dialog.by_code.spread(code)
    dialog.try_code()
    until(lambda: dialog.forms.currentWidget() is dialog.anew)
    for field in (dialog.anew.first, dialog.anew.second):
        field.setText("mật khẩu mới")
    dialog.try_new()
    until(lambda: accepted(dialog))
    assert unlock(folder / KEYS, "mật khẩu mới").raw == key.raw


def test_a_real_slip_of_the_pen_names_its_group(make: Make, tmp_path: Path) -> None:
    folder = tmp_path / "unit"
    Store.create(folder, "mật khẩu cũ", UNIT, [HANH], kdf=CHEAP).close()
    key = unlock(folder / KEYS, "mật khẩu cũ")
    give_password(folder / KEYS, key, "hanh", "Lò Thị Hạnh", "Người lập", "mật khẩu riêng", kdf=CHEAP)
    code = add_recovery_slot(folder / KEYS, key)
    slip = code[:10] + ("A" if code[10] != "A" else "B") + code[11:]
    dialog = make(StoreDoor(folder))
    assert [choice.name for choice in dialog.list.choices] == ["Lò Thị Hạnh", "Mật khẩu chung"]
    dialog.ask_code()
    dialog.by_code.spread(slip)
    dialog.try_code()
    until(dialog.banner.isVisible)
    assert [group.property("state") == "error" for group in dialog.by_code.groups].index(True) == 2
    dialog.reject()


def test_whom_the_unit_no_longer_knows_is_told_on_the_screen(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    """The way in outlived the user: a machine that stopped half-way through taking both."""
    folder = tmp_path / "unit"
    Store.create(folder, "mật khẩu cũ", UNIT, [HANH], kdf=CHEAP).close()
    give_password(folder / KEYS, unlock(folder / KEYS, "mật khẩu cũ"), "u9", "Lò Thị Hạnh", "", "mat khau", kdf=CHEAP)
    dialog = make(StoreDoor(folder))
    enter(dialog, qtbot, "mat khau")
    until(dialog.banner.isVisible)
    assert dialog.banner.accessibleName().startswith("Tên người dùng này đã bị ngừng.")
    assert not accepted(dialog)


def test_the_page_of_the_unlock_screen_shows_every_picture() -> None:
    shown = re.findall(r"\(pictures/unlock/(.+)\.png\)", (PICTURES.parent / "unlock.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(SHOWN["unlock"]) == sorted(p.stem for p in (PICTURES / "unlock").glob("*.png"))
    assert set(shown) <= set(UNLOCK)
