"""What a dossier's case asks for, beside its files: what is there, what is missing, what the Treasury has already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from desktop.dossier.procedures import Component, State, case_name
from desktop.ui.kit.basic import button, clear, column, label, picture, row
from desktop.ui.theme import tokens

SIGNS = {
    State.PRESENT: ("circle-check", "green", "có"),
    State.ON_FILE: ("landmark", "teal", "đã có tại Kho bạc"),
    State.MISSING: ("triangle-alert", "amber", "còn thiếu"),
    State.UNKNOWN: ("circle-help", "amber", "chưa rõ có cần không"),
    State.NOT_NEEDED: ("circle", "slate", "không cần"),
}
ORDER = (State.MISSING, State.UNKNOWN, State.ON_FILE, State.PRESENT, State.NOT_NEEDED)
ON_FILE = "Đã có tại Kho bạc"


class ComponentsPanel(QWidget):
    """One line a component. `attach` is called with the component to attach, `keep` with what is on file now."""

    def __init__(
        self,
        editable: bool,
        attach: Callable[[str], object],
        keep: Callable[[tuple[str, ...]], object],
        answer: Callable[[], object],
    ) -> None:
        super().__init__()
        self._editable, self._attach, self._keep = editable, attach, keep
        box = column(self, gap=6)
        top = row(gap=10)
        self._head = label("", "h2", wrap=True)
        top.addWidget(self._head, 1)
        self.answer = button("Sửa câu trả lời", "pencil-line", "small", answer)
        if not editable:
            self.answer.setVisible(False)
        top.addWidget(self.answer)
        box.addLayout(top)
        self._lines = column(gap=4)
        box.addLayout(self._lines)
        self.boxes: dict[str, QCheckBox] = {}
        self._on_file: tuple[str, ...] = ()

    def show_components(self, case_id: str, found: Sequence[Component], on_file: tuple[str, ...]) -> None:
        """Show a dossier's components, what is missing first."""
        self._on_file = on_file
        self._head.setText(f"Thành phần hồ sơ. {case_name(case_id)}" if found else "Thành phần hồ sơ chưa rõ")
        self.answer.setText("Sửa câu trả lời" if found else "Chọn việc cần làm")
        clear(self._lines)
        self.boxes = {}
        if not found:
            words = "Chưa biết hồ sơ này để làm gì nên chưa kiểm được thành phần. Chọn việc cần làm để kiểm."
            self._lines.addWidget(label(words, "muted", wrap=True))
        shown = [item for item in found if item.state is not State.NOT_NEEDED or item.need == "optional"]
        for item in sorted(shown, key=lambda item: ORDER.index(item.state)):
            self._line(item)

    def _line(self, item: Component) -> None:
        icon, tint, words = SIGNS[item.state]
        line = row(gap=8)
        line.addWidget(picture(icon, tokens().tint(tint).ink))
        text = column()
        text.addWidget(label(item.label, "medium", wrap=True))
        when = f", khi: {item.when[:1].lower()}{item.when[1:]}" if item.when and item.need != "required" else ""
        text.addWidget(label(f"{words}{when}", "caption", wrap=True))
        line.addLayout(text, 1)
        if self._editable and item.attachable and item.state is not State.PRESENT:
            self._offer(line, item)
        self._lines.addLayout(line)

    def _offer(self, line: QHBoxLayout, item: Component) -> None:
        """Let a file be attached as this component, or say that the Treasury has it (NĐ 347 Điều 3.8)."""
        key = item.attachable[0]
        tick = self.boxes[key] = QCheckBox(ON_FILE)
        tick.setAccessibleName(f"{item.label}: {ON_FILE}")
        tick.setChecked(item.state is State.ON_FILE)
        tick.clicked.connect(lambda there: self._ticked(item.attachable, there))
        line.addWidget(tick)
        line.addWidget(button("Đính kèm", "paperclip", "small", partial(self._attach, key)))

    def _ticked(self, keys: tuple[str, ...], there: bool) -> None:
        others = tuple(key for key in self._on_file if key not in keys)
        self._keep((*others, keys[0]) if there else others)
        if keys[0] in self.boxes:
            self.boxes[keys[0]].setFocus()
