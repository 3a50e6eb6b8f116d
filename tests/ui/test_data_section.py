"""«Dữ liệu»: what the checks found, a check that can be stopped, and the look when the window opens."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.desk.data_desk import DataDesk
from desktop.dossier.data_views import CheckView, Damage, DataView
from desktop.opened import OpenUnit
from desktop.ui.context import Bus
from desktop.ui.data_look import WHERE, DataLook
from desktop.ui.settings.archived_dialog import ArchivedDialog
from desktop.ui.settings.data_lines import check_words, data_strip, found_now
from desktop.ui.settings.data_section import DataSection
from desktop.ui.settings.page import SettingsPage
from desktop.ui.weekly_check import WeeklyCheck
from tests.ui.memory import Memory
from tests.ui.memory_data import DAMAGE, DUE, GOOD, HURT, NEVER, START
from tests.ui.stage import until


@pytest.fixture
def section(settings: SettingsPage, memory: Memory) -> DataSection:
    settings.show_part("data")
    made = settings.section()
    assert isinstance(made, DataSection)
    until(lambda: made.shown == memory.settings.data.shown)
    return made


@pytest.mark.parametrize(
    ("view", "tint", "said"),
    [
        (GOOD, "green", "nguyên vẹn"),
        (NEVER, "amber", "Chưa kiểm tra toàn bộ"),
        (DUE, "amber", "đã quá một tuần"),
        (HURT, "red", "Có 2 chỗ hỏng"),
    ],
)
def test_the_strip_says_how_the_data_stands(view: DataView, tint: str, said: str) -> None:
    made = data_strip(view)
    assert made[0] == tint
    assert said in made[2]


def test_what_a_later_look_found_comes_beside_the_full_check() -> None:
    later = CheckView("start", "2026-11-24T00:31:02Z", 41, DAMAGE)
    assert found_now(DataView(later, HURT.full, due=False)) == DAMAGE
    assert found_now(DataView(later, GOOD.full, due=False)) == DAMAGE
    assert found_now(DataView(START, None, due=True)) == ()


def test_a_check_is_said_with_its_time() -> None:
    assert check_words(None) == "Chưa lần nào"
    assert check_words(GOOD.full) == "16:40 21/11/2026, 38,4 giây, không thấy chỗ hỏng"


def test_a_check_shows_how_far_it_is_and_can_be_stopped(section: DataSection, memory: Memory) -> None:
    memory.settings.data.going.clear()
    section.now.click()
    until(lambda: "40 %" in section.strip.accessibleName())
    section.strip.stop.click()
    until(lambda: "Đã dừng kiểm tra" in section.strip.accessibleName())
    assert section.now.isEnabled()
    assert memory.settings.data.shown == GOOD


def test_damage_that_a_check_finds_is_listed_and_explained(section: DataSection, memory: Memory) -> None:
    memory.settings.data.finds = DAMAGE
    section.now.click()
    until(lambda: section.damage.model.rowCount() == len(DAMAGE))
    chosen = section.chosen()
    assert chosen == DAMAGE[0]
    assert section.strip.property("tint") == "red"


def test_a_year_is_put_away_and_the_confirmation_brings_it_back(section: DataSection, memory: Memory) -> None:
    said = []
    section.context.bus.said.connect(lambda words, undo: said.append((words, undo)))
    section.turn_to(section.years)
    dialog = section.ask_put_away()
    assert dialog is not None
    assert "797 hồ sơ" in dialog.go.text()
    dialog.submit()
    until(lambda: [one.year for one in memory.settings.data.shown.years] == [2024, 2023] and len(said) == 1)
    assert said[0][0] == "Đã cất 797 hồ sơ năm 2024 vào kho lưu."
    said[0][1]()
    until(lambda: [one.year for one in memory.settings.data.shown.years] == [2023])
    until(lambda: said[-1][0] == "Đã mang 797 hồ sơ năm 2024 về.")


def test_moving_a_year_can_be_stopped(section: DataSection, memory: Memory) -> None:
    memory.settings.data.going.clear()
    section.turn_to(section.years)
    section.put_away(2024)
    until(lambda: "25 %" in section.strip.accessibleName())
    section.strip.stop.click()
    until(lambda: "Đã dừng" in section.strip.accessibleName())
    assert (section.strip.property("tint"), memory.settings.data.shown) == ("amber", GOOD)


def test_a_dossier_put_away_is_found_and_opened_for_reading_only(section: DataSection) -> None:
    section.turn_to(section.away)
    section.narrow("dien luc")
    until(lambda: section.away.model.rowCount() == 1)
    section.read()
    dialog = section.window().findChildren(ArchivedDialog)[-1]
    until(lambda: dialog.shown is not None and bool(dialog.pages))
    assert dialog.strip.accessibleName().startswith("Hồ sơ trong kho lưu năm 2023, chỉ đọc")
    assert [one.text() for one in dialog.detail.findChildren(QPushButton)] == []
    assert "05/04/2023" in [one.text() for one in dialog.detail.findChildren(QLabel)]
    dialog.reject()


def test_a_real_unit_is_checked_whole(unit: OpenUnit, qtbot: QtBot) -> None:
    unit.window.go("settings/data")
    section = unit.window.page().findChild(DataSection)
    qtbot.waitUntil(lambda: section.shown is not None)
    section.check()
    qtbot.waitUntil(lambda: section.strip.property("tint") == "green", timeout=20_000)
    assert section.shown.full.found == ()


def test_the_look_at_the_start_says_nothing_of_whole_data_and_what_is_hurt(unit: OpenUnit, qtbot: QtBot) -> None:
    bus, heard = Bus(), []
    bus.failed.connect(heard.append)
    desk = DataDesk(unit.context)
    for look in (desk.look, lambda: CheckView("start", "2026-11-24T00:31:02Z", 41, DAMAGE)):
        made = DataLook(look, bus)
        made.start()
        qtbot.waitUntil(lambda made=made: not made.work.running)
        made.stop()
    assert [words.startswith(DAMAGE[0].sentence) for words in heard] == [True]


@pytest.mark.parametrize(("found", "words"), [((), []), (DAMAGE, [f"{DAMAGE[0].sentence} {WHERE}"])])
def test_quiet_minutes_bring_the_weekly_check(qtbot: QtBot, found: tuple[Damage, ...], words: list[str]) -> None:
    bus, heard = Bus(), []
    bus.failed.connect(heard.append)
    weekly = WeeklyCheck(lambda _tell, _stopped: CheckView("full", "2026-11-24T02:00:00Z", 900, found), bus, quiet_s=0)
    weekly.start()
    with qtbot.waitSignal(bus.changed):
        pass
    weekly.stop()
    assert heard[:1] == words


def test_the_weekly_check_gives_way_and_begins_anew(qtbot: QtBot) -> None:
    """Somebody comes back to the desk while it runs."""
    field, begun, ended = QLineEdit(), list[int](), list[int]()
    qtbot.addWidget(field)

    def check(_tell: object, stopped: Callable[[], bool]) -> None:
        begun.append(1)
        while not stopped():
            time.sleep(0.001)
        ended.append(1)

    weekly = WeeklyCheck(check, Bus(), quiet_s=0)
    weekly.start()
    qtbot.waitUntil(lambda: begun == [1])
    assert not ended
    qtbot.keyClick(field, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: ended == [1])
    qtbot.waitUntil(lambda: begun == [1, 1], timeout=5000)
    weekly.stop()
