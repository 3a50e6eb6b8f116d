"""Which unit to open, when this machine has several and nobody said which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.theme import colour, fit, px
from desktop.ui.unit_strip import shade_of


class UnitLine(NamedTuple):
    """One unit of this machine; `colour` names its shade, `here` marks the one in view."""

    folder: Path
    code: str
    name: str
    colour: str = ""
    here: bool = False


class ChooseUnit(QDialog):
    """Lists units with their colour; `place` is the chosen one's place in the list, the first to begin with."""

    def __init__(self, units: Sequence[UnitLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Vùng Xa, chọn đơn vị")
        fit(self, 560, 420)
        box = self.box = column(self, (16, 14, 16, 12), 10)
        box.addWidget(label("Chọn đơn vị cần mở", "h2"))
        self.list = QListWidget()
        self.list.setProperty("k", "plain")
        self.list.setAccessibleName("Các đơn vị trên máy này")
        self.fill(units)
        self.list.itemActivated.connect(self.accept)
        box.addWidget(self.list, 1)
        foot = self.foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(button("Thôi", run=self.reject))
        self.open_button = button("Mở", "folder-open", "primary", self.accept)
        self.open_button.setDefault(True)
        foot.addWidget(self.open_button)
        box.addLayout(foot)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, units: Sequence[UnitLine]) -> None:
        """List other units; the one in view says so."""
        self.units = tuple(units)
        self.list.clear()
        for unit in units:
            name = f"{unit.name} (đang mở)" if unit.here else unit.name
            item = QListWidgetItem(f"{name}\nMã ĐVQHNS {unit.code}. {unit.folder}")
            item.setToolTip(str(unit.folder))
            item.setIcon(_patch(shade_of(unit.colour, unit.code)))
            item.setSizeHint(QSize(0, px(48)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    @property
    def place(self) -> int:
        """Which one is chosen."""
        return max(0, self.list.currentRow())

    @property
    def folder(self) -> Path:
        """Where the chosen one is."""
        return self.units[self.place].folder


def _patch(shade: str) -> QPixmap:
    made = QPixmap(px(6), px(30))
    made.fill(colour(shade))
    return made
