"""Which unit to open, when this machine has several and nobody said which."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.theme import fit


class ChooseUnit(QDialog):
    """Lists units as (name, where it is); `place` is the chosen one's place in the list, the first to begin with."""

    def __init__(self, units: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Vùng Xa, chọn đơn vị")
        fit(self, 560, 420)
        box = column(self, (16, 14, 16, 12), 10)
        box.addWidget(label("Chọn đơn vị cần mở", "h2"))
        self.list = QListWidget()
        self.list.setAccessibleName("Các đơn vị trên máy này")
        for name, where in units:
            item = QListWidgetItem(f"{name}\n{where}")
            item.setToolTip(where)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.accept)
        box.addWidget(self.list, 1)
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(button("Thôi", run=self.reject))
        self.go = button("Mở", "folder-open", "primary", self.accept)
        self.go.setDefault(True)
        foot.addWidget(self.go)
        box.addLayout(foot)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def place(self) -> int:
        """Which one is chosen."""
        return max(0, self.list.currentRow())
