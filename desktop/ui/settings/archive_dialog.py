"""Asks before a year is put away or brought back, and says what will happen and what stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.ui.background import Worker
from desktop.ui.kit.basic import label
from desktop.ui.settings.ask_dialog import AskDialog

PUTS_AWAY = (
    "Máy chuyển {count} hồ sơ đã xong của năm {year} sang một tệp riêng, chỉ đọc, mã hóa như dữ liệu.",
    "Số dư, lịch sử chi và nhật ký giữ nguyên. Hồ sơ vẫn tìm thấy và xem được ở phần này.",
    "Bản sao lưu mang theo cả tệp đó.",
    "Muốn sửa lại từ một hồ sơ cũ thì mang cả năm về, lúc nào cũng được.",
)
TAKES_OUT = (
    "{count} hồ sơ năm {year} trở lại danh sách như trước khi cất; tệp riêng của năm đó được xóa đi.",
    "Số dư và nhật ký không đổi. Sau đó có thể cất lại.",
)


class YearDialog(AskDialog):
    """`did` says that the person wants it; the section does the work, which may take a while."""

    def __init__(self, worker: Worker, title: str, go: tuple[str, str], words: Sequence[str], parent: QWidget) -> None:
        super().__init__(worker, title, go, parent, (540, 300))
        for sentence in words:
            self.body.addWidget(label(sentence, wrap=True))
        self.body.addStretch(1)

    def question(self) -> Callable[[], object]:
        """Nothing is left to find out."""
        return lambda: None


def put_away_dialog(worker: Worker, year: int, count: int, parent: QWidget) -> YearDialog:
    """Ask before a year is put away."""
    words = [sentence.format(year=year, count=count) for sentence in PUTS_AWAY]
    return YearDialog(worker, f"Cất năm {year} vào kho lưu", (f"Cất {count} hồ sơ", "package"), words, parent)


def take_out_dialog(worker: Worker, year: int, count: int, parent: QWidget) -> YearDialog:
    """Ask before a year comes back."""
    words = [sentence.format(year=year, count=count) for sentence in TAKES_OUT]
    return YearDialog(worker, f"Mang năm {year} về", (f"Mang về {count} hồ sơ", "undo-2"), words, parent)
