"""The questions of a purpose: one set of round buttons each; a question that is no longer put goes away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from desktop.dossier.purposes import Answers, Question, answered, asked
from desktop.ui.kit.basic import clear, column, label


class Questions(QWidget):
    """Asks; `changed` tells that an answer did. `answers` holds one for every question that is put."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._box = column(self, gap=12)
        self._key = ""
        self.answers: dict[str, str] = {}
        self.groups: dict[str, QButtonGroup] = {}

    def put(self, key: str, answers: Answers) -> None:
        """Ask the questions of a purpose, answered so far as given."""
        self._key, self.answers = key, answered(key, answers)
        focused = self._focused()
        clear(self._box)
        self.groups = {}
        for ask, question in asked(key, self.answers):
            self._add(ask.question, question)
        self.setVisible(bool(self.groups))
        if focused in self.groups and (checked := self.groups[focused].checkedButton()) is not None:
            checked.setFocus()

    def _add(self, name: str, question: Question) -> None:
        part = column(gap=2)
        part.addWidget(label(question.text, "strong", wrap=True))
        group = self.groups[name] = QButtonGroup(self)
        for option in question.options:
            made = QRadioButton(option.label)
            made.setAccessibleName(f"{question.text} {option.label}")
            made.setAccessibleDescription(question.help)
            made.setProperty("answer", option.value)
            made.setChecked(self.answers[name] == option.value)
            group.addButton(made)
            part.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        if question.help:
            part.addWidget(label(question.help, "caption", wrap=True))
        group.buttonClicked.connect(lambda button: self.answer(name, str(button.property("answer"))))
        self._box.addLayout(part)

    def answer(self, name: str, value: str) -> None:
        """Take an answer; the questions after it are put again."""
        if self.answers.get(name) != value:
            self.put(self._key, {**self.answers, name: value})
            self.changed.emit()

    def _focused(self) -> str:
        here = self.focusWidget()
        return next((name for name, group in self.groups.items() if here in group.buttons()), "")
