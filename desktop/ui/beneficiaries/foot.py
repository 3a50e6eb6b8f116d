"""The strip under a list: what keeps it from being signed, and one button for all that a machine can mend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from desktop.dossier.list_views import ListSums
from desktop.dossier.payee_repairs import Repair
from desktop.ui.kit.basic import ElidedLabel, button, label, picture, row, set_picture
from desktop.ui.theme import px, set_state, tokens

BLOCKED = "Chưa trình ký được:"
KEPT = "Bản nháp vẫn được lưu."
MOST_TOLD = 12
"""Repairs named in the tooltip; the rest are counted."""


class ListFoot(QFrame):
    """Stands in place of the estimate while `needed`; `all` mends everything at once."""

    def __init__(self) -> None:
        super().__init__()
        self.needed = False
        self.setProperty("k", "card")
        self.setFixedHeight(px(38))
        self.setVisible(False)
        box = row(self, (12, 0, 8, 0), 8)
        self._icon = picture("circle-x", tokens().tint("red").ink, 17)
        self._lead, self._why = label("", "strong"), ElidedLabel("", "")
        self.all = button("", "square-pen", "small")
        box.addWidget(self._icon)
        box.addWidget(self._lead)
        box.addWidget(self._why, 1)
        box.addWidget(self.all)

    def show_state(self, voucher: str, sums: ListSums, errors: int, repairs: Sequence[Repair]) -> None:
        """Show how a list stands; `voucher` names the form it must agree with, `repairs` are the machine's."""
        lead, why, tint = _words(voucher, sums, errors, bool(repairs))
        self.needed = bool(why)
        set_picture(self._icon, "circle-x" if tint == "red" else "info", tokens().tint(tint).ink, 17)
        self._lead.setText(lead)
        set_state(self._lead, "tint", tint)
        self._why.setText(why)
        self.all.setVisible(bool(repairs))
        self.all.setText(f"Sửa {len(repairs)} chỗ máy sửa được")
        self.all.setAccessibleName(self.all.text())
        told = [f"Dòng {(each.row or 0) + 1}: {each.shown}" for each in repairs[:MOST_TOLD]]
        more = [f"và {len(repairs) - MOST_TOLD} chỗ nữa"] if len(repairs) > MOST_TOLD else []
        self.all.setToolTip("\n".join([*told, *more]))
        self.all.setAccessibleDescription("; ".join([*told, *more]))


def _words(voucher: str, sums: ListSums, errors: int, mends: bool) -> tuple[str, str, str]:
    """Say what keeps the list from being signed, if anything does: the lead, the reason, the tint."""
    if sums.difference and sums.binding:
        return BLOCKED, f"danh sách phải bằng {voucher}. {KEPT}", "red"
    if errors and mends:
        return BLOCKED, f"danh sách còn {errors} lỗi. {KEPT}", "red"
    if mends:
        return "Nên xem lại:", "máy sửa được vài chỗ, chỉ vào nút để xem từng chỗ.", "blue"
    return "", "", "red"
