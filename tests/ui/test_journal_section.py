"""«Nhật ký»: pages while scrolling, findings in words, and the way out to a file."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.dossier.journal_views import JournalReport
from desktop.opened import OpenUnit
from desktop.ui.settings.journal_dialog import JournalExportDialog
from desktop.ui.settings.journal_lines import report_strip, sealed_words
from desktop.ui.settings.journal_list import PAGE
from desktop.ui.settings.journal_section import JournalSection
from desktop.ui.settings.page import SettingsPage
from tests.ui.memory import Memory
from tests.ui.memory_journal import BAD, GOOD, RESTORED, rows
from tests.ui.stage import until

SOME = ("Ký hồ sơ", "Gửi hồ sơ", "Sửa hồ sơ")
MANY = 2 * PAGE + 50


@pytest.fixture
def section(settings: SettingsPage, memory: Memory) -> JournalSection:
    memory.settings.journal.lines = rows(MANY)
    settings.show_part("journal")
    made = settings.section()
    assert isinstance(made, JournalSection)
    until(lambda: made.report is not None and made.entries.model.rowCount() == PAGE)
    return made


@pytest.mark.parametrize(
    ("report", "tint", "said"),
    [
        (GOOD, "green", "Máy niêm phong đến dòng 1.236; Kho bạc ký xác nhận đến dòng 1.228."),
        (RESTORED, "blue", "không phải là sai"),
        (BAD, "red", "Dòng 812 không còn như lúc ghi"),
    ],
)
def test_the_strip_says_what_an_examination_found(report: JournalReport, tint: str, said: str) -> None:
    made = report_strip(report, online=False)
    assert made[0] == tint
    assert said in made[3]


def test_a_journal_without_seals_says_why() -> None:
    assert "sau khi đăng ký với Kho bạc" in sealed_words(JournalReport(3, 0, 0, ()))


def test_scrolling_reads_on_until_the_first_entry(section: JournalSection) -> None:
    bar = section.entries.table.verticalScrollBar()
    for count in (2 * PAGE, MANY):
        bar.setValue(bar.maximum())
        until(lambda wanted=count: section.entries.model.rowCount() == wanted)
    assert [row.seq for row in section.entries.model.rows] == list(range(MANY, 0, -1))
    assert section.entries.whole


def test_words_without_diacritics_narrow_the_whole_journal(section: JournalSection) -> None:
    section.narrow("tuyen gui")
    until(lambda: 0 < section.entries.model.rowCount() < PAGE)
    assert {(row.who, row.what) for row in section.entries.model.rows} == {("Hà Văn Tuyên", "Gửi hồ sơ")}


def test_one_person_s_acts_of_one_kind_and_all_again(section: JournalSection) -> None:
    choice, model = section.entries.choice, section.entries.model
    until(lambda: choice.people.count() == 5)
    choice.people.setCurrentIndex(2)
    choice.kinds.setCurrentIndex(1)
    until(lambda: 0 < model.rowCount() < PAGE and {row.who for row in model.rows} == {"Hà Văn Tuyên"})
    assert {row.what for row in model.rows} <= set(SOME)
    section.refresh()
    assert (choice.who, choice.kind) == ("p1", "dossier")
    choice.clear.click()
    until(lambda: model.rowCount() == PAGE)
    assert choice.clear.isHidden()


def test_a_head_sorts_and_sorts_back(section: JournalSection) -> None:
    for first in ("Gửi hồ sơ", "Sửa hồ sơ"):
        section.entries.sort_by(3)
        until(lambda wanted=first: section.entries.model.rows[0].what == wanted)


def test_every_finding_stands_in_words(section: JournalSection, memory: Memory) -> None:
    memory.settings.journal.report = BAD
    section.commands[0].click()
    until(lambda: section.findings.model.rowCount() == len(BAD.findings))
    assert memory.settings.journal.asked == [False, True]
    assert "3" in section.tabs.tabText(1)
    assert [line.cells[0].text for line in section.findings.model.lines] == ["Không khớp", "Không khớp", "Nên biết"]


@pytest.mark.parametrize(
    ("since", "until_day", "said"),
    [("31/02/2026", "", "Ngày chưa đọc được"), ("02/11/2026", "01/11/2026", "sau «Đến ngày»")],
)
def test_days_that_cannot_be_are_refused(section: JournalSection, since: str, until_day: str, said: str) -> None:
    section.export_itself(Path("nhat-ky.csv"))
    dialog = section.window().findChildren(JournalExportDialog)[-1]
    dialog.since.setText(since)
    dialog.until.setText(until_day)
    dialog.submit()
    assert said in dialog.problem.accessibleName()
    dialog.reject()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf"])
def test_a_real_journal_is_shown_found_whole_and_exported(
    unit: OpenUnit, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    unit.window.go("settings/journal")
    section = unit.window.page().findChild(JournalSection)
    qtbot.waitUntil(lambda: section.report is not None and section.entries.model.rowCount() > 0)
    assert section.strip.property("tint") == "green"
    path = tmp_path / f"nhat-ky.{ending}"
    section.export_itself(path)
    dialog = unit.window.findChildren(JournalExportDialog)[-1]
    with qtbot.waitSignal(dialog.did):
        dialog.submit()
    assert path.stat().st_size > 100
