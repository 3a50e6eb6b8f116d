"""«Sao lưu»: what is said of the backups, a run that can be stopped, and the whole on a real unit."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.desk.backing_up import BackupDesk
from desktop.dossier.backup_views import BackupState, VerifiedView
from desktop.dossier.errors import VungXaError
from desktop.opened import OpenUnit
from desktop.ui.context import Bus
from desktop.ui.daily_backup import ClosingBackup, DailyBackup
from desktop.ui.kit.cells import CELL
from desktop.ui.settings.backup_lines import state_strip, verified_strip
from desktop.ui.settings.backup_section import BackupSection
from desktop.ui.settings.page import SettingsPage
from desktop.ui.wording import size
from tests.ui.data_states import GONE, LATE, NO_PLACE
from tests.ui.memory import Memory
from tests.ui.memory_backup import BACKUPS, GOOD
from tests.ui.stage import until


@pytest.fixture
def section(settings: SettingsPage, memory: Memory) -> BackupSection:
    settings.show_part("backup")
    made = settings.section()
    assert isinstance(made, BackupSection)
    until(lambda: made.shown == memory.settings.backup.shown)
    return made


def state(**change: object) -> BackupState:
    return GOOD._replace(**change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "tint", "title", "words"),
    [
        (GOOD, "green", "Bản gần nhất lúc 17:05 23/11/2026 đã mở thử được.", "Bản kế tiếp từ 17:00 24/11/2026."),
        (
            state(place="", warning=NO_PLACE),
            "red",
            "Chưa chọn nơi lưu.",
            "Dữ liệu chỉ có trên máy này. Chọn một thư mục, tốt nhất trên USB.",
        ),
        (state(warning=GONE), "amber", "Không thấy nơi lưu /media/hanh/SAO_LUU.", "Cắm lại USB"),
        (state(warning=LATE), "amber", "Bản gần nhất lúc 19/11/2026 17:05.", "bấm «Sao lưu ngay»"),
    ],
)
def test_the_strip_says_what_is_to_be_done(shown: BackupState, tint: str, title: str, words: str) -> None:
    made = state_strip(shown)
    assert (made[0], made[2]) == (tint, title)
    assert words in made[3]


@pytest.mark.parametrize(
    ("missing", "opened", "tint", "said"),
    [
        ((), True, "green", "442 hồ sơ và 61 tệp đính kèm đều đọc được"),
        (("a.pdf",), True, "amber", "sẽ thiếu: a.pdf"),
        ((), False, "green", "khóa dữ liệu cũ"),
    ],
)
def test_a_check_says_what_it_found(missing: tuple[str, ...], opened: bool, tint: str, said: str) -> None:
    made = verified_strip(VerifiedView(BACKUPS[0], missing, opened))
    assert made[0] == tint
    assert said in made[3]


@pytest.mark.parametrize(
    ("count", "words"),
    [(900, "900 byte"), (48_300_000, "46,1 MB"), (14_800_000_000, "13,8 GB")],
)
def test_room_is_said_in_the_unit_people_read(count: int, words: str) -> None:
    assert size(count) == words


def test_a_damaged_backup_says_so_and_cannot_be_checked(section: BackupSection) -> None:
    badge = section.backups.model.index(2, 5).data(CELL)
    assert (badge.text, badge.tint) == ("Hỏng", "red")
    section.backups.table.choose(2)
    section.narrow("20261030")
    assert section.backups.model.rowCount() == 1


def test_a_run_shows_how_far_it_is_and_can_be_stopped(section: BackupSection, memory: Memory) -> None:
    memory.settings.backup.going.clear()
    section.now.click()
    until(lambda: "64 %" in section.strip.accessibleName())
    assert not section.now.isEnabled()
    section.strip.stop.click()
    until(lambda: "Đã dừng sao lưu" in section.strip.accessibleName())
    assert section.now.isEnabled()
    assert section.strip.property("tint") == "amber"


def test_no_room_is_said_and_the_list_stays(section: BackupSection, memory: Memory) -> None:
    memory.settings.backup.refuse = VungXaError("backup_no_room", "Nơi lưu đã đầy. Dọn bớt tệp.")
    section.back_up()
    until(lambda: section.strip.property("tint") == "red")
    assert section.backups.model.rowCount() == len(BACKUPS)


def test_a_real_unit_chooses_a_place_backs_up_and_checks(unit: OpenUnit, qtbot: QtBot, tmp_path: Path) -> None:
    unit.window.go("settings/backup")
    section = unit.window.page().findChild(BackupSection)
    qtbot.waitUntil(lambda: section.shown is not None)
    assert "Chưa chọn nơi lưu" in section.strip.accessibleName()
    (tmp_path / "usb").mkdir()
    section.keep_at(tmp_path / "usb")
    qtbot.waitUntil(lambda: section.shown.place == str(tmp_path / "usb"))
    section.back_up()
    qtbot.waitUntil(lambda: section.backups.model.rowCount() == 1, timeout=20_000)
    section.check()
    qtbot.waitUntil(lambda: "còn nguyên" in section.strip.accessibleName(), timeout=20_000)
    assert "1 hồ sơ" in section.strip.accessibleName()


def test_closing_backs_up_what_changed_and_then_nothing(unit: OpenUnit, tmp_path: Path) -> None:
    desk = BackupDesk(unit.context)
    (tmp_path / "usb").mkdir()
    desk.set_place(tmp_path / "usb")
    ClosingBackup(desk.run_if_due).stay()
    assert [view.dossiers for view in desk.backups()] == [1]
    ClosingBackup(desk.run_if_due).stay()
    assert len(desk.backups()) == 1


def test_closing_without_a_place_asks_nobody(unit: OpenUnit) -> None:
    dialog = ClosingBackup(BackupDesk(unit.context).run_if_due)
    dialog.stay()
    assert not dialog.isVisible()
    assert not dialog.work.running


def test_a_backup_at_closing_can_be_skipped(qtbot: QtBot, memory: Memory) -> None:
    memory.settings.backup.going.clear()
    backup = memory.settings.backup

    def run(**more: object) -> object:
        return backup.run(more["progress"], more["cancelled"])  # type: ignore[arg-type]

    dialog = ClosingBackup(run)  # type: ignore[arg-type]
    dialog.work.told.connect(lambda _progress: dialog.leave.click())
    dialog.stay()
    assert backup.files == BACKUPS


def test_quiet_minutes_bring_the_backup_and_a_failure_is_told_once(qtbot: QtBot, unit: OpenUnit) -> None:
    bus, runs, heard = Bus(), [], []
    bus.failed.connect(heard.append)

    def run(**_more: object) -> None:
        runs.append(1)
        raise VungXaError("backup_place_gone", "Không thấy nơi lưu. Cắm lại USB.")

    daily = DailyBackup(run, bus, quiet_s=0.0)  # type: ignore[arg-type]
    daily.start()
    qtbot.waitUntil(lambda: len(runs) == 2)
    daily.stop()
    assert heard == ["Không thấy nơi lưu. Cắm lại USB."]
