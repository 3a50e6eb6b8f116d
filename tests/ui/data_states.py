"""States of «Sao lưu», «Nhật ký» and «Dữ liệu»."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.dossier.backup_views import BackupState
from desktop.dossier.data_views import DataView
from desktop.dossier.errors import VungXaError
from desktop.ui.restore_dialog import RestoreDialog
from desktop.ui.settings.archived_dialog import ArchivedDialog
from desktop.ui.settings.backup_section import BackupSection
from desktop.ui.settings.data_section import DataSection
from desktop.ui.settings.journal_dialog import JournalExportDialog
from desktop.ui.settings.journal_section import JournalSection
from desktop.ui.settings.page import SettingsPage
from tests.ui.memory_backup import PLACE
from tests.ui.memory_data import DUE, HURT, NEVER
from tests.ui.memory_journal import BAD, RESTORED, rows
from tests.ui.stage import Stage, until

NO_PLACE = "Chưa chọn nơi lưu: dữ liệu chỉ có trên máy này. Chọn một thư mục, tốt nhất trên USB."
GONE = f"Không thấy nơi lưu {PLACE}. Cắm lại USB hoặc chọn nơi khác. Bản gần nhất lúc 23/11/2026 17:05."
LATE = "Bản gần nhất lúc 19/11/2026 17:05. Cắm nơi lưu vào rồi bấm «Sao lưu ngay»."
FULL = "Nơi lưu đã đầy nên chưa sao lưu được. Dọn bớt tệp hoặc chọn nơi lưu khác; dữ liệu vẫn nguyên."


def page_of(stage: Stage, part: str) -> SettingsPage:
    stage.window.go(f"settings/{part}")
    page = stage.window.page()
    assert isinstance(page, SettingsPage)
    return page


def backups(stage: Stage) -> BackupSection:
    section = page_of(stage, "backup").section()
    assert isinstance(section, BackupSection)
    until(lambda: section.shown == stage.memory.settings.backup.shown)
    return section


def with_state(**change: object) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        memory = stage.memory.settings.backup
        memory.shown = memory.shown._replace(**change)
        backups(stage)
        return stage.window

    return show


def no_place(stage: Stage) -> QWidget:
    stage.memory.settings.backup.files = ()
    stage.memory.settings.backup.shown = BackupState("", "", last_ok=False, next_due="", free=-1, warning=NO_PLACE)
    backups(stage)
    return stage.window


def gone(stage: Stage) -> QWidget:
    stage.memory.settings.backup.files = ()
    return with_state(free=-1, warning=GONE)(stage)


def running(stage: Stage) -> QWidget:
    stage.memory.settings.backup.going.clear()
    section = backups(stage)
    section.back_up()
    until(lambda: "Đang chép tệp đính kèm" in section.strip.accessibleName())
    return stage.window


def full(stage: Stage) -> QWidget:
    stage.memory.settings.backup.refuse = VungXaError("backup_no_room", FULL)
    section = backups(stage)
    section.back_up()
    until(lambda: "Nơi lưu đã đầy" in section.strip.accessibleName())
    return stage.window


def damaged(stage: Stage) -> QWidget:
    backups(stage).backups.table.choose(2)
    return stage.window


def verified(*missing: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.memory.settings.backup.missing = missing
        section = backups(stage)
        section.check()
        until(lambda: section.strip.accessibleName().startswith("Bản 17:05"))
        return stage.window

    return show


def journal(stage: Stage) -> JournalSection:
    section = page_of(stage, "journal").section()
    assert isinstance(section, JournalSection)
    until(lambda: section.report is not None and section.entries.model.rowCount() > 0)
    return section


def hurt_journal(stage: Stage) -> QWidget:
    stage.memory.settings.journal.report = BAD
    section = journal(stage)
    section.turn_to(section.findings)
    return stage.window


def restored_journal(stage: Stage) -> QWidget:
    stage.memory.settings.journal.report = RESTORED
    journal(stage)
    return stage.window


def empty_journal(stage: Stage) -> QWidget:
    stage.memory.settings.journal.lines = ()
    page_of(stage, "journal")
    return stage.window


def long_journal(stage: Stage) -> QWidget:
    stage.memory.settings.journal.lines = rows(900)
    journal(stage)
    return stage.window


def one_person(stage: Stage) -> QWidget:
    section = journal(stage)
    until(lambda: section.entries.choice.people.count() > 1)
    section.entries.choice.people.setCurrentIndex(2)
    until(lambda: len({row.who for row in section.entries.model.rows}) == 1)
    return stage.window


def journal_export(stage: Stage) -> QWidget:
    section = journal(stage)
    section.export_itself(Path("nhat-ky.pdf"))
    dialog = stage.window.findChildren(JournalExportDialog)[-1]
    dialog.since.setText("31/02/2026")
    dialog.submit()
    return dialog


def data(stage: Stage, view: DataView | None = None) -> DataSection:
    memory = stage.memory.settings.data
    memory.shown = view or memory.shown
    section = page_of(stage, "data").section()
    assert isinstance(section, DataSection)
    until(lambda: section.shown == memory.shown)
    return section


def with_data(view: DataView | None = None) -> Callable[[Stage], QWidget]:
    return lambda stage: data(stage, view).window()


def checking(stage: Stage) -> QWidget:
    stage.memory.settings.data.going.clear()
    section = data(stage)
    section.check()
    until(lambda: "40 %" in section.strip.accessibleName())
    return stage.window


def years(stage: Stage, place: int = 0) -> DataSection:
    section = data(stage)
    section.turn_to(section.years)
    section.years.table.choose(place)
    return section


def asking(stage: Stage, place: int) -> QWidget:
    section = years(stage, place)
    dialog = section.ask_take_out() if place else section.ask_put_away()
    assert dialog is not None
    return dialog


def moving(stage: Stage) -> QWidget:
    stage.memory.settings.data.going.clear()
    section = years(stage)
    section.put_away(2024)
    until(lambda: "25 %" in section.strip.accessibleName())
    return stage.window


def away(stage: Stage, words: str = "") -> DataSection:
    section = data(stage)
    section.turn_to(section.away)
    page_of(stage, "data").search.setText(words)
    until(lambda: section.away.model.rowCount() == (1 if words else 2))
    return section


def reading(stage: Stage) -> QWidget:
    section = away(stage)
    section.read()
    dialog = stage.window.findChildren(ArchivedDialog)[-1]
    until(lambda: dialog.shown is not None)
    return dialog


def restoring(by_code: bool | None = None) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        backups(stage).ask_restore()
        dialog = stage.window.findChildren(RestoreDialog)[-1]
        if by_code is not None:
            dialog.by_code.setChecked(by_code)
            dialog.folder.setText("/home/hanh/VungXa/1023456")
            dialog.secret.setText("mot mat khau")
            dialog.submit()
            until(lambda: not dialog.work.running)
        return dialog

    return show


DATA: dict[str, Callable[[Stage], QWidget]] = {
    "settings-backup": with_state(),
    "settings-backup-no-place": no_place,
    "settings-backup-gone": gone,
    "settings-backup-late": with_state(warning=LATE),
    "settings-backup-running": running,
    "settings-backup-full": full,
    "settings-backup-damaged": damaged,
    "settings-backup-verified": verified(),
    "settings-journal": lambda stage: journal(stage).window(),
    "settings-journal-hurt": hurt_journal,
    "settings-journal-restored": restored_journal,
    "settings-journal-empty": empty_journal,
    "settings-journal-long": long_journal,
    "settings-journal-one": one_person,
    "settings-journal-export": journal_export,
    "settings-restore": restoring(),
    "settings-restore-done": restoring(by_code=False),
    "settings-restore-wrong": restoring(by_code=True),
    "settings-data": with_data(),
    "settings-data-hurt": with_data(HURT),
    "settings-data-never": with_data(NEVER),
    "settings-data-due": with_data(DUE),
    "settings-data-checking": checking,
    "settings-data-years": lambda stage: years(stage).window(),
    "settings-data-year-away": lambda stage: years(stage, 1).window(),
    "settings-data-put-away": lambda stage: asking(stage, 0),
    "settings-data-take-out": lambda stage: asking(stage, 1),
    "settings-data-moving": moving,
    "settings-data-archived": lambda stage: away(stage).window(),
    "settings-data-archived-found": lambda stage: away(stage, "dien luc").window(),
    "settings-data-reading": reading,
    "settings-backup-missing": verified("Hợp đồng 12.pdf", "Bảng kê.xlsx"),
}

LIKE_ANOTHER = frozenset(
    f"settings-{name}"
    for name in (
        *("backup-no-place", "backup-gone", "backup-late", "backup-full", "backup-verified"),
        *("journal-one", "journal-restored", "journal-empty", "journal-long"),
        *("restore-done", "restore-wrong", "data", "data-never", "data-due"),
        *("data-year-away", "data-take-out", "data-archived-found"),
    )
)
"""States that differ little from another: for pictures, not for measuring again."""
