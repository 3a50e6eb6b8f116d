"""Shows exactly what is signed: every form and every file drawn from the signed bytes, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QTabBar, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.sign_views import SignedPage
from desktop.ui.context import Context
from desktop.ui.editor.preview import Preview
from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.kit.signs import Banner
from desktop.ui.picture import Picture
from desktop.ui.theme import fit
from desktop.ui.wording import short_digest

DIFFERS = "shown_differs"


class Papers(Protocol):
    """Draws what was signed, as the window's SigningService does. Slow; both raise VungXaError."""

    def paper(self, local_id: str) -> Sequence[SignedPage]:
        """Give the signed files that can be looked at."""
        ...

    def draw_signed(self, local_id: str, place: int, width: int) -> Sequence[Picture]:
        """Draw one of them."""
        ...


class Named(Protocol):
    """A dossier: what the papers know it by, and its number for people."""

    @property
    def local_id(self) -> str:
        """What `Papers` know it by."""
        ...

    @property
    def number(self) -> str:
        """The unit's number of it."""
        ...


class PaperDialog(QDialog):
    """One tab per signed file; nothing here comes from the draft."""

    def __init__(
        self,
        context: Context,
        item: Named,
        parent: QWidget,
        *,
        papers: Papers | None = None,
        title: str = "Bản sẽ ký",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{title}, hồ sơ {item.number}")
        fit(self, 860 if papers is None else 1080, 680)
        self._papers: Papers = papers or context.services.signing
        self._local_id = item.local_id
        self.pages: list[SignedPage] = []
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Tài liệu của hồ sơ")
        self.tabs.setDrawBase(False)
        self.problem = Banner("red", "circle-alert")
        self.problem.setVisible(False)
        self.preview = Preview(context.workers.paper, "Bản ký", "vẽ từ đúng nội dung được ký", self.failed)
        self._digest = label("", "caption")
        self.outer = column(self, (10, 8, 10, 10), 8)
        self.across, box = row(gap=10), column(gap=0)
        self.outer.addLayout(self.across, 1)
        self.across.addLayout(box, 1)
        box.addWidget(self.tabs)
        box.addWidget(self.problem)
        box.addWidget(self.preview, 1)
        foot = row()
        foot.addWidget(self._digest)
        foot.addStretch(1)
        foot.addWidget(button("Đóng", run=self.accept))
        self.outer.addLayout(foot)
        self.tabs.currentChanged.connect(self.show_tab)
        close = QShortcut(QKeySequence("F6"), self)
        close.setContext(Qt.ShortcutContext.WindowShortcut)
        close.activated.connect(self.accept)
        local_id, drawn_by = self._local_id, self._papers
        context.workers.paper.submit(self, lambda: drawn_by.paper(local_id), self._listed, self.failed)

    def _listed(self, pages: Sequence[SignedPage]) -> None:
        self.pages = list(pages)
        for page in pages:
            self.tabs.addTab(page.title)
        self.show_tab(self.tabs.currentIndex())

    def show_tab(self, place: int) -> None:
        """Draw one file, or say that no page can be drawn of it."""
        if not 0 <= place < len(self.pages):
            return
        page = self.pages[place]
        self.problem.setVisible(False)
        self._digest.setText(f"SHA-256 của bản ký: {short_digest(page.sha256)}" if page.sha256 else "")
        self._digest.setToolTip(page.sha256)
        if page.drawn:
            self.preview.show_paper(partial(self._papers.draw_signed, self._local_id, place))
        else:
            words = "Tệp này không vẽ thành trang được. Chữ ký vẫn gắn với đúng nội dung tệp, theo mã SHA-256 bên dưới."
            self.preview.show_paper(lambda _wide: ())
            self.problem.say("amber", "file-warning", words)
            self.problem.setVisible(True)

    def failed(self, error: VungXaError) -> None:
        """Say in red that what would be shown is not what was signed, or any other error in its words."""
        head, _, rest = error.message.partition(". ")
        icon = "shield-alert" if error.code == DIFFERS else "circle-alert"
        self.problem.say("red", icon, head.rstrip(".") + ".", rest)
        self.problem.setVisible(True)
