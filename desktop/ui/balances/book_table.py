"""A table of the book: narrowed by words, sorted by any column, heads of amounts at the right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt

from desktop.ui.kit.empty import Empty
from desktop.ui.kit.tables import ListTable
from desktop.ui.settings.list_model import Line, ListModel


class MoneyModel(ListModel):
    """`right` are the columns of amounts."""

    def __init__(self, heads: Sequence[str], right: Collection[int]) -> None:
        super().__init__(heads)
        self._right = frozenset(right)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads; those of amounts stand right."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self._right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().headerData(section, orientation, role)

    def name_head(self, section: int, words: str) -> None:
        """Give a column another head."""
        self.heads = (*self.heads[:section], words, *self.heads[section + 1 :])
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, section, section)


class BookTable(ListTable):
    """`none` is said where there is no line, `no_hits` where the search leaves none."""

    no_hits = "Không có dòng khớp."

    def __init__(
        self,
        name: str,
        model: MoneyModel,
        widths: Sequence[int],
        none: str,
        *,
        sortable: bool = True,
        opened: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(name, model, widths, 26)
        self._full = tuple(widths)
        self.lines, self._none = model, none
        self.empty = Empty(self)
        if sortable:
            self.horizontalHeader().setSectionsClickable(True)
            self.horizontalHeader().sectionClicked.connect(self._sort)
        if opened is not None:
            self.on_open(opened)
        self._say()

    @property
    def key(self) -> str:
        """The key of the line under the cursor, "" for none."""
        return self.lines.key_at(self.current_row())

    def fill(self, lines: Sequence[Line]) -> None:
        """Show other lines with the cursor on the same one."""
        kept = self.key
        self.lines.show(lines)
        self._settle(kept)

    def narrow(self, text: str) -> None:
        """Show only lines with these words."""
        kept = self.key
        self.lines.narrow(text)
        self._settle(kept)

    def say_none(self, words: str) -> None:
        """Say something else where there is no line."""
        self._none = words
        self._say()

    def hide_columns(self, hidden: Collection[int]) -> None:
        """Leave out columns; the widest one gets their room."""
        for place in range(len(self._full)):
            self.setColumnHidden(place, place in hidden)
        self.set_widths([1 if place in hidden else width for place, width in enumerate(self._full)])

    def _sort(self, section: int) -> None:
        kept = self.key
        self.lines.sort_by(section)
        self._settle(kept)

    def _settle(self, key: str) -> None:
        self.choose(self.lines.place_of(key))
        self._say()

    def _say(self) -> None:
        self.empty.say(self.no_hits if self.lines.text else self._none)
