"""Warnings do not stop a dossier, but somebody must have seen them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

SHOWN = 6


def acknowledge(parent: QWidget, warnings: Sequence[str]) -> bool:
    """Ask once whether to go on in spite of warnings; the caller keeps the answer in the dossier's history."""
    box = QMessageBox(parent)
    box.setWindowTitle("Nên kiểm tra trước khi trình ký")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("\n\n".join(warnings[:SHOWN]))
    if len(warnings) > SHOWN:
        box.setInformativeText(f"Còn {len(warnings) - SHOWN} chỗ nên kiểm tra nữa.")
    go = box.addButton("Đã xem, trình ký", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Quay lại sửa", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is go
