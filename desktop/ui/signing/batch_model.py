"""The batch as a table: what is ticked, and how far each dossier is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.dossier.money import format_vnd
from desktop.dossier.views import SignItem, SignProgress
from desktop.ui.kit.cells import Cell, Kind, cell_data
from desktop.ui.wording import clock

Index = QModelIndex | QPersistentModelIndex
HEADS = ("", "Mã", "Nội dung", "Số tiền (đ)", "Tài liệu", "Tiến độ ký")
WIDTHS = (34, 54, 0, 100, 66, 158)
STATES = {
    "waiting": ("Chờ ký", "circle", ""),
    "signing": ("Đang ký", "pen-line", "violet"),
    "signed": ("Đã ký", "circle-check", "green"),
    "failed": ("Chưa ký được", "circle-alert", "red"),
    "stopped": ("Dừng, chưa ký", "unplug", "amber"),
}


class BatchModel(QAbstractTableModel):
    """Dossiers of one signer. A signed one can no longer be unticked."""

    def __init__(self, items: Sequence[SignItem]) -> None:
        super().__init__()
        self.items = list(items)
        self._ticked = {item.local_id for item in items}
        self.progress = {item.local_id: SignProgress(item.local_id, "waiting") for item in items}

    def show(self, items: Sequence[SignItem]) -> None:
        """Show other dossiers, all ticked."""
        self.beginResetModel()
        self.items = list(items)
        self._ticked = {item.local_id for item in items}
        self.progress = {item.local_id: SignProgress(item.local_id, "waiting") for item in items}
        self.endResetModel()

    def chosen(self) -> list[SignItem]:
        """Give the ticked dossiers that are not signed yet, in list order."""
        return [item for item in self.items if item.local_id in self._ticked and not self._signed(item)]

    def signed_count(self) -> int:
        """Give how many are signed."""
        return sum(self._signed(item) for item in self.items)

    def _signed(self, item: SignItem) -> bool:
        return self.progress[item.local_id].state == "signed"

    def toggle(self, row: int) -> None:
        """Tick or untick one dossier that is not signed."""
        if not 0 <= row < len(self.items) or self._signed(self.items[row]):
            return
        self._ticked ^= {self.items[row].local_id}
        self._repaint(row)

    def show_progress(self, progress: SignProgress) -> int:
        """Show how far a dossier is; gives its row, -1 when it is not here."""
        for row, item in enumerate(self.items):
            if item.local_id == progress.local_id:
                self.progress[item.local_id] = progress
                if progress.state == "signed":
                    self.items[row] = _with_signature(item, progress.at)
                self._repaint(row)
                return row
        return -1

    def interrupt(self) -> None:
        """Mark the dossier that was being signed as stopped: nothing half-signed is kept."""
        for item in self.items:
            if self.progress[item.local_id].state == "signing":
                self.show_progress(SignProgress(item.local_id, "stopped"))

    def _repaint(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of dossiers."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (3, 4):
            return (
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                if section == 3
                else Qt.AlignmentFlag.AlignCenter
            )
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.progress[item.local_id].message or item.title
        return cell_data(self._cell(item, index.column()), role)

    def _cell(self, item: SignItem, column: int) -> Cell:
        signed = self._signed(item)
        match column:
            case 0:
                return Cell(Kind.TICK, ticked=item.local_id in self._ticked, faded=signed)
            case 1:
                return Cell(text=item.number, weight=600)
            case 2:
                return Cell(text=item.title, faded=signed)
            case 3:
                return Cell(Kind.MONEY, format_vnd(item.amount), faded=signed)
            case 4:
                return Cell(text=str(len(item.documents)), centred=True, faded=signed)
            case _:
                return _state_cell(self.progress[item.local_id])


def _state_cell(progress: SignProgress) -> Cell:
    words, icon, tint = STATES[progress.state]
    text = f"{words} {clock(progress.at, seconds=True)}" if progress.state == "signed" and progress.at else words
    return Cell(Kind.STATE, text, icon=icon, tint=tint, weight=500 if tint else 400, faded=not tint)


def _with_signature(item: SignItem, at: str) -> SignItem:
    """Turn the step whose turn it was into a signed one."""
    steps = tuple(step._replace(state="signed", when=at) if step.state == "turn" else step for step in item.steps)
    return replace(item, steps=steps)
