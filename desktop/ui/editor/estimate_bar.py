"""The strip under the form: what is left of the estimate, less this dossier."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from desktop.dossier.views import EstimateView
from desktop.ui.kit.basic import ElidedLabel, label, picture, row, set_picture
from desktop.ui.kit.signs import Badge
from desktop.ui.theme import RIGHT, px, set_state, tokens
from desktop.ui.wording import clock, dong


class EstimateBar(QFrame):
    """Says left − this = rest, and whether it is enough."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.setFixedHeight(px(38))
        box = row(self, (12, 0, 12, 0), 8)
        self._icon = picture("scale", tokens().tint("green").ink, 17)
        self._left, self._this, self._rest = label("", "strong"), label(""), label("", "equals")
        self._badge = Badge()
        self._held = ElidedLabel("", "caption")
        self._held.setAlignment(RIGHT)
        for widget in (self._icon, self._left, self._this, self._rest, self._badge):
            box.addWidget(widget)
        box.addWidget(self._held, 1)

    def show_estimate(self, estimate: EstimateView | None, amount: int) -> None:
        """Show the estimate line this dossier draws on; None hides the sum and says why."""
        known = estimate is not None
        for widget in (self._rest, self._badge):
            widget.setVisible(known)
        self._held.setText("")
        if estimate is None:
            set_picture(self._icon, "scale", tokens().muted, 17)
            self._left.setText(f"Hồ sơ này {dong(amount)}." if amount else "Hồ sơ này không rút thêm tiền.")
            why = "Ghi đủ tài khoản, nguồn và mã ngành để so với dự toán." if amount else ""
            self._this.setText(why)
            return
        rest = estimate.left - amount
        tint = "green" if rest >= 0 else "red"
        set_picture(self._icon, "scale", tokens().tint(tint).ink, 17)
        self._left.setText(f"Nguồn {estimate.source}, khoản {estimate.sector}: còn {dong(estimate.left)}")
        self._this.setText(f"−  hồ sơ này {dong(amount)}  =")
        self._rest.setText(dong(rest))
        set_state(self._rest, "tint", tint)
        self._badge.show_state(
            *(("Đủ dự toán", "check", "green") if rest >= 0 else ("Vượt dự toán", "triangle-alert", "red"))
        )
        confirmed = f", kho bạc xác nhận lúc {clock(estimate.confirmed_at)}" if estimate.confirmed_at else ""
        self._held.setText(f"Số còn lại đã trừ {dong(estimate.held)} đang chờ{confirmed}")
