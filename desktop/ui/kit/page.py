"""The frame of one place: a head that never scrolls, a strip for what went wrong, and the body."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.allowing import DECLARED, act_of
from desktop.ui.kit.basic import column, frame, icon_button, label, row
from desktop.ui.kit.signs import Banner
from desktop.ui.theme import px

WIDE_FROM = 1280
"""Design pixels of window width from which places, detail and paper stand beside the work; below they fold."""


class Page(QWidget):
    """Base of every place. Fill `head` (left to right) and `body`; `hints` are keys for the status bar."""

    hints: tuple[tuple[str, str], ...] = ()
    narrow_nav = False

    def __init__(self, title: str = "", head_height: int = 52) -> None:
        super().__init__()
        outer = column(self)
        bar = frame("head")
        bar.setFixedHeight(px(head_height))
        self.head = row(bar, (16, 0, 14, 0), 10)
        if title:
            self.head.addWidget(label(title, "h1"))
        outer.addWidget(bar)
        self.problem = Banner("red", "circle-alert")
        self.problem.setVisible(False)
        self.problem.buttons.addWidget(icon_button("x", "Đóng thông báo", self.problem.hide))
        self.body = column(margins=(12, 10, 12, 10), gap=10)
        self.body.addWidget(self.problem)
        outer.addLayout(self.body, 1)

    def fail(self, message: str) -> None:
        """Say at the top of the page what did not work; it stays until closed."""
        self.problem.say("red", "circle-alert", message)
        self.problem.setVisible(True)

    def refresh(self) -> None:
        """Read again what the page shows; called when facts changed and when the page comes into view."""

    def part(self) -> str:
        """Name the part in view, "" where the page has none."""
        return ""

    def show_part(self, name: str) -> None:
        """Bring a part of the page into view, where it has parts with names."""

    def start(self) -> None:
        """Put the focus where work begins; called when the page comes into view."""

    def end(self) -> None:
        """Give up what goes on in the background; called as the window closes."""

    def keys(self, sequence: str, run: Callable[[], object]) -> QShortcut:
        """Bind keys that work while this page is in view."""
        made = QShortcut(QKeySequence(sequence), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.setProperty(DECLARED, act_of(run))
        made.activated.connect(lambda *_args: run())
        return made
