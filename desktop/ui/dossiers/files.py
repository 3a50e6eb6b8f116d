"""Files in and out of the list: a voucher of another program, the printed forms, the list as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu

from desktop.dossier.views import DossierRow, RowQuery
from desktop.ui.context import Context
from desktop.ui.dossiers.importing import ImportDialog
from desktop.ui.kit.page import Page

_WHY = "Vì sao phải nộp giấy? Lý do được in trên phiếu gửi và lưu với hồ sơ.\nHồ sơ này sẽ không gửi điện tử nữa."


class ListFiles:
    """Asks for a path and does the work on the paper thread; what fails is said on the page."""

    def __init__(self, page: Page, context: Context) -> None:
        self._page, self._context, self._desk = page, context, context.services.desk

    def menu(self) -> QMenu:
        """Give the two ways to name voucher files of another program."""
        made = QMenu(self._page)
        made.setAccessibleName("Nhập chứng từ của phần mềm kế toán")
        made.addAction("Chọn tệp…", self.ask_files)
        made.addAction("Chọn cả thư mục…", self.ask_folder)
        return made

    def ask_files(self) -> None:
        """Ask for vouchers of another program."""
        names, _ = QFileDialog.getOpenFileNames(self._page, "Nhập chứng từ", "", "Chứng từ DVC (*.xml *.zip)")
        self.take_all([Path(name) for name in names])

    def ask_folder(self) -> None:
        """Ask for a folder with vouchers of another program."""
        name = QFileDialog.getExistingDirectory(self._page, "Nhập cả thư mục")
        self.take_all([Path(name)] if name else [])

    def take_all(self, paths: Sequence[Path]) -> None:
        """Open a draft of one voucher; of several, or of a folder, show what became of each."""
        if len(paths) == 1 and not paths[0].is_dir():
            self.take(paths[0])
        elif paths:
            dialog = ImportDialog(self._context, paths, self._page)
            dialog.accepted.connect(lambda: self._context.bus.opened.emit(dialog.opens))
            dialog.open()

    def take(self, path: Path) -> None:
        """Read a voucher of another program and open a draft of it."""
        self._run(lambda: self._desk.import_file(path), self._context.bus.opened.emit)

    def ask_print(self, row: DossierRow | None) -> None:
        """Ask where to write a dossier's forms."""
        if row is None:
            return
        name, _ = QFileDialog.getSaveFileName(self._page, "Lưu bản in", f"{row.number}.pdf", "PDF (*.pdf)")
        if name:
            self.print_to(Path(name), row.local_id)

    def print_to(self, path: Path, local_id: str) -> None:
        """Write a dossier's forms as PDF."""
        self._run(lambda: self._desk.write_pdf(local_id, path), self._say(f"Đã ghi bản in {path.name}."))

    def ask_pack(self, row: DossierRow | None) -> None:
        """Ask why a dossier goes on paper, and where to write its pack."""
        if row is None:
            return
        reason, agreed = QInputDialog.getMultiLineText(self._page, "In bộ giấy", _WHY)
        if not agreed:
            return
        start = f"{row.number}-bo-giay.pdf"
        name, _ = QFileDialog.getSaveFileName(self._page, "Lưu bộ giấy", start, "PDF (*.pdf)")
        if name:
            self.pack_to(Path(name), row.local_id, reason)

    def pack_to(self, path: Path, local_id: str, reason: str) -> None:
        """Write a dossier's pack of paper, which records it as handed in that way."""

        def done(_pages: object) -> None:
            self._context.bus.changed.emit()
            self._context.bus.said.emit(f"Đã ghi bộ giấy {path.name}. Hồ sơ đã ghi là nộp giấy.", None)

        self._run(lambda: self._desk.file_on_paper(local_id, path, reason), done)

    def ask_export(self, query: RowQuery) -> None:
        """Ask where to write the list."""
        kinds = "Excel (*.xlsx);;CSV (*.csv)"
        name, _ = QFileDialog.getSaveFileName(self._page, "Xuất danh sách", "ho-so.xlsx", kinds)
        if name:
            self.export_to(Path(name), query)

    def export_to(self, path: Path, query: RowQuery) -> None:
        """Write the list as it is narrowed as a spreadsheet."""
        self._run(lambda: self._desk.export_rows(path, query), self._say(f"Đã xuất danh sách ra {path.name}."))

    def _say(self, words: str) -> Callable[[object], None]:
        return lambda _none: self._context.bus.said.emit(words, None)

    def _run(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self._context.workers.paper.submit(self._page, work, done, lambda e: self._page.fail(e.message))
