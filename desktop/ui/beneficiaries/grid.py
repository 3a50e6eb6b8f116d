"""The grid of payees: as any grid of lines, as high as there is room, with rows that a filter hides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.beneficiaries.model import PayeeDelegate, PayeeModel
from desktop.ui.editor.grid_model import Spot
from desktop.ui.editor.grid_view import GridTable
from desktop.ui.editor.lookup import Chosen
from desktop.ui.theme import px


class PayeeGrid(GridTable):
    """Shows a PayeeModel."""

    def __init__(self, name: str, model: PayeeModel, look_up: Callable[[QWidget, QRect, Spot, Chosen], None]) -> None:
        super().__init__(name, model, look_up)
        self._hidden: set[int] = set()
        self.setItemDelegate(PayeeDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """Keep a few lines in sight on the smallest window."""
        return QSize(px(200), px(150))

    def show_rows(self, shown: set[int] | None) -> None:
        """Hide the lines that are not among `shown` (None shows all); the row for typing and the total stay."""
        count = len(self.grid.rows)
        hidden = set() if shown is None else set(range(count)) - shown
        for row in self._hidden - hidden:
            self.setRowHidden(row, False)
        for row in hidden - self._hidden:
            self.setRowHidden(row, True)
        self._hidden = hidden
