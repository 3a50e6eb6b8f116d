"""The tables of reconciliation as an accountant writes them: from the unit's own book, not from the Treasury's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.dossier.document import Row
from desktop.dossier.postings import Posting, postings
from desktop.store.store import Store

PROGRAM = "00000"
"""The programme code of what belongs to none."""
_QUARTERS = ("I", "II", "III", "IV")


def booking_day(day: date, year: int) -> date:
    """Give the day of a budget year on which the Treasury books what it decides on a day (adjustment period: R-086)."""
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))


def quarter_of(day: date) -> str:
    """Name the quarter of a day as the forms do."""
    return _QUARTERS[(day.month - 1) // 3]


def estimate_rows(store: Store, year: int) -> list[Row]:
    """Give the lines of Mẫu 26 and 27 by source and sector: given before this quarter, used in it."""
    given: dict[tuple[str, str], tuple[int, int]] = {}
    for line in store.estimates.all():
        if line.budget_year == year and line.sector:
            before = given.get((line.source, line.sector), (0, 0))
            given[line.source, line.sector] = (before[0] + line.given, before[1] + line.used)
    return [
        {
            "source": source,
            "sector": sector,
            "program_code": PROGRAM,
            "carried": 0,
            "initial": amount,
            "in_period": 0,
            "to_date": amount,
            "used_period": used,
            "used_to_date": used,
        }
        for (source, sector), (amount, used) in sorted(given.items())
    ]


def spending_rows(store: Store, year: int) -> list[Row]:
    """Give the lines of Mẫu 28 and 29: advanced and spent by source, sector and item, all of it in this quarter."""
    accounts = {line.account for line in store.estimates.all() if line.sector}
    sums: dict[tuple[str, str, str], dict[str, int]] = {}
    for posting in booked(store):
        if posting.account in accounts and posting.budget_year == year:
            codes = (posting.source, posting.sector, posting.econ)
            amounts = sums.setdefault(codes, {"spend": 0, "advance": 0})
            amounts[posting.kind] += posting.amount
    return [_spent(codes, amounts) for codes, amounts in sorted(sums.items()) if any(amounts.values())]


def _spent(codes: tuple[str, str, str], amounts: dict[str, int]) -> Row:
    source, sector, econ = codes
    return {
        "content": f"Tiểu mục {econ}",
        "source": source,
        "sector": sector,
        "program_code": PROGRAM,
        "econ": econ,
        "advance_period": amounts["advance"],
        "advance_balance": amounts["advance"],
        "actual_period": amounts["spend"],
        "actual_balance": amounts["spend"],
    }


def balance_rows(store: Store, year: int, account: str) -> list[Row]:
    """Give the line of Mẫu 32 of an account to which everything happened in this month."""
    lines = [line for line in store.estimates.all() if (line.account, line.budget_year) == (account, year)]
    given, used = sum(line.given for line in lines), sum(line.used for line in lines)
    return [{"account_no": account, "opening": given, "increase": 0, "decrease": used}]


def booked(store: Store) -> Iterator[Posting]:
    """Yield what moved by every dossier that the Treasury accepted."""
    account = store.unit.get().estimate_account
    for dossier in store.drafts.list():
        if store.projection.facts(dossier.local_id).decision == "paid":
            yield from postings(dossier, account)
