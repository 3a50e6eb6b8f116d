"""One dossier in the file of a closed year: what was signed and what became of it, for reading only."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.dossier.views import DossierDetail
from desktop.ui.context import Context
from desktop.ui.dossiers.detail import DetailPane
from desktop.ui.kit.signs import Banner
from desktop.ui.papers.viewer import PaperViewer
from desktop.ui.settings.keeping_services import DataService
from desktop.ui.signing.paper_dialog import PaperDialog


@dataclass(frozen=True)
class Reading:
    """Which dossier is read: `local_id` is the ref of its hit, «year/local_id»."""

    local_id: str
    number: str

    @property
    def year(self) -> str:
        """The year whose file holds it."""
        return self.local_id.partition("/")[0]


class ArchivedDialog(PaperDialog):
    """The signed paper, and beside it everything the list's pane would say, without a button that changes anything."""

    def __init__(self, context: Context, service: DataService, reading: Reading, parent: QWidget) -> None:
        super().__init__(context, reading, parent, papers=service, title="Bản đã ký")
        self.setWindowTitle(f"Hồ sơ trong kho lưu năm {reading.year}")
        words = "Xem được giấy đã ký, biên nhận và diễn biến. Muốn sao chép hay sửa lại, mang cả năm về."
        self.strip = Banner("slate", "package", f"Hồ sơ trong kho lưu năm {reading.year}, chỉ đọc", words)
        self.outer.insertWidget(0, self.strip)
        self.shown: DossierDetail | None = None
        self.detail = DetailPane({}, lambda paper: PaperViewer(context, paper, self).open())
        self.across.addWidget(self.detail)
        self.finished.connect(self.deleteLater)
        ref = reading.local_id
        context.workers.paper.submit(self, lambda: service.archived_detail(ref), self._show, self.failed)

    def _show(self, detail: DossierDetail) -> None:
        self.shown = detail
        self.detail.show_detail(detail)
