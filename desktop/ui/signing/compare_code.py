"""«Mã đối chiếu»: eight digits that two people read to each other, large enough to read across a desk."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from desktop.ui.kit.basic import column, label, picture, row
from desktop.ui.theme import tokens

READ_ALOUD = "Đọc mã này với người ở máy kia, qua điện thoại cũng được. Hai mã giống nhau thì tệp đúng là tệp đã ghi."


class CompareCode(QFrame):
    """Shows the code, and what to do with it."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.setProperty("k", "card")
        box = row(self, (12, 8, 12, 8), 12)
        box.addWidget(picture("shield-check", tokens().tint("blue").ink, 20))
        left = column(gap=0)
        left.addWidget(label("Mã đối chiếu", "caption"))
        self.code = label(code, "key")
        left.addWidget(self.code)
        box.addLayout(left)
        box.addWidget(label(READ_ALOUD, "caption", wrap=True), 1)
        self.show_code(code)

    def show_code(self, code: str) -> None:
        """Show another code; "" hides the box."""
        self.code.setText(code)
        self.setAccessibleName(f"Mã đối chiếu {' '.join(code)}")
        self.setVisible(bool(code))
