"""«Dữ liệu»: what the checks found, a check that can be stopped, and the look when the window opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import OpenUnit, open_unit
from desktop.demo.unit import UNIT
from desktop.desk.data_desk import DataDesk
from desktop.dossier.data_views import CheckView, DataView
from desktop.store.store import Store
from desktop.ui.context import Bus
from desktop.ui.data_look import DataLook
from desktop.ui.settings.data_lines import check_words, data_strip, found_now
from desktop.ui.settings.data_section import DataSection
from desktop.ui.settings.page import SettingsPage
from tests.ui.memory import HANH, THANG, TUYEN, Memory
from tests.ui.memory_data import DAMAGE, DUE, GOOD, HURT, NEVER, START
from tests.ui.stage import until
from tests.ui.test_real_unit import CHEAP, PASSWORD


@pytest.fixture
def section(settings: SettingsPage, memory: Memory) -> DataSection:
    settings.show_part("data")
    made = settings.section()
    assert isinstance(made, DataSection)
    until(lambda: made.shown == memory.settings.data.shown)
    return made


@pytest.fixture
def unit(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenUnit]:
    store = Store.create(tmp_path / "unit", PASSWORD, UNIT, [HANH, TUYEN, THANG], kdf=CHEAP)
    running = open_unit(store, HANH, send=False)
    running.window.show()
    yield running
    running.close()


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
