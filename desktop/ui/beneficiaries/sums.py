"""What must agree: the voucher's total and what the list adds up to, and where the difference may come from."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel

from desktop.dossier.list_views import ListSums
from desktop.dossier.money import format_vnd
from desktop.ui.kit.basic import column, label, row
from desktop.ui.kit.signs import Badge
from desktop.ui.theme import set_state


def agreement(sums: ListSums) -> tuple[str, str, str]:
    """Say whether the sums agree: the words, icon and tint of a badge."""
    if sums.difference:
        return f"Lệch {format_vnd(abs(sums.difference))} đ", "circle-x", "red"
    return ("Chưa có chứng từ", "info", "slate") if sums.voucher is None else ("Khớp", "circle-check", "green")


class SumsCard(QFrame):
    """Two sums, their difference, and a hint."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        box = column(self, (14, 10, 14, 12), 6)
        top = row(gap=8)
        top.addWidget(label("Tổng phải khớp", "h2"))
        top.addStretch(1)
        self.badge = Badge("Khớp", "circle-check", "green")
        top.addWidget(self.badge)
        box.addLayout(top)
        self._lines: list[tuple[QLabel, QLabel]] = []
        for kind in ("medium", "medium", "number"):
            line = row(gap=8)
            name, amount = label("", "muted" if kind == "medium" else "medium"), label("", kind)
            line.addWidget(name)
            line.addStretch(1)
            line.addWidget(amount)
            self._lines.append((name, amount))
            box.addLayout(line)
        self._hint = label("", "caption", wrap=True)
        box.addWidget(self._hint)

    def show_sums(self, sums: ListSums, people: int) -> None:
        """Show sums in VND; `people` is how many lines this list has."""
        listed = f"Danh sách, {people} người" if sums.lists == 1 else f"{sums.lists} danh sách"
        voucher = "chưa có" if sums.voucher is None else format_vnd(sums.voucher)
        self._line(0, sums.voucher_title or "Chứng từ", voucher)
        self._line(1, listed, format_vnd(sums.listed))
        words = "Thiếu trong danh sách" if sums.difference > 0 else "Thừa trong danh sách"
        self._line(2, words, format_vnd(abs(sums.difference)), "red" if sums.difference else "")
        for widget in self._lines[2]:
            widget.setVisible(bool(sums.difference))
        self._hint.setText(sums.hint)
        self._hint.setVisible(bool(sums.hint))
        self.badge.show_state(*agreement(sums))

    def _line(self, place: int, words: str, amount: str, tint: str = "") -> None:
        for widget, text in zip(self._lines[place], (words, amount), strict=True):
            widget.setText(text)
            set_state(widget, "tint", tint)
