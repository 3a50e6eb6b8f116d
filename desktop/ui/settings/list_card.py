"""One list of a section: its table, what stands there while it is empty, how many lines there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.ui.kit.basic import column, label
from desktop.ui.kit.empty import Empty
from desktop.ui.kit.tables import ListTable
from desktop.ui.settings.list_model import Line, ListModel


class ListCard(QWidget):
    """`chosen` is called with the key of the line under the cursor, "" when there is none."""

    def __init__(
        self,
        name: str,
        columns: Sequence[tuple[str, int]],
        none: str,
        unit: str,
        chosen: Callable[[str], object],
        *,
        by: int = -1,
        descending: bool = False,
    ) -> None:
        super().__init__()
        self.name, self._none, self._unit, self._chosen = name, none, unit, chosen
        self.model = ListModel([head for head, _width in columns], by, descending=descending)
        self.table = ListTable(name, self.model, [width for _head, width in columns])
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
