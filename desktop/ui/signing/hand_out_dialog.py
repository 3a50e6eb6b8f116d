"""«Chuyển máy khác ký»: says what it means, writes the file, and shows the code to compare."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.handover_views import HandoverReport
from desktop.ui.context import Context
from desktop.ui.kit.basic import announce, button, column, label, row
from desktop.ui.kit.signs import Banner
from desktop.ui.signing.compare_code import CompareCode
from desktop.ui.signing.services import HandoverService
from desktop.ui.theme import px
from desktop.ui.wording import dong

MEANS = (
    "Máy ghi các hồ sơ này, cùng những chữ ký đã có, ra một tệp để mang sang máy khác bằng USB.",
    "Trong lúc hồ sơ ở máy kia, máy này không ký và không rút về được. Hồ sơ chuyển lại thì ký tiếp.",
)


BACK = (
    "Máy ghi các hồ sơ nhận từ máy khác, cùng chữ ký mới, ra một tệp để mang về máy đó.",
    "Bản ở máy này vẫn còn để xem; máy kia gửi hồ sơ đi sau khi nhận lại.",
)
LOCK = "Để trống thì ai nhặt được USB cũng đọc được tệp. Đặt mật khẩu thì báo cho người ở máy kia bằng lời."


class Travelling(NamedTuple):
    """A dossier that goes into the file."""

    local_id: str
    number: str
    amount: int = 0


class HandOutDialog(QDialog):
    """One step: choose where to write; then the result stands here until it is read."""

    def __init__(
        self,
        context: Context,
        service: HandoverService,
        items: Sequence[Travelling],
        parent: QWidget,
        *,
        back: bool = False,
    ) -> None:
        super().__init__(parent)
        self._context, self._service, self._items = context, service, list(items)
        self.setWindowTitle("Chuyển hồ sơ về máy kia" if back else "Chuyển máy khác ký")
        self.setMinimumWidth(px(560))
        total = sum(item.amount for item in items)
        box = column(self, (16, 14, 16, 14), 10)
        sums = f", tổng {dong(total)}" if total else ""
        box.addWidget(label(f"Chuyển {len(items)} hồ sơ{sums}", "h2", wrap=True))
        numbers = ", ".join(item.number for item in items[:12]) + (", …" if len(items) > 12 else "")
        box.addWidget(label(f"Số: {numbers}", "muted", wrap=True))
        for words in BACK if back else MEANS:
            box.addWidget(label(words, wrap=True))
        box.addLayout(self._lock())
        self.ended = Banner()
        self.ended.setVisible(False)
        box.addWidget(self.ended)
        self.code = CompareCode("")
        box.addWidget(self.code)
        foot = row(gap=8)
        foot.addStretch(1)
        self.leave = button("Thôi", run=self.reject)
        self.go = button(f"Chuyển {len(items)} hồ sơ…", "usb", "primary", self.ask)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        box.addLayout(foot)
        self.finished.connect(self.deleteLater)

    def _lock(self) -> QVBoxLayout:
        made = column(gap=3)
        line = row(gap=8)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName("Mật khẩu của tệp, không bắt buộc")
        self.passphrase.setAccessibleDescription(LOCK)
        name = label("Mật khẩu của tệp (không bắt buộc)", "medium")
        name.setBuddy(self.passphrase)
        line.addWidget(name)
        line.addWidget(self.passphrase, 1)
        made.addLayout(line)
        made.addWidget(label(LOCK, "caption", wrap=True))
        return made

    def ask(self) -> None:
        """Ask where to write the file."""
        start = f"chuyen-ky-{self._items[0].number}.vxky"
        name, _ = QFileDialog.getSaveFileName(self, "Ghi hồ sơ chuyển ký", start, "Hồ sơ chuyển ký (*.vxky)")
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the file on another thread."""
        service, ids = self._service, [item.local_id for item in self._items]
        passphrase = self.passphrase.text()
        self.go.setEnabled(False)
        self._context.workers.paper.submit(
            self,
            lambda: service.hand_out(ids, path, passphrase),
            lambda report: self._wrote(path, report),
            self._failed,
        )

    def _wrote(self, path: Path, report: HandoverReport) -> None:
        self._context.bus.changed.emit()
        text = "Mang tệp sang máy kia, vào «Ký số», bấm «Nhận hồ sơ từ USB…»."
        self._tell("green", f"Đã ghi {len(report.results)} hồ sơ ra {path.name}.", text)
        self.code.show_code(report.code)
        self.passphrase.clear()
        self.passphrase.setEnabled(False)
        self.go.setVisible(False)
        self.leave.setText("Xong")
        self.leave.setAccessibleName("Xong")
        self.leave.setFocus()

    def _failed(self, error: VungXaError) -> None:
        head, _, rest = error.message.partition(". ")
        self._tell("red", head.rstrip(".") + ".", rest)
        self.go.setEnabled(True)

    def _tell(self, tint: str, title: str, text: str) -> None:
        self.ended.say(tint, "circle-check" if tint == "green" else "circle-alert", title, text)
        self.ended.setVisible(True)
        announce(self.ended, self.ended.accessibleName())
