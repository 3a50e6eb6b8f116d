"""Entries of the estimate: propose them from a spreadsheet, take them once confirmed, add one, take one back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.whole_lists import read_whole, text
from desktop.dossier.book import EntryKind, EntryProposal, EntryRow, EstimateEntry
from desktop.dossier.document import Row
from desktop.dossier.duties import Act
from desktop.dossier.fold import fold
from desktop.dossier.money import MAX_VND, format_vnd
from desktop.dossier.payees import account_key
from desktop.dossier.postings import program_of
from desktop.exchange.sheet_kinds import ESTIMATE

KIND_WORDS: Sequence[tuple[str, EntryKind]] = (
    ("chuyen", "carried"),
    ("tam cap", "provisional"),
    ("dieu chinh", "adjusted"),
    ("giam", "adjusted"),
    ("bo sung", "added"),
    ("giao", "initial"),
    ("dau nam", "initial"),
)
"""Words, without diacritics, by which a cell of «Loại giao» is known; the first that it holds counts."""
_TELLING = ("kind", "econ", "program")
"""Columns without which a file only says what each line was given."""
Line = tuple[int, str, str, str]
Judged = EstimateEntry | str
"""An entry, or a sentence that says why there is none."""


class EstimateEntries:
    """What a unit was given, entry by entry."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def entries(self, year: int) -> Sequence[EntryRow]:
        """The entries of a budget year, the newest first."""
        return self._context.store.estimates.entries(year)

    @reading
    def propose_entries(self, path: Path, letters: str = "", *, year: int = 0, account: str = "") -> EntryProposal:
        """Reads a spreadsheet of entries; nothing is written. Raises DeskError bad_list, SpreadsheetError.

        `year` and `account` (this year, the unit's estimate account) stand where a row names none. A row without a kind
        is «Giao đầu năm» on a line that was given nothing yet, else «Bổ sung».
        """
        found = read_whole(path, ESTIMATE, letters)
        unit = self._context.store.unit.get()
        known: Row = {
            "budget_year": year or int(self._context.today()[:4]),
            "account": account or unit.estimate_account,
        }
        given = {
            (line.budget_year, line.account, line.source, line.sector): line.given
            for line in self._context.store.estimates.all()
        }
        judged = [_judge(known | _filled(row), given, unit.deposit_account) for row in found.rows]
        entries = tuple(item for item in judged if isinstance(item, EstimateEntry))
        faults = [f"Dòng {number}: {item}" for number, item in enumerate(judged, 1) if isinstance(item, str)]
        lines = {_line(entry) for entry in entries}
        before = sum(given.get(line, 0) for line in lines)
        total = sum(entry.amount for entry in entries)
        problems = (*faults, *_below_zero(entries, given))
        return EntryProposal(
            path.name, entries, len(found.rows), total, before, before + total, self._known(entries), problems
        )

    @reading
    def holds_entries(self, path: Path, letters: str = "") -> bool:
        """Whether a spreadsheet tells entries apart: by kind, item or programme. Raises as `propose_entries`."""
        return any(row.get(key) for row in read_whole(path, ESTIMATE, letters).rows for key in _TELLING)

    @needs(Act.MONEY)
    def take_entries(self, proposal: EntryProposal) -> int:
        """Writes the entries of a proposal, all or none, and gives how many.

        Raises DeskError bad_list while it has problems, StoreError estimate_below_zero.
        """
        if proposal.problems or not proposal.entries:
            fault = proposal.problems[0] if proposal.problems else "Tệp không có dòng dự toán nào."
            raise DeskError("bad_list", f"Chưa nhập được. {fault} Sửa tệp rồi nhập lại, chưa có gì được ghi.")
        with self._context.store.transaction():
            for entry in proposal.entries:
                self._write(entry)
        return len(proposal.entries)

    @needs(Act.MONEY)
    def add_entry(self, entry: EstimateEntry) -> int:
        """Writes one entry and gives its number. Raises DeskError bad_entry, StoreError estimate_below_zero."""
        fault = _fault(entry, self._context.store.unit.get().deposit_account)
        if fault:
            raise DeskError("bad_entry", f"Chưa ghi bút toán: {fault}.")
        return self._write(entry)

    @needs(Act.MONEY)
    def undo_entry(self, entry_id: int) -> int:
        """Writes the counter-entry of an entry and gives its number; the entry stays.

        Raises StoreError entry_unknown, entry_undone, entry_counter, entry_of_treasury, estimate_below_zero.
        """
        return self._context.store.estimates.undo(entry_id, self._context.user.person_id)

    def _write(self, entry: EstimateEntry) -> int:
        return self._context.store.estimates.add(entry, self._context.user.person_id)

    def _known(self, entries: Sequence[EstimateEntry]) -> int:
        """How many of the entries stand in the book already, word for word."""
        years = {entry.budget_year for entry in entries}
        kept = [row.entry for year in years for row in self.entries(year) if not row.undone and row.undoes is None]
        return sum(entry in kept for entry in entries)


def _filled(row: Row) -> Row:
    return {key: value for key, value in row.items() if value not in (None, "")}


def _judge(row: Row, given: Mapping[Line, int], deposit_account: str) -> Judged:
    amount, year = row.get("amount"), row.get("budget_year")
    line = (year if isinstance(year, int) else 0, text(row, "account"), text(row, "source"), text(row, "sector"))
    kind = kind_of(text(row, "kind")) if text(row, "kind") else "added" if given.get(line) else "initial"
    if not kind:
        return "loại giao chưa rõ, ghi giao đầu năm, chuyển nguồn, bổ sung, điều chỉnh hoặc tạm cấp"
    entry = EstimateEntry.model_construct(
        budget_year=line[0], account=line[1], source=line[2], sector=line[3], econ=text(row, "econ"),
        program=program_of(text(row, "program")), kind=kind, amount=amount if isinstance(amount, int) else 0,
        document_no=text(row, "document_no"), document_date=text(row, "document_date"), note=text(row, "note"),
    )  # fmt: skip
    return _fault(entry, deposit_account) or entry


def kind_of(words: str) -> EntryKind | Literal[""]:
    """Give the kind that words name, "" for none: «Bổ sung trong năm» is "added"."""
    folded = fold(words)
    return next((kind for word, kind in KIND_WORDS if word in folded), "")


def _fault(entry: EstimateEntry, deposit_account: str) -> str:
    """Say why an entry cannot stand, "" when it can."""
    if not entry.account or not entry.source:
        return "thiếu tài khoản hoặc mã nguồn"
    own = account_key(entry.account) == account_key(deposit_account)
    if not entry.sector and not own and not entry.account.startswith("37"):
        return f"nguồn {entry.source} của tài khoản {entry.account} chưa có mã ngành kinh tế"
    if not 2000 <= entry.budget_year <= 2100:
        return "năm ngân sách ghi bốn chữ số"
    if entry.kind == "treasury":
        return "số Kho bạc ghi chỉ đến từ Kho bạc"
    if not 0 < abs(entry.amount) <= MAX_VND:
        return f"số tiền phải khác 0 và không quá {format_vnd(MAX_VND)} đ"
    return "chỉ bút toán điều chỉnh mới được âm" if entry.amount < 0 and entry.kind != "adjusted" else ""


def _below_zero(entries: Sequence[EstimateEntry], given: Mapping[Line, int]) -> Iterator[str]:
    sums: dict[Line, int] = {}
    for entry in entries:
        sums[_line(entry)] = sums.get(_line(entry), given.get(_line(entry), 0)) + entry.amount
    for (_, _, source, sector), amount in sums.items():
        if amount < 0:
            yield f"Nguồn {source}, ngành {sector}: dự toán sẽ thành số âm."


def _line(entry: EstimateEntry) -> Line:
    return entry.budget_year, entry.account, entry.source, entry.sector
