"""The queue as a table, in the order of sending."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.dossier.lifecycle import State
from desktop.dossier.views import QueueItem
from desktop.ui.kit.cells import Cell, Kind, cell_data
from desktop.ui.wording import dong, size

Index = QModelIndex | QPersistentModelIndex
HEADS = ("", "Hồ sơ, theo thứ tự gửi", "Ưu tiên", "Cỡ", "Tiến độ", "Tình trạng")
WIDTHS = (34, 0, 80, 68, 124, 226)


class QueueModel(QAbstractTableModel):
    """Packages on their way and just arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[QueueItem, ...] = ()

    def show(self, items: tuple[QueueItem, ...]) -> None:
        """Show the queue again; rows only move when packages come or go."""
        if items == self.items:
            return
        if [item.package_id for item in items] == [item.package_id for item in self.items]:
            self.items = items
            self.dataChanged.emit(self.index(0, 0), self.index(len(items) - 1, len(HEADS) - 1))
            return
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of packages."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 3:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{item.title}\nMã gói {item.package_id}" if index.column() == 1 else item.note
        return cell_data(_cell(item, index.row(), index.column()), role)


def _cell(item: QueueItem, place: int, column: int) -> Cell:
    match column:
        case 0:
            return Cell(text=str(place + 1), centred=True, faded=True, weight=600)
        case 1:
            return Cell(text=item.title, second=f"{item.number}, {dong(item.amount)}")
        case 2 if item.urgent:
            return Cell(Kind.BADGE, item.priority_label, icon="chevrons-up", tint="slate")
        case 2:
            return Cell(text=item.priority_label, faded=True)
        case 3:
            return Cell(text=size(item.size), right=True)
        case 4:
            return Cell(Kind.PROGRESS, share=share(item), tint=_bar_tint(item))
        case _:
            return _state(item)


def share(item: QueueItem) -> float:
    """Give how much of a package the gateway has confirmed, 0..1."""
    return min(1.0, item.sent / item.size) if item.size else 0.0


def _bar_tint(item: QueueItem) -> str:
    if item.paused:
        return "amber"
    return "green" if share(item) >= 1 else "blue"


def _state(item: QueueItem) -> Cell:
    status = item.status
    if item.paused:
        return Cell(Kind.STATE, "Bạn tạm dừng gói này", item.note, icon="pause", tint="amber")
    if status.state is State.SEALED:
        return Cell(Kind.STATE, "Chờ đến lượt", item.note, icon="clock")
    if status.state is State.SENDING:
        return Cell(
            Kind.STATE, f"Đang gửi {size(item.sent)} / {size(item.size)}", item.note, icon="upload", tint="blue"
        )
    return Cell(Kind.STATE, status.label, item.note or status.detail, icon=status.icon, tint=status.colour)
