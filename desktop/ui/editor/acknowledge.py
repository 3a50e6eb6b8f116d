"""Warnings do not stop a dossier, but somebody must have seen them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

SHOWN = 6


class Question(QMessageBox):
    """Asks once whether to go on in spite of warnings."""

    def __init__(self, parent: QWidget, warnings: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Nên kiểm tra trước khi trình ký")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText("\n\n".join(warnings[:SHOWN]))
        if len(warnings) > SHOWN:
            self.setInformativeText(f"Còn {len(warnings) - SHOWN} chỗ nên kiểm tra nữa.")
        self._go = self.addButton("Đã xem, trình ký", QMessageBox.ButtonRole.AcceptRole)
        self.addButton("Quay lại sửa", QMessageBox.ButtonRole.RejectRole)

    def agreed(self) -> bool:
        """Wait for the answer; the caller keeps it in the dossier's history."""
        self.exec()
        return self.clickedButton() is self._go
