"""The batch as a table: what is ticked, whose payees somebody stood for, and how far each dossier is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.dossier.money import format_vnd
from desktop.dossier.sign_views import PayeeNews, SignItem, SignProgress
from desktop.ui.kit.cells import Cell, Kind, cell_data
from desktop.ui.wording import clock

Index = QModelIndex | QPersistentModelIndex
HEADS = ("", "Mã", "Nội dung", "Số tiền (đ)", "Người nhận", "Tài liệu", "Tiến độ ký")
WIDTHS = (34, 54, 0, 104, 82, 66, 176)
MONEY, PAYEES, FILES, STATE = 3, 4, 5, 6
STATES = {
    "waiting": ("Chờ ký", "circle", ""),
    "signing": ("Đang ký", "pen-line", "violet"),
    "signed": ("Đã ký", "circle-check", "green"),
    "failed": ("Chưa ký được", "circle-alert", "red"),
    "stopped": ("Dừng, chưa ký", "unplug", "amber"),
}


class BatchModel(QAbstractTableModel):
    """Dossiers of one signer. A signed one can no longer be unticked."""

    def __init__(self, items: Sequence[SignItem] = ()) -> None:
        super().__init__()
        self._stood: dict[str, set[str]] = {}
        self._untick: set[str] = set()
        self.away: Mapping[str, str] = {}
        self._fill(items)

    def _fill(self, items: Sequence[SignItem]) -> None:
        self.items = list(items)
        self._row = {item.local_id: place for place, item in enumerate(items)}
        self.progress = {item.local_id: SignProgress(item.local_id, "waiting") for item in items}

    def show(self, items: Sequence[SignItem], away: Mapping[str, str] | None = None) -> None:
        """Show other dossiers; what was unticked and stood for before stays so.

        `away` says in words of which of them another machine has the turn: those are not signed here.
        """
        self.beginResetModel()
        self.away = away or {}
        self._fill(items)
        self.endResetModel()

    def untick(self, local_ids: Collection[str]) -> None:
        """Leave these out."""
        self._untick |= set(local_ids)
        self._repaint_all()

    def ticked(self, item: SignItem) -> bool:
        """Tell whether a dossier is ticked."""
        return item.local_id not in self._untick and item.local_id not in self.away

    def unticked(self) -> set[str]:
        """Give the dossiers that are left out."""
        return {item.local_id for item in self.items if not self.ticked(item)}

    def marked(self) -> list[SignItem]:
        """Give the ticked dossiers that are not signed yet, in list order."""
        return [item for item in self.items if self.ticked(item) and not self._signed(item)]

    def chosen(self) -> list[SignItem]:
        """Give those of them that can be signed: nobody has to stand for a payee any more."""
        return [item for item in self.marked() if not self.open_news(item)]

    def held(self) -> list[SignItem]:
        """Give those of them that wait for somebody to stand for their payees."""
        return [item for item in self.marked() if self.open_news(item)]

    def signed_count(self) -> int:
        """Give how many are signed."""
        return sum(self._signed(item) for item in self.items)

    def _signed(self, item: SignItem) -> bool:
        return self.progress[item.local_id].state == "signed"

    def open_news(self, item: SignItem) -> list[PayeeNews]:
        """Give the payees of a dossier that this signer must still stand for."""
        if not item.must_acknowledge:
            return []
        return [news for news in item.news if news.key not in self._stood.get(item.local_id, ())]

    def stood_for(self, local_id: str) -> frozenset[str]:
        """Give the keys of the payees of a dossier that were stood for here."""
        return frozenset(self._stood.get(local_id, ()))

    def stand(self, local_id: str, keys: Collection[str], stands: bool = True) -> None:
        """Stand for payees of a dossier, or no longer."""
        held = self._stood.setdefault(local_id, set())
        if stands:
            held |= set(keys)
        else:
            held -= set(keys)
        self._repaint(self._row.get(local_id, -1))

    def toggle(self, row: int) -> None:
        """Tick or untick one dossier that is not signed."""
        if not 0 <= row < len(self.items) or self._signed(self.items[row]) or self.items[row].local_id in self.away:
            return
        self._untick ^= {self.items[row].local_id}
        self._repaint(row)

    def row_of(self, local_id: str) -> int:
        """Give the row of a dossier, -1 when it is not here."""
        return self._row.get(local_id, -1)

    def show_progress(self, progress: SignProgress) -> int:
        """Show how far a dossier is; gives its row, -1 when it is not here."""
        row = self.row_of(progress.local_id)
        if row >= 0:
            self.progress[progress.local_id] = progress
            if progress.state == "signed":
                self.items[row] = _with_signature(self.items[row], progress.at)
            self._repaint(row)
        return row

    def interrupt(self) -> None:
        """Mark the dossier that was being signed as stopped: nothing half-signed is kept."""
        for item in self.items:
            if self.progress[item.local_id].state == "signing":
                self.show_progress(SignProgress(item.local_id, "stopped"))

    def at_work(self) -> SignItem | None:
        """Give the dossier that is being signed, or was when the batch broke off."""
        return next((i for i in self.items if self.progress[i.local_id].state in ("signing", "stopped")), None)

    def _repaint(self, row: int) -> None:
        if row >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADS) - 1))

    def _repaint_all(self) -> None:
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, len(HEADS) - 1))

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
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (MONEY, PAYEES, FILES):
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            return right if section == MONEY else Qt.AlignmentFlag.AlignCenter
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.away.get(item.local_id) or self.progress[item.local_id].message or item.title
        return cell_data(self._cell(item, index.column()), role)

    def _cell(self, item: SignItem, column: int) -> Cell:
        away = item.local_id in self.away
        signed = self._signed(item) or away
        match column:
            case 0:
                return Cell(Kind.TICK, ticked=None if away else self.ticked(item), faded=signed)
            case 1:
                return Cell(text=item.number, weight=600)
            case 2:
                return Cell(text=f"Ở máy khác: {item.title}" if away else _title(item), faded=signed)
            case 3:
                return Cell(Kind.MONEY, format_vnd(item.amount), faded=signed)
            case 4:
                return Cell(text=str(item.payee_count or "–"), centred=True, faded=signed)
            case 5:
                return Cell(text=str(len(item.documents)), centred=True, faded=signed)
            case _:
                return _state_cell(self.progress[item.local_id], len(self.open_news(item)))


def _title(item: SignItem) -> str:
    return f"Từ {item.came_from}: {item.title}" if item.came_from else item.title


def _state_cell(progress: SignProgress, unknown: int) -> Cell:
    if unknown and progress.state in ("waiting", "failed"):
        return Cell(Kind.STATE, f"Xác nhận {unknown} người", icon="users", tint="amber", weight=500)
    words, icon, tint = STATES[progress.state]
    text = f"{words} {clock(progress.at, seconds=True)}" if progress.state == "signed" and progress.at else words
    return Cell(Kind.STATE, text, icon=icon, tint=tint, weight=500 if tint else 400, faded=not tint)


def _with_signature(item: SignItem, at: str) -> SignItem:
    """Turn the step whose turn it was into a signed one."""
    steps = tuple(step._replace(state="signed", when=at) if step.state == "turn" else step for step in item.steps)
    return replace(item, steps=steps)
