"""The dossiers of a hand-over file as a table: what taking them would do, then what it did."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.dossier.handover_views import HandoverDossier, HandoverOutcome, HandoverReport, HandoverResult
from desktop.dossier.money import format_vnd
from desktop.ui.kit.cells import Cell, Kind, cell_data

Index = QModelIndex | QPersistentModelIndex
HEADS = ("Mã", "Nội dung", "Số tiền (đ)", "Chữ ký", "Kết quả")
WIDTHS = (58, 0, 110, 92, 190)
WOULD = {
    HandoverOutcome.TAKE: ("Sẽ nhận để ký", "download", "blue"),
    HandoverOutcome.SIGN: ("Sẽ thêm chữ ký", "signature", "blue"),
    HandoverOutcome.SEALED: ("Sẽ đủ chữ ký", "package-check", "blue"),
    HandoverOutcome.ALREADY_DONE: ("Đã có ở máy này", "circle-check", "slate"),
    HandoverOutcome.CONFLICT: ("Hai máy khác nhau", "triangle-alert", "amber"),
    HandoverOutcome.REFUSED: ("Không nhận được", "circle-x", "red"),
    HandoverOutcome.OUT: ("Đã ghi ra tệp", "usb", "green"),
}
DID = WOULD | {
    HandoverOutcome.TAKE: ("Đã nhận để ký", "circle-check", "green"),
    HandoverOutcome.SIGN: ("Đã thêm chữ ký", "circle-check", "green"),
    HandoverOutcome.SEALED: ("Đủ chữ ký, chờ gửi", "package-check", "green"),
    HandoverOutcome.CONFLICT: ("Để nguyên, chưa nhận", "triangle-alert", "amber"),
}


class HandoverModel(QAbstractTableModel):
    """One dossier a row; `replace` holds those whose copy here a person gave up."""

    def __init__(self, dossiers: Sequence[HandoverDossier]) -> None:
        super().__init__()
        self.dossiers = list(dossiers)
        self.results: dict[str, HandoverResult] = {}
        self.replace: set[str] = set()

    def show_report(self, report: HandoverReport) -> None:
        """Show what became of each."""
        self.results = {result.local_id: result for result in report.results}
        if self.dossiers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.dossiers) - 1, len(HEADS) - 1))

    def to_take(self) -> list[HandoverDossier]:
        """Give the dossiers that taking the file would change something for."""
        takes = (HandoverOutcome.TAKE, HandoverOutcome.SIGN, HandoverOutcome.SEALED)
        return [item for item in self.dossiers if item.outcome in takes or item.local_id in self.replace]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of dossiers."""
        return 0 if parent.isValid() else len(self.dossiers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        item = self.dossiers[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return item.title
        result = self.results.get(item.local_id)
        words, icon, tint = DID[result.outcome] if result else WOULD[item.outcome]
        signed = f"{item.signed}/{len(item.steps)}" + (f", mới {item.new}" if item.new else "")
        cells = (
            Cell(text=item.number, weight=600),
            Cell(text=item.title),
            Cell(Kind.MONEY, format_vnd(item.amount)),
            Cell(text=signed),
            Cell(Kind.STATE, words, icon=icon, tint=tint, weight=500),
        )
        return cell_data(cells[index.column()], role)
