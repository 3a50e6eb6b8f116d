"""Asks before a person or a delegation ends, and says what stays good."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.background import Worker
from desktop.ui.kit.basic import label
from desktop.ui.settings.ask_dialog import AskDialog

LONGEST = 200


class EndDialog(AskDialog):
    """`end` is called with the reason, which may be empty."""

    def __init__(self, worker: Worker, title: str, stays: str, end: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(worker, title, ("Kết thúc", "ban"), parent, (520, 260))
        self._end = end
        self.body.addWidget(label(stays, wrap=True))
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST)
        self.reason.setPlaceholderText("ví dụ: nghỉ hưu, Quyết định 15/QĐ-UBND")
        self.reason.setAccessibleName("Lý do")
        self.reason.returnPressed.connect(self.submit)
        self.form().addRow(label("Lý do", "medium"), self.reason)
        self.body.addStretch(1)

    def question(self) -> Callable[[], object]:
        """End it with the reason written."""
        reason = self.reason.text().strip()
        return lambda: self._end(reason)
