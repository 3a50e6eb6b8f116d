"""The F4 code list: a popup under the field that never covers what is typed, searched without diacritics."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop.dossier.views import Found
from desktop.ui.kit.basic import column, frame, keycap, label, row
from desktop.ui.kit.cells import Cell, cell_data
from desktop.ui.kit.tables import ListTable
from desktop.ui.theme import px

Index = QModelIndex | QPersistentModelIndex
SIZE = (404, 228)
CODE_WIDTH, ACCOUNT_WIDTH = 66, 128
"""Design pixels of the column of codes: most have at most six signs, account numbers fifteen."""
HOW = "Gõ mã hoặc tên, không cần dấu."
NOTHING = "Không có trong danh mục. Thử từ khác, hoặc gõ thẳng vào ô."
Chosen = Callable[[Found], None]
"""What to do with the entry that was chosen."""


class _Hits(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.found: Sequence[Found] = ()

    def show(self, found: Sequence[Found]) -> None:
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self.found[index.row()]
        cells = (Cell(text=hit.code, weight=600), Cell(text=hit.name), Cell(text=hit.note, right=True, faded=True))
        return cell_data(cells[index.column()], role)


class Lookup(QFrame):
    """One popup for every code list. It closes itself on Enter, Esc or a click elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("lookup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._find: Callable[[str], Sequence[Found]] = lambda _text: ()
        self._chosen: Chosen = lambda _hit: None
        self._title, self._where = label("", "strong"), label("", "caption")
        self.field = QLineEdit()
        self.field.setAccessibleName("Tìm mã hoặc tên")
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.hits = _Hits()
        self.table = ListTable("Mã tìm thấy", self.hits, (CODE_WIDTH, 0, 70), 27)
        self.table.horizontalHeader().setVisible(False)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.clicked.connect(lambda _index: self.accept())
        box = column(self, (1, 8, 1, 1), 5)
        self._how = label(HOW, "caption")
        for widget in (self._head(), self.field, self._how):
            inner = row(margins=(10, 0, 10, 0))
            inner.addWidget(widget)
            box.addLayout(inner)
        box.addWidget(self.table, 1)
        box.addWidget(_keys())
        self.setFixedSize(px(SIZE[0]), px(SIZE[1]))

    def _head(self) -> QFrame:
        made = frame("plain")
        line = row(made, gap=8)
        line.addWidget(self._title)
        line.addWidget(self._where)
        line.addStretch(1)
        line.addWidget(keycap("F4"))
        return made

    def ask(
        self,
        title: str,
        where: str,
        anchor: tuple[QWidget, QRect],
        find: Callable[[str], Sequence[Found]],
        chosen: Chosen,
    ) -> None:
        """Open under `anchor` (a widget and a rectangle in it), above it when there is no room below."""
        self._find, self._chosen = find, chosen
        self._title.setText(title)
        self._where.setText(where)
        self.setAccessibleName(f"{title} {where}")
        self.field.clear()
        self._search("")
        self.move(self._place(*anchor))
        self.show()
        self.field.setFocus()

    def _place(self, widget: QWidget, area: QRect) -> QPoint:
        below = widget.mapToGlobal(area.bottomLeft()) + QPoint(0, px(4))
        window = widget.window().frameGeometry()
        room = widget.screen().availableGeometry().intersected(window) if widget.window().isVisible() else window
        left = max(room.left(), min(below.x(), room.right() - self.width()))
        if below.y() + self.height() <= room.bottom():
            return QPoint(left, below.y())
        return QPoint(left, max(room.top(), widget.mapToGlobal(area.topLeft()).y() - self.height() - px(4)))

    def _search(self, text: str) -> None:
        found = self._find(text)
        self.hits.show(found)
        self._how.setText(HOW if found else NOTHING)
        longest = max((len(hit.code) for hit in found), default=0)
        self.table.set_widths((CODE_WIDTH if longest <= 7 else ACCOUNT_WIDTH, 0, 70))
        if self.hits.found:
            self.table.setCurrentIndex(self.hits.index(0, 0))

    def accept(self) -> None:
        """Take the chosen code and close."""
        place = self.table.currentIndex().row()
        self.hide()
        if 0 <= place < len(self.hits.found):
            self._chosen(self.hits.found[place])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the field act on the list; the page behind hears no key, or Esc left it too."""
        if watched is self.field and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                place = min(max(self.table.currentIndex().row() + step, 0), len(self.hits.found) - 1)
                self.table.setCurrentIndex(self.hits.index(place, 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                return True
        return super().eventFilter(watched, event)


def _keys() -> QFrame:
    foot = frame("foot")
    line = row(foot, (10, 4, 10, 4), 5)
    for cap, words in (("↑ ↓", "chọn"), ("Enter", "nhận"), ("Esc", "đóng")):
        line.addWidget(keycap(cap))
        line.addWidget(label(words, "caption"))
        line.addSpacing(px(8))
    line.addStretch(1)
    return foot
