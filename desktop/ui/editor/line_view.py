"""Fields side by side with a label before each and the first problem below, in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.dossier.document import Document, Problem
from desktop.dossier.form_parts import Condition
from desktop.ui.editor.arrange import Line
from desktop.ui.editor.fields import Input
from desktop.ui.editor.problem_list import LEADS, SIGNS, grounds
from desktop.ui.kit.basic import column, label, row
from desktop.ui.theme import px, set_state

LABEL_WIDTH = 110


class LineView(QWidget):
    """One line of fields. It hides itself while folded and while its choice (e.g. cash) is not ticked."""

    def __init__(self, line: Line, inputs: Sequence[Input]) -> None:
        super().__init__()
        self.line, self.inputs = line, list(inputs)
        self.unfolded = False
        self.opened = True
        self._labels: list[QLabel] = []
        box = column(self, gap=1)
        across = row(gap=8)
        for place, (slot, made) in enumerate(zip(line.slots, inputs, strict=True)):
            name = label(slot.label, "muted")
            name.setToolTip(slot.field.label)
            name.setBuddy(made)
            if place == 0:
                name.setFixedWidth(px(LABEL_WIDTH))
            self._labels.append(name)
            across.addWidget(name)
            across.addWidget(made, 0 if slot.width else 1)
        if all(slot.width for slot in line.slots):
            across.addStretch(1)
        box.addLayout(across)
        self._box = box
        self._message: QLabel | None = None

    def sync(self, document: Document, problems: Sequence[Problem]) -> None:
        """Show the line if it applies, and its first problem."""
        applies = [_applies(slot.field.when, document) for slot in self.line.slots]
        for name, made, fits in zip(self._labels, self.inputs, applies, strict=True):
            name.setVisible(fits)
            made.setVisible(fits)
        filled = any(slot.field.key in document.fields for slot in self.line.slots)
        self.opened = not self.line.fold or filled or bool(problems) or self.unfolded
        self.setVisible((applies[0] and self.opened) or bool(filled and not applies[0]))
        if filled and not applies[0]:
            for name, made in zip(self._labels, self.inputs, strict=True):
                name.setVisible(True)
                made.setVisible(True)
        self._show_first(problems)

    def _show_first(self, problems: Sequence[Problem]) -> None:
        """Show the first problem; the label for it is made when there is one."""
        if self._message is None and problems:
            self._message = label("", "caption", wrap=True)
            self._message.setContentsMargins(px(LABEL_WIDTH + 8), 0, 0, px(2))
            self._box.addWidget(self._message)
        if self._message is not None:
            self._message.setVisible(bool(problems))
        if self._message is not None and problems:
            first = problems[0]
            self._message.setText(LEADS[first.level] + first.message)
            self._message.setToolTip(grounds(first))
            set_state(self._message, "tint", SIGNS[first.level][1])

    def reveal(self, key: str) -> None:
        """Unfold when this line holds the field."""
        if key in {slot.field.key for slot in self.line.slots}:
            self.unfolded = True
            self.setVisible(True)


def _applies(when: Condition | None, document: Document) -> bool:
    """A field bound to a tick applies when that tick is set, or when nothing is ticked yet."""
    if when is None or when.choice is None or when.filled is not None:
        return True
    return document.choices.get(when.choice, when.value) == when.value


def boxed(name: str, widget: QWidget, hint: str = "") -> QHBoxLayout:
    """Put a widget behind a label of the common width."""
    line = row(gap=8)
    before = label(name, "muted")
    before.setToolTip(hint)
    before.setFixedWidth(px(LABEL_WIDTH))
    line.addWidget(before, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(widget, 1)
    return line
