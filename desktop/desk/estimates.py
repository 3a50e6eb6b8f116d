"""Takes in the estimate as decided, from the spreadsheet that the unit got with the decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.desk.whole_lists import read_whole, refuse_faults, text
from desktop.dossier.document import Row
from desktop.dossier.payees import account_key
from desktop.dossier.people import EstimateLine
from desktop.exchange.sheet_kinds import ESTIMATE
from desktop.store.store import Store

Line = tuple[int, str, str, str]
"""Budget year, account, source, sector."""


@dataclass(frozen=True)
class ImportedEstimate:
    """What an import set: `lines` of the book, from `rows` of the file, `total` VND."""

    lines: tuple[EstimateLine, ...]
    rows: int
    total: int


def import_estimate(store: Store, path: Path, *, year: int, account: str = "", letters: str = "") -> ImportedEstimate:
    """Set the lines that a file names; lines that it does not name stay, rows of one line are added up.

    `year` and `account` (the unit's estimate account when "") stand where a row has none. Raises DeskError bad_list,
    SpreadsheetError.
    """
    found = read_whole(path, ESTIMATE, letters)
    account = account or store.unit.get().estimate_account
    sums: dict[Line, int] = {}
    for row in found.rows:
        given, amount = row.get("budget_year"), row.get("amount")
        key = (
            given if isinstance(given, int) else year,
            text(row, "account") or account,
            text(row, "source"),
            text(row, "sector"),
        )
        sums[key] = sums.get(key, 0) + (amount if isinstance(amount, int) else 0)
    refuse_faults([*_faults(sums, store.unit.get().deposit_account), *_not_above_zero(found.rows)])
    lines = tuple(
        EstimateLine(budget_year=number, account=where, source=source, sector=sector, amount=amount)
        for (number, where, source, sector), amount in sums.items()
    )
    store.estimates.load(lines)
    return ImportedEstimate(lines, len(found.rows), sum(sums.values()))


def _faults(lines: Iterable[Line], deposit_account: str) -> Iterator[str]:
    """Only what lies on the deposit account has no sector (Mẫu 17 has none)."""
    for year, account, source, sector in lines:
        if not sector and account_key(account) != account_key(deposit_account):
            yield f"Nguồn {source} năm {year} của tài khoản {account}: chưa có mã ngành kinh tế"


def _not_above_zero(rows: Iterable[Row]) -> Iterator[str]:
    """What sets a line must be more than nothing; what is taken away is an entry (desktop.desk.estimate_entries)."""
    for number, row in enumerate(rows, 1):
        amount = row.get("amount")
        if isinstance(amount, int) and amount <= 0:
            yield f"Dòng {number}: số tiền phải lớn hơn 0"
