"""«Sao lưu»: where backups lie, which there are, making one now, looking at one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.dossier.backup_views import STAGES, BackupProgress, BackupState, BackupView, VerifiedView
from desktop.dossier.dates import local_time
from desktop.dossier.duties import Act
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button
from desktop.ui.restore_dialog import RestoreService, restore_dialog
from desktop.ui.settings.backup_lines import (
    BACKUPS,
    backup_line,
    state_facts,
    state_strip,
    verified_strip,
)
from desktop.ui.settings.keeping_services import BackupService
from desktop.ui.settings.list_card import ListCard
from desktop.ui.settings.work_section import WorkSection
from desktop.ui.wording import size

NONE = "Chưa thấy bản sao lưu nào ở nơi lưu. Chọn nơi lưu rồi bấm «Sao lưu ngay»."
MEANS = (
    "Máy tự sao lưu sau mỗi ngày làm việc, khi không ai dùng hoặc lúc đóng cửa sổ. "
    "Bản sao lưu được mã hóa; mở bằng mật khẩu hay mã khôi phục của đơn vị."
)


class BackupSection(WorkSection):
    """A backup or a check runs on a thread of its own; everything else is short."""

    key, title, icon = "backup", "Sao lưu", "hard-drive"
    reading, doing = "Đang đọc nơi lưu…", "Đang làm, xin giữ nguyên nơi lưu."

    def __init__(
        self,
        context: Context,
        service: BackupService,
        fail: Callable[[str], object],
        restore: RestoreService | None = None,
    ) -> None:
        super().__init__(context, fail)
        self._service, self._restore = service, restore
        self.shown: BackupState | None = None
        self.views: Sequence[BackupView] = ()
        self.backups = ListCard("Bản sao lưu", BACKUPS, NONE, "bản sao lưu", self.chosen_in(0), drops=(1, 3))
        self.lay_out([self.backups], self.strip)
        self.place = button("Chọn nơi lưu…", "usb", "", self.ask_place)
        self.now = button("Sao lưu ngay", "save", "primary", self.back_up)
        self.commands = [self.place, self.now]
        self.show_chosen("")

    def refresh(self) -> None:
        """Read everything again; a stick that was plugged in or out shows."""

        def work() -> tuple[BackupState, Sequence[BackupView]]:
            return self._service.state(), self._service.backups()

        self.context.workers.paper.submit(self, work, self._show, self.failed, "backup")

    def _show(self, read: tuple[BackupState, Sequence[BackupView]]) -> None:
        self.shown, self.views = read
        self.backups.fill([backup_line(view) for view in self.views])
        self.count()
        if not self.work.running:
            self.strip.tell(*state_strip(self.shown))
        self.show_chosen(self.backups.key)

    def backup(self) -> BackupView | None:
        """Give the backup with the cursor."""
        return next((view for view in self.views if view.path == self.backups.key), None)

    def show_chosen(self, key: str) -> None:
        """Tell about the chosen backup, then how the unit stands."""
        view = self.backup() if key else None
        if view is None:
            self.pane.begin("Sao lưu")
        else:
            self._show_backup(view)
            self.pane.head("Sao lưu của đơn vị")
        if self.shown is not None:
            self.pane.facts(*state_facts(self.shown))
        self.pane.say(MEANS, "muted")
        self.pane.end()

    def _show_backup(self, view: BackupView) -> None:
        badge = ("Hỏng", "circle-x", "red") if view.problem else ("Đọc được", "circle-check", "green")
        self.pane.begin(f"Bản {local_time(view.at)}" if view.at else Path(view.path).name, badge)
        if view.problem:
            self.pane.say(view.problem, "", "red")
        self.pane.facts(
            ("Tệp", Path(view.path).name),
            ("Hồ sơ", "" if view.problem else f"{view.dossiers}, đến số {view.last_number or '(chưa có số)'}"),
            ("Tệp đính kèm", "" if view.problem else str(view.attachments)),
            ("Dung lượng", size(view.size)),
        )
        if not view.problem:
            check = button("Kiểm tra bản này", "shield-check", "", self.check)
            check.setEnabled(not self.work.running)
            self.pane.buttons(check)
            if self._restore is not None:
                self.pane.buttons(button("Khôi phục…", "rotate-ccw", "", self.ask_restore))

    @needs(Act.BACKUP)
    def ask_place(self) -> None:
        """Ask for a folder, best on a USB stick."""
        start = self.shown.place if self.shown else ""
        name = QFileDialog.getExistingDirectory(self, "Chọn nơi lưu bản sao lưu", start)
        if name:
            self.keep_at(Path(name))

    def keep_at(self, path: Path) -> None:
        """Keep backups there from now on."""
        self.run(lambda: self._service.set_place(path), f"Từ nay sao lưu vào {path}.")

    @needs(Act.BACKUP)
    def back_up(self) -> None:
        """Make a backup now; without a place, ask for one first."""
        if self.shown is not None and not self.shown.place:
            self.ask_place()
        else:
            self.begin(self._service.run)

    def check(self) -> None:
        """Open the chosen backup and look at all of it."""
        view, service = self.backup(), self._service
        if view is not None:
            self.begin(lambda tell, stopped: service.verify(Path(view.path), tell, stopped))

    @needs(Act.RESTORE)
    def ask_restore(self) -> None:
        """Ask where the chosen backup is restored to, and with which secret."""
        view = self.backup()
        if view is not None and self._restore is not None:
            restore_dialog(self.window(), self._restore, Path(view.path))

    def told(self, progress: BackupProgress) -> None:
        """Show how far it is."""
        self.strip.under_way(self.doing, STAGES[progress.stage], progress.done, progress.total)

    def ended(self, found: BackupView | VerifiedView) -> None:
        """Say what was made or found."""
        if isinstance(found, VerifiedView):
            self.strip.tell(*verified_strip(found), aloud=True)
            return
        self.context.bus.said.emit(f"Đã sao lưu {found.dossiers} hồ sơ và mở thử được.", None)
        self.context.bus.changed.emit()
