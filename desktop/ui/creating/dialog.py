"""«Lập hồ sơ»: what people want to do at the left, its questions and what comes of it at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from desktop.dossier.purposes import Answers, plan, purpose
from desktop.ui.creating.choice import PurposeList
from desktop.ui.creating.questions import Questions
from desktop.ui.creating.summary import Summary
from desktop.ui.kit.basic import button, column, frame, keycap, label, picture, row, rule
from desktop.ui.kit.scroll import scrolled
from desktop.ui.theme import fit, px, tokens

WIDTH, HEIGHT, LEFT = 1000, 640, 400


class PurposeDialog(QDialog):
    """Asks what a dossier is for; `decided` tells the plan. `from_last` goes on to last month's dossier instead."""

    decided = Signal(object)

    def __init__(
        self, parent: QWidget, *, title: str = "Lập hồ sơ", from_last: Callable[[], object] | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fit(self, WIDTH, HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._from_last = from_last
        self.purposes, self.questions, self.summary = PurposeList(), Questions(), Summary()
        outer = column(self)
        outer.addWidget(self._head(title))
        body = frame("dialogbody")
        across = row(body, gap=0)
        left = frame("plain")
        left.setFixedWidth(px(LEFT))
        inside = column(left, (16, 12, 12, 12))
        inside.addWidget(self.purposes)
        across.addWidget(left)
        across.addWidget(rule(upright=True))
        across.addWidget(self._right(), 1)
        outer.addWidget(body, 1)
        outer.addWidget(self._foot(title))
        self.purposes.chosen.connect(self._chosen)
        self.purposes.opened.connect(self.finish)
        self.questions.changed.connect(self._answered)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.finish)
        self._chosen(self.purposes.current())
        self.purposes.search.setFocus()

    def _head(self, title: str) -> QFrame:
        head = frame("head")
        head.setFixedHeight(px(46))
        box = row(head, (16, 0, 16, 0), 10)
        box.addWidget(picture("plus", tokens().tint("blue").ink, 20))
        box.addWidget(label(title, "h1"))
        box.addWidget(label("Chọn việc cần làm, trả lời vài câu, chương trình chọn mẫu và giấy tờ.", "muted"))
        box.addStretch(1)
        return head

    def _right(self) -> QWidget:
        area, box = scrolled((18, 12, 18, 12), 14, "Câu hỏi và bộ hồ sơ")
        self.title = label("", "h1", wrap=True)
        box.addWidget(self.title)
        box.addWidget(self.questions)
        box.addWidget(rule())
        box.addWidget(self.summary)
        box.addStretch(1)
        return area

    def _foot(self, title: str) -> QFrame:
        foot = frame("foot")
        box = row(foot, (16, 8, 16, 8), 8)
        if self._from_last is not None:
            box.addWidget(button("Lập từ hồ sơ tháng trước", "copy", "", self._leave_for_last))
        box.addStretch(1)
        box.addWidget(button("Đóng", run=self.reject))
        self.go = button(title, "plus", "primary", self.finish, "Ctrl+Enter")
        box.addWidget(self.go)
        box.addWidget(keycap("Ctrl+Enter"))
        return foot

    def begin_with(self, key: str, answers: Answers) -> None:
        """Start from a purpose and answers given before."""
        self.purposes.choose(key)
        self.questions.put(key, answers)
        self._answered()

    def _chosen(self, key: str) -> None:
        self.go.setEnabled(bool(key))
        if key:
            self.title.setText(purpose(key).title)
            self.questions.put(key, {})
            self._answered()

    def _answered(self) -> None:
        self.summary.show_plan(plan(self.purposes.current(), self.questions.answers))

    def finish(self) -> None:
        """Close and tell what is chosen."""
        if key := self.purposes.current():
            self.accept()
            self.decided.emit(plan(key, self.questions.answers))

    def _leave_for_last(self) -> None:
        self.reject()
        if self._from_last is not None:
            self._from_last()
