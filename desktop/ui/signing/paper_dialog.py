"""Shows the exact paper of a dossier before it is signed: every form and every file, page by page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QTabBar, QWidget

from desktop.dossier.document import Dossier
from desktop.dossier.pack import form_of
from desktop.ui.context import Context
from desktop.ui.creating.differences import DifferencesDialog
from desktop.ui.editor.arrange import short_title
from desktop.ui.editor.preview import Draw, Preview
from desktop.ui.kit.basic import button, column, row
from desktop.ui.theme import fit


class PaperDialog(QDialog):
    """One tab per form and file."""

    def __init__(self, context: Context, dossier: Dossier, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Bản sẽ ký, hồ sơ {dossier.number}")
        fit(self, 860, 680)
        desk = context.services.desk
        self._draws: list[Draw] = []
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Tài liệu của hồ sơ")
        self.tabs.setDrawBase(False)
        for document in dossier.documents:
            self.tabs.addTab(short_title(form_of(document.form, dossier.pack)))
            self._draws.append(partial(desk.preview, document, pack=dossier.pack))
        for file in dossier.attachments:
            self.tabs.addTab(file.name)
            self._draws.append(partial(desk.preview_attachment, file))
        box = column(self, (10, 8, 10, 10), 0)
        box.addWidget(self.tabs)
        self.preview = Preview(context.workers.paper)
        box.addWidget(self.preview, 1)
        foot = row(margins=(0, 8, 0, 0))
        found = desk.differences(dossier)
        if found:
            words = f"Khác tháng trước: {len(found)} chỗ"
            foot.addWidget(button(words, "triangle-alert", run=lambda: DifferencesDialog(self, found).open()))
        foot.addStretch(1)
        foot.addWidget(button("Đóng", run=self.accept))
        box.addLayout(foot)
        self.tabs.currentChanged.connect(self._show_tab)
        close = QShortcut(QKeySequence("F6"), self)
        close.setContext(Qt.ShortcutContext.WindowShortcut)
        close.activated.connect(self.accept)
        self._show_tab(0)

    def _show_tab(self, place: int) -> None:
        if 0 <= place < len(self._draws):
            self.preview.show_paper(self._draws[place])
