"""Judges the rows of an estimate: which entry each makes, or in words why none; what a line would have afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Literal

from desktop.desk.errors import DeskError
from desktop.desk.whole_lists import text
from desktop.dossier.book import EntryKind, EntryRow, EstimateEntry
from desktop.dossier.document import Row
from desktop.dossier.fold import fold
from desktop.dossier.money import MAX_VND, format_vnd
from desktop.dossier.payees import account_key
from desktop.dossier.postings import program_of
from desktop.dossier.views import EstimateView

KIND_WORDS: Sequence[tuple[str, EntryKind]] = (
    ("dieu chinh", "adjusted"),
    ("dieu chuyen", "adjusted"),
    ("giam", "adjusted"),
    ("chuyen", "carried"),
    ("tam cap", "provisional"),
    ("bo sung", "added"),
    ("giao", "initial"),
    ("dau nam", "initial"),
)
"""Words, without diacritics, by which a cell of «Loại giao» is known; the first that it holds counts."""
Line = tuple[int, str, str, str]
"""Budget year, account, source, sector."""
Judged = EstimateEntry | str
"""An entry, or a sentence that says why there is none."""


def filled(row: Row) -> Row:
    """Give the cells of a row that say something."""
    return {key: value for key, value in row.items() if value not in (None, "")}


def judge(row: Row, began: Set[Line], deposit_account: str) -> Judged:
    """Give the entry of a row, or why there is none; without a kind it begins a line that is not among `began`."""
    amount, year = row.get("amount"), row.get("budget_year")
    line = (year if isinstance(year, int) else 0, text(row, "account"), text(row, "source"), text(row, "sector"))
    kind = kind_of(text(row, "kind")) if text(row, "kind") else "added" if line in began else "initial"
    if not kind:
        return "loại giao chưa rõ, ghi giao đầu năm, chuyển nguồn, bổ sung, điều chỉnh hoặc tạm cấp"
    entry = EstimateEntry.model_construct(
        budget_year=line[0], account=line[1], source=line[2], sector=line[3], econ=text(row, "econ"),
        program=program_of(text(row, "program")), kind=kind, amount=amount if isinstance(amount, int) else 0,
        document_no=text(row, "document_no"), document_date=text(row, "document_date"), note=text(row, "note"),
    )  # fmt: skip
    return fault_of(entry, deposit_account) or entry


def kind_of(words: str) -> EntryKind | Literal[""]:
    """Give the kind that words name, "" for none: «Bổ sung trong năm» is "added"."""
    folded = fold(words)
    return next((kind for word, kind in KIND_WORDS if word in folded), "")


def fault_of(entry: EstimateEntry, deposit_account: str) -> str:
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


def too_low(entries: Sequence[EstimateEntry], lines: Mapping[Line, EstimateView]) -> Iterator[DeskError]:
    """Give the refusal of each line that the entries lower in all below nothing, or below what is used and held."""
    sums: dict[Line, int] = {}
    for entry in entries:
        sums[line_of(entry)] = sums.get(line_of(entry), 0) + entry.amount
    for line, delta in sums.items():
        view = lines.get(line)
        given, gone = (view.given, view.used + view.held) if view else (0, 0)
        if delta < 0 and given + delta < max(0, gone):
            yield _too_low(line, given + delta, gone)


def _too_low(line: Line, given: int, gone: int) -> DeskError:
    words = f"Nguồn {line[2]}" + (f", ngành {line[3]}" if line[3] else "")
    if given < 0:
        return DeskError("estimate_below_zero", f"{words}: dự toán sẽ thành số âm.")
    told = f"{words}: dự toán chỉ còn {format_vnd(given)} đ, đã dùng và đang chờ {format_vnd(gone)} đ."
    return DeskError("estimate_below_used", told)


def line_of(entry: EstimateEntry) -> Line:
    """Give the line that an entry stands on."""
    return entry.budget_year, entry.account, entry.source, entry.sector


def counter_of(row: EntryRow) -> EstimateEntry:
    """Give the entry that would take one back."""
    return row.entry.model_copy(update={"amount": -row.entry.amount})
