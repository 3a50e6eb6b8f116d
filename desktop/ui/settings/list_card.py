"""One list of a section: its table, what stands there while it is empty, how many lines there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.basic import column, label
from desktop.ui.kit.empty import Empty
from desktop.ui.kit.tables import ListTable
from desktop.ui.settings.list_model import Line, ListModel
from desktop.ui.theme import px

LEAST = 170
"""Design pixels the widest column keeps."""


class ListCard(QWidget):
    """`chosen` is called with the key of the line under the cursor, "" when there is none.

    `drops` are the columns that give way where there is little room, the first first; the pane beside tells them.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[tuple[str, int]],
        none: str,
        unit: str,
        chosen: Callable[[str], object],
        *,
        drops: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self.name, self._none, self._unit, self._chosen = name, none, unit, chosen
        self._widths, self._drops = [width for _head, width in columns], tuple(drops)
        self.model = ListModel([head for head, _width in columns])
        self.table = ListTable(name, self.model, self._widths)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._tell(now.row()))
        self.empty = Empty(self.table)
        self._count = label("", "caption")
        box = column(self, (1, 1, 1, 3))
        box.addWidget(self.table, 1)
        box.addWidget(self._count)
        self._say()

    @property
    def key(self) -> str:
        """The key of the line under the cursor."""
        return self.model.key_at(self.table.current_row())

    def fill(self, lines: Sequence[Line]) -> None:
        """Show other lines with the cursor on the same one."""
        kept = self.key
        self.model.show(lines)
        self._settle(kept)

    def choose(self, key: str) -> None:
        """Put the cursor on the line of a key."""
        self.table.choose(self.model.place_of(key))

    def narrow(self, text: str) -> None:
        """Show only the lines with these words."""
        kept = self.key
        self.model.narrow(text)
        self._settle(kept)

    def focus(self) -> None:
        """Go to the table."""
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out columns until the widest one has room."""
        super().resizeEvent(event)
        widths, over = list(self._widths), px(sum(self._widths) + LEAST) - self.width()
        for place in self._drops:
            self.table.setColumnHidden(place, over > 0)
            if over > 0:
                over -= px(widths[place])
                widths[place] = 1
        self.table.set_widths(widths)

    def _sort(self, section: int) -> None:
        kept = self.key
        self.model.sort_by(section)
        self._settle(kept)

    def _settle(self, key: str) -> None:
        self.table.choose(self.model.place_of(key))
        self._say()
        if not self.model.lines:
            self._chosen("")

    def _tell(self, place: int) -> None:
        self._chosen(self.model.key_at(place))

    def _say(self) -> None:
        self._count.setText(f"  {len(self.model.lines)} {self._unit}")
        self.empty.say("Không có dòng khớp. Xóa bớt chữ trong ô tìm." if self.model.text else self._none)
