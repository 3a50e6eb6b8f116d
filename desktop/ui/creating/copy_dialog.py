"""«Lập từ hồ sơ tháng trước»: which dossier, for which month, with or without its amounts and days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QWidget,
)

from desktop.dossier.copies import CopyOptions
from desktop.dossier.views import DossierRow, RowQuery
from desktop.ui.dossiers.search import SearchField
from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.services import DeskService
from desktop.ui.theme import fit, px
from desktop.ui.wording import dong

SHOWN = 100
MONTHS = ((1, "Tháng kế tiếp"), (0, "Cùng tháng"), (2, "Sau 2 tháng"), (3, "Quý kế tiếp"), (12, "Cùng kỳ năm sau"))


class CopyDialog(QDialog):
    """Asks which dossier to go by and how; `decided` tells its local_id and the CopyOptions."""

    decided = Signal(str, object)

    def __init__(self, desk: DeskService, parent: QWidget, local_id: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Lập từ hồ sơ tháng trước")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit(self, 720, 560)
        self._desk, self._rows = desk, list[DossierRow]()
        box = column(self, (16, 14, 16, 14), 10)
        box.addWidget(label("Lập từ hồ sơ tháng trước", "h1"))
        box.addWidget(
            label("Số chứng từ lấy số kế tiếp, kỳ trong nội dung dời theo tháng, danh sách giữ nguyên.", "muted")
        )
        self.search = SearchField("Tìm mã, nội dung, số tiền. Gõ không dấu cũng được", self._find)
        self.search.setMaximumWidth(2000)
        box.addWidget(self.search)
        self.list = QListWidget()
        self.list.setProperty("k", "plain")
        self.list.setAccessibleName("Hồ sơ để lập theo")
        self.list.itemActivated.connect(lambda _item: self.finish())
        box.addWidget(self.list, 1)
        box.addLayout(self._choices())
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(button("Đóng", run=self.reject))
        self.go = button("Lập hồ sơ", "copy", "primary", self.finish)
        foot.addWidget(self.go)
        box.addLayout(foot)
        self._find("")
        self._choose(local_id)
        self.list.setFocus()

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(18))
        grid.setVerticalSpacing(px(4))
        self.month = QComboBox()
        self.month.setAccessibleName("Kỳ của hồ sơ mới")
        for months, words in MONTHS:
            self.month.addItem(words, months)
        self.keep_amounts, self.clear_amounts = _pair("Giữ số tiền", "Xóa số tiền, nhập lại")
        self.shift_dates, self.clear_dates = _pair("Dời ngày hóa đơn theo kỳ", "Xóa ngày hóa đơn")
        rows = (
            ("Kỳ mới", (self.month,)),
            ("Số tiền", (self.keep_amounts, self.clear_amounts)),
            ("Ngày", (self.shift_dates, self.clear_dates)),
        )
        for line, (name, widgets) in enumerate(rows):
            grid.addWidget(label(name, "strong"), line, 0)
            for place, widget in enumerate(widgets, start=1):
                grid.addWidget(widget, line, place)
        for pair in rows[1:]:
            group = QButtonGroup(self)
            for widget in pair[1]:
                group.addButton(widget)
        grid.setColumnStretch(3, 1)
        return grid

    @property
    def options(self) -> CopyOptions:
        """What is carried over."""
        return CopyOptions(
            "carry" if self.keep_amounts.isChecked() else "clear",
            "move" if self.shift_dates.isChecked() else "clear",
            int(self.month.currentData()),
        )

    def _find(self, text: str) -> None:
        self._show(self._desk.rows(RowQuery(text=text, limit=SHOWN)))

    def _show(self, rows: Sequence[DossierRow]) -> None:
        self._rows = list(rows)
        self.list.clear()
        for item in self._rows:
            self.list.addItem(QListWidgetItem(f"{item.number}   {item.title}   {dong(item.amount)}"))
        self.list.setCurrentRow(0)
        self.go.setEnabled(bool(self._rows))

    def _choose(self, local_id: str) -> None:
        places = [place for place, item in enumerate(self._rows) if item.local_id == local_id]
        if places:
            self.list.setCurrentRow(places[0])

    def finish(self) -> None:
        """Close and tell what is chosen."""
        if self.local_id:
            self.accept()
            self.decided.emit(self.local_id, self.options)

    @property
    def local_id(self) -> str:
        """The dossier to copy."""
        place = self.list.currentRow()
        return self._rows[place].local_id if 0 <= place < len(self._rows) else ""


def _pair(first: str, second: str) -> tuple[QRadioButton, QRadioButton]:
    made = QRadioButton(first), QRadioButton(second)
    made[0].setChecked(True)
    return made
