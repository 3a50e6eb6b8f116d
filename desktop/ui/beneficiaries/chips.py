"""Chips over the grid: all, with errors, twice, new, changed; each with how many rows it shows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.ui import icons
from desktop.ui.kit.basic import button, row
from desktop.ui.theme import px, tokens

CHIPS = (
    ("", "Tất cả", "", ""),
    ("error", "Lỗi", "circle-alert", "red"),
    ("twice", "Trùng", "copy", "amber"),
    ("new", "Mới", "user", "blue"),
    ("changed", "Đổi tên, tài khoản", "triangle-alert", "red"),
)


class RowChips(QWidget):
    """Exclusive chips; `chosen` gives "", "error", "twice", "new" or "changed"."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        box = row(self, gap=6)
        group = QButtonGroup(self)
        self.value = ""
        self.chips = {}
        for value, words, icon, tint in CHIPS:
            chip = button(words, kind="chip")
            chip.setCheckable(True)
            if icon:
                chip.setIcon(icons.icon(icon, tokens().tint(tint).ink, size=px(15), gap=3))
            chip.setIconSize(QSize(px(18), px(15)))
            chip.clicked.connect(lambda _checked=False, chosen=value: self.choose(chosen))
            group.addButton(chip)
            self.chips[value] = chip
            box.addWidget(chip)
        self.chips[""].setChecked(True)

    def choose(self, value: str) -> None:
        """Press a chip."""
        self.value = value
        self.chips[value].setChecked(True)
        self.chosen.emit(value)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write the number of rows on each chip; a chip of no row cannot be pressed unless it is."""
        for value, words, _icon, _tint in CHIPS:
            chip, count = self.chips[value], counts.get(value, 0)
            chip.setText(f"{words} {count}")
            chip.setAccessibleName(f"{words}, {count} dòng")
            chip.setEnabled(bool(count) or value in ("", self.value))
