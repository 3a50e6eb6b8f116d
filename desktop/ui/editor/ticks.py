"""The tick boxes of one choice: exactly one can be ticked, as on paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QWidget

from desktop.dossier.form_parts import Choice
from desktop.ui.kit.basic import row
from desktop.ui.theme import set_state


class Ticks(QWidget):
    """A row of boxes; `picked` is called with the value of the one ticked."""

    def __init__(self, choice: Choice, picked: Callable[[str, str], None]) -> None:
        super().__init__()
        self.choice = choice
        box = row(self, gap=8)
        self._group = QButtonGroup(self)
        self.boxes: dict[str, QCheckBox] = {}
        for option in choice.options:
            made = QCheckBox(option.label)
            made.setAccessibleName(option.label)
            made.setAccessibleDescription("Chỉ chọn một ô: " + ", ".join(o.label for o in choice.options))
            made.clicked.connect(lambda _checked=False, value=option.value: picked(choice.key, value))
            self._group.addButton(made)
            self.boxes[option.value] = made
            box.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def set_value(self, value: str | None) -> None:
        """Tick one box, or none."""
        self._group.setExclusive(False)
        for key, box in self.boxes.items():
            box.setChecked(key == value)
        self._group.setExclusive(True)

    def show_problem(self, state: str, words: str) -> None:
        """Colour the boxes and say why."""
        for box in self.boxes.values():
            set_state(box, "state", state)
            box.setToolTip(words)

    def set_frozen(self, frozen: bool) -> None:
        """Freeze or free the boxes."""
        for box in self.boxes.values():
            box.setEnabled(not frozen)
