"""The screen of a machine that knows no unit yet: restore one, open one that is there, or how to make one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.dossier.errors import VungXaError
from desktop.ui.kit.basic import announce, button, label, row
from desktop.ui.kit.signs import Banner
from desktop.ui.restore_dialog import RestoreDialog, RestoreService
from desktop.ui.theme import fit, px
from desktop.ui.unit_strip import shade_of
from desktop.ui.unlocking.brand import GREEN, NO_UNIT, Fact, brand, show_sending
from desktop.ui.unlocking.elsewhere import restoring
from desktop.ui.unlocking.panel import centred
from desktop.ui.unlocking.words import RESTORE

NOTHING = "Nếu dữ liệu của đơn vị nằm trên USB, cắm USB vào rồi mở lại Vùng Xa."
LOST = "Khi thay máy, máy hỏng hay bị mất. Cần bản sao lưu và mật khẩu hoặc mã khôi phục lúc sao lưu."
THERE = "Khi thư mục dữ liệu của đơn vị đã nằm trên máy này hay trên USB."
FRESH = (
    "Đơn vị mới dùng Vùng Xa lần đầu: người quản trị máy tạo kho dữ liệu bằng lệnh "
    "«vungxa init --home THƯ_MỤC --unit unit.json», rồi mở lại Vùng Xa. Muốn dùng thử: «vungxa run --demo»."
)


class FirstScreen(QDialog):
    """Accepted with `folder` once there is a unit to open; `add` puts the one in a folder on the list.

    `add` raises VungXaError for a folder that holds no unit.
    """

    def __init__(
        self, restore: RestoreService, add: Callable[[Path], object], version: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._service, self._add = restore, add
        self.folder: Path | None = None
        self.setWindowTitle("Vùng Xa, máy chưa có đơn vị")
        self.setAccessibleName(self.windowTitle())
        fit(self, 1366, 768)
        fact = Fact("send", GREEN, "", "")
        outer = row(self)
        outer.addWidget(brand(NO_UNIT, shade_of("", ""), fact, (), version), 1)
        show_sending(fact, None)
        self.banner = Banner("red", "circle-alert")
        self.banner.setVisible(False)
        self.go = button(RESTORE, "rotate-ccw", "bigprimary", self.restore)
        self.look = button("Mở thư mục đơn vị có sẵn…", "folder-open", "big", self.ask_folder)
        outer.addWidget(self._right(), 2)

    def _right(self) -> QWidget:
        area, box = centred()
        box.addWidget(label("Máy này chưa có đơn vị nào", "h0", wrap=True))
        box.addWidget(label(NOTHING, wrap=True))
        box.addWidget(self.banner)
        for way, words in ((self.go, LOST), (self.look, THERE)):
            box.addSpacing(px(10))
            box.addWidget(way)
            box.addWidget(label(words, "caption", wrap=True))
        box.addSpacing(px(16))
        box.addWidget(label(FRESH, wrap=True))
        box.addSpacing(px(10))
        box.addWidget(button("Thoát", "x", "", self.reject), 0, Qt.AlignmentFlag.AlignLeft)
        return area

    def restore(self) -> RestoreDialog:
        """Make a unit out of a backup, then go to it."""
        return restoring(self, self._service, self._enter)

    def ask_folder(self) -> None:
        """Ask where the unit is."""
        name = QFileDialog.getExistingDirectory(self, "Chọn thư mục dữ liệu của đơn vị")
        if name:
            self.take(Path(name))

    def take(self, folder: Path) -> None:
        """Go to the unit in a folder, or say that none is there."""
        try:
            self._add(folder)
        except VungXaError as error:
            head, _, rest = error.message.partition(". ")
            self.banner.say("red", "circle-alert", head.rstrip(".") + ".", rest)
            self.banner.setVisible(True)
            announce(self.banner, self.banner.accessibleName())
            return
        self._enter(folder)

    def _enter(self, folder: Path) -> None:
        self.folder = folder
        self.accept()
