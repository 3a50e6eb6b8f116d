"""Takes in the estimate as decided, from the spreadsheet that the unit got with the decision."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.desk.whole_lists import read_whole, text
from desktop.dossier.people import EstimateLine
from desktop.exchange.sheet_kinds import ESTIMATE
from desktop.store.store import Store


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
    sums: dict[tuple[int, str, str, str], int] = {}
    for row in found.rows:
        given, amount = row.get("budget_year"), row.get("amount")
        key = (
            given if isinstance(given, int) else year,
            text(row, "account") or account,
            text(row, "source"),
            text(row, "sector"),
        )
        sums[key] = sums.get(key, 0) + (amount if isinstance(amount, int) else 0)
    lines = tuple(
        EstimateLine(budget_year=number, account=where, source=source, sector=sector, amount=amount)
        for (number, where, source, sector), amount in sums.items()
    )
    store.estimates.load(lines)
    return ImportedEstimate(lines, len(found.rows), sum(sums.values()))
