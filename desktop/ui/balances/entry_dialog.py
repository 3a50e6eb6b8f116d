"""Asks for one entry of the estimate: what a decision gave, added, moved or took away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.dossier.book import ENTRY_TITLES, BookLine, EntryKind, EntryRow, EstimateEntry
from desktop.dossier.dates import parse_date
from desktop.dossier.errors import VungXaError
from desktop.dossier.money import format_vnd, parse_vnd
from desktop.ui.background import Worker
from desktop.ui.balances.services import BookService
from desktop.ui.kit.basic import button, label
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.theme import set_state

KINDS: Sequence[EntryKind] = ("added", "initial", "carried", "adjusted", "provisional")
NEEDED = "Còn thiếu {}. Điền rồi ghi lại, chưa có gì được ghi."
NOTE = (
    "Bút toán đã ghi thì giữ nguyên. Ghi nhầm thì dùng «Đảo bút toán» ở bảng bên dưới. "
    "Chỉ bút toán điều chỉnh được ghi số âm. Giao đầu năm thay phần đã tạm cấp của khoản."
)


class EntryDialog(AskDialog):
    """Begins with the account and codes of the line under the cursor; `import_file` leaves it for a spreadsheet."""

    def __init__(
        self,
        worker: Worker,
        service: BookService,
        year: int,
        line: BookLine | None,
        known: Sequence[EntryRow],
        account: str,
        import_file: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(worker, "Nhập dự toán", ("Ghi bút toán", "plus"), parent, (600, 640))
        self._service = service
        self._import = import_file
        form = self.form()
        self.kind = QComboBox()
        for kind in KINDS:
            self.kind.addItem(ENTRY_TITLES[kind], kind)
        self.kind.setAccessibleName("Loại giao")
        form.addRow("Loại giao", self.kind)
        accounts = sorted({account, *(row.entry.account for row in known)} - {""})
        self.account = QComboBox()
        self.account.setEditable(True)
        self.account.addItems(accounts)
        self.account.setCurrentText(account)
        self.account.setAccessibleName("Tài khoản")
        form.addRow("Tài khoản", self.account)
        self.fields: dict[str, QLineEdit] = {}
        start = {"budget_year": str(year), "source": line.source if line else "", "sector": line.sector if line else ""}
        for key, name, hint in FIELDS:
            field = QLineEdit(start.get(key, ""))
            field.setPlaceholderText(hint)
            field.setAccessibleName(name)
            field.setAccessibleDescription(hint)
            self.fields[key] = field
            form.addRow(name, field)
        self.fields["amount"].editingFinished.connect(self._tidy)
        self.body.addWidget(label(NOTE, "caption", wrap=True))
        self.body.addWidget(button("Nhập từ bảng tính…", "file-up", "", self._leave_for_file))
        self.body.addStretch(1)

    def _leave_for_file(self) -> None:
        self.reject()
        self._import()

    def _tidy(self) -> None:
        field = self.fields["amount"]
        try:
            field.setText(format_vnd(parse_vnd(field.text())))
        except VungXaError:
            return
        set_state(field, "state", "")

    def _text(self, key: str) -> str:
        return self.fields[key].text().strip()

    def question(self) -> Callable[[], object] | None:
        """Write the entry, unless something is missing."""
        missing = [name for key, name, _hint in FIELDS if key in MUST and not self._text(key)]
        for key in MUST:
            set_state(self.fields[key], "state", "" if self._text(key) else "error")
        if missing or not self.account.currentText().strip():
            self.tell(NEEDED.format(", ".join(name.lower() for name in missing) or "tài khoản"))
            return None
        try:
            entry = self.entry()
        except VungXaError as error:
            key = "amount" if "money" in error.code else "document_date" if "date" in error.code else "budget_year"
            set_state(self.fields[key], "state", "error")
            self.tell(error.message)
            return None
        return lambda: self._service.add_entry(entry)

    def entry(self) -> EstimateEntry:
        """Give what the fields say. Raises MoneyError, DateError, VungXaError bad_entry."""
        year = self._text("budget_year")
        if not (year.isascii() and year.isdigit() and 2000 <= int(year) <= 2100):
            raise VungXaError("bad_entry", "Năm ngân sách ghi bốn chữ số, ví dụ 2026.")
        date = self._text("document_date")
        return EstimateEntry(
            budget_year=int(year),
            account=self.account.currentText().strip(),
            source=self._text("source"),
            sector=self._text("sector"),
            econ=self._text("econ"),
            program=self._text("program"),
            kind=self.kind.currentData(),
            amount=parse_vnd(self._text("amount")),
            document_no=self._text("document_no"),
            document_date=parse_date(date) if date else "",
            note=self._text("note"),
        )


FIELDS = (
    ("budget_year", "Năm ngân sách", "ví dụ 2026"),
    ("source", "Mã nguồn", "ví dụ 12"),
    ("sector", "Mã ngành kinh tế (khoản)", "ví dụ 341, để trống với tài khoản tiền gửi"),
    ("econ", "Mục hoặc tiểu mục", "để trống khi quyết định không ghi"),
    ("program", "CTMT, dự án", "để trống khi quyết định không ghi"),
    ("amount", "Số tiền (đ)", "ví dụ 150.000.000"),
    ("document_no", "Quyết định số", "ví dụ 12/QĐ-UBND"),
    ("document_date", "Ngày quyết định", "ngày/tháng/năm"),
    ("note", "Ghi chú", ""),
)
"""Keys of EstimateEntry, names on screen, hints."""
MUST = ("budget_year", "source", "amount")
