"""What stands beside the list: the sums, payees that changed and wait for a name, and every finding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.dossier.document import Level, Problem
from desktop.dossier.list_views import ListSums
from desktop.dossier.payee_repairs import Repair
from desktop.ui.beneficiaries.found import FoundList
from desktop.ui.beneficiaries.sums import SumsCard
from desktop.ui.kit.basic import button, column, frame, keycap, label, picture, row
from desktop.ui.theme import tokens


class SidePane(QWidget):
    """Three cards; `picked` gives the Problem whose place was asked for, `mend` the Problem and the Repair chosen."""

    picked = Signal(object)
    mend = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        box = column(self, gap=10)
        self.sums = SumsCard()
        box.addWidget(self.sums)
        self._changed = self._changed_card()
        box.addWidget(self._changed)
        box.addWidget(self._found_card(), 1)

    def _changed_card(self) -> QFrame:
        made = frame("banner")
        made.setProperty("tint", "red")
        box = column(made, (14, 10, 14, 12), 6)
        top = row(gap=6)
        top.addWidget(picture("triangle-alert", tokens().tint("red").ink))
        self._how_many = label("", "section", "red")
        top.addWidget(self._how_many, 1)
        box.addLayout(top)
        self._who, self._before = label("", "medium", wrap=True), label("", "caption", wrap=True)
        box.addWidget(self._who)
        box.addWidget(self._before)
        self.acknowledge = button("Xác nhận đích danh", "signature", "small")
        line = row()
        line.addWidget(self.acknowledge)
        line.addStretch(1)
        box.addLayout(line)
        return made

    def _found_card(self) -> QFrame:
        made = frame("card")
        box = column(made, (1, 8, 1, 1), 6)
        top = row(margins=(13, 0, 13, 0), gap=8)
        self._title = label("", "h2")
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(keycap("F8"))
        box.addLayout(top)
        self.found = FoundList()
        self.found.picked.connect(self.picked.emit)
        self.found.pressed_button.connect(self.mend.emit)
        box.addWidget(self.found, 1)
        return made

    def show_list(self, sums: ListSums, people: int, changed: int) -> None:
        """Show a list's sums; `changed` counts payees nobody stands for yet."""
        self.sums.show_sums(sums, people)
        self._changed.setVisible(bool(changed))
        self._how_many.setText(f"{changed} người đổi tên hoặc tài khoản")

    def show_problems(self, problems: Sequence[Problem], repairs: Sequence[Repair | None]) -> None:
        """Show what is wrong, each with its repair."""
        self.found.found.show_problems(problems, repairs)
        errors = sum(problem.level is Level.ERROR for problem in problems)
        rest = len(problems) - errors
        parts = [f"{errors} lỗi" if errors else "", f"{rest} chỗ nên kiểm tra" if rest else ""]
        self._title.setText(", ".join(part for part in parts if part) or "Không có lỗi")

    def show_change(self, who: str, before: str) -> None:
        """Show whose change the button is about."""
        self._who.setText(who)
        self._before.setText(before)
