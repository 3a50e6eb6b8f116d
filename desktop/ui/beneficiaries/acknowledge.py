"""Asks a person to stand by name for a payee whose account or name changed; nothing is ticked, the name is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.dossier.errors import VungXaError
from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.theme import px

ADVICE = "Gọi điện hoặc xem giấy tờ của người nhận trước khi xác nhận. Nhật ký ghi tên người xác nhận và giờ."


class NameDialog(QDialog):
    """Shows who is paid now and what was before; `stand` takes the typed name and may refuse it."""

    def __init__(self, now: str, before: str, user: str, stand: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Xác nhận đích danh")
        self._stand = stand
        box = column(self, (16, 14, 16, 14), 10)
        box.addWidget(label("Người nhận tiền khác lần trước", "h2", "red"))
        for words, kind in ((f"Lần này: {now}", "medium"), (before, "medium")):
            box.addWidget(label(words, kind, wrap=True))
        box.addWidget(label(ADVICE, "muted", wrap=True))
        line = row(gap=8)
        name = label(f"Gõ họ tên của bạn ({user})")
        self.name = QLineEdit()
        self.name.setAccessibleName(f"Họ tên người xác nhận, {user}")
        self.name.returnPressed.connect(self.confirm)
        name.setBuddy(self.name)
        line.addWidget(name)
        line.addWidget(self.name, 1)
        box.addLayout(line)
        self.problem = label("", "caption", "red", wrap=True)
        self.problem.setVisible(False)
        box.addWidget(self.problem)
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(button("Quay lại", run=self.reject))
        self.agree = button("Tôi xác nhận", "shield-check", "primary", self.confirm)
        foot.addWidget(self.agree)
        box.addLayout(foot)
        self.setMinimumWidth(px(480))

    def confirm(self) -> None:
        """Hand the typed name over; a refusal is shown and asks again."""
        try:
            self._stand(self.name.text())
        except VungXaError as error:
            self.problem.setText(error.message)
            self.problem.setVisible(True)
            self.name.setFocus()
        else:
            self.accept()
