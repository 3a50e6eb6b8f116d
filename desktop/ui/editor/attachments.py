"""What a dossier's case asks for, and the files that travel with it: add, look at, take out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.dossier.document import Attachment, Dossier
from desktop.dossier.procedures import is_component, label_of
from desktop.dossier.purposes import purposes
from desktop.ui.context import Context
from desktop.ui.creating.components import ComponentsPanel
from desktop.ui.creating.dialog import PurposeDialog
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.scan_buttons import ScanButtons
from desktop.ui.kit.basic import ElidedLabel, button, clear, column, icon_button, label, picture, row, rule
from desktop.ui.kit.scroll import scrolled
from desktop.ui.theme import tokens
from desktop.ui.wording import size

KINDS = "Tệp đính kèm (*.pdf *.jpg *.jpeg *.png *.docx *.xml)"


class Attachments(QWidget):
    """Lists a draft's files; `look` shows one beside the list."""

    def __init__(self, context: Context, draft: Draft, look: Callable[[Attachment], None]) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._context, self._draft, self._look = context, draft, look
        scans = context.services.scans if draft.editable else None
        self.scans = ScanButtons(self, context, scans, draft.replace_attachment) if scans is not None else None
        area, outer = scrolled((14, 10, 14, 12), 8)
        column(self).addWidget(area)
        self.components = ComponentsPanel(draft.editable, self.ask, draft.set_on_file, self.ask_purpose)
        outer.addWidget(self.components)
        outer.addWidget(rule())
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
        self._judged: Dossier | None = None
        self.sync()

    def sync(self) -> None:
        """Show the draft's components and files again; a hidden tab is left for when it is shown."""
        if self.isVisible():
            self._judge()
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
            if is_component(file.component):
                line.addWidget(label(label_of(file.component)[:60], "caption"))
            line.addWidget(label(size(file.size), "caption"))
            if self.scans is not None and (extra := self.scans.button_for(file)) is not None:
                line.addWidget(extra)
            line.addWidget(icon_button("eye", f"Xem {file.name}", partial(self._look, file)))
            if self._draft.editable:
                line.addWidget(icon_button("x", f"Bỏ {file.name}", partial(self._draft.drop_attachment, file.sha256)))
            self._list.addLayout(line)
        if not files:
            self._list.addWidget(label("Chưa có tệp nào.", "muted"))

    def _judge(self) -> None:
        dossier = self._draft.dossier
        if dossier is not self._judged:
            self._judged = dossier
            found = self._context.services.desk.components(dossier)
            self.components.show_components(dossier.case, found, dossier.on_file)

    def showEvent(self, event: QShowEvent) -> None:
        """Judge the components when the tab comes into view."""
        super().showEvent(event)
        self._judge()

    def ask_purpose(self) -> None:
        """Ask what the dossier is for, starting from what was answered before."""
        dialog = PurposeDialog(self, title="Đổi việc cần làm" if self._draft.dossier.purpose else "Chọn việc cần làm")
        if self._draft.dossier.purpose in purposes().by_key:
            dialog.begin_with(self._draft.dossier.purpose, self._draft.dossier.answers)
        dialog.decided.connect(self._draft.set_purpose)
        dialog.open()

    def ask(self, component: str = "") -> None:
        """Ask for files and add them, as a component when one is named."""
        names, _ = QFileDialog.getOpenFileNames(self, "Chọn tệp đính kèm", "", KINDS)
        for name in names:
            self.add(Path(name), component)

    def add(self, path: Path, component: str = "") -> None:
        """Take one file into the store and into the draft."""
        desk = self._context.services.desk
        self._context.workers.paper.submit(
            self,
            lambda: desk.attach(path),
            lambda made: self._draft.add_attachment(made.model_copy(update={"component": component})),
            lambda e: self._context.bus.failed.emit(e.message),
        )
