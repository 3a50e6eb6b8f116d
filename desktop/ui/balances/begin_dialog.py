"""Asks which table of reconciliation to make, and for which period; the draft then opens in the editor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.ui.background import Worker
from desktop.ui.balances.services import BookService
from desktop.ui.kit.basic import label
from desktop.ui.settings.ask_dialog import AskDialog


class Choice(NamedTuple):
    """A form and what its period is called; () for none."""

    form: str
    title: str
    periods: tuple[str, ...]


QUARTERS = tuple(f"Quý {number}" for number in ("I", "II", "III", "IV"))
MONTHS = tuple(f"Tháng {month}" for month in range(1, 13))
CHOICES = (
    Choice("M26", "Mẫu 26 · Đối chiếu dự toán", QUARTERS),
    Choice("M28", "Mẫu 28 · Đối chiếu tình hình sử dụng kinh phí", QUARTERS),
    Choice("M32", "Mẫu 32 · Xác nhận số dư tài khoản tiền gửi", MONTHS),
    Choice("M30", "Mẫu 30 · Số dư tài khoản tiền gửi được chuyển nguồn", ()),
    Choice("M31", "Mẫu 31 · Thực hiện dự toán được chuyển nguồn", ()),
)
"""The tables that can be filled from the book; forms 27 and 29 need orders of payment, which a unit does not keep."""
NOTE = (
    "Bảng được điền sẵn từ sổ đến hết kỳ theo công thức của mẫu, rồi mở ra để xem và trình ký. "
    "Mẫu 27 và 29 do cơ quan tài chính lập từ lệnh chi tiền."
)


class BeginDialog(AskDialog):
    """`local_id` is the draft once it is made."""

    def __init__(
        self,
        worker: Worker,
        service: BookService,
        year: int,
        today: dt.date,
        opens: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(worker, "Lập bảng đối chiếu", ("Lập bảng", "scale"), parent, (560, 340))
        self._service, self._year, self._today = service, year, today
        self.local_id = ""
        form = self.form()
        self.which, self.period = QComboBox(), QComboBox()
        for choice in CHOICES:
            self.which.addItem(choice.title, choice.form)
        self.which.currentIndexChanged.connect(lambda _place: self._offer_periods())
        self.which.setAccessibleName("Mẫu bảng đối chiếu")
        self.period.setAccessibleName("Kỳ đối chiếu")
        form.addRow("Mẫu", self.which)
        form.addRow("Kỳ", self.period)
        form.addRow("Năm", label(str(year), "medium"))
        self.body.addWidget(label(NOTE, "caption", wrap=True))
        self.body.addStretch(1)
        self.did.connect(lambda: opens(self.local_id))
        self._offer_periods()

    def _offer_periods(self) -> None:
        periods = CHOICES[self.which.currentIndex()].periods
        self.period.clear()
        self.period.addItems(periods or (f"Năm {self._year} chuyển sang {self._year + 1}",))
        self.period.setEnabled(bool(periods))
        if periods:
            self.period.setCurrentIndex(last_ended(len(periods), self._year, self._today))

    def question(self) -> Callable[[], object]:
        """Make the draft."""
        form = CHOICES[self.which.currentIndex()]
        period = self.period.currentIndex() + 1 if form.periods else 0

        def work() -> None:
            self.local_id = self._service.begin_reconciliation(form.form, self._year, period)

        return work


def last_ended(count: int, year: int, today: dt.date) -> int:
    """Give the place of the newest of `count` equal periods of a year that has ended by `today`, 0 when none has."""
    if today.year != year:
        return count - 1 if today.year > year else 0
    return max(0, (today.month - 1) * count // 12 - 1)
