"""«Thu nhỏ bản quét»: the scan before and after beside each other, what that saves, and a word to take it or not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.scan_views import ScanProposal, time_words
from desktop.ui.context import Context
from desktop.ui.editor.preview import Preview
from desktop.ui.editor.scan_service import ScanService
from desktop.ui.kit.basic import button, column, frame, label, picture, row
from desktop.ui.theme import fit, tokens
from desktop.ui.wording import size

WIDTH, HEIGHT = 1080, 700


class ScanDialog(QDialog):
    """Shows one proposal; `taken` tells the attachment to be replaced and the one that takes its place."""

    taken = Signal(object, object)

    def __init__(self, parent: QWidget, context: Context, scans: ScanService, proposal: ScanProposal) -> None:
        super().__init__(parent)
        self.setWindowTitle("Thu nhỏ bản quét")
        self.setAccessibleName("Thu nhỏ bản quét")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit(self, WIDTH, HEIGHT)
        self._context, self._scans, self._proposal = context, scans, proposal
        self.before = self._paper("Bản gốc", proposal.before)
        self.after = self._paper("Bản thu nhỏ", proposal.after)
        outer = column(self)
        outer.addWidget(self._head())
        body = frame("dialogbody")
        sides = row(body, (14, 12, 14, 12), 12)
        sides.addWidget(self.before, 1)
        sides.addWidget(self.after, 1)
        outer.addWidget(body, 1)
        outer.addWidget(self._foot())
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.take)
        self.before.show_paper(partial(scans.draw_before, proposal))
        self.after.show_paper(partial(scans.draw_after, proposal))
        self.go.setFocus()

    def take(self) -> None:
        """Keep the smaller scan and let it take the other's place."""
        self.go.setEnabled(False)
        self._context.workers.paper.submit(self, lambda: self._scans.take(self._proposal), self._done, self._fail)

    def _done(self, made: object) -> None:
        self.taken.emit(self._proposal.attachment, made)
        self.accept()

    def _fail(self, error: VungXaError) -> None:
        self.go.setEnabled(True)
        self._context.bus.failed.emit(error.message)

    def _paper(self, title: str, many: int) -> Preview:
        words = f"{size(many)}, gửi mất {time_words(many)}"
        return Preview(self._context.workers.paper, title, words, key="")

    def _head(self) -> QFrame:
        head = frame("head")
        line = row(head, (16, 10, 16, 10), 10)
        line.addWidget(picture("image", tokens().tint("blue").ink, 20))
        words = column(gap=2)
        saved = round(100 - 100 * self._proposal.after / self._proposal.before)
        words.addWidget(label(f"Nhỏ đi {saved}%: {self._proposal.attachment.name}", "h1"))
        words.addWidget(label(f"Thời gian gửi tính cho mạng 64 kbit/s. Bản thu nhỏ: {self._proposal.note}.", "muted"))
        line.addLayout(words, 1)
        return head

    def _foot(self) -> QFrame:
        foot = frame("foot")
        line = row(foot, (16, 8, 16, 8), 8)
        line.addWidget(label("Xem kỹ con dấu, chữ nhỏ. Bản gốc còn giữ đến khi có người ký.", "muted"), 1)
        line.addWidget(button("Giữ bản gốc", run=self.reject))
        self.go = button("Dùng bản thu nhỏ", "check", "primary", self.take, "Ctrl+Enter")
        line.addWidget(self.go)
        return foot
