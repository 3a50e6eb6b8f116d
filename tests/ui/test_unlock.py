"""Unlocking: the password goes to a thread, a wrong one is told from a damaged file."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.dossier.errors import VungXaError
from desktop.ui.unlock import FREE_TRIES, UnlockDialog
from tests.ui.memory import HANH, THANG, TUYEN, UNIT

ERRORS = {
    "wrong": VungXaError("wrong_password", "Mật khẩu không đúng. Thử lại."),
    "broken": VungXaError("damaged", "Tệp khóa bị hỏng. Dùng mã khôi phục."),
}


@pytest.fixture
def make(qtbot: QtBot) -> Callable[[], UnlockDialog]:
    def unlock(password: str) -> None:
        assert threading.current_thread().name == "unlock"
        if password in ERRORS:
            raise ERRORS[password]

    def build() -> UnlockDialog:
        made = UnlockDialog(unlock, UNIT, (HANH, TUYEN, THANG), "7 gói đang chờ mạng")
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return build


def enter(dialog: UnlockDialog, qtbot: QtBot, password: str) -> None:
    qtbot.keyClicks(dialog.password, password)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)


def test_the_right_password_opens_and_is_not_kept(make: Callable[[], UnlockDialog], qtbot: QtBot) -> None:
    dialog = make()
    enter(dialog, qtbot, "right")
    assert dialog.password.text() == ""
    qtbot.waitUntil(lambda: dialog.result() == QDialog.DialogCode.Accepted)


@pytest.mark.parametrize(("password", "tint"), [("wrong", "red"), ("broken", "amber")])
def test_a_wrong_password_is_not_a_damaged_file(
    make: Callable[[], UnlockDialog], qtbot: QtBot, password: str, tint: str
) -> None:
    dialog = make()
    enter(dialog, qtbot, password)
    qtbot.waitUntil(dialog.banner.isVisible)
    assert dialog.banner.accessibleName() == ERRORS[password].message
    assert dialog.banner.property("tint") == tint
    dialog.reject()


def test_after_five_wrong_ones_it_waits(make: Callable[[], UnlockDialog], qtbot: QtBot) -> None:
    dialog = make()
    for number in range(1, FREE_TRIES + 1):
        enter(dialog, qtbot, "wrong")
        qtbot.waitUntil(lambda n=number: dialog._wrong == n)
    assert not dialog.go.isEnabled()
    dialog._again()
    assert dialog.go.isEnabled()
    dialog.reject()


def test_arrows_change_who_unlocks(make: Callable[[], UnlockDialog], qtbot: QtBot) -> None:
    dialog = make()
    qtbot.keyClick(dialog, Qt.Key.Key_Down)
    assert dialog.person is TUYEN
    assert dialog.password.accessibleName() == "Mật khẩu mở kho dữ liệu của đơn vị"
    qtbot.keyClick(dialog, Qt.Key.Key_Up)
    assert dialog.person is HANH
    dialog.reject()
