"""The list of files that were imported: what became of each, as it happens."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.dossier.import_views import OUTCOMES, ImportReport, Outcome
from desktop.dossier.money import format_vnd
from desktop.ui.kit.cells import Cell, Kind, cell_data
from desktop.ui.theme import LEFT, RIGHT

Index = QModelIndex | QPersistentModelIndex
HEADS = ("Kết quả", "Tệp", "Mẫu", "Số chứng từ", "Số tiền (đ)", "Điều cần biết")
WIDTHS = (128, 190, 60, 100, 112, 0)
AMOUNT = 4
SIGNS: dict[Outcome, tuple[str, str]] = {
    "ok": ("check", "green"),
    "warnings": ("triangle-alert", "amber"),
    "duplicate": ("copy", "slate"),
    "rows": ("info", "blue"),
    "refused": ("circle-alert", "red"),
}


class ReportModel(QAbstractTableModel):
    """One row a file, in the order they were read."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[ImportReport] = []

    def add(self, report: ImportReport) -> None:
        """Show one file more."""
        here = len(self.reports)
        self.beginInsertRows(QModelIndex(), here, here)
        self.reports.append(report)
        self.endInsertRows()

    def report_at(self, row: int) -> ImportReport | None:
        """Give the file of a row, None beside the list."""
        return self.reports[row] if 0 <= row < len(self.reports) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of files read."""
        return 0 if parent.isValid() else len(self.reports)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section == AMOUNT else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell; the tooltip says everything about the file."""
        report = self.reports[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return details(report)
        icon, tint = SIGNS[report.outcome]
        cells = (
            Cell(Kind.STATE, OUTCOMES[report.outcome], icon=icon, tint=tint, weight=600),
            Cell(text=report.path.name),
            Cell(text=report.form, faded=True),
            Cell(text=report.number),
            Cell(Kind.MONEY, format_vnd(report.total) if report.form else ""),
            Cell(text=" ".join((report.message, *report.differences))),
        )
        return cell_data(cells[index.column()], role)


def details(report: ImportReport) -> str:
    """Say all that is known of one file, a line each."""
    missing = (f"Còn thiếu {len(report.missing)} ô; mở hồ sơ rồi nhấn F8 để đi từng ô.",) if report.missing else ()
    return "\n".join((report.message, *report.differences, *missing))
