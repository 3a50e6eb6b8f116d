"""Takes entries of the estimate from a spreadsheet: read in the background, looked at, written only when agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.book import ENTRY_TITLES, EntryProposal, EstimateEntry
from desktop.dossier.dates import format_date
from desktop.dossier.errors import VungXaError
from desktop.dossier.list_views import ListProposal
from desktop.dossier.money import format_vnd
from desktop.ui.background import Worker
from desktop.ui.balances.book_table import BookTable, MoneyModel
from desktop.ui.balances.services import BookService
from desktop.ui.beneficiaries.mapping import MappingDialog
from desktop.ui.kit.basic import button, label, row
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.theme import px, set_state
from desktop.ui.wording import dong

HEADS = ("Năm", "Loại giao", "Tài khoản", "Nguồn", "Khoản", "Mục, CTMT", "Số tiền (đ)", "Quyết định", "Ghi chú")
WIDTHS = (50, 150, 126, 56, 56, 84, 120, 184, 0)
READING = "Đang đọc {}…"
WRITING = "Đang ghi {} trên {} bút toán…"
MOST_PROBLEMS = 40
TOLD_EACH = 50


class ImportDialog(AskDialog):
    """Nothing is written before «Nhập»; «Thôi» leaves while the file is read, and stops while entries are written."""

    written = Signal(int, int)

    def __init__(self, worker: Worker, service: BookService, path: Path, parent: QWidget) -> None:
        super().__init__(worker, "Nhập dự toán từ bảng tính", ("Nhập bút toán", "file-up"), parent, (960, 600))
        self._service, self._path, self._stop = service, path, Event()
        self.proposal: EntryProposal | None = None
        self.columns: ListProposal | None = None
        self.mapping: MappingDialog | None = None
        self._chosen: dict[int, str] = {}
        self._confirmed = False
        self.summary = label(READING.format(path.name), "", wrap=True)
        self.body.addWidget(self.summary)
        self._lay_out_columns()
        self.repeats = label("", "", "amber", wrap=True)
        self.repeats.setVisible(False)
        self.body.addWidget(self.repeats)
        self.faults = label("", "", wrap=True)
        self.faults.setVisible(False)
        self.body.addWidget(self.faults)
        self.table = BookTable("Bút toán sẽ nhập", MoneyModel(HEADS, {6}), WIDTHS, "Đang đọc…")
        self.table.setMinimumHeight(px(230))
        self.body.addWidget(self.table, 1)
        self.go.setEnabled(False)
        self.written.connect(lambda done, of: self.summary.setText(WRITING.format(done, of)))
        worker.submit(self, lambda: service.propose_columns(path), self.show_columns, self._unread)

    def _lay_out_columns(self) -> None:
        line = row(gap=8)
        self.read_as = label("", "muted", wrap=True)
        self.map = button("Đổi cách ghép cột", "table", run=self.ask_columns)
        self.map.setEnabled(False)
        line.addWidget(self.read_as, 1)
        line.addWidget(self.map)
        self.body.addLayout(line)

    def show_columns(self, columns: ListProposal) -> None:
        """Read the entries when every column needed is known, else ask which is what."""
        self.columns, self._chosen = columns, columns.columns
        self.map.setEnabled(True)
        if columns.ready:
            self._read()
        else:
            self.summary.setText("Cần biết cột nào là gì.")
            self.ask_columns()

    def ask_columns(self) -> None:
        """Let a person say which column is what; the entries are read anew by that."""
        if self.columns is None:
            return

        def reread(letters: str) -> None:
            again = lambda: self._service.propose_columns(self._path, letters)  # noqa: E731
            self._worker.submit(dialog, again, dialog.show_proposal, self._unread)

        def ended(result: int) -> None:
            self.mapping = None
            if result == QDialog.DialogCode.Accepted:
                self.columns, self._chosen, self._confirmed = dialog.proposal, dialog.columns(), True
                self._read()
            elif self.proposal is None:
                self.table.say_none("Chưa ghép cột nên chưa có gì để nhập.")
            dialog.deleteLater()

        shown = replace(self.columns, columns=self._chosen)
        dialog = self.mapping = MappingDialog(shown, reread, self)
        dialog.take.setText("Xem bút toán")
        dialog.cancel.setText("Thôi")
        dialog.finished.connect(ended)
        dialog.open()

    def _read(self) -> None:
        self.summary.setText(READING.format(self._path.name))
        self.go.setEnabled(False)
        self.problem.setVisible(False)
        letters, columns = self.columns.letters.key if self.columns else "", dict(self._chosen)
        work = lambda: self._service.propose_entries(self._path, letters, columns)  # noqa: E731
        self._worker.submit(self, work, self.show_proposal, self._unread, key="entries")

    def show_proposal(self, proposal: EntryProposal) -> None:
        """Show what the file would enter; with a problem nothing of it can be taken."""
        self.proposal = proposal
        count = len(proposal.entries)
        said = f"{proposal.name}: {count} bút toán trên {proposal.rows} dòng, cộng {dong(proposal.total)}."
        self.summary.setText(f"{said} Các khoản này từ {dong(proposal.before)} thành {dong(proposal.after)}.")
        self.read_as.setText("Đọc theo cột: " + ", ".join(_read_as(*pair) for pair in proposal.columns) + ".")
        self.table.say_none("Tệp không có dòng dự toán nào.")
        self.table.fill([_line(place, entry) for place, entry in enumerate(proposal.entries)])
        self.table.choose(0)
        noted = _noted(proposal)
        self.repeats.setVisible(bool(noted))
        self.repeats.setText(" ".join(noted))
        set_state(self.repeats, "tint", "amber")
        self._offer(proposal)

    def _offer(self, proposal: EntryProposal) -> None:
        words = f"Nhập {len(proposal.entries)} bút toán"
        self.go.setText(words)
        self.go.setAccessibleName(words)
        self.faults.setVisible(bool(proposal.problems))
        if proposal.problems:
            more = len(proposal.problems) - MOST_PROBLEMS
            rest = [f"Và {more} chỗ khác."] if more > 0 else []
            told = [one.rstrip(".") + "." for one in proposal.problems[:MOST_PROBLEMS]]
            self.faults.setText("\n".join([*told, *rest]))
            self.tell(f"Chưa nhập được vì {len(proposal.problems)} chỗ sai. Sửa tệp hoặc ghép lại cột rồi chọn lại.")
        self.go.setEnabled(bool(proposal.entries) and not proposal.problems)

    def _unread(self, error: VungXaError) -> None:
        self.summary.setText("Chưa có gì được ghi.")
        self.table.say_none("Không có gì để nhập.")
        self.tell(error.message)

    def question(self) -> Callable[[], object] | None:
        """Write the entries, all or none, then keep the columns that a person chose."""
        proposal, columns, chosen = self.proposal, self.columns, dict(self._chosen)
        if proposal is None or columns is None:
            return None
        self._stop.clear()

        def told(done: int, of: int) -> None:
            if done % TOLD_EACH == 0:
                self.written.emit(done, of)

        def work() -> None:
            self._service.take_entries(proposal, told=told, stopped=self._stop.is_set)
            if self._confirmed:
                self._service.remember_columns(self._path, columns.letters.key, chosen)

        return work

    def busy(self, busy: bool) -> None:
        """Let «Thôi» stop what is being written: then nothing of it is."""
        super().busy(busy)
        self.leave.setEnabled(True)
        self.map.setEnabled(not busy and self.columns is not None)

    def reject(self) -> None:
        """Leave, or stop the writing first."""
        self._stop.set()
        super().reject()


def _read_as(ours: str, theirs: str) -> str:
    return f"{ours} ← «{theirs}»"


def _noted(proposal: EntryProposal) -> list[str]:
    """What a person should know before agreeing."""
    found = [warning.rstrip(".") + "." for warning in proposal.warnings[:3]]
    if proposal.known:
        found.append(f"{proposal.known} bút toán đã có trong sổ y như vậy. Nhập nữa sẽ cộng thêm lần thứ hai.")
    if proposal.provisional:
        found.append(f"Giao đầu năm thay {dong(proposal.provisional)} đã tạm cấp của các khoản này.")
    return found


def _line(place: int, entry: EstimateEntry) -> Line:
    day = format_date(entry.document_date) if entry.document_date else ""
    decided = " ".join(part for part in (entry.document_no, day) if part)
    codes = " ".join(part for part in (entry.econ, entry.program) if part)
    before = (str(entry.budget_year), ENTRY_TITLES[entry.kind], entry.account, entry.source, entry.sector, codes)
    cells = (
        *(Cell(text=text) for text in before),
        Cell(Kind.MONEY, format_vnd(entry.amount), tint="red" if entry.amount < 0 else ""),
        Cell(text=decided),
        Cell(text=entry.note),
    )
    codes_sorted = tuple(sorted_text(text) for text in before)
    sorts: tuple[str | int, ...] = (*codes_sorted, entry.amount, sorted_text(decided), sorted_text(entry.note))
    return Line(str(place), cells, sorts)
