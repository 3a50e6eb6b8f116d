"""A table dressed as the design wants it: fixed rows and columns, no grid, whole rows chosen, keys as in any list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.ui.kit.cells import CellDelegate
from desktop.ui.theme import px


class ListTable(QTableView):
    """A list of whole rows. `widths` are design pixels per column; the one with 0 takes what is left."""

    def __init__(self, name: str, model: QAbstractItemModel, widths: Sequence[int], row_height: int = 28) -> None:
        super().__init__()
        self._widths = tuple(widths)
        self._opened: Callable[[], object] | None = None
        self._ticked: Callable[[], object] | None = None
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._dress_headers(px(row_height))

    def on_open(self, run: Callable[[], object]) -> None:
        """Call `run` on Enter or double click."""
        self._opened = run
        self.doubleClicked.connect(lambda _index: run())

    def on_tick(self, run: Callable[[], object]) -> None:
        """Call `run` on Space and on a click in the first column."""
        self._ticked = run
        self.clicked.connect(lambda index: run() if index.column() == 0 else None)

    def current_row(self) -> int:
        """Give the row with the cursor, -1 when there is none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Put the cursor on a row that exists."""
        if 0 <= row < self.model().rowCount(QModelIndex()):
            self.setCurrentIndex(self.model().index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row on Enter, tick it on Space; Home and End go to the first and last row."""
        rows = self.model().rowCount(QModelIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._opened is not None:
            self._opened()
        elif event.key() == Qt.Key.Key_Space and self._ticked is not None:
            self._ticked()
        elif event.key() == Qt.Key.Key_Home:
            self.choose(0)
        elif event.key() == Qt.Key.Key_End:
            self.choose(rows - 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the flexible column what is left."""
        super().resizeEvent(event)
        self._share()

    def set_widths(self, widths: Sequence[int]) -> None:
        """Give the columns other widths."""
        if tuple(widths) != self._widths:
            self._widths = tuple(widths)
            self._share()

    def _share(self) -> None:
        fixed = sum(px(width) for width in self._widths)
        for place, width in enumerate(self._widths):
            self.setColumnWidth(place, px(width) if width else max(px(120), self.viewport().width() - fixed))

    def _dress_headers(self, row_height: int) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setMinimumSectionSize(px(24))
        across.setFixedHeight(px(30))
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setVisible(False)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(row_height)
        down.setMinimumSectionSize(row_height)
