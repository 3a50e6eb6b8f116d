"""The row of chips over the list: one per stage, with how many dossiers stand there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QWidget

from desktop.dossier.views import ListFilter
from desktop.ui import icons
from desktop.ui.kit.basic import button, row
from desktop.ui.texts import tr
from desktop.ui.theme import px, tokens

CHIPS: tuple[tuple[ListFilter, str, str, str], ...] = (
    (ListFilter.ALL, "Tất cả", "", ""),
    (ListFilter.FIX, "Cần sửa", "triangle-alert", "amber"),
    (ListFilter.DRAFT, "Đang soạn", "pencil-line", "slate"),
    (ListFilter.SIGN, "Chờ ký", "pen-line", "violet"),
    (ListFilter.READY, "Sẵn sàng gửi", "package-check", "blue"),
    (ListFilter.TREASURY, "Ở kho bạc", "landmark", "teal"),
    (ListFilter.RETURNED, "Trả lại", "corner-up-left", "red"),
    (ListFilter.PAID, "Đã thanh toán", "circle-check", "green"),
)


KEPT = (ListFilter.ALL, ListFilter.FIX, ListFilter.SIGN, ListFilter.RETURNED)


class Chips(QWidget):
    """Exclusive chips; `chosen` gives the ListFilter value."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        box = row(self, gap=6)
        self._group = QButtonGroup(self)
        self._chips = {}
        for which, words, icon, tint in CHIPS:
            chip = button(tr(words), kind="chip")
            chip.setCheckable(True)
            if icon:
                chip.setIcon(icons.icon(icon, tokens().tint(tint).ink, size=px(15), gap=3))
            chip.setIconSize(QSize(px(18), px(15)))
            chip.clicked.connect(lambda _checked=False, value=which.value: self.chosen.emit(value))
            self._group.addButton(chip)
            self._chips[which] = (chip, tr(words))
            box.addWidget(chip)
        self._chips[ListFilter.ALL][0].setChecked(True)
        self._others = QComboBox()
        self._others.setAccessibleName("Trạng thái khác")
        self._others.activated.connect(self._other)
        box.addWidget(self._others)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Keep four chips on a narrow window; the rest fold into «Trạng thái khác»."""
        for which, (chip, _words) in self._chips.items():
            chip.setVisible(not narrow or which in KEPT)
        self._others.setVisible(narrow)

    def _other(self, place: int) -> None:
        value = self._others.itemData(place)
        if value is None:
            self._chips[ListFilter.ALL][0].click()
        else:
            self._chips[ListFilter(value)][0].setChecked(True)
            self.chosen.emit(value)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write the numbers on the chips."""
        for which, (chip, words) in self._chips.items():
            count = counts.get(which.value, 0)
            chip.setText(f"{words}  {count}")
            chip.setAccessibleName(f"{words}, {count} hồ sơ")
        kept = self._others.currentIndex()
        self._others.clear()
        self._others.addItem("Trạng thái khác", None)
        for which, (_chip, words) in self._chips.items():
            if which not in KEPT:
                self._others.addItem(f"{words}  {counts.get(which.value, 0)}", which.value)
        self._others.setCurrentIndex(max(0, kept))

    def focus(self) -> None:
        """Go to the chosen chip, or to the box it is folded into; arrows go on from there."""
        chosen = self._group.checkedButton()
        (chosen if chosen is not None and chosen.isVisible() else self._others).setFocus()

    def choose(self, which: ListFilter) -> None:
        """Mark a chip as chosen without telling anyone."""
        self._chips[which][0].setChecked(True)
