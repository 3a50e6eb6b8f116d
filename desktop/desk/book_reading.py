"""Reads the book for people: estimates line by line, months, deposit accounts, movements, advances, contracts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop.desk.allowing import reading
from desktop.desk.context import DeskContext
from desktop.dossier.book import (
    BookLine,
    ContractLine,
    DepositLine,
    Level,
    MonthUse,
    Movement,
    MovementState,
    OpenAdvanceLine,
)
from desktop.dossier.catalogues import Catalogues
from desktop.dossier.fold import fold
from desktop.dossier.money import format_vnd
from desktop.dossier.reconciling import posted_day
from desktop.dossier.views import EstimateView
from desktop.store.book import Waiting
from desktop.store.movements import AccountMove

TIGHT = 0.98
"""How much of a line is used or held when it is marked as nearly gone."""
DEPOSIT = "Tài khoản tiền gửi"
Codes = tuple[str, str, str, str]
"""Source, sector, item, programme."""


class _Sum(NamedTuple):
    given: int = 0
    used: int = 0
    held: int = 0
    as_of: str = ""

    def plus(self, other: _Sum) -> _Sum:
        return _Sum(
            self.given + other.given,
            self.used + other.used,
            self.held + other.held,
            max(self.as_of, other.as_of),
        )


class BookReading:
    """The unit's book, read from the calling thread's store."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def years(self) -> Sequence[int]:
        """The budget years of the book, the newest first."""
        return self._context.store.book.years()

    @reading
    def lines(self, year: int) -> Sequence[BookLine]:
        """Each source, its sectors, the items that were given by item, and the total last; () for an empty year."""
        sectors: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
        for line in self._estimates(year):
            if line.sector:
                key = line.source, line.sector
                sectors[key] = sectors[key].plus(_sum(line))
        names = _Names(self._context.store.catalogues.in_force())
        items = self._items(year)
        found: list[BookLine] = []
        for source in sorted({source for source, _ in sectors}):
            mine = {key: value for key, value in sorted(sectors.items()) if key[0] == source}
            found.append(names.line("source", (source, "", "", ""), _added(mine.values())))
            for (_, sector), value in mine.items():
                found.append(names.line("sector", (source, sector, "", ""), value))
                found += [names.line("item", k, v) for k, v in sorted(items.items()) if k[:2] == (source, sector)]
        return (*found, names.line("total", ("", "", "", ""), _added(sectors.values()))) if found else ()

    @reading
    def months(self, year: int) -> Sequence[MonthUse]:
        """The twelve months; what is held stands in the month that runs, at the edge of another year."""
        book = self._context.store.book
        runs = posted_day(dt.date.fromisoformat(self._context.today()), year).month
        held = sum(item.amount for item in book.waiting(year) if item.sector)
        return [MonthUse(month, used, held if month == runs else 0) for month, used in book.months(year).items()]

    @reading
    def even_share(self, year: int) -> int:
        """A twelfth of what the estimates of a year were given, rounded down to a đồng."""
        return sum(line.given for line in self._estimates(year) if line.sector) // 12

    @reading
    def deposits(self, year: int) -> Sequence[DepositLine]:
        """The deposit accounts of a year, all sources of each together."""
        accounts: dict[str, _Sum] = defaultdict(_Sum)
        for line in self._estimates(year):
            if not line.sector:
                accounts[line.account] = accounts[line.account].plus(_sum(line))
        names = self._context.store.book.account_names(year)
        return [
            DepositLine(
                account, names.get(account, DEPOSIT), value.given - value.used, value.held,
                value.given - value.used - value.held, value.as_of,
            )
            for account, value in sorted(accounts.items())
        ]  # fmt: skip

    @reading
    def movements(self, account: str, year: int, text: str = "") -> Sequence[Movement]:
        """What moved on an account, the newest first; the balance runs on from what was given at the beginning."""
        book = self._context.store.book
        balance = sum(line.given for line in self._estimates(year) if line.account == account)
        found: list[Movement] = []
        for move in book.on_account(year, account):
            balance += move.delta
            found.append(_movement(move, balance))
        for waits in book.unbooked(year, account):
            balance += waits.delta
            words = self._title(waits.local_id)
            found.append(Movement(waits.day.isoformat(), words, waits.local_id, waits.delta, balance, "unconfirmed", 0))
        wanted = fold(text).split()
        kept = [move for move in found if all(word in fold(_spoken(move)) for word in wanted)]
        return kept[::-1]

    @reading
    def advances(self) -> Sequence[OpenAdvanceLine]:
        """The advances still open, the oldest first; one without a date counts as drawn today."""
        today = dt.date.fromisoformat(self._context.today())
        return [
            OpenAdvanceLine(
                row.number, row.date, row.payee, row.content, row.source, row.econ, row.amount, row.amount - row.open,
                row.open, _days_since(row.date, today), row.local_id,
            )
            for row in self._context.store.book.advances()
        ]  # fmt: skip

    @reading
    def contracts(self, text: str = "") -> Sequence[ContractLine]:
        """The contracts, the one paid last first."""
        today, wanted = dt.date.fromisoformat(self._context.today()), fold(text).split()
        return [
            ContractLine(
                row.number, row.date, row.party, row.total, row.paid, row.advanced, max(0, row.total - row.paid),
                _days_since(row.last, today),
            )
            for row in self._context.store.book.contracts()
            if all(word in fold(f"{row.number} {row.party}") for word in wanted)
        ]  # fmt: skip

    def _estimates(self, year: int) -> list[EstimateView]:
        return self._context.store.estimates.all(year)

    def _items(self, year: int) -> dict[Codes, _Sum]:
        """What was given by item or programme, with what was used and is held under just those codes."""
        store = self._context.store
        given: dict[Codes, int] = defaultdict(int)
        for row in store.estimates.entries(year):
            entry = row.entry
            if entry.sector and (entry.econ or entry.program):
                given[entry.source, entry.sector, entry.econ, entry.program] += entry.amount
        if not given:
            return {}
        found = {codes: _Sum(amount) for codes, amount in given.items()}
        moved = [(codes, _Sum(0, amount)) for codes, amount in store.book.spent_by_codes(year)]
        moved += [(_codes(item), _Sum(0, 0, item.amount)) for item in store.book.waiting(year)]
        for named, value in moved:
            for codes in found:
                if all(mine in ("", theirs) for mine, theirs in zip(codes, named, strict=True)):
                    found[codes] = found[codes].plus(value)
        return found

    def _title(self, local_id: str) -> str:
        row = self._context.store.projection.row(local_id) if local_id else None
        return f"{row.number} {row.title}" if row else ""


class _Names:
    """Gives a line its name and warning."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    def line(self, level: Level, codes: Codes, value: _Sum) -> BookLine:
        left = value.given - value.used - value.held
        warned = "" if level in ("source", "total") else _warning(value, left)
        return BookLine(
            level, *codes, self._name(level, codes), value.given, value.used, value.held, left, value.as_of, warned
        )

    def _name(self, level: Level, codes: Codes) -> str:
        if level == "total":
            return "Tổng cộng"
        source, sector, econ, program = codes
        named = {"source": ("source", source), "sector": ("sector", sector)}
        kind, code = named.get(level) or (("econ", econ) if econ else ("program", program))
        entry = self._catalogues.get(kind).get(code)
        return entry.name if entry else ""


def _warning(value: _Sum, left: int) -> str:
    if left < 0:
        return f"Vượt dự toán {format_vnd(-left)} đ"
    gone = value.used + value.held
    return f"Chỉ còn {format_vnd(left)} đ" if value.given and gone >= TIGHT * value.given else ""


def _sum(line: EstimateView) -> _Sum:
    return _Sum(line.given, line.used, line.held, line.confirmed_at)


def _added(sums: Iterable[_Sum]) -> _Sum:
    total = _Sum()
    for value in sums:
        total = total.plus(value)
    return total


def _movement(move: AccountMove, balance: int) -> Movement:
    """Money that came in without a dossier is the Treasury's word; what went out without one is not known here."""
    expected = move.expected if move.expected is not None else max(move.delta, 0)
    difference = move.delta - expected
    words = move.text or ("Kho bạc báo có" if move.delta > 0 else "Kho bạc ghi nợ, không có hồ sơ ở đây")
    state: MovementState = "differs" if difference else "match"
    return Movement(move.day.isoformat(), words, move.local_id, move.delta, balance, state, difference)


def _spoken(move: Movement) -> str:
    return f"{move.text} {move.date} {format_vnd(abs(move.amount))} {abs(move.amount)}"


def _days_since(day: str, today: dt.date) -> int:
    return (today - dt.date.fromisoformat(day)).days if day else 0


def _codes(item: Waiting) -> Codes:
    return item.source, item.sector, item.econ, item.program
