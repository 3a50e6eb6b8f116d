"""Problems in words, in the order of the form: what, where, what to do; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.dossier.document import Level, Problem
from desktop.dossier.rules.register import article_of, register
from desktop.ui.kit.basic import clear, column, icon_button, label, row
from desktop.ui.theme import px, tokens

SIGNS = {
    Level.ERROR: ("circle-alert", "red"),
    Level.WARNING: ("triangle-alert", "amber"),
    Level.HINT: ("info", "slate"),
}
LEADS = {Level.ERROR: "", Level.WARNING: "Nên kiểm tra: ", Level.HINT: "Gợi ý: "}
MOST = 4
MOST_PLACE = 44


class ProblemList(QWidget):
    """At most four problems and how many more there are; F8 walks them all."""

    picked = Signal(object)
    """The Problem whose place was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._box = column(self, (0, 2, 0, 2), 0)
        self._shown: tuple[Problem, ...] | None = None
        self._buttons: dict[str, QToolButton] = {}

    def point_at(self, problem: Problem) -> None:
        """Put the focus on a problem that has no field of its own, so that it is read out."""
        if problem.message in self._buttons:
            self._buttons[problem.message].setFocus()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show other problems; the same ones are left alone so that focus stays."""
        if self._shown == tuple(problems):
            return
        self._shown = tuple(problems)
        self._buttons = {}
        clear(self._box)
        for problem in problems[:MOST]:
            icon, tint = SIGNS[problem.level]
            line = row(gap=4)
            go = icon_button(icon, f"Tới chỗ: {problem.message}", kind="mini", shade=tokens().tint(tint).ink)
            go.clicked.connect(lambda _checked=False, p=problem: self.picked.emit(p))
            go.setToolTip(f"Tới chỗ này (F8)\n{grounds(problem)}")
            go.setAccessibleDescription(grounds(problem))
            self._buttons[problem.message] = go
            line.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
            lead, rest = split_message(problem)
            parts = [label(lead, "captionstrong", tint)] if lead else []
            parts.append(label(rest, "caption", "" if lead else tint, wrap=True))
            for stretch, words in enumerate(parts, 2 - len(parts)):
                words.setMinimumHeight(px(24))
                words.setToolTip(grounds(problem))
                line.addWidget(words, stretch, Qt.AlignmentFlag.AlignTop)
            self._box.addLayout(line)
        if len(problems) > MOST:
            self._box.addWidget(label(f"Còn {len(problems) - MOST} chỗ nữa. Nhấn F8 để đi từng chỗ.", "caption"))
        self.setVisible(bool(problems))


def grounds(problem: Problem) -> str:
    """Say which article a problem rests on and its rule: "Căn cứ: NĐ 347/2025/NĐ-CP Điều 6.2.b (quy tắc M13-4)".

    A general check ("required") has no name people could look up, so only its article is told.
    """
    article = article_of(problem.rule)
    named = f" (quy tắc {problem.rule})" if problem.rule in register() else ""
    return f"Căn cứ: {article}{named}" if article else ""


def split_message(problem: Problem) -> tuple[str, str]:
    """Split «Dòng 2, ngày hóa đơn: …» into its place, shown bold, and the rest; no place when it names none shortly."""
    place, colon, rest = problem.message.partition(": ")
    if not colon or len(place) > MOST_PLACE:
        return LEADS[problem.level].rstrip(), problem.message
    return f"{LEADS[problem.level]}{place}:", rest
