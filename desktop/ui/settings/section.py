"""What every section of the place is made of: strips on top, lists behind tabs, and a pane about the chosen line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QStackedWidget, QTabBar, QWidget

from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.ui.context import Context
from desktop.ui.kit.basic import clear, column, label, row, rule
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import Badge, card
from desktop.ui.settings.journal_list import JournalList
from desktop.ui.settings.list_card import ListCard
from desktop.ui.theme import px

PANE = 296
Fact = tuple[str, str]
AnyList = ListCard | JournalList


class Pane(QFrame):
    """The column at the right; filled anew for each line."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.setFixedWidth(px(PANE))
        self.setAccessibleName(name)
        area, self._box = scrolled((13, 10, 13, 10), 7, f"{name}, cuộn bằng phím mũi tên")
        column(self, (1, 1, 1, 1)).addWidget(area)

    def begin(self, title: str, badge: tuple[str, str, str] | None = None) -> None:
        """Empty the pane and head it; `badge` is words, icon and tint."""
        clear(self._box)
        self._box.addWidget(label(title, "title", wrap=True))
        if badge is not None:
            self._box.addWidget(Badge(*badge), 0, Qt.AlignmentFlag.AlignLeft)

    def head(self, words: str) -> None:
        """Begin another part."""
        self._box.addWidget(rule())
        self._box.addWidget(label(words, "section", wrap=True))

    def say(self, words: str, kind: str = "", tint: str = "") -> None:
        """Write a paragraph."""
        self._box.addWidget(label(words, kind, tint, wrap=True))

    def facts(self, *facts: Fact) -> None:
        """Write names and values; what has no value is left out."""
        for name, words in facts:
            if words:
                line = column(gap=0)
                line.addWidget(label(name, "caption"))
                value = label(words, "medium", wrap=True)
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                line.addWidget(value)
                self._box.addLayout(line)

    def buttons(self, *made: QPushButton) -> None:
        """Put buttons below each other."""
        for one in made:
            self._box.addWidget(one)

    def add(self, part: QWidget | QLayout) -> None:
        """Put anything else."""
        if isinstance(part, QLayout):
            self._box.addLayout(part)
        else:
            self._box.addWidget(part)

    def end(self) -> None:
        """Leave the rest of the column empty."""
        self._box.addStretch(1)


class Section(QWidget):
    """`key` and `title` name it; `lists` stand behind tabs in this order. `commands` go to the top of the page."""

    key = ""
    title = ""
    icon = ""
    act = Act.READ
    """What somebody must be allowed to do to see the section at all."""
    export_kinds = "Excel (*.xlsx);;CSV (*.csv)"

    def __init__(self, context: Context, fail: Callable[[str], object]) -> None:
        super().__init__()
        self.context = self._context = context
        self.fail = fail
        self.commands: list[QPushButton] = []
        self.lists: list[AnyList] = []
        self.box = column(self, gap=8)
        self.pane = Pane(f"Chi tiết, {self.title}")

    def lay_out(self, lists: Sequence[AnyList], *strips: QWidget) -> None:
        """Put strips on top, then the lists behind tabs, with the pane at their right."""
        self.lists = list(lists)
        for strip in strips:
            self.box.addWidget(strip)
        made = card()
        main = row(gap=10)
        main.addWidget(made, 1)
        main.addWidget(self.pane)
        self.box.addLayout(main, 1)
        self.tabs, self.stack = QTabBar(made), QStackedWidget(made)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(f"Danh sách của {self.title}")
        inside = column(made, (1, 1, 1, 1))
        inside.addWidget(self.tabs)
        inside.addWidget(self.stack, 1)
        for each in lists:  # last: whatever moves to another parent is dressed anew with all it holds
            self.tabs.addTab(each.name)
            self.stack.addWidget(each)
        self.tabs.currentChanged.connect(self._turned)

    def list(self) -> AnyList:
        """Give the list in view."""
        return self.lists[self.stack.currentIndex()]

    def turn_to(self, wanted: AnyList) -> None:
        """Bring a list into view."""
        self.tabs.setCurrentIndex(self.lists.index(wanted))

    def _turned(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self.show_chosen(self.list().key)

    def count(self) -> None:
        """Write on each tab how many lines its list has."""
        for place, each in enumerate(self.lists):
            self.tabs.setTabText(place, f"{each.name}  {each.model.rowCount()}")

    def narrow(self, text: str) -> None:
        """Narrow every list."""
        for each in self.lists:
            each.narrow(text)
        self.show_chosen(self.list().key)
        self.count()

    def chosen_in(self, place: int) -> Callable[[str], None]:
        """Give what a list calls when its cursor moves: only the list in view fills the pane."""

        def chosen(key: str) -> None:
            if self.lists and self.stack.currentIndex() == place:
                self.show_chosen(key)

        return chosen

    def show_chosen(self, key: str) -> None:
        """Fill the pane for the chosen line of the list in view, "" for none."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read everything again, off the GUI thread."""
        raise NotImplementedError

    def start(self) -> None:
        """Put the focus where work begins."""
        self.list().focus()

    def export_itself(self, path: Path) -> bool:
        """Write the list in view in a way of the section's own; False leaves it to the page."""
        del path
        return False

    def end(self) -> None:
        """Give up what goes on in the background; called as the window closes."""

    def failed(self, error: VungXaError) -> None:
        """Show an error at the top of the page."""
        self.fail(error.message)

    def run(self, work: Callable[[], object], said: str) -> None:
        """Do a short write in the background, say that it is done and read everything again."""

        def done(_result: object) -> None:
            self.context.bus.said.emit(said, None)
            self.context.bus.changed.emit()

        self.context.workers.paper.submit(self, work, done, self.failed)
