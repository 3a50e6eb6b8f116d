"""The tick boxes of one choice: exactly one can be ticked, or several where the form says so, as on paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QWidget

from desktop.dossier.form_parts import Choice, Option
from desktop.ui.editor.arrange import tick_rows
from desktop.ui.kit.basic import column, row
from desktop.ui.theme import set_state


class Ticks(QWidget):
    """A row of boxes; `picked` is called with the value of the one ticked."""

    def __init__(self, choice: Choice, picked: Callable[[str, str], None]) -> None:
        super().__init__()
        self.choice = choice
        box = column(self, gap=4)
        self._group = QButtonGroup(self)
        self.boxes: dict[str, QCheckBox] = {}
        for options in tick_rows(choice):
            line = row(gap=8)
            box.addLayout(line)
            for option in options:
                line.addWidget(self._box(option, picked), 0, Qt.AlignmentFlag.AlignLeft)
            line.addStretch(1)

    def _box(self, option: Option, picked: Callable[[str, str], None]) -> QCheckBox:
        choice = self.choice
        made = self.boxes[option.value] = QCheckBox(option.label.rstrip(".:… "))
        made.setAccessibleName(option.label)
        rule = "Có thể chọn nhiều ô: " if choice.select == "many" else "Chỉ chọn một ô: "
        made.setAccessibleDescription(rule + ", ".join(o.label for o in choice.options))
        made.clicked.connect(lambda _checked=False: picked(choice.key, self._now(option.value)))
        if choice.select == "one":
            self._group.addButton(made)
        return made

    def set_value(self, value: str | None) -> None:
        """Tick the boxes a document's value names, or none."""
        ticked = self.choice.ticked(value)
        self._group.setExclusive(False)
        for key, box in self.boxes.items():
            box.setChecked(key in ticked)
        self._group.setExclusive(True)

    def _now(self, clicked: str) -> str:
        """Read the boxes after a click, in the order of the form."""
        if self.choice.select == "one":
            return clicked
        return " ".join(key for key, box in self.boxes.items() if box.isChecked())

    def show_problem(self, state: str, words: str) -> None:
        """Colour the boxes and say why."""
        for box in self.boxes.values():
            set_state(box, "state", state)
            box.setToolTip(words)

    def set_frozen(self, frozen: bool) -> None:
        """Freeze or free the boxes."""
        for box in self.boxes.values():
            box.setEnabled(not frozen)
