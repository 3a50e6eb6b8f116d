"""Shows one paper that only others write, page by page; it can be printed, never changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.dossier.duties import Act
from desktop.dossier.paper_views import PaperView
from desktop.ui.context import Context
from desktop.ui.editor.preview import Preview
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.kit.signs import Banner
from desktop.ui.theme import fit


class PaperViewer(QDialog):
    """The paper, and buttons to print it and to go."""

    def __init__(self, context: Context, paper: PaperView, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._paper = context, paper
        self.setWindowTitle(f"{paper.title} số {paper.number}")
        fit(self, 860, 680)
        box = column(self, (10, 8, 10, 10), 8)
        box.addWidget(label(f"{paper.title} số {paper.number}", "title", wrap=True))
        self.problem = Banner("red", "circle-alert")
        self.problem.setVisible(False)
        box.addWidget(self.problem)
        self.preview = Preview(context.workers.paper, hint="chỉ đọc, do nơi khác lập")
        box.addWidget(self.preview, 1)
        foot = row(gap=8)
        foot.addStretch(1)
        self.print_button = button("In", "printer", "", self.ask_print, "Ctrl+P")
        foot.addWidget(self.print_button)
        foot.addWidget(button("Đóng", run=self.accept))
        box.addLayout(foot)
        close = QShortcut(QKeySequence("F6"), self)
        close.activated.connect(self.accept)
        if paper.document is not None:
            self.preview.show_paper(partial(context.services.desk.preview, paper.document, pack=paper.pack))

    @needs(Act.EXPORT)
    def ask_print(self) -> None:
        """Ask where to write the paper."""
        start = f"{self._paper.form}-{self._paper.seq}.pdf"
        name, _ = QFileDialog.getSaveFileName(self, "Lưu bản in", start, "PDF (*.pdf)")
        if name:
            self.print_to(Path(name))

    def print_to(self, path: Path) -> None:
        """Write the paper as PDF."""
        desk, said = self._context.services.desk, self._context.bus.said
        self._context.workers.paper.submit(
            self,
            lambda: desk.write_paper(self._paper, path),
            lambda _none: said.emit(f"Đã ghi bản in {path.name}.", None),
            lambda error: self._fail(error.message),
        )

    def _fail(self, words: str) -> None:
        self.problem.say("red", "circle-alert", words)
        self.problem.setVisible(True)
