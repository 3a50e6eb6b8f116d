"""«Khác tháng trước»: every difference from the dossier this one was made from, before anybody signs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableView, QWidget

from desktop.dossier.differences import Difference
from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.kit.signs import Banner
from desktop.ui.theme import fit, font, px

HEADERS = ("Chỗ khác", "Tháng trước", "Lần này")
TWO_LINES = 40
"""Design pixels; measuring each row would make a thousand of them slow."""
KINDS = {"added": "Thêm: ", "removed": "Bỏ: ", "changed": ""}


class DifferencesDialog(QDialog):
    """Lists every difference; with `asks` it waits for «Đã xem, trình ký»."""

    def __init__(self, parent: QWidget, found: Sequence[Difference], *, asks: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle("Khác tháng trước")
        fit(self, 900, 560)
        weighty = sum(item.weighty for item in found)
        box = column(self, (16, 14, 16, 14), 10)
        box.addWidget(label(f"Khác tháng trước: {len(found)} chỗ", "h1"))
        if weighty:
            words = f"{weighty} chỗ về người nhận, tài khoản hoặc số tiền, in đậm ở đầu bảng."
            box.addWidget(Banner("amber", "triangle-alert", words, "Xem từng chỗ trước khi ký."))
        self.table = _table(found)
        box.addWidget(self.table, 1)
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(button("Quay lại sửa" if asks else "Đóng", run=self.reject))
        self.go = button("Đã xem, trình ký", "check", "primary", self.accept)
        self.go.setVisible(asks)
        foot.addWidget(self.go)
        box.addLayout(foot)
        (self.go if asks else self.table).setFocus()

    def agreed(self) -> bool:
        """Wait for the answer."""
        return self.exec() == QDialog.DialogCode.Accepted


def _table(found: Sequence[Difference]) -> QTableView:
    model = QStandardItemModel(len(found), len(HEADERS))
    model.setHorizontalHeaderLabels(HEADERS)
    for place, item in enumerate(found):
        for at, words in enumerate((KINDS[item.kind] + item.place, item.before or "—", item.after or "—")):
            cell = QStandardItem(words)
            cell.setFont(font(10, 600 if item.weighty else 400))
            cell.setToolTip(words)
            cell.setEditable(False)
            model.setItem(place, at, cell)
    table = QTableView()
    table.setModel(model)
    model.setParent(table)
    table.setProperty("k", "grid")
    table.setAccessibleName("Những chỗ khác tháng trước")
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(px(TWO_LINES))
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for at in (1, 2):
        header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
        table.setColumnWidth(at, px(190))
    return table
