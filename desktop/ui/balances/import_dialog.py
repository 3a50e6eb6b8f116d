"""Takes entries of the estimate from a spreadsheet: read in the background, looked at, written only when agreed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.dossier.book import ENTRY_TITLES, EntryProposal, EstimateEntry
from desktop.dossier.dates import format_date
from desktop.dossier.errors import VungXaError
from desktop.dossier.money import format_vnd
from desktop.ui.background import Worker
from desktop.ui.balances.book_table import BookTable, MoneyModel
from desktop.ui.balances.services import BookService
from desktop.ui.kit.basic import label
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.theme import px, set_state
from desktop.ui.wording import dong

HEADS = ("Năm", "Loại giao", "Tài khoản", "Nguồn", "Khoản", "Mục, CTMT", "Số tiền (đ)", "Quyết định", "Ghi chú")
WIDTHS = (50, 150, 126, 56, 56, 84, 120, 184, 0)
READING = "Đang đọc {}…"
MOST_PROBLEMS = 3


class ImportDialog(AskDialog):
    """Nothing is written before «Nhập»; «Thôi» leaves while the file is still being read, too."""

    def __init__(self, worker: Worker, service: BookService, path: Path, parent: QWidget) -> None:
        super().__init__(worker, "Nhập dự toán từ bảng tính", ("Nhập bút toán", "file-up"), parent, (960, 560))
        self._service = service
        self.proposal: EntryProposal | None = None
        self.summary = label(READING.format(path.name), "", wrap=True)
        self.body.addWidget(self.summary)
        self.repeats = label("", "", "amber", wrap=True)
        self.repeats.setVisible(False)
        self.body.addWidget(self.repeats)
        self.table = BookTable("Bút toán sẽ nhập", MoneyModel(HEADS, {6}), WIDTHS, "Đang đọc…")
        self.table.setMinimumHeight(px(230))
        self.body.addWidget(self.table, 1)
        self.go.setEnabled(False)
        worker.submit(self, lambda: service.propose_entries(path), self.show_proposal, self._unread)

    def show_proposal(self, proposal: EntryProposal) -> None:
        """Show what the file would enter; with a problem nothing of it can be taken."""
        self.proposal = proposal
        count = len(proposal.entries)
        said = f"{proposal.name}: {count} bút toán trên {proposal.rows} dòng, cộng {dong(proposal.total)}."
        self.summary.setText(f"{said} Các khoản này từ {dong(proposal.before)} thành {dong(proposal.after)}.")
        self.table.say_none("Tệp không có dòng dự toán nào.")
        self.table.fill([_line(place, entry) for place, entry in enumerate(proposal.entries)])
        self.table.choose(0)
        self.repeats.setVisible(proposal.known > 0)
        repeated = f"{proposal.known} bút toán đã có trong sổ y như vậy. Nhập nữa sẽ cộng thêm lần thứ hai."
        self.repeats.setText(repeated)
        set_state(self.repeats, "tint", "amber")
        self._offer(proposal)

    def _offer(self, proposal: EntryProposal) -> None:
        words = f"Nhập {len(proposal.entries)} bút toán"
        self.go.setText(words)
        self.go.setAccessibleName(words)
        if proposal.problems:
            more = len(proposal.problems) - MOST_PROBLEMS
            rest = f" Và {more} chỗ khác." if more > 0 else ""
            told = " ".join(one.rstrip(".") + "." for one in proposal.problems[:MOST_PROBLEMS])
            self.tell(f"Chưa nhập được, sửa tệp rồi chọn lại. {told}{rest}")
        self.go.setEnabled(bool(proposal.entries) and not proposal.problems)

    def _unread(self, error: VungXaError) -> None:
        self.summary.setText("Chưa có gì được ghi.")
        self.table.say_none("Không có gì để nhập.")
        self.tell(error.message)

    def question(self) -> Callable[[], object] | None:
        """Write the entries, all or none."""
        proposal = self.proposal
        return (lambda: self._service.take_entries(proposal)) if proposal is not None else None


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
