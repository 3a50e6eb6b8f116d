"""The files that travel with a dossier: add, look at, take out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.dossier.document import Attachment
from desktop.ui.context import Context
from desktop.ui.editor.draft import Draft
from desktop.ui.kit.basic import ElidedLabel, button, clear, column, icon_button, label, picture, row, rule
from desktop.ui.theme import tokens
from desktop.ui.wording import size

KINDS = "Tệp đính kèm (*.pdf *.jpg *.jpeg *.png *.docx *.xml)"


class Attachments(QWidget):
    """Lists a draft's files; `look` shows one beside the list."""

    def __init__(self, context: Context, draft: Draft, look: Callable[[Attachment], None]) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._context, self._draft, self._look = context, draft, look
        outer = column(self, (14, 10, 14, 12), 8)
        top = row(gap=10)
        self._head = label("", "h2")
        top.addWidget(self._head)
        top.addStretch(1)
        self._add = button("Thêm tệp", "paperclip", "", self.ask)
        top.addWidget(self._add)
        outer.addLayout(top)
        self._add.setVisible(draft.editable)
        outer.addWidget(label("PDF, ảnh hoặc Word, mỗi tệp không quá 10 MB. Tệp được mã hóa ngay khi thêm.", "caption"))
        outer.addWidget(rule())
        self._list = column(gap=4)
        outer.addLayout(self._list)
        outer.addStretch(1)
        self._shown: tuple[Attachment, ...] | None = None
        self.sync()

    def sync(self) -> None:
        """Show the draft's files again."""
        files = self._draft.dossier.attachments
        if files == self._shown:
            return
        self._shown = files
        self._head.setText(f"Tệp đính kèm ({len(files)})")
        clear(self._list)
        for file in files:
            line = row(gap=8)
            line.addWidget(picture("image" if file.media_type.startswith("image/") else "file-text", tokens().muted))
            line.addWidget(ElidedLabel(file.name, "medium"), 1)
            line.addWidget(label(size(file.size), "caption"))
            line.addWidget(icon_button("eye", f"Xem {file.name}", partial(self._look, file)))
            if self._draft.editable:
                line.addWidget(icon_button("x", f"Bỏ {file.name}", partial(self._draft.drop_attachment, file.sha256)))
            self._list.addLayout(line)
        if not files:
            self._list.addWidget(label("Chưa có tệp nào.", "muted"))

    def ask(self) -> None:
        """Ask for files and add them."""
        names, _ = QFileDialog.getOpenFileNames(self, "Chọn tệp đính kèm", "", KINDS)
        for name in names:
            self.add(Path(name))

    def add(self, path: Path) -> None:
        """Take one file into the store and into the draft."""
        desk = self._context.services.desk
        self._context.workers.paper.submit(
            self,
            lambda: desk.attach(path),
            self._draft.add_attachment,
            lambda e: self._context.bus.failed.emit(e.message),
        )
