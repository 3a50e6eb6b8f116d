"""Tables of reconciliation filled from the unit's book by the formulas of the decree: Mẫu 26, 28, 30, 31, 32 (pure).

Source: NĐ 347/2025/NĐ-CP Điều 10 and the notes on the columns of the forms. A figure stands as of the end of its
period; what is used is the Treasury's word. A unit has no lệnh chi tiền (Mẫu 27, 29): none of its forms makes one.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from desktop.dossier.book import EntryKind
from desktop.dossier.document import Row
from desktop.dossier.postings import NO_PROGRAM

QUARTERS = ("I", "II", "III", "IV")
Codes = tuple[str, ...]


class Period(NamedTuple):
    """The days a table is about; both ends belong to it."""

    first: date
    last: date


class Given(NamedTuple):
    """One entry of the estimate; VND, counted from a day on."""

    account: str
    source: str
    sector: str
    program: str
    kind: EntryKind
    amount: int
    day: date


class Moved(NamedTuple):
    """VND that moved on a line (spending is negative) on a day; `local_id` is "" for no dossier here."""

    account: str
    source: str
    sector: str
    delta: int
    day: date
    local_id: str = ""
    package_id: str = ""


class Spent(NamedTuple):
    """VND that the Treasury accepted under codes; `kind` is "spend" or "advance", what it took back is negative."""

    kind: str
    account: str
    source: str
    sector: str
    econ: str
    program: str
    amount: int
    day: date
    local_id: str = ""


@dataclass(frozen=True)
class YearBook:
    """The book of one budget year; a line without a sector is that of a deposit account."""

    year: int
    given: tuple[Given, ...] = ()
    moved: tuple[Moved, ...] = ()
    spent: tuple[Spent, ...] = ()
    unit_name: str = ""
    accounts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "accounts", frozenset(item.account for item in self.given if item.sector))


def posted_day(day: date, budget_year: int) -> date:
    """Count a day into its budget year: what is booked in the adjustment period belongs to 31 December (R-086)."""
    return min(max(day, date(budget_year, 1, 1)), date(budget_year, 12, 31))


def quarter(year: int, number: int) -> Period:
    """Give the days of a quarter, 1 to 4."""
    return Period(date(year, number * 3 - 2, 1), _month_end(year, number * 3))


def month(year: int, number: int) -> Period:
    """Give the days of a month, 1 to 12."""
    return Period(date(year, number, 1), _month_end(year, number))


def whole(year: int) -> Period:
    """Give the days of a year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def rows_of(form: str, book: YearBook, period: Period) -> list[Row]:
    """Fill the table of a form; formula cells are left to desktop.dossier.compute. Raises KeyError for other forms."""
    return _FILLERS[form](book, period)


def _estimates(book: YearBook, period: Period) -> list[Row]:
    """Mẫu 26: what was given and what was used of it, by source, sector and programme."""
    given: dict[Codes, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item in book.given:
        if item.sector and item.day <= period.last:
            amounts = given[item.source, item.sector, item.program]
            amounts["carried" if item.kind == "carried" else "to_date"] += item.amount
            amounts["initial"] += item.amount if item.kind == "initial" else 0
            amounts["in_period"] += item.amount if item.kind != "carried" and item.day >= period.first else 0
    lines = {codes[:2] for codes in given}
    for codes, (within, to_date) in _used(book, period).items():
        if codes[:2] in lines:
            given[codes]["used_period"] += within
            given[codes]["used_to_date"] += to_date
    return [_estimate_row(codes, given[codes]) for codes in sorted(given) if any(given[codes].values())]


def _estimate_row(codes: Codes, amounts: Mapping[str, int]) -> Row:
    columns = ("carried", "initial", "in_period", "to_date", "used_period", "used_to_date", "withheld")
    source, sector, program = codes
    return {
        "source": source,
        "sector": sector,
        "program_code": program or NO_PROGRAM,
        **{column: amounts.get(column, 0) for column in columns},
    }


def _used(book: YearBook, period: Period) -> dict[Codes, tuple[int, int]]:
    """VND used in the period and to its end; what moved tells of no programme: what was spent by one is set apart."""
    found: dict[Codes, list[int]] = defaultdict(lambda: [0, 0])
    for source, sector, program, amount, day in _uses(book):
        if day <= period.last:
            found[source, sector, program][1] += amount
            found[source, sector, program][0] += amount if day >= period.first else 0
    return {codes: (within, to_date) for codes, (within, to_date) in found.items()}


def _uses(book: YearBook) -> Iterable[tuple[str, str, str, int, date]]:
    for move in book.moved:
        if move.sector and move.account in book.accounts:
            yield move.source, move.sector, "", -move.delta, move.day
    for item in book.spent:
        if item.program and item.account in book.accounts:
            yield item.source, item.sector, item.program, item.amount, item.day
            yield item.source, item.sector, "", -item.amount, item.day


def _spending(book: YearBook, period: Period) -> list[Row]:
    """Mẫu 28: advanced and spent, by source, sector, item and programme."""
    sums: dict[Codes, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_SPENDING, 0))
    for item in book.spent:
        if item.account in book.accounts and item.day <= period.last:
            amounts = sums[item.source, item.sector, item.econ, item.program]
            column = "advance" if item.kind == "advance" else "actual"
            amounts[f"{column}_balance"] += item.amount
            amounts[f"{column}_period"] += item.amount if item.day >= period.first else 0
    return [_spending_row(codes, amounts) for codes, amounts in sorted(sums.items()) if any(amounts.values())]


_SPENDING = ("advance_period", "advance_balance", "actual_period", "actual_balance")


def _spending_row(codes: Codes, amounts: Mapping[str, int]) -> Row:
    source, sector, econ, program = codes
    fund = "Kinh phí chương trình mục tiêu" if program else "Kinh phí thường xuyên"
    return {
        "content": f"{fund}, nguồn {source}",
        "source": source,
        "sector": sector,
        "econ": econ,
        "program_code": program or NO_PROGRAM,
        **amounts,
    }


def _deposits(book: YearBook, period: Period) -> list[Row]:
    """Mẫu 32: each deposit account at the beginning of the month, and what came and went in it.

    What was given at the beginning of the year is its opening balance, whenever it was entered; what was added later
    came on its day.
    """
    accounts = dict.fromkeys(item.account for item in book.given if not item.sector)
    return [{"account_no": account, **_deposit(book, account, period)} for account in accounts]


def _deposit(book: YearBook, account: str, period: Period) -> dict[str, int]:
    opening = sum(item.amount for item in book.given if item.account == account and item.kind in _AT_FIRST)
    changes = [(item.amount, item.day) for item in book.given if item.account == account and item.kind not in _AT_FIRST]
    changes += [(move.delta, move.day) for move in book.moved if move.account == account]
    before = period.first - timedelta(days=1)
    within = [amount for amount, day in changes if before < day <= period.last]
    return {
        "opening": opening + sum(amount for amount, day in changes if day <= before),
        "increase": sum(amount for amount in within if amount > 0),
        "decrease": -sum(amount for amount in within if amount < 0),
    }


_AT_FIRST = ("initial", "carried", "treasury")


def _carried_deposits(book: YearBook, _: Period) -> list[Row]:
    """Mẫu 30: what is left on deposit accounts at the year's end, by source; sector and item are the preparer's."""
    left: dict[str, int] = defaultdict(int)
    for item in book.given:
        left[item.source] += 0 if item.sector else item.amount
    for move in book.moved:
        left[move.source] += 0 if move.sector else move.delta
    return [
        {"group": "recurrent", "content": f"Kinh phí thường xuyên, nguồn {source}", "fund_kind": source, "balance": vnd}
        for source, vnd in sorted(left.items())
        if vnd
    ]


def _carried_tasks(book: YearBook, _: Period) -> list[Row]:
    """Mẫu 31: each estimate of which something is left, or an advance is open, at the end of the year."""
    rows = []
    for source, sector in sorted({(item.source, item.sector) for item in book.given if item.sector}):
        given = dict.fromkeys(("carried", "initial", "adjusted"), 0)
        for item in book.given:
            if (item.source, item.sector) == (source, sector):
                given[item.kind if item.kind in given else "adjusted"] += item.amount
        used = sum(item[3] for item in _uses(book) if item[:2] == (source, sector))
        advance = _open_advance(book, source, sector)
        if sum(given.values()) != used or advance:
            rows.append(_task_row(book, (source, sector), given, used, advance))
    return rows


def _open_advance(book: YearBook, source: str, sector: str) -> int:
    mine = (item for item in book.spent if (item.source, item.sector, item.kind) == (source, sector, "advance"))
    return sum(item.amount for item in mine if item.account in book.accounts)


def _task_row(book: YearBook, codes: Codes, given: Mapping[str, int], used: int, advance: int) -> Row:
    return {
        "group": "recurrent",
        "unit": book.unit_name,
        "fund_kind": codes[0],
        "sector": codes[1],
        "carried_estimate": given["carried"],
        "carried_advance": 0,
        "initial": given["initial"],
        "adjusted": given["adjusted"],
        "used": used,
        "cancelled": 0,
        "carry_advance": advance,
    }


_FILLERS = {
    "M26": _estimates,
    "M28": _spending,
    "M30": _carried_deposits,
    "M31": _carried_tasks,
    "M32": _deposits,
}
TABLES: Mapping[str, str] = {form: "accounts" if form == "M32" else "lines" for form in _FILLERS}
"""The table that each form is filled in, by the form's id."""


def _month_end(year: int, number: int) -> date:
    return date(year, number, calendar.monthrange(year, number)[1])
