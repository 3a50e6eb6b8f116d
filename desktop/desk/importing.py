"""Many voucher files at once: each becomes a draft or a reason why not, and a bad one never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from desktop.desk.allowing import needs
from desktop.desk.drafting import Drafting
from desktop.desk.imported import as_draft, same_voucher
from desktop.dossier.document import Document, Dossier
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.import_views import OUTCOMES, ImportReport, Outcome, Told
from desktop.exchange.dvc import NO_FORM, DvcResult, read_dvc_file
from desktop.exchange.dvc_statement import Statement
from desktop.exchange.errors import ExchangeError
from desktop.exchange.export import export_rows
from desktop.exchange.folder import files_of
from desktop.exchange.sniff import Kind, sniff

HEADERS = ("Tệp", "Kết quả", "Mẫu", "Số chứng từ", "Số tiền (đ)", "Hồ sơ", "Điều cần biết", "Thư mục")


class Importing(Drafting):
    """Imports files and folders of accounting software."""

    @needs(Act.DRAFT)
    def import_files(
        self, paths: Iterable[Path], *, told: Told | None = None, stopped: Callable[[], bool] = lambda: False
    ) -> list[ImportReport]:
        """Makes a draft of every voucher among the files and under the folders named, and says what became of each.

        `stopped` is asked between files: what is done stays, the rest is not begun. Raises ExchangeError (not_found,
        no_files, too_many_files) before anything is imported; what one file meets is in its report.
        """
        files = files_of(paths)
        reports: list[ImportReport] = []
        for path in files:
            if stopped():
                break
            reports.append(self._import(path))
            if told is not None:
                told(len(reports), len(files), reports[-1])
        return reports

    @needs(Act.EXPORT)
    def export_reports(self, path: Path, reports: Sequence[ImportReport]) -> None:
        """Writes what became of each file to a spreadsheet (xlsx or csv by the name). Raises ExchangeError."""
        export_rows(path, HEADERS, [_row(report) for report in reports])

    def _import(self, path: Path) -> ImportReport:
        try:
            if not path.is_file() or sniff(path) not in (Kind.DVC_XML, Kind.DVC_ZIP):
                raise ExchangeError("unknown_kind", "Tệp không phải chứng từ của phần mềm kế toán nên được bỏ qua.")
            result = read_dvc_file(path, unit=self._context.store.unit.get())
            return self._listed(path, result) if isinstance(result, Statement) else self._keep(path, result)
        except VungXaError as refusal:
            return ImportReport(path, "refused", refusal.message, refusal.code)

    def _listed(self, path: Path, found: Statement) -> ImportReport:
        return ImportReport(
            path,
            "rows",
            NO_FORM,
            "statement",
            number=found.number or "",
            total=found.total,
            differences=tuple(found.differences),
        )

    def _keep(self, path: Path, result: DvcResult) -> ImportReport:
        draft = as_draft(result, self.blank_document(result.form))
        there = self._same(draft.documents[0])
        if there is not None:
            message = f"Đã có ở hồ sơ {there.number}, không nhập lần nữa."
            return _report(path, result, "duplicate", message, there.local_id, there.number)
        local_id = self._new(draft)
        number = self._context.store.drafts.get(local_id).number
        if result.differences:
            message = f"Đã nhập thành hồ sơ {number}, có điều cần xem lại."
            return _report(path, result, "warnings", message, local_id, number)
        return _report(path, result, "ok", f"Đã nhập thành hồ sơ {number}.", local_id, number)

    def _same(self, document: Document) -> Dossier | None:
        """The dossier that already holds a voucher; a voucher without a number is never the same."""
        number = document.fields.get("document_no")
        if not isinstance(number, str) or not number:
            return None
        candidates = self._context.store.drafts.naming(number)
        return next((item for item in candidates if any(same_voucher(document, it) for it in item.documents)), None)


def _row(report: ImportReport) -> list[str | int]:
    words = [report.message, *report.differences]
    if report.missing:
        words.append(f"Còn thiếu {len(report.missing)} ô.")
    parts = (report.path.name, OUTCOMES[report.outcome], report.form, report.number)
    return [*parts, report.total, report.dossier, " ".join(words), str(report.path.parent)]


def _report(path: Path, result: DvcResult, outcome: Outcome, message: str, local_id: str, number: str) -> ImportReport:
    return ImportReport(
        path,
        outcome,
        message,
        "duplicate" if outcome == "duplicate" else "",
        result.form,
        result.number or "",
        result.total,
        tuple(result.missing),
        tuple(result.differences),
        local_id,
        number,
    )
