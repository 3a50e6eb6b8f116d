"""A new recovery code: shown once, printed or copied down, typed back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desktop.dossier.errors import VungXaError
from desktop.ui.background import Worker
from desktop.ui.clipboard import SecretClipboard
from desktop.ui.kit.basic import button, label, row, set_button_icon
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.services import UsersService

BEFORE = (
    "Ai có mã này mở được đơn vị mà không cần mật khẩu. Mã hiện một lần: in hoặc chép ra giấy, cất chỗ khóa kín. "
    "Mã cũ vẫn dùng được đến khi gõ lại đúng mã mới."
)

PAPER = "ma-khoi-phuc.pdf"
PRINTED = "In ra giấy, xóa tệp này, rồi bấm «Đã chép xong, gõ lại»."


class RecoveryDialog(AskDialog):
    """First makes the code, then wants it typed back; leaving before that lets the code of before count on."""

    def __init__(self, worker: Worker, service: UsersService, parent: QWidget) -> None:
        super().__init__(worker, "Mã khôi phục mới", ("Tạo mã mới", "key-round"), parent, (620, 400))
        self._service, self._code = service, ""
        self._board = SecretClipboard(parent=self)
        self.body.addWidget(label(BEFORE, wrap=True))
        self.shown = label("", "key", wrap=True)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setVisible(False)
        self.body.addWidget(self.shown)
        line = row(gap=8)
        self.copy = button("Chép mã, tự xóa sau 60 giây", "copy", "", lambda: self._board.copy(self._code))
        self.hide_code = button("Đã chép xong, gõ lại", "eye-off", "", self.ask_back)
        self.print = button("In mã khôi phục…", "printer", "", self.ask_print)
        for one in (self.print, self.copy, self.hide_code):
            one.setVisible(False)
            line.addWidget(one)
        line.addStretch(1)
        self.body.addLayout(line)
        self.typed = QLineEdit()
        self.typed.setAccessibleName("Gõ lại mã khôi phục")
        self.typed.setPlaceholderText("Gõ lại mã từ bản vừa chép")
        self.typed.setVisible(False)
        self.typed.returnPressed.connect(self.submit)
        self.body.addWidget(self.typed)
        self.body.addStretch(1)

    def question(self) -> Callable[[], object] | None:
        """Make a code; once one stands there, take it as typed back."""
        if not self._code:
            return self._service.new_recovery_code
        typed = self.typed.text()
        return lambda: self._service.confirm_recovery_code(typed)

    def submit(self) -> None:
        """Show the code that was made, or end once it was typed back."""
        if self._code:
            super().submit()
        elif not self.running:
            self.busy(True)
            self._worker.submit(self, self._service.new_recovery_code, self._show, self._failed)

    def _show(self, code: str) -> None:
        self.busy(False)
        self._code = code
        self.shown.setText(in_rows(code))
        for one in (self.shown, self.print, self.copy, self.hide_code):
            one.setVisible(True)
        self.go.setText("Xác nhận mã mới")
        self.go.setAccessibleName("Xác nhận mã mới")
        set_button_icon(self.go, "circle-check")
        self.go.setEnabled(False)

    def ask_print(self) -> None:
        """Ask where the page with the code is written: a stick that goes to the printer, best of all."""
        name, _ = QFileDialog.getSaveFileName(self, "In mã khôi phục ra tệp PDF", PAPER, "PDF (*.pdf)")
        if name:
            self.print_to(Path(name))

    def print_to(self, path: Path) -> None:
        """Write the page; the code itself goes nowhere else."""
        code = self._code
        self._worker.submit(
            self,
            lambda: self._service.print_recovery_code(path, code),
            lambda _none: self.tell(f"Đã ghi {path.name}. {PRINTED}", "green"),
            lambda error: self.tell(error.message),
        )

    def ask_back(self) -> None:
        """Hide the code and ask for it."""
        for one in (self.shown, self.print, self.copy, self.hide_code):
            one.setVisible(False)
        self.problem.setVisible(False)
        self.typed.setVisible(True)
        self.typed.setFocus()
        self.go.setEnabled(True)

    def _failed(self, error: VungXaError) -> None:
        super()._failed(error)
        self.typed.selectAll()

    def done(self, result: int) -> None:
        """Leave nothing of the code behind."""
        self._board.clear()
        self._code = ""
        self.shown.clear()
        super().done(result)


def in_rows(code: str) -> str:
    """Give the groups of a code three to a row, as they stand on paper."""
    groups = code.split("-")
    return "\n".join(" - ".join(groups[start : start + 3]) for start in range(0, len(groups), 3))
