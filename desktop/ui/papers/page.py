"""The page «Giấy từ Kho bạc»: receipts, notices of refusal, refunds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog

from desktop.dossier.duties import Act
from desktop.dossier.paper_views import NoticeRow, PaperView
from desktop.ui.context import Context
from desktop.ui.dossiers.search import SearchField
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button, column, keycap, label, row
from desktop.ui.kit.empty import Empty
from desktop.ui.kit.page import WIDE_FROM, Page
from desktop.ui.kit.signs import card
from desktop.ui.kit.tables import ListTable
from desktop.ui.papers.model import WIDTHS, PaperModel
from desktop.ui.papers.side import PaperPane
from desktop.ui.papers.viewer import PaperViewer
from desktop.ui.texts import tr
from desktop.ui.theme import px


class PapersPage(Page):
    """What came on paper's behalf."""

    hints = (("↑ ↓", "chọn"), ("Enter", "xem"), ("Ctrl+F", "tìm"), ("Ctrl+E", "xuất Excel"))

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Giấy từ Kho bạc"))
        self._context, self._desk = context, context.services.desk
        self.viewer: PaperViewer | None = None
        self.model = PaperModel(self._desk)
        self.search = SearchField("Tìm số, nơi lập, nội dung, số tiền. Gõ không dấu cũng được", self._search)
        self.search.setAccessibleName("Tìm giấy")
        self.head.addSpacing(px(16))
        self.head.addWidget(self.search, 10)
        self.head.addWidget(keycap("Ctrl+F"))
        self.head.addStretch(1)
        self.head.addWidget(button("Xuất danh sách", "download", "", self.ask_export, "Ctrl+E"))
        made = card()
        box = column(made, (1, 1, 1, 1))
        self.table = ListTable("Giấy từ Kho bạc", self.model, WIDTHS)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.table.on_open(self.open)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.empty = Empty(self.table)
        box.addWidget(self.table, 1)
        self._count = label("", "caption")
        box.addWidget(self._count)
        self.pane = PaperPane(self.show_paper, context.bus.opened.emit)
        main = row(gap=10)
        main.addWidget(made, 1)
        main.addWidget(self.pane)
        self.body.addLayout(main, 1)
        self.keys("Ctrl+F", self.search.focus)
        self.keys("Ctrl+E", self.ask_export)
        self.keys("F6", lambda: self.pane.setVisible(not self.pane.isVisible()))

    def current(self) -> NoticeRow | None:
        """Give the chosen row."""
        return self.model.row_at(self.table.current_row())

    def start(self) -> None:
        """Begin in the list."""
        self.empty.focus()

    def refresh(self) -> None:
        """Read the list again and keep the cursor near where it was."""
        place = max(0, self.table.current_row())
        self.model.show()
        self._say_count()
        self.table.choose(min(place, len(self.model.rows) - 1))
        if not self.model.rows:
            self.pane.show_row(None)

    def open(self) -> None:
        """Show the chosen paper; a refund has none, its pane says all."""
        chosen = self.current()
        if chosen is not None and chosen.paper is not None:
            self.show_paper(chosen.paper)

    def show_paper(self, paper: PaperView) -> None:
        """Show a paper as it would print."""
        if paper.document is None:
            self.fail("Giấy này lập theo bộ mẫu mới hơn. Cập nhật bộ mẫu hoặc chương trình rồi mở lại.")
            return
        self.viewer = PaperViewer(self._context, paper, self)
        self.viewer.open()

    @needs(Act.EXPORT)
    def ask_export(self) -> None:
        """Ask where to write the list."""
        kinds = "Excel (*.xlsx);;CSV (*.csv)"
        name, _ = QFileDialog.getSaveFileName(self, "Xuất danh sách", "giay-tu-kho-bac.xlsx", kinds)
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the list as it is narrowed."""
        rows = tuple(self.model.rows)
        words = f"Đã xuất danh sách ra {path.name}."
        self._context.workers.paper.submit(
            self,
            lambda: self._desk.export_notices(path, rows),
            lambda _none: self._context.bus.said.emit(words, None),
            lambda error: self.fail(error.message),
        )

    def _search(self, text: str) -> None:
        self.model.text = text
        self.refresh()

    def _sort(self, section: int) -> None:
        self.model.sort_by(section)
        self.table.choose(0)

    def _chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.pane.show_row(self.model.row_at(now.row()))

    def _say_count(self) -> None:
        self._count.setText(f"  {len(self.model.rows)} giấy")
        none = "Chưa có giấy nào. Biên lai, thông báo và hoàn trả về khi máy nối được với Kho bạc."
        self.empty.say("Không có giấy khớp." if self.model.text else none)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the pane away on a narrow window; F6 brings it back."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.pane.setVisible(self.window().width() >= px(WIDE_FROM))
