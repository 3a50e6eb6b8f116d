"""Makes a unit out of a backup in a new folder: says what will happen, asks for a secret, shows how far it is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QFileDialog, QFormLayout, QLineEdit, QRadioButton, QWidget

from desktop.dossier.backup_views import STAGES, BackupProgress, BackupView, Cancelled, Progress, RestoredView
from desktop.dossier.dates import local_time
from desktop.dossier.errors import VungXaError
from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.kit.scroll import scrolled
from desktop.ui.settings.long_work import LongWork, Stopped, Tell
from desktop.ui.settings.work_strip import WorkStrip
from desktop.ui.theme import fit, px
from desktop.ui.unlocking.password_field import PasswordField

KINDS = "Bản sao lưu (*.vxbackup);;Mọi tệp (*)"
WHAT = (
    "Máy dựng lại dữ liệu của đơn vị trong một thư mục mới; dữ liệu đang có và bản sao lưu không bị đụng tới. "
    "Gói nào lúc sao lưu đang gửi dở, máy hỏi Kho bạc trước rồi mới gửi tiếp, nên không gửi hai lần."
)
READY = "Chọn bản sao lưu và thư mục mới, rồi gõ mật khẩu hay mã khôi phục lúc sao lưu."

HOME = Path.home() / "Vùng Xa"
"""Where a restored unit goes when nobody says another place."""


class RestoreService(Protocol):
    """Reads backups and makes units of them. Both raise VungXaError."""

    def look(self, path: Path) -> BackupView:
        """Say what a backup says of itself, before anybody unlocks it."""
        ...

    def restore(
        self, path: Path, folder: Path, secret: str, *, by_code: bool, progress: Progress, cancelled: Cancelled
    ) -> RestoredView:
        """Restore into a folder that is not there or empty; slow."""
        ...


class RestoreDialog(QDialog):
    """`restored` is emitted with the new folder once it is there; the dialog stays to say what came of it."""

    restored = Signal(str)

    def __init__(self, service: RestoreService, parent: QWidget | None, path: Path | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self.setWindowTitle("Khôi phục từ bản sao lưu")
        self.setAccessibleName(self.windowTitle())
        fit(self, 600, 560)
        self.work = LongWork(self, "restore")
        self.work.told.connect(self._told)
        self.work.ended.connect(self._ended)
        self.work.failed.connect(self._failed)
        self.strip = WorkStrip(self.work.cancel)
        self.strip.tell("slate", "info", READY)
        self.path, self.folder, self.secret = QLineEdit(str(path or "")), QLineEdit(), PasswordField("")
        self.by_password, self.by_code = QRadioButton("Mật khẩu"), QRadioButton("Mã khôi phục")
        self.go = button("Khôi phục", "rotate-ccw", "primary", self.submit)
        self.leave = button("Thôi", run=self.reject)
        self._lay_out()
        self.by_password.setChecked(True)

    def _lay_out(self) -> None:
        outer = column(self)
        area, body = scrolled((16, 14, 16, 14), 9)
        outer.addWidget(area, 1)
        body.addWidget(label("Khôi phục từ bản sao lưu", "h2", wrap=True))
        body.addWidget(self.strip)
        body.addWidget(label(WHAT, wrap=True))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setVerticalSpacing(px(8))
        body.addLayout(form)
        self._pick(form, "Bản sao lưu", self.path, self.ask_path)
        self._pick(form, "Thư mục mới", self.folder, self.ask_folder)
        self._group, ways = QButtonGroup(self), row(gap=14)
        for way in (self.by_password, self.by_code):
            self._group.addButton(way)
            ways.addWidget(way)
        ways.addStretch(1)
        form.addRow(label("Mở bằng", "medium"), ways)
        self.secret.setAccessibleName("Mật khẩu hoặc mã khôi phục lúc sao lưu")
        form.addRow(label("Mật khẩu hoặc mã", "medium"), self.secret)
        body.addStretch(1)
        foot = row(margins=(16, 8, 16, 12), gap=8)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        outer.addLayout(foot)

    def _pick(self, form: QFormLayout, name: str, field: QLineEdit, ask: Callable[[], object]) -> None:
        line = row(gap=8)
        field.setAccessibleName(name)
        choose = button("Chọn…", "folder-open", "", ask)
        choose.setAccessibleName(f"Chọn {name.lower()}")
        line.addWidget(field, 1)
        line.addWidget(choose)
        form.addRow(label(name, "medium"), line)

    def ask_path(self) -> None:
        """Ask for a backup and say what it holds."""
        name, _ = QFileDialog.getOpenFileName(self, "Chọn bản sao lưu", self.path.text(), KINDS)
        if name:
            self.path.setText(name)
            self.look()

    def look(self) -> None:
        """Say what the chosen backup holds, or why it cannot be used."""
        try:
            found = self._service.look(Path(self.path.text()))
        except VungXaError as error:
            self.strip.broke(error)
            return
        words = f"{found.dossiers} hồ sơ, {found.attachments} tệp đính kèm, sao lưu lúc {local_time(found.at)}."
        self.strip.tell("blue", "info", found.unit_name, words)
        if not self.folder.text():
            self.folder.setText(str(fresh_folder(HOME, found.unit_code)))

    def ask_folder(self) -> None:
        """Ask where the new folder goes."""
        name = QFileDialog.getExistingDirectory(self, "Chọn thư mục mới, còn trống", self.folder.text())
        if name:
            self.folder.setText(name)

    def submit(self) -> None:
        """Restore, once nothing is missing."""
        path, folder, secret = self.path.text().strip(), self.folder.text().strip(), self.secret.text()
        if not (path and folder and secret):
            self.strip.tell("amber", "triangle-alert", "Còn thiếu.", READY, aloud=True)
            return
        service, by_code = self._service, self.by_code.isChecked()

        def work(tell: Tell, stopped: Stopped) -> object:
            return service.restore(Path(path), Path(folder), secret, by_code=by_code, progress=tell, cancelled=stopped)

        if self.work.start(work):
            self.secret.clear()
            self._offer(can=False)
            self.strip.under_way("Đang khôi phục, xin giữ nguyên nơi lưu.", "Đang mở bản sao lưu", 0, 0)

    def _told(self, told: BackupProgress) -> None:
        self.strip.under_way("Đang khôi phục, xin giữ nguyên nơi lưu.", STAGES[told.stage], told.done, told.total)

    def _ended(self, made: RestoredView) -> None:
        asked = f" {made.asked} gói đang gửi dở sẽ được hỏi Kho bạc trước." if made.asked else ""
        lost = f" Thiếu {len(made.missing)} tệp đính kèm: {', '.join(made.missing[:3])}." if made.missing else ""
        title = f"Đã khôi phục {made.dossiers} hồ sơ của {made.unit_name}."
        tint, icon = ("amber", "triangle-alert") if made.missing else ("green", "circle-check")
        self.strip.tell(tint, icon, title, f"Dữ liệu ở {made.folder}.{asked}{lost}", aloud=True)
        self.leave.setText("Đóng")
        self.leave.setEnabled(True)
        self.restored.emit(made.folder)

    def _failed(self, error: VungXaError) -> None:
        self._offer(can=True)
        self.strip.broke(error)

    def _offer(self, *, can: bool) -> None:
        self.go.setEnabled(can)
        self.leave.setEnabled(can)

    def reject(self) -> None:
        """Stay while a restore runs; «Dừng» ends it."""
        if not self.work.running:
            super().reject()


def fresh_folder(home: Path, code: str) -> Path:
    """Give a folder under `home` that is not there yet, named by the unit's code."""
    names = (code if number == 1 else f"{code} ({number})" for number in count(1))
    return next(home / name for name in names if not (home / name).exists())


def restore_dialog(parent: QWidget | None, service: RestoreService, path: Path | None = None) -> RestoreDialog:
    """Open the dialog, with a backup chosen already where `path` is given; give it for its `restored`."""
    dialog = RestoreDialog(service, parent, path)
    dialog.finished.connect(dialog.deleteLater)
    if path is not None:
        dialog.look()
    dialog.open()
    return dialog
