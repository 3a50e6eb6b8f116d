"""Many voucher files at once: read one by one on another thread, stopped when asked, and told file by file."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.import_views import ImportReport, count_words
from desktop.ui.context import Context
from desktop.ui.dossiers.report_model import WIDTHS, ReportModel, details
from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.kit.signs import ThinBar
from desktop.ui.kit.tables import ListTable
from desktop.ui.theme import fit, px, set_state

KINDS = "Excel (*.xlsx);;CSV (*.csv)"


class ImportDialog(QDialog):
    """Begins at once with the files and folders it is given; `opens` is the draft chosen when it is accepted."""

    def __init__(self, context: Context, paths: Sequence[Path], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Nhập nhiều tệp")
        fit(self, 980, 560)
        self._desk, self._worker, self._bus = context.services.desk, context.workers.paper, context.bus
        self._stop = threading.Event()
        self.running = True
        self.opens = ""
        self.model = ReportModel()
        self._lay_out()
        self._read(list(paths))

    def _lay_out(self) -> None:
        box = column(self, (14, 12, 14, 12), 8)
        self._head = label("Đang đọc tệp…", "h2")
        self._counts = label("", "muted")
        self._bar = ThinBar()
        self.table = ListTable("Tệp đã đọc", self.model, WIDTHS)
        self.table.on_open(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._tell(now.row()))
        self._about = label("", "caption", wrap=True)
        self._about.setMinimumHeight(px(52))
        for widget in (self._head, self._counts, self._bar):
            box.addWidget(widget)
        box.addWidget(self.table, 1)
        box.addWidget(self._about)
        box.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        line = row(gap=8)
        self.export = button("Xuất báo cáo", "download", run=self.ask_export)
        self.halt = button("Dừng", "pause", run=self.stop)
        self.open_button = button("Mở hồ sơ", "pencil-line", "primary", self._open)
        self.leave = button("Đóng", run=self.reject)
        line.addWidget(self.export)
        line.addStretch(1)
        for widget in (self.halt, self.open_button, self.leave):
            line.addWidget(widget)
        self.export.setEnabled(False)
        self.open_button.setEnabled(False)
        return line

    def _read(self, paths: list[Path]) -> None:
        def told(done: int, count: int, report: ImportReport) -> None:
            self._worker.post(self, lambda: self._one_read(done, count, report))

        self._worker.submit(
            self,
            lambda: self._desk.import_files(paths, told=told, stopped=self._stop.is_set),
            lambda _reports: self._ended(),
            self._failed,
        )

    def _one_read(self, done: int, count: int, report: ImportReport) -> None:
        self.model.add(report)
        self._head.setText(f"Đã đọc {done} trong {count} tệp")
        self._counts.setText(count_words(self.model.reports))
        self._bar.set_share(done / count)
        if done == 1:
            self.table.choose(0)

    def _ended(self) -> None:
        self.running = False
        count = len(self.model.reports)
        self._head.setText(f"Đã dừng sau {count} tệp" if self._stop.is_set() else f"Đã đọc xong {count} tệp")
        self.halt.setEnabled(False)
        self.export.setEnabled(bool(count))
        self._bus.changed.emit()
        if self.isVisible():
            self.table.setFocus()
        else:
            self.deleteLater()

    def _failed(self, error: VungXaError) -> None:
        """Say why nothing, or nothing more, was read."""
        self._ended()
        self._head.setText("Chưa đọc được")
        set_state(self._counts, "tint", "red")
        self._counts.setText(error.message)

    def _tell(self, place: int) -> None:
        report = self.model.report_at(place)
        self._about.setText(details(report) if report else "")
        self.open_button.setEnabled(bool(report and report.local_id))

    def stop(self) -> None:
        """Stop after the file that is being read; what was imported stays."""
        self._stop.set()
        self.halt.setEnabled(False)
        self._head.setText("Đang dừng…")

    def _open(self) -> None:
        report = self.model.report_at(self.table.current_row())
        if report is not None and report.local_id:
            self.opens = report.local_id
            self.accept()

    def ask_export(self) -> None:
        """Ask where to write the report."""
        name, _ = QFileDialog.getSaveFileName(self, "Xuất báo cáo", "bao-cao-nhap-tep.xlsx", KINDS)
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write what became of each file to a spreadsheet."""
        reports = list(self.model.reports)
        done = lambda _none: self._counts.setText(f"Đã ghi báo cáo {path.name}.")  # noqa: E731
        say = lambda error: self._counts.setText(error.message)  # noqa: E731
        self._worker.submit(self, lambda: self._desk.export_reports(path, reports), done, say)

    def done(self, result: int) -> None:
        """Close; reading stops after the file it is at."""
        self._stop.set()
        super().done(result)
        if not self.running:
            self.deleteLater()
