"""A question with one answer that changes something: what is wrong stays in the dialog until it is put right."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QWidget

from desktop.dossier.errors import VungXaError
from desktop.ui.background import Worker
from desktop.ui.kit.basic import announce, button, column, label, row
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import Banner
from desktop.ui.theme import fit, px


class AskDialog(QDialog):
    """Fill `body`, set `work` by overriding it. `did` is emitted once it is done, before the dialog closes."""

    did = Signal()

    def __init__(
        self, worker: Worker, title: str, go: tuple[str, str], parent: QWidget, size: tuple[int, int] = (560, 520)
    ) -> None:
        super().__init__(parent)
        self._worker, self.running = worker, False
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fit(self, *size)
        outer = column(self, (0, 0, 0, 0))
        self._area, self.body = scrolled((16, 14, 16, 14), 9)
        self.body.addWidget(label(title, "h2", wrap=True))
        self.problem = Banner("red", "circle-alert")
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)
        outer.addWidget(self._area, 1)
        foot = row(margins=(16, 8, 16, 12), gap=8)
        foot.addStretch(1)
        self.leave = button("Thôi", run=self.reject)
        self.go = button(go[0], go[1], "primary", self.submit)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        outer.addLayout(foot)
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field; the buttons come after what stands above them."""
        super().showEvent(event)
        reached = (one for one in self.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        fields = [one for one in reached if one.window() is self and one not in (self.leave, self.go)]
        for before, after in pairwise([*fields, self.leave, self.go]):
            self.setTabOrder(before, after)
        if fields:
            fields[0].setFocus()

    def form(self) -> QFormLayout:
        """Add a form of names and fields to the body."""
        made = QFormLayout()
        made.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        made.setHorizontalSpacing(px(12))
        made.setVerticalSpacing(px(8))
        self.body.addLayout(made)
        return made

    def question(self) -> Callable[[], object] | None:
        """Give what to do in the background, or None when something is missing and was said."""
        raise NotImplementedError

    def submit(self) -> None:
        """Do it, unless it is being done already."""
        if self.running or (work := self.question()) is None:
            return
        self.busy(True)
        self._worker.submit(self, work, lambda _result: self._done(), self._failed)

    def busy(self, busy: bool) -> None:
        """Keep both buttons away while work is done."""
        self.running = busy
        self.go.setEnabled(not busy)
        self.leave.setEnabled(not busy)

    def tell(self, message: str, tint: str = "red") -> None:
        """Say what is wrong, or in green what went well, its first sentence strong."""
        head, _, rest = message.partition(". ")
        icon = {"red": "circle-alert", "green": "circle-check"}.get(tint, "triangle-alert")
        self.problem.say(tint, icon, head.rstrip(".") + ".", rest)
        self.problem.setVisible(True)
        self._area.ensureWidgetVisible(self.problem)
        announce(self.problem, self.problem.accessibleName())

    def _done(self) -> None:
        self.busy(False)
        self.did.emit()
        self.accept()

    def _failed(self, error: VungXaError) -> None:
        self.busy(False)
        self.tell(error.message)

    def reject(self) -> None:
        """Stay while work is done."""
        if not self.running:
            super().reject()
