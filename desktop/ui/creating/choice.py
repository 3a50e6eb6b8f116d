"""The list of things people want to do: big plain words under headings, found without marks."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from desktop.dossier.purposes import Purpose, find, purposes
from desktop.ui.dossiers.search import SearchField
from desktop.ui.kit.basic import column, label
from desktop.ui.theme import font, px

KEY = Qt.ItemDataRole.UserRole
HINT = "Tìm việc cần làm. Gõ không dấu cũng được"


class PurposeList(QWidget):
    """Search field and list; `chosen` tells the key of a purpose, `opened` that Enter was pressed on it."""

    chosen = Signal(str)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        box = column(self, gap=8)
        self.search = SearchField(HINT, self.show_found)
        self.search.setAccessibleName("Tìm việc cần làm")
        self.search.setMaximumWidth(px(2000))
        box.addWidget(self.search)
        self.model = QStandardItemModel(self)
        self.list = _Keyed()
        self.list.setProperty("k", "plain")
        self.list.setModel(self.model)
        self.list.setAccessibleName("Việc cần làm")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().selectionChanged.connect(self._tell)
        self.list.entered_on.connect(self.opened)
        box.addWidget(self.list, 1)
        self.nothing = label("Không có việc nào khớp. Gõ ít chữ hơn.", "muted", wrap=True)
        box.addWidget(self.nothing)
        self.search.returnPressed.connect(self.list.setFocus)
        self.show_found("")

    def show_found(self, text: str) -> None:
        """Show the purposes that hold the words typed, and choose the first."""
        self.model.clear()
        found = find(text)
        for group in purposes().groups if not text.strip() else ("",):
            if group:
                self.model.appendRow(_heading(group))
            for item in found:
                if group in ("", item.group):
                    self.model.appendRow(_item(item))
        self.nothing.setVisible(not found)
        if found:
            self.choose(self.model.item(0 if text.strip() else 1).data(KEY))
        else:
            self.chosen.emit("")

    def choose(self, key: str) -> None:
        """Put the cursor on a purpose when it is shown."""
        for place in range(self.model.rowCount()):
            if self.model.item(place).data(KEY) == key:
                self.list.setCurrentIndex(self.model.index(place, 0))

    def current(self) -> str:
        """Give the key of the chosen purpose, "" when there is none."""
        return str(self.list.currentIndex().data(KEY) or "")

    def _tell(self, now: QItemSelection, _before: QItemSelection) -> None:
        places: list[QModelIndex] = now.indexes()
        if places:
            self.chosen.emit(str(places[0].data(KEY)))


class _Keyed(QListView):
    """A list that tells of Enter."""

    entered_on = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Enter, leave other keys to the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_on.emit()
        else:
            super().keyPressEvent(event)


def _heading(text: str) -> QStandardItem:
    made = QStandardItem(text)
    made.setFont(font(9, 600))
    made.setFlags(Qt.ItemFlag.NoItemFlags)
    made.setSizeHint(QSize(0, px(28)))
    return made


def _item(purpose: Purpose) -> QStandardItem:
    made = QStandardItem(purpose.title)
    made.setFont(font(11, 500))
    made.setData(purpose.key, KEY)
    made.setEditable(False)
    return made
