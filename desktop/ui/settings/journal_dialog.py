"""Asks which days of the journal are written to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.dossier.dates import DateError, parse_date
from desktop.ui.background import Worker
from desktop.ui.kit.basic import label
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.keeping_services import JournalService

MEANS = "Để trống cả hai ô là xuất toàn bộ. Bản PDF kèm kết quả kiểm tra nhật ký để ký trên giấy."


class JournalExportDialog(AskDialog):
    """Writes once both days can be read; the first may not lie after the last."""

    def __init__(self, worker: Worker, service: JournalService, path: Path, parent: QWidget) -> None:
        super().__init__(worker, "Xuất nhật ký", ("Xuất", "download"), parent, (480, 340))
        self._service, self._path = service, path
        self.body.addWidget(label(f"Ghi ra tệp {path.name}. {MEANS}", wrap=True))
        self.since, self.until = QLineEdit(), QLineEdit()
        form = self.form()
        for field, name in ((self.since, "Từ ngày"), (self.until, "Đến ngày")):
            field.setPlaceholderText("24/11/2026")
            field.setAccessibleName(name)
            form.addRow(label(name, "medium"), field)
        self.body.addStretch(1)

    def question(self) -> Callable[[], object] | None:
        """Write the days asked for."""
        try:
            since, until = (_day(field) for field in (self.since, self.until))
        except DateError:
            self.tell("Ngày chưa đọc được. Ghi như 24/11/2026, hoặc để trống.")
            return None
        if since and until and since > until:
            self.tell("«Từ ngày» sau «Đến ngày». Đổi lại hai ngày.")
            return None
        service, path = self._service, self._path
        return lambda: service.export(path, since, until)


def _day(field: QLineEdit) -> str:
    """The day in a field, "" when it is empty. Raises DateError."""
    return parse_date(field.text()) if field.text().strip() else ""
