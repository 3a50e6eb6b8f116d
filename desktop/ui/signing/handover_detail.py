"""One dossier of a hand-over file: who signed, what the other machine says, why not, or both sides of a conflict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from desktop.dossier.handover_views import HandoverConflict, HandoverDossier, HandoverResult
from desktop.dossier.sign_views import StepView
from desktop.ui.kit.basic import clear, column, label, row
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import Banner, Dot
from desktop.ui.wording import stamp

GIVE_UP = "Bỏ bản ở máy này, lấy bản trong tệp"
TOLD = "Máy kia cho biết (lời của máy kia, không ai ký):"


class HandoverDetail(QFrame):
    """`replace` (local_id, yes or no) keeps whether a person gave up the copy on this machine."""

    def __init__(self, replace: Callable[[str, bool], object]) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._replace = replace
        area, self._box = scrolled((12, 9, 12, 9), 6, "Chi tiết hồ sơ trong tệp, cuộn bằng phím mũi tên")
        column(self, (1, 1, 1, 1)).addWidget(area)

    def show_dossier(self, item: HandoverDossier, result: HandoverResult | None, replaced: bool) -> None:
        """Show one dossier, and after it was taken what became of it."""
        clear(self._box)
        top = row()
        top.addWidget(label(item.title, "medium", wrap=True), 1)
        top.addWidget(label(f"Mã đối chiếu riêng {item.code}", "caption"))
        self._box.addLayout(top)
        if result is not None:
            self._box.addWidget(label(result.message, "strong", wrap=True))
        elif item.problem:
            head, _, rest = item.problem.partition(". ")
            self._box.addWidget(Banner("red", "circle-alert", head.rstrip(".") + ".", rest))
        elif item.conflict is not None:
            self._conflict(item, item.conflict, replaced)
        for step in item.steps:
            self._step(step)
        if item.told:
            self._sentences(self._box, TOLD, item.told)
        for note in item.notes:
            self._box.addWidget(label(note, "caption", wrap=True))
        self._box.addStretch(1)

    def _conflict(self, item: HandoverDossier, conflict: HandoverConflict, replaced: bool) -> None:
        head, _, rest = conflict.text.partition(". ")
        self._box.addWidget(Banner("amber", "triangle-alert", head.rstrip(".") + ".", rest))
        sides = row(gap=12)
        for title, sentences in (("Ở máy này", conflict.here), ("Trong tệp", conflict.there)):
            side = column(gap=4)
            self._sentences(side, title, sentences)
            side.addStretch(1)
            sides.addLayout(side, 1)
        self._box.addLayout(sides)
        if conflict.replaceable:
            agree = QCheckBox(GIVE_UP)
            agree.setChecked(replaced)
            agree.toggled.connect(lambda on: self._replace(item.local_id, on))
            self._box.addWidget(agree)

    def _sentences(self, box: QVBoxLayout, title: str, sentences: Sequence[str]) -> None:
        box.addWidget(label(title, "section"))
        for sentence in sentences:
            box.addWidget(label(sentence, wrap=True))

    def _step(self, step: StepView) -> None:
        line = row(gap=7)
        line.addWidget(Dot(step.state), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(label(step.title))
        line.addStretch(1)
        line.addWidget(label(f"{step.name}, {stamp(step.when)}" if step.when else step.name, "caption"))
        self._box.addLayout(line)
