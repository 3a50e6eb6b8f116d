"""The pane beside the list of papers: what the chosen paper says, or how a refund came to where it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from desktop.dossier.dates import format_date
from desktop.dossier.paper_views import NoticeRow, PaperView, RefundView
from desktop.ui.kit.basic import button, clear, column, label, row, rule
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import Badge
from desktop.ui.theme import px
from desktop.ui.wording import dong, stamp


class PaperPane(QFrame):
    """Shows one NoticeRow; `show` opens its paper, `go` its dossier by local_id."""

    def __init__(self, show: Callable[[PaperView], object], go: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.setFixedWidth(px(320))
        self.setAccessibleName("Chi tiết giấy")
        self._show, self._go = show, go
        area, self._box = scrolled((13, 10, 13, 10), 7, "Chi tiết giấy, cuộn bằng phím mũi tên")
        column(self, (1, 1, 1, 1)).addWidget(area)
        self.show_row(None)

    def show_row(self, chosen: NoticeRow | None) -> None:
        """Show one row, or that none is chosen."""
        clear(self._box)
        if chosen is None:
            self._box.addWidget(label("Chọn một giấy trong danh sách để xem.", "muted", wrap=True))
        elif chosen.paper is not None:
            self._paper(chosen, chosen.paper)
        elif chosen.refund is not None:
            self._refund(chosen.refund)
        self._box.addStretch(1)

    def _paper(self, chosen: NoticeRow, paper: PaperView) -> None:
        self._box.addWidget(label(chosen.kind, "title", wrap=True))
        if paper.amount:
            self._box.addWidget(label(dong(paper.amount), "key"))
        buttons = row(gap=5)
        buttons.addWidget(button("Xem giấy", "eye", "primary", lambda: self._show(paper)))
        if paper.local_id:
            buttons.addWidget(button("Mở hồ sơ", "folder-open", "", lambda: self._go(paper.local_id)))
        buttons.addStretch(1)
        self._box.addLayout(buttons)
        self._lines(("Số", paper.number), ("Nơi lập", paper.who), ("Hồ sơ", paper.dossier_no), ("Nội dung", paper.text))

    def _refund(self, refund: RefundView) -> None:
        self._box.addWidget(label("Hoàn trả khoản thu ngân sách", "title", wrap=True))
        self._box.addWidget(label(dong(refund.amount), "key"))
        self._box.addWidget(Badge(refund.label, "circle-dot", refund.colour), 0, Qt.AlignmentFlag.AlignLeft)
        order = f"{refund.order_no} ngày {format_date(refund.order_date)}"
        credited = stamp(refund.credited_at) if refund.credited_at else ""
        self._lines(
            ("Lệnh số", order),
            ("Người nhận", refund.payee),
            ("Tài khoản", refund.account),
            ("Nội dung", refund.content),
            ("Có tiền lúc", credited),
            ("Lý do", refund.reason),
        )
        self._box.addWidget(rule())
        self._box.addWidget(label("Diễn biến", "section"))
        for step in refund.steps:
            words = f"{step.label}: {step.reason}" if step.reason else step.label
            self._box.addWidget(label(f"{stamp(step.at)}  {words}", wrap=True))

    def _lines(self, *facts: tuple[str, str]) -> None:
        self._box.addWidget(rule())
        for name, words in facts:
            if words:
                line = row(gap=8)
                key = label(name, "caption")
                key.setFixedWidth(px(76))
                line.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(label(words, "", wrap=True), 1)
                self._box.addLayout(line)
