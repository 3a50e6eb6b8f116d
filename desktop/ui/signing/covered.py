"""«Bạn đang ký gì»: exactly the bytes a signature will cover, and who signed before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from desktop.dossier.views import SignFile, SignItem, StepView
from desktop.ui.kit.basic import button, clear, column, keycap, label, picture, row, rule
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import Dot
from desktop.ui.theme import px, tokens
from desktop.ui.wording import dong, short_digest, stamp


class Covered(QFrame):
    """Shows one SignItem; `look` shows its pages."""

    def __init__(self, look: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.setFixedWidth(px(356))
        self.setAccessibleName("Bạn đang ký gì")
        self._look = look
        area, self._box = scrolled((12, 9, 12, 9), 6, "Bạn đang ký gì, cuộn bằng phím mũi tên")
        column(self, (1, 1, 1, 1)).addWidget(area)

    def show_item(self, item: SignItem | None) -> None:
        """Show one dossier."""
        clear(self._box)
        if item is None:
            self._box.addWidget(label("Không còn hồ sơ nào chờ ký.", "muted"))
            self._box.addStretch(1)
            return
        self._heading(item)
        self._box.addWidget(rule())
        for file in item.documents:
            self._file(file)
        self._box.addWidget(rule())
        for step in item.steps:
            self._step(step)
        self._box.addWidget(rule())
        note = row(gap=8)
        note.addWidget(picture("shield-check", tokens().muted, 15), 0, Qt.AlignmentFlag.AlignTop)
        words = (
            f"Chữ ký gắn với đúng {len(item.documents)} tài liệu trên. "
            "Sửa dù một chữ, chữ ký mất hiệu lực và hồ sơ quay về bước soạn."
        )
        note.addWidget(label(words, "caption", wrap=True), 1)
        self._box.addLayout(note)
        self._box.addStretch(1)

    def _heading(self, item: SignItem) -> None:
        top = row()
        top.addWidget(label("Bạn đang ký gì", "h2"))
        top.addStretch(1)
        top.addWidget(label(item.number, "strong", "slate"))
        self._box.addLayout(top)
        self._box.addWidget(label(item.title, "medium", wrap=True))
        line = row(gap=8)
        line.addWidget(label(dong(item.amount), "equals"))
        line.addStretch(1)
        line.addWidget(button("Xem đúng bản sẽ ký", "eye", "small", self._look))
        line.addWidget(keycap("F6"))
        self._box.addLayout(line)

    def _file(self, file: SignFile) -> None:
        line = row(gap=6)
        line.addWidget(picture("file-text", tokens().muted, 15), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=0)
        words.addWidget(label(file.title, "medium", wrap=True))
        under = row(gap=6)
        under.addWidget(label(f"PDF, {file.pages} trang" if file.pages else "", "caption"))
        under.addStretch(1)
        under.addWidget(label("SHA-256", "caption"))
        digest = label(short_digest(file.sha256), "captionstrong")
        digest.setToolTip(file.sha256)
        digest.setAccessibleName(f"SHA-256 {file.sha256}")
        under.addWidget(digest)
        words.addLayout(under)
        line.addLayout(words, 1)
        self._box.addLayout(line)

    def _step(self, step: StepView) -> None:
        line = row(gap=7)
        line.addWidget(Dot(step.state))
        mine = step.state == "turn"
        line.addWidget(label(step.title, "strong" if mine else ""))
        line.addStretch(1)
        words = "đến lượt bạn" if mine else f"{step.name}, {stamp(step.when)}" if step.when else step.name
        line.addWidget(label(words, "captionstrong" if mine else "caption", "violet" if mine else ""))
        self._box.addLayout(line)
