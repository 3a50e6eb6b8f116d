"""Problems in words, in the order of the form: what, where, what to do; a click goes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.dossier.document import Level, Problem
from desktop.ui.kit.basic import clear, column, icon_button, label, row
from desktop.ui.theme import tokens

SIGNS = {
    Level.ERROR: ("circle-alert", "red"),
    Level.WARNING: ("triangle-alert", "amber"),
    Level.HINT: ("info", "slate"),
}
LEADS = {Level.ERROR: "", Level.WARNING: "Nên kiểm tra: ", Level.HINT: "Gợi ý: "}
MOST = 4


class ProblemList(QWidget):
    """At most four problems and how many more there are; F8 walks them all."""

    def __init__(self, go: Callable[[Problem], None]) -> None:
        super().__init__()
        self._go = go
        self._box = column(self, gap=2)
        self._shown: tuple[Problem, ...] | None = None

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show other problems; the same ones are left alone so that focus stays."""
        if self._shown == tuple(problems):
            return
        self._shown = tuple(problems)
        clear(self._box)
        for problem in problems[:MOST]:
            icon, tint = SIGNS[problem.level]
            line = row(gap=4)
            go = icon_button(
                icon, f"Tới chỗ: {problem.message}", lambda p=problem: self._go(p), shade=tokens().tint(tint).ink
            )
            go.setToolTip("Tới chỗ này (F8)")
            line.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
            words = label(LEADS[problem.level] + problem.message, "caption", tint, wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            words.setMinimumHeight(go.sizeHint().height())
            line.addWidget(words, 1)
            self._box.addLayout(line)
        if len(problems) > MOST:
            self._box.addWidget(label(f"Còn {len(problems) - MOST} chỗ nữa. Nhấn F8 để đi từng chỗ.", "caption"))
        self.setVisible(bool(problems))
