"""What stands in a list without rows: one line why, and at most one button; the heads of the list stay."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTableView, QWidget

from desktop.ui.kit.basic import button, column, label, set_button_icon


class Empty(QWidget):
    """Lies over a table's rows while there are none; `run` is what its button does."""

    def __init__(self, table: QTableView, run: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._table = table
        self.words = label("", "muted" if run is None else "")
        self.button = button("", "", "primary", run) if run is not None else None
        box = column(self, gap=10)
        box.addStretch(1)
        box.addWidget(self.words, 0, Qt.AlignmentFlag.AlignHCenter)
        if self.button is not None:
            box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)
        column(table.viewport()).addWidget(self)
        table.model().modelReset.connect(self.look)
        self.look()

    def say(self, words: str, offer: str = "", icon: str = "") -> None:
        """Change the line and what the button offers."""
        self.words.setText(words)
        if self.button is None:
            return
        self.button.setVisible(bool(offer))
        self.button.setText(offer)
        self.button.setAccessibleName(offer)
        if icon:
            set_button_icon(self.button, icon)
        else:
            self.button.setIcon(QIcon())

    def focus(self) -> None:
        """Go to the button, or to the table when there is none or nothing is missing."""
        offered = self.button is not None and not self.isHidden() and not self.button.isHidden()
        (self.button if self.button is not None and offered else self._table).setFocus()

    def look(self) -> None:
        """Show only while there are no rows."""
        self.setVisible(self._table.model().rowCount(QModelIndex()) == 0)
