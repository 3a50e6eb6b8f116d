"""The grid of lines: typing, Enter and Tab as in a spreadsheet, paste of a range, F4 for codes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.dossier.form_parts import Column
from desktop.dossier.views import Found
from desktop.ui.editor.codes import written
from desktop.ui.editor.columns import FLEXIBLE_LEAST, SENTENCE
from desktop.ui.editor.grid_model import GridModel, Spot
from desktop.ui.editor.lookup import Chosen
from desktop.ui.editor.values import PICTURES, table_cells
from desktop.ui.kit.cells import CELL, Cell, CellDelegate, Index
from desktop.ui.theme import colour, font, px, tokens

ROW = 27
MOST_ROWS = 12


class GridDelegate(CellDelegate):
    """Paints cells with lines between columns and a frame on the current one; edits in a plain line."""

    pad = 6

    def __init__(self, table: GridTable) -> None:
        super().__init__(table)
        self._model = table.grid
        self.closeEditor.connect(lambda *_args: self._model.draft.hold(None))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell without row selection, then lines and the cursor's frame."""
        state = option.state  # type: ignore[attr-defined, unused-ignore]
        current = bool(state & QStyle.StateFlag.State_Selected)
        option.state = state & ~QStyle.StateFlag.State_Selected  # type: ignore[attr-defined, unused-ignore]
        super().paint(painter, option, index)
        area: QRect = option.rect  # type: ignore[attr-defined, unused-ignore]
        painter.save()
        painter.setPen(colour(tokens().line2))
        painter.drawLine(area.topRight(), area.bottomRight())
        if current:
            painter.setPen(QPen(colour(tokens().focus), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the line that edits a cell."""
        made = QLineEdit(parent)
        made.setProperty("k", "cell")
        made.setFont(font())
        head = index.model().headerData(index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        made.setAccessibleName(f"Dòng {index.row() + 1}, {head}")
        made.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) or ""))
        cell = index.data(CELL)
        if isinstance(cell, Cell) and cell.kind.value == "money":
            made.setAlignment(Qt.AlignmentFlag.AlignRight)
        at = QPersistentModelIndex(index)
        made.textEdited.connect(lambda text: self._model.hold(at, text))
        return made


class GridTable(QTableView):
    """Shows a GridModel. `look_up` opens the code list for a cell and calls back with the code."""

    def __init__(
        self,
        name: str,
        model: GridModel,
        look_up: Callable[[QWidget, QRect, Spot, Chosen], None],
        offers: Callable[[str | None], bool] = lambda _catalogue: True,
    ) -> None:
        super().__init__()
        self.grid = model
        self._look_up, self._offers = look_up, offers
        self.setProperty("k", "grid")
        self.setAccessibleName(name)
        look_up_words = ", F4 tra mã" if any(map(self.looked_up, model.columns)) else ""
        self.setAccessibleDescription(f"Insert thêm dòng, Ctrl+Delete bỏ dòng, Ctrl+V dán từ Excel{look_up_words}")
        self.setModel(model)
        self.setItemDelegate(GridDelegate(self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self._dress()
        model.rowsInserted.connect(self.updateGeometry)
        model.rowsRemoved.connect(self.updateGeometry)

    def _dress(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setMinimumSectionSize(px(24))
        self._head_height = px((30, 30, 40, 54)[min(3, self.grid.heads_high())])
        across.setFixedHeight(self._head_height)
        across.setHighlightSections(False)
        down.setVisible(False)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(px(ROW))
        down.setDefaultSectionSize(px(ROW))

    def sizeHint(self) -> QSize:
        """Be as high as the lines, up to a dozen; more scroll inside."""
        rows = min(self.grid.rowCount(), MOST_ROWS)
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if self._widest() > self.viewport().width() else 0
        return QSize(super().sizeHint().width(), self._head_height + rows * px(ROW) + below + 2)

    def minimumSizeHint(self) -> QSize:
        """Never be squeezed below the lines."""
        return QSize(px(200), self.sizeHint().height())

    def _widest(self) -> int:
        return px(self.grid.least_width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the widest text column what is left; what is wider than the view scrolls."""
        super().resizeEvent(event)
        if (event.size().width() < self._widest()) != (event.oldSize().width() < self._widest()):
            self.updateGeometry()
        widths = [px(self.grid.width(i)) for i in range(self.grid.columnCount())]
        spare = self.viewport().width() - sum(widths)
        least = FLEXIBLE_LEAST if spare >= px(FLEXIBLE_LEAST) else SENTENCE
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width or max(px(least), spare))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the grid's own keys; everything else is a table's."""
        keys = QKeySequence(event.keyCombination()).toString()
        action = {
            "Ins": self.insert_line,
            "Ctrl+Del": self.remove_line,
            "Ctrl+V": self.paste,
            "Ctrl+D": self.copy_above,
            "F4": self.look_up,
            "Space": self.toggle,
            "Alt+Down": self.look_up,
            "Del": self.clear_cell,
            "Return": self.go_down,
            "Enter": self.go_down,
        }.get(keys)
        if keys == "Space" and not self._on_tick():
            action = None
        if action is None or self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        else:
            action()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go one line down after Enter, as spreadsheets do."""
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.go_down()

    def spot(self) -> Spot | None:
        """Give the cell with the cursor when it can be edited."""
        return self.grid.spot(self.currentIndex()) if self.grid.draft.editable else None

    def insert_line(self) -> None:
        """Add a line above the cursor."""
        if (spot := self.spot()) is not None:
            self.grid.insert(spot.row)

    def remove_line(self) -> None:
        """Take out the line with the cursor."""
        if (spot := self.spot()) is not None:
            self.grid.remove(spot.row)

    def clear_cell(self) -> None:
        """Empty the cell with the cursor."""
        spot = self.spot()
        if spot is not None and spot.row < len(self.grid.rows) and spot.column.formula is None:
            self.grid.put(spot.row, {spot.column.key: None})

    def _on_tick(self) -> bool:
        spot = self.spot()
        return spot is not None and spot.column.type == "tick"

    def toggle(self) -> None:
        """Set or take away the tick of the cell with the cursor."""
        if (spot := self.spot()) is not None:
            ticked = spot.row < len(self.grid.rows) and self.grid.rows[spot.row].get(spot.column.key) is True
            self.grid.put(spot.row, {spot.column.key: None if ticked else True})

    def copy_above(self) -> None:
        """Take the value of the cell above, as in Excel."""
        spot = self.spot()
        if spot is not None and spot.row > 0 and spot.column.formula is None:
            self.grid.put(spot.row, {spot.column.key: self.grid.rows[spot.row - 1].get(spot.column.key)})

    def paste(self) -> None:
        """Write the clipboard's cells from the cursor on."""
        text = QGuiApplication.clipboard().text()
        if (spot := self.spot()) is not None and text:
            self.grid.put_block(spot.row, self.currentIndex().column(), table_cells(text))

    def go_down(self) -> None:
        """Put the cursor one line lower; from the empty row for typing go on to the next field."""
        now = self.currentIndex()
        if now.row() >= len(self.grid.rows):
            self.focusNextPrevChild(True)
        else:
            self.setCurrentIndex(self.grid.index(now.row() + 1, now.column()))

    def look_up(self) -> None:
        """Open the code list for the cell with the cursor."""
        spot = self.spot()
        if spot is None or not self.looked_up(spot.column):
            return
        at = QPersistentModelIndex(self.currentIndex())
        self._look_up(self.viewport(), self.visualRect(self.currentIndex()), spot, lambda hit: self._take(at, hit))

    def looked_up(self, column: Column) -> bool:
        """Whether F4 has anything to show in a column."""
        return (
            column.key == "group"
            or column.type in PICTURES
            or bool(column.catalogue and self._offers(column.catalogue))
        )

    def _take(self, at: QPersistentModelIndex, hit: Found) -> None:
        spot = self.grid.spot(at)
        if spot is not None:
            self.grid.setData(at, written(hit, spot.column.type))
        self.setFocus()

    def go_to(self, row: int, column: str) -> None:
        """Put the cursor on a line's cell, for the next problem."""
        self.setCurrentIndex(self.grid.index_of(row, column))
        self.setFocus()
        QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex()))  # once its tab has been laid out

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go from cell to cell with Tab, but leave from the empty row and, backwards, from the first cell."""
        now = self.currentIndex()
        leaves = now.row() >= len(self.grid.rows) if forward else (now.row(), now.column()) <= (0, 1)
        self.setTabKeyNavigation(not leaves)
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QEvent) -> None:  # type: ignore[override, unused-ignore]
        """Put the cursor on the first cell when there is none yet."""
        super().focusInEvent(event)  # type: ignore[arg-type, unused-ignore]
        if not self.currentIndex().isValid() or self.currentIndex().column() == 0:
            self.setCurrentIndex(self.grid.index(0, 1))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Skip the number column; leave the grid's last cell to the next field."""
        index = super().moveCursor(action, modifiers)
        return self.grid.index(index.row(), 1) if index.isValid() and index.column() == 0 else index
