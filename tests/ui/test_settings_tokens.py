"""«Token & khám»: steps as they are made, cancel, test signature, drivers, support file."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dossier.doctor_views import StepState
from desktop.ui.kit.cells import CELL
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.page import SettingsPage
from desktop.ui.settings.token_section import TokenSection
from desktop.ui.settings.try_dialog import TryDialog
from desktop.ui.shell import MainWindow
from desktop.ui.signing.change_pin import ChangePin
from desktop.ui.signing.dialog import SigningDialog
from tests.ui.memory import THANG, Memory
from tests.ui.settings_sample import STEPS
from tests.ui.signing_sample import token
from tests.ui.stage import until


@pytest.fixture
def section(settings: SettingsPage) -> TokenSection:
    settings.show_part("tokens")
    until(lambda: bool(settings.tokens.drivers_shown))
    return settings.tokens


@pytest.fixture
def examined(section: TokenSection) -> TokenSection:
    section.go.click()
    until(lambda: section.examination.report is not None)
    return section


def said(widget: QWidget) -> str:
    return " | ".join(made.text() for made in widget.findChildren(QLabel))


def results(section: TokenSection) -> list[str]:
    model = section.steps.model
    return [str(model.index(row, 2).data(CELL).text) for row in range(model.rowCount())]


def press(widget: QWidget, words: str) -> None:
    next(one for one in widget.findChildren(QPushButton) if one.text().startswith(words)).click()


def trying(section: TokenSection, settings: SettingsPage, serial: str = "2A5103") -> TryDialog:
    section.turn_to(section.tokens)
    section.tokens.choose(serial)
    press(section.pane, "Ký thử")
    made = settings.findChildren(AskDialog)[-1]
    assert isinstance(made, TryDialog)
    return made


def test_steps_appear_while_they_are_made(section: TokenSection, memory: Memory) -> None:
    memory.settings.doctor.going.clear()
    section.go.click()
    until(lambda: section.steps.model.rowCount() == len(STEPS) - 3)
    assert "Đang khám" in section.strip.accessibleName()
    assert not section.go.isEnabled()
    memory.settings.doctor.going.set()
    until(lambda: section.examination.report is not None)
    assert results(section).count("Được") == 7
    assert "Có 1 lỗi" in section.strip.accessibleName()


def test_the_worst_is_chosen_and_its_repair_is_numbered(examined: TokenSection) -> None:
    words = said(examined.pane)
    assert "Đăng ký ở đơn vị" in words
    assert "1. Mở «Người ký»" in words
    assert "3. Nộp Mẫu 24" in words


def test_it_can_be_stopped_between_two_steps(section: TokenSection, memory: Memory, qtbot: QtBot) -> None:
    memory.settings.doctor.going.clear()
    section.go.click()
    until(lambda: section.steps.model.rowCount() == len(STEPS) - 3)
    qtbot.mouseClick(section.strip._cancel, Qt.MouseButton.LeftButton)
    memory.settings.doctor.going.set()
    until(lambda: section.examination.report is not None)
    assert "Đã dừng khám" in section.strip.accessibleName()
    assert section.tokens.model.rowCount() == 0


def test_a_step_is_heard_with_its_word(examined: TokenSection) -> None:
    index = examined.steps.model.index(0, 2)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Được"


def test_a_test_signature_is_thrown_away(examined: TokenSection, settings: SettingsPage, memory: Memory) -> None:
    made = trying(examined, settings)
    made.pin.setText("123456")
    made.submit()
    until(lambda: made.problem.property("tint") == "green")
    assert (made.pin.text(), memory.settings.doctor.tried) == ("", [("2A5103", "123456", "e" * 64, False)])
    assert examined.steps.model.rowCount() == 10
    made.reject()


def test_a_wrong_pin_is_told_and_asked_again(examined: TokenSection, settings: SettingsPage) -> None:
    made = trying(examined, settings)
    made.pin.setText("000000")
    made.submit()
    until(lambda: made.problem.property("tint") == "red")
    assert "Sai mã PIN" in made.problem.accessibleName()
    assert (made.pin.text(), made.go.isEnabled()) == ("", False)
    made.reject()


@pytest.mark.parametrize(
    ("change", "typed", "ready"),
    [
        ({"pin_final_try": True}, "123456", False),
        ({"pin_pad": True}, "", True),
        ({}, "", False),
    ],
)
def test_the_last_try_wants_a_yes_and_a_pad_no_pin(
    section: TokenSection, settings: SettingsPage, memory: Memory, change: dict[str, bool], typed: str, ready: bool
) -> None:
    doctor = memory.settings.doctor
    doctor.tokens = [replace(doctor.tokens[0], **change)]
    section.examine()
    until(lambda: section.examination.report is not None)
    made = trying(section, settings)
    made.pin.setText(typed)
    assert made.go.isEnabled() is ready
    made.last_try.setChecked(True)
    assert made.go.isEnabled() is (ready or bool(typed))
    made.reject()


def test_a_locked_token_offers_nothing_to_do_here(examined: TokenSection) -> None:
    examined.turn_to(examined.tokens)
    examined.tokens.choose("2A5077")
    assert "đến nơi cấp" in said(examined.pane)
    assert [one for one in examined.pane.findChildren(QPushButton) if one.text()] == []


def test_the_pin_is_changed_in_its_own_dialog(examined: TokenSection, settings: SettingsPage, memory: Memory) -> None:
    memory.signing.plugged = [token(THANG, serial="2A5103")]
    examined.turn_to(examined.tokens)
    examined.tokens.choose("2A5103")
    press(examined.pane, "Đổi mã PIN")
    until(lambda: bool(settings.findChildren(ChangePin)))
    settings.findChildren(ChangePin)[-1].reject()


def test_a_driver_is_picked_and_forgotten(section: TokenSection) -> None:
    section.turn_to(section.drivers)
    section.pick_driver(Path("/opt/ca2.so"))
    until(lambda: section.drivers.model.rowCount() == 2)
    section.drivers.choose("/opt/ca2.so")
    press(section.pane, "Bỏ tệp này")
    until(lambda: section.drivers.model.rowCount() == 1)


def test_a_file_that_is_no_driver_is_refused_in_words(section: TokenSection, settings: SettingsPage) -> None:
    section.pick_driver(Path("/home/anh.png"))
    until(settings.problem.isVisible)
    assert "không phải trình điều khiển" in settings.problem.accessibleName()


def test_the_drivers_are_started_anew(section: TokenSection, memory: Memory) -> None:
    section.turn_to(section.drivers)
    press(section.pane, "Khởi động lại")
    until(lambda: memory.settings.doctor.restarts == 1)


def test_the_support_file_has_every_step(examined: TokenSection, memory: Memory, tmp_path: Path) -> None:
    examined.write_support(tmp_path / "a.zip")
    until(lambda: bool(memory.settings.doctor.written))
    written = memory.settings.doctor.written[0]
    assert (len(written.steps), written.count(StepState.ERROR)) == (9, 1)


def test_the_signing_dialog_leads_here(window: MainWindow) -> None:
    SigningDialog(window.context, THANG, window).examine()
    page = window.page()
    assert isinstance(page, SettingsPage)
    assert page.section() is page.tokens


def test_a_window_that_closes_waits_for_no_examination(window: MainWindow, memory: Memory) -> None:
    memory.settings.doctor.going.clear()
    window.go("settings/tokens")
    page = window.page()
    assert isinstance(page, SettingsPage)
    page.tokens.examine()
    until(lambda: page.tokens.steps.model.rowCount() > 2)
    window.close()
    assert not memory.settings.doctor.going.is_set()
