"""«Bạn đang ký gì»: exactly the bytes a signature will cover, what is new about the money, and who signed before."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from desktop.dossier.sign_views import PayeeNews, SignFile, SignItem, SignProgress, StepView
from desktop.ui.kit.basic import button, clear, column, keycap, label, picture, row, rule
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import Banner, Dot
from desktop.ui.signing.news import INLINE, NewsDialog, NewsLine
from desktop.ui.theme import fit, px, tokens
from desktop.ui.wording import dong, short_digest, stamp

UNREADABLE = (
    "Hồ sơ này chưa đọc được nên không ký được.",
    "Nhấn F6 để xem vì sao, rồi báo người lập rút về và lập lại.",
)
NOTHING = "Không còn hồ sơ nào chờ ký."


Stand = Callable[[str, Collection[str], bool], object]
"""Stands for payees of a dossier (its local_id) by their keys, or no longer."""


class Covered(QFrame):
    """Shows one SignItem; `look` shows its pages, `stand` (local_id, keys, yes or no) keeps who was stood for.

    Without `stand` the payees are told, not asked about.
    """

    def __init__(self, look: Callable[[], object], stand: Stand | None = None) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.setFixedWidth(px(356))
        self.setAccessibleName("Bạn đang ký gì")
        self._look, self._stand = look, stand
        self._shown: SignItem | None = None
        self._asks = False
        area, self._box = scrolled((12, 9, 12, 9), 6, "Bạn đang ký gì, cuộn bằng phím mũi tên")
        column(self, (1, 1, 1, 1)).addWidget(area)

    def show_item(
        self,
        item: SignItem | None,
        progress: SignProgress | None = None,
        stood: Collection[str] = (),
        *,
        asks: bool = True,
    ) -> None:
        """Show one dossier, why it could not be signed, and which of its payees were stood for.

        Nobody is asked about payees while `asks` is off: what a running batch was told can no longer change.
        """
        clear(self._box)
        self._shown, self._asks = item, asks and self._stand is not None
        if item is None:
            self._box.addWidget(label(NOTHING, "muted"))
            self._box.addStretch(1)
            return
        self._heading(item)
        if progress is not None and progress.state == "failed" and progress.message:
            head, _, rest = progress.message.partition(". ")
            self._box.addWidget(Banner("red", "circle-alert", head.rstrip(".") + ".", rest))
        if item.came_from:
            self._aside("package-open", f"Hồ sơ nhận từ máy «{item.came_from}», ký xong thì chuyển lại máy đó.")
        if item.news:
            self._box.addWidget(rule())
            self._news(item, stood)
        self._box.addWidget(rule())
        if not item.documents:
            self._box.addWidget(Banner("red", "circle-alert", *UNREADABLE))
        for file in item.documents:
            self._file(file)
        self._compared(item)
        self._box.addWidget(rule())
        for step in item.steps:
            self._step(step)
        if item.same_sitting:
            self._aside("users", item.same_sitting, "amber")
        if item.documents:
            self._box.addWidget(rule())
            self._aside("shield-check", covers(len(item.documents)))
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
        if item.payee_count:
            self._box.addWidget(label(f"Trả cho {item.payee_count} người nhận", "caption"))

    def _news(self, item: SignItem, stood: Collection[str]) -> None:
        asked = item.must_acknowledge and self._asks
        head = f"Người nhận tiền mới hoặc đổi: {len(item.news)}"
        self._box.addWidget(label(head + (", bạn cần xác nhận" if asked else ""), "section", "amber", wrap=True))
        if len(item.news) > INLINE:
            words = f"Xem và xác nhận {len(item.news)} người…" if asked else f"Xem {len(item.news)} người…"
            self._box.addWidget(button(words, "users", "small", lambda: self._ask(item, stood)))
            return
        for news in item.news:
            self._box.addWidget(self._news_line(item, news, news.key in stood if asked else None))

    def _news_line(self, item: SignItem, news: PayeeNews, stands: bool | None) -> NewsLine:
        return NewsLine(news, stands, lambda keys, yes: self._keep(item.local_id, keys, yes))

    def _keep(self, local_id: str, keys: Collection[str], yes: bool) -> None:
        if self._stand is not None:
            self._stand(local_id, keys, yes)

    def _ask(self, item: SignItem, stood: Collection[str]) -> None:
        keep = set(stood)

        def stand(keys: Collection[str], yes: bool) -> None:
            keep.update(keys) if yes else keep.difference_update(keys)
            self._keep(item.local_id, keys, yes)

        dialog = NewsDialog(item.number, item.news, stood, stand, self.window())
        dialog.finished.connect(lambda: self.show_item(item, None, keep) if self._shown is item else None)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

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

    def _compared(self, item: SignItem) -> None:
        if not item.compared_with and not item.changes:
            return
        self._box.addWidget(rule())
        self._box.addWidget(label("So với lần trả trước", "section"))
        if item.compared_with:
            self._box.addWidget(label(item.compared_with[:1].upper() + item.compared_with[1:], "caption", wrap=True))
        for sentence in item.changes or ("Không có gì khác.",):
            self._box.addWidget(label(sentence, wrap=True))

    def _step(self, step: StepView) -> None:
        line = row(gap=7)
        line.addWidget(Dot(step.state))
        mine = step.state == "turn"
        line.addWidget(label(step.title, "strong" if mine else ""))
        line.addStretch(1)
        words = "đến lượt bạn" if mine else f"{step.name}, {stamp(step.when)}" if step.when else step.name
        line.addWidget(label(words, "captionstrong" if mine else "caption", "violet" if mine else ""))
        self._box.addLayout(line)

    def _aside(self, icon: str, words: str, tint: str = "") -> None:
        line = row(gap=8)
        shade = tokens().tint(tint).ink if tint else tokens().muted
        line.addWidget(picture(icon, shade, 15), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(words, "caption", tint, wrap=True), 1)
        self._box.addLayout(line)


class CoveredDialog(QDialog):
    """The same panel in a window of its own, where there is no room for it beside the list."""

    def __init__(
        self,
        item: SignItem,
        progress: SignProgress,
        stood: Collection[str],
        look: Callable[[], object],
        stand: Stand | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Bạn đang ký gì, hồ sơ {item.number}")
        fit(self, 520, 640)
        box = column(self, (10, 10, 10, 10), 8)
        self.panel = Covered(look, stand)
        self.panel.setMinimumWidth(0)
        self.panel.setMaximumWidth(px(2000))
        self.panel.show_item(item, progress, stood)
        box.addWidget(self.panel, 1)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(button("Xong", kind="primary", run=self.accept))
        box.addLayout(foot)
        self.finished.connect(self.deleteLater)


def covers(count: int) -> str:
    """Say what a signature is bound to."""
    return f"Chữ ký gắn với đúng {count} tài liệu trên. Sửa dù một chữ, chữ ký mất hiệu lực và hồ sơ quay về bước soạn."
