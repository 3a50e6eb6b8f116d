"""The top of the list's tab: its name, where rows come from and go to, and how the last file was read."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.dossier.forms import Form
from desktop.ui.editor.arrange import short_title
from desktop.ui.kit.basic import ElidedLabel, button, column, keycap, label, picture, row
from desktop.ui.theme import tokens


class ListBar(QWidget):
    """Buttons and captions; the view gives them their work."""

    def __init__(self, form: Form, editable: bool) -> None:
        super().__init__()
        box = column(self, gap=4)
        top = row(gap=8)
        top.addWidget(ElidedLabel(short_title(form), "h2"), 1)
        self._number = label(f"Mẫu số {form.number}", "caption")
        self.choose = button("Nhập từ Excel", "folder-open", "small")
        self.paste = button("Dán", "clipboard-paste", "small")
        self._keys = keycap("Ctrl+V")
        self.export = button("Xuất Excel", "download", "small")
        for widget in (self._number, self.choose, self.paste, self._keys, self.export):
            top.addWidget(widget)
        box.addLayout(top)
        box.addLayout(self._line("Sửa phần đầu" if editable else "Xem phần đầu"))
        box.addWidget(self._news())
        for widget in (self.choose, self.paste, self._keys):
            widget.setVisible(editable)

    def _line(self, unfold: str) -> QHBoxLayout:
        line = row(gap=6)
        self._summary = ElidedLabel("", "muted")
        self.unfold = button(unfold, "square-pen", "link")
        line.addWidget(self._summary, 1)
        line.addWidget(self.unfold)
        return line

    def _news(self) -> QWidget:
        self._import = QWidget()
        line = row(self._import, gap=6)
        line.addWidget(picture("circle-check", tokens().tint("green").ink))
        self._words = ElidedLabel("", "caption")
        self.remap = button("Đổi cách ghép cột", "table", "link")
        line.addWidget(self._words, 1)
        line.addWidget(self.remap)
        self._import.setVisible(False)
        return self._import

    def show_summary(self, words: str) -> None:
        """Show the blanks above the list in one line."""
        self._summary.setText(words)

    def show_import(self, words: str, *, remembered: bool) -> None:
        """Say what was read and by which mapping."""
        how = "Dùng cách ghép cột lần trước." if remembered else "Cột ghép theo tiêu đề, lần sau dùng lại."
        self._words.setText(f"{words} {how}")
        self._import.setVisible(True)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what a narrow window has no room for."""
        self._number.setVisible(not narrow)
        self._keys.setVisible(not narrow and not self.paste.isHidden())
