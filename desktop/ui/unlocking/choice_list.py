"""«Bạn là»: the people one under the other; arrows and clicks choose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop.ui.kit.basic import column, keycap, label, picture, row
from desktop.ui.theme import px, tokens
from desktop.ui.unlocking.choices import NOBODY, Choice
from desktop.ui.wording import initials


class ChoiceList(QWidget):
    """`chosen` is emitted with the Choice; hidden where there is nobody to choose."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[Choice], first: str = "") -> None:
        super().__init__()
        self.choices = tuple(choices)
        begin = next((one for one in self.choices if first and first == one.user), None)
        self.choice = begin or (self.choices[0] if self.choices else NOBODY)
        self._group = QButtonGroup(self)
        self._ticks: list[QWidget] = []
        box = column(self, gap=6)
        head = row(gap=6)
        head.addWidget(label("Bạn là", "section"))
        head.addStretch(1)
        head.addWidget(keycap("↑ ↓"))
        head.addWidget(label("đổi người", "caption"))
        box.addLayout(head)
        for choice in self.choices:
            box.addWidget(self._line(choice))
        self.setVisible(bool(self.choices))

    def buttons(self) -> list[QPushButton]:
        """Give the lines in their order."""
        return [button for button in self._group.buttons() if isinstance(button, QPushButton)]

    def choose(self, choice: Choice) -> None:
        """Say who is at the machine."""
        self.choice = choice
        place = self.choices.index(choice)
        self.buttons()[place].setChecked(True)
        for number, tick in enumerate(self._ticks):
            tick.setVisible(number == place)
        self.chosen.emit(choice)

    def step(self, by: int) -> None:
        """Go up or down, around the ends."""
        if self.choices:
            self.choose(self.choices[(self.choices.index(self.choice) + by) % len(self.choices)])

    def _line(self, choice: Choice) -> QPushButton:
        made = QPushButton()
        made.setAutoDefault(False)
        made.setProperty("k", "person")
        made.setCheckable(True)
        made.setChecked(choice is self.choice)
        made.setAccessibleName(f"{choice.name}, {choice.title}" if choice.title else choice.name)
        made.setMinimumHeight(px(48))
        inside = row(made, (10, 3, 12, 3), 10)
        face = label(initials(choice.name), "face")
        face.setAlignment(Qt.AlignmentFlag.AlignCenter)
        face.setFixedSize(px(34), px(34))
        words = column(gap=0)
        words.addWidget(label(choice.name, "strong"))
        words.addWidget(label(choice.title, "caption"))
        tick = picture("check", tokens().focus, 18)
        tick.setVisible(choice is self.choice)
        self._ticks.append(tick)
        inside.addWidget(face)
        inside.addLayout(words, 1)
        inside.addWidget(tick)
        made.clicked.connect(lambda: self.choose(choice))
        self._group.addButton(made)
        return made
