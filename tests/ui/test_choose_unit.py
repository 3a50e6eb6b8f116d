"""Which unit to open: the one opened last stands first and is chosen with Enter."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.ui.choose_unit import ChooseUnit, UnitLine

UNITS = [
    UnitLine(Path("/home/hanh/vungxa/ubnd"), "1027643", "Ủy ban nhân dân xã Sín Chéng"),
    UnitLine(Path("/media/usb/truong"), "1027645", "Trường Tiểu học Sín Chéng"),
]


@pytest.fixture
def dialog(qtbot: QtBot) -> ChooseUnit:
    made = ChooseUnit(UNITS)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_first_is_chosen_with_enter(dialog: ChooseUnit, qtbot: QtBot) -> None:
    assert [unit.name in dialog.list.item(row).text() for row, unit in enumerate(UNITS)] == [True, True]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert (dialog.result(), dialog.folder) == (QDialog.DialogCode.Accepted, UNITS[0].folder)


def test_another_is_chosen_with_the_arrows_and_a_click(dialog: ChooseUnit, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert (dialog.result(), dialog.folder) == (QDialog.DialogCode.Accepted, UNITS[1].folder)


def test_nobody_need_choose(dialog: ChooseUnit, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.list, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
