"""Chooses who gives time-stamps and after how many days people are warned."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from desktop.dossier.trust_views import TrustView
from desktop.ui.background import Worker
from desktop.ui.kit.basic import column, label
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.services import TrustService
from desktop.ui.theme import px

GATEWAY = "gateway"
MEANS = "Dấu thời gian do nơi khác cấp chứng minh chữ ký có trước khi chứng thư hết hạn hay bị thu hồi."


class EvidenceDialog(AskDialog):
    """Both settings at once."""

    def __init__(self, worker: Worker, service: TrustService, view: TrustView, parent: QWidget) -> None:
        super().__init__(worker, "Dấu thời gian và cảnh báo", ("Ghi lựa chọn", "save"), parent, (560, 350))
        self._service = service
        self.body.addWidget(label(MEANS, wrap=True))
        self.gateway, self.other = QRadioButton("Cổng Kho bạc"), QRadioButton("Nơi cấp khác, theo địa chỉ")
        self.nobody = QRadioButton("Không xin dấu thời gian")
        self._group = QButtonGroup(self)
        ways = column(gap=2)
        for way in (self.gateway, self.other, self.nobody):
            self._group.addButton(way)
            ways.addWidget(way)
        self.address = QLineEdit(view.tsa_url if view.tsa_url not in ("", GATEWAY) else "")
        self.address.setAccessibleName("Địa chỉ nơi cấp dấu thời gian")
        self.address.setPlaceholderText("https://…")
        self.address.textEdited.connect(lambda _text: self.other.setChecked(True))
        ways.addWidget(self.address)
        self.days = QLineEdit(str(view.warning_days))
        self.days.setMaximumWidth(px(90))
        self.days.setAccessibleName("Cảnh báo sau số ngày")
        self.days.setAccessibleDescription("từ 1 đến 3650")
        form = self.form()
        form.addRow(label("Nơi cấp dấu thời gian", "medium"), ways)
        form.addRow(label("Cảnh báo sau (ngày)", "medium"), self.days)
        chosen = self.nobody if not view.tsa_url else self.gateway if view.tsa_url == GATEWAY else self.other
        chosen.setChecked(True)
        self.body.addStretch(1)

    def question(self) -> Callable[[], object] | None:
        """Write both settings; what is wrong is said and can be put right."""
        url = GATEWAY if self.gateway.isChecked() else self.address.text().strip() if self.other.isChecked() else ""
        if self.other.isChecked() and not url:
            self.tell("Chưa có địa chỉ nơi cấp dấu thời gian. Ghi địa chỉ dạng https://…, hoặc chọn cổng Kho bạc.")
            self.address.setFocus()
            return None
        days, service = self.days.text().strip(), self._service

        def work() -> None:
            service.change("evidence_warning_days", days)
            service.change("tsa_url", url)

        return work
