"""Compares a unit's tables of reconciliation with the Treasury's books (pure): NĐ 347/2025 Điều 9, 10, Mẫu 26-32.

What differs is told figure by figure; lines of the books that a table leaves out stand under its own lines.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from desktop.dossier.compute import fill, money
from desktop.dossier.document import Document, Dossier, Row
from desktop.dossier.money import format_vnd
from desktop.dossier.pack import form_of
from desktop.sync.protocol import Figure
from gateway.books import Books, BudgetKey, Move

_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
Codes = tuple[str, ...]
Amounts = dict[str, int]


class Period(NamedTuple):
    """The days a table is about; both ends belong to it."""

    first: date
    last: date


class Difference(NamedTuple):
    """One figure that differs: where it stands, what the unit says, what the books say (VND).

    `codes` name the line when only the books have it.
    """

    figure: Figure
    label: str
    told: int
    booked: int
    codes: tuple[Figure, ...] = ()


def differences(dossier: Dossier, books: Books) -> list[Difference]:
    """Give every figure of the dossier's tables that is not the Treasury's, in the order of the documents."""
    found: list[Difference] = []
    for index, document in enumerate(dossier.documents):
        compare = _TABLES.get(form_of(document.form).id)
        if compare is not None:
            found += compare(index, fill(document), books)
    return found


def figures_of(found: Iterable[Difference]) -> list[Figure]:
    """Give the figures to tell the unit, a line that only the books have with its codes."""
    return [figure for item in found for figure in (*item.codes, item.figure)]


def in_words(found: Iterable[Difference]) -> str:
    """Say what differs, the first three figures by name."""
    told = list(found)
    named = [
        f"{item.label}: đơn vị ghi {format_vnd(item.told)} đ, Kho bạc có {format_vnd(item.booked)} đ"
        for item in told[:3]
    ]
    more = f" và {len(told) - 3} số liệu khác" if len(told) > 3 else ""
    return f"Số liệu không khớp đúng. {'; '.join(named)}{more}. Hãy kiểm tra sổ và gửi lại bảng đối chiếu."


def quarter_of(document: Document) -> Period:
    """The quarter of Mẫu 26-29; a table without one is about its whole year."""
    year = money(document.fields.get("year"))
    year = year if 0 < year < 9999 else 1
    number = _QUARTERS.get(str(document.fields.get("quarter") or "").strip().upper(), 0)
    if not number:
        return Period(date(year, 1, 1), date(year, 12, 31))
    last = number * 3
    return Period(date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _estimates(index: int, document: Document, books: Books) -> list[Difference]:
    """Mẫu 26, 27: what was given and what was used of it, by source and sector."""
    period = quarter_of(document)
    keys = [key for key in books.given if key.sector and key.budget_year == period.last.year]
    booked: dict[Codes, Amounts] = {}
    for key in keys:
        amounts = booked.setdefault((key.source, key.sector), dict.fromkeys(_ESTIMATE_COLUMNS, 0))
        moves = [move for move in books.moves if move.key == key and move.day <= period.last]
        used = -sum(move.delta for move in moves)
        amounts["usable"] += books.given[key]
        amounts["used_period"] -= sum(move.delta for move in moves if move.day >= period.first)
        amounts["used_to_date"] += used
        amounts["remaining"] += books.given[key] - used
    return _compare(_Table(index, document, ("source", "sector"), _ESTIMATE_COLUMNS), booked)


_ESTIMATE_COLUMNS = ("usable", "used_period", "used_to_date", "remaining")


def _spending(index: int, document: Document, books: Books) -> list[Difference]:
    """Mẫu 28, 29: advanced and spent, by source, sector and item."""
    period = quarter_of(document)
    booked: dict[Codes, Amounts] = {}
    accounts = {key.account for key in books.given if key.sector}
    for item in books.booked:
        if item.account not in accounts or item.budget_year != period.last.year or item.day > period.last:
            continue
        amounts = booked.setdefault((item.source, item.sector, item.econ), dict.fromkeys(_SPENDING_COLUMNS, 0))
        column = "advance" if item.kind == "advance" else "actual"
        amounts[f"{column}_balance"] += item.amount
        if item.day >= period.first:
            amounts[f"{column}_period"] += item.amount
    known = {codes: amounts for codes, amounts in booked.items() if any(amounts.values())}
    return _compare(_Table(index, document, ("source", "sector", "econ"), _SPENDING_COLUMNS), known)


_SPENDING_COLUMNS = ("advance_period", "advance_balance", "actual_period", "actual_balance")


def _deposits(index: int, document: Document, books: Books) -> list[Difference]:
    """Mẫu 32: each account at the beginning and end of the month, and what came and went."""
    year, month = money(document.fields.get("year")), money(document.fields.get("month"))
    if not (0 < year < 9999 and 1 <= month <= 12):
        return []
    first = date(year, month, 1)
    last = date(year, month, calendar.monthrange(year, month)[1])
    rows = document.tables.get("accounts", [])
    accounts = [str(row.get("account_no") or "") for row in rows]
    booked: dict[Codes, Amounts] = {(account,): _month(account, Period(first, last), books) for account in accounts}
    return _compare(_Table(index, document, ("account_no",), _DEPOSIT_COLUMNS, "accounts"), booked)


_DEPOSIT_COLUMNS = ("opening", "increase", "decrease", "closing")


def _month(account: str, period: Period, books: Books) -> Amounts:
    lines = books.lines_of(account, period.last.year)
    moves = [move for move in books.moves if move.key in lines]
    opening = sum(books.given.get(line, 0) for line in lines) + _sum(moves, period.first - timedelta(days=1))
    within = [move.delta for move in moves if period.first <= move.day <= period.last]
    increase, decrease = sum(d for d in within if d > 0), -sum(d for d in within if d < 0)
    amounts = (opening, increase, decrease, opening + increase - decrease)
    return dict(zip(_DEPOSIT_COLUMNS, amounts, strict=True))


def _sum(moves: Iterable[Move], until: date) -> int:
    return sum(move.delta for move in moves if move.day <= until)


def _carried_deposits(index: int, document: Document, books: Books) -> list[Difference]:
    """Mẫu 30: what is left on deposit accounts at the end of the year, by source (the form's kind of fund)."""
    booked = _left(document, books, lambda key: not key.sector)
    table = _Table(index, document, ("fund_kind",), ("balance",))
    return _compare(table, {(source,): {"balance": left} for (source, *_), left in booked.items() if left})


def _carried_tasks(index: int, document: Document, books: Books) -> list[Difference]:
    """Mẫu 31: what was used of each estimate in the year, and what it was."""
    year = money(document.fields.get("from_year"))
    booked: dict[Codes, Amounts] = {}
    for key, given in books.given.items():
        if key.sector and key.budget_year == year:
            amounts = booked.setdefault((key.source, key.sector), {"estimate_total": 0, "used": 0})
            amounts["estimate_total"] += given
            amounts["used"] -= sum(move.delta for move in books.moves if move.key == key)
    return _compare(
        _Table(index, document, ("fund_kind", "sector"), ("estimate_total", "used")), booked, told_only=True
    )


def _left(document: Document, books: Books, of: Callable[[BudgetKey], bool]) -> dict[Codes, int]:
    year = money(document.fields.get("from_year"))
    left: dict[Codes, int] = {}
    for key in dict.fromkeys([*books.given, *(move.key for move in books.moves)]):
        if key.budget_year == year and of(key):
            left[(key.source,)] = left.get((key.source,), 0) + books.remaining(key)
    return left


@dataclass(frozen=True)
class _Table:
    """A table to compare: the columns that name a line of the books, and those that hold its figures."""

    index: int
    document: Document
    codes: tuple[str, ...]
    columns: tuple[str, ...]
    key: str = "lines"

    @property
    def rows(self) -> list[Row]:
        return self.document.tables.get(self.key, [])

    def codes_of(self, row: Row) -> Codes:
        return tuple(str(row.get(code) or "") for code in self.codes)

    def label(self, codes: Codes, column: str) -> str:
        form = form_of(self.document.form)
        name = form.tables_by_key[self.key].columns_by_key[column].label
        return f"Mẫu {form.number}, {' / '.join(filter(None, codes))}, cột «{name}»"


def _compare(table: _Table, booked: dict[Codes, Amounts], *, told_only: bool = False) -> list[Difference]:
    """Set the sum of the unit's lines of one name against the books; the first of them carries the difference.

    `told_only` leaves out what the books have and the table does not: it names only what is carried over.
    """
    told: dict[Codes, list[int]] = {}
    for number, row in enumerate(table.rows):
        told.setdefault(table.codes_of(row), []).append(number)
    found: list[Difference] = []
    for codes, numbers in told.items():
        amounts = booked.get(codes, dict.fromkeys(table.columns, 0))
        found += _differing(table, codes, numbers, amounts)
    left_out = [] if told_only else [codes for codes in booked if codes not in told and any(booked[codes].values())]
    for number, codes in enumerate(left_out, len(table.rows)):
        found += _unknown_line(table, number, codes, booked[codes])
    return found


def _differing(table: _Table, codes: Codes, numbers: list[int], amounts: Amounts) -> Iterator[Difference]:
    for column in table.columns:
        sums = sum(money(table.rows[number].get(column)) for number in numbers)
        if sums != amounts[column]:
            figure = _figure(table, numbers[0], column, amounts[column])
            yield Difference(figure, table.label(codes, column), sums, amounts[column])


def _unknown_line(table: _Table, number: int, codes: Codes, amounts: Amounts) -> Iterator[Difference]:
    names = tuple(_figure(table, number, key, code) for key, code in zip(table.codes, codes, strict=True))
    for column in table.columns:
        figure = _figure(table, number, column, amounts[column])
        yield Difference(figure, table.label(codes, column), 0, amounts[column], names)
        names = ()


def _figure(table: _Table, row: int, key: str, value: str | int) -> Figure:
    return Figure(document=table.index, table=table.key, row=row, key=key, value=value)


_TABLES: dict[str, Callable[[int, Document, Books], list[Difference]]] = {
    "M26": _estimates,
    "M27": _estimates,
    "M28": _spending,
    "M29": _spending,
    "M30": _carried_deposits,
    "M31": _carried_tasks,
    "M32": _deposits,
}
