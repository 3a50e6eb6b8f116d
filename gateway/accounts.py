"""Accounts that a Mẫu 24 opens and a Mẫu 25 closes (pure): the Treasury gives the numbers (R-131, Điều 8, 9)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from desktop.dossier.document import Document, Dossier
from desktop.dossier.pack import form_of
from desktop.dossier.people import Unit
from desktop.sync.protocol import Figure
from gateway.books import Books

_NATURE = {"estimate_accounts": 9523, "deposit_accounts": 3713, "revenue_accounts": 3511}
"""First natural account of each table, as the sandbox counts them; the next free one is taken."""
_YEARS = 5
"""The sandbox lets every account be valid until the end of the fifth year."""


class Accounts(NamedTuple):
    """Accounts that are opened, or closed, and the figures that tell it."""

    accounts: tuple[str, ...]
    figures: tuple[Figure, ...]


def opening(dossier: Dossier, books: Books) -> Accounts:
    """Give every account asked for a number that the unit has never had, and the day from which it is good."""
    taken = set(books.accounts | books.closed)
    opened: list[str] = []
    figures: list[Figure] = []
    for index, document in enumerate(dossier.documents):
        if form_of(document.form).id != "M24":
            continue
        figures.append(Figure(document=index, key="effective_date", value=books.today.isoformat()))
        for table, row in _asked(document):
            number = _free(table, books.unit, taken)
            taken.add(number)
            opened.append(number)
            figures += _told(index, table, row, number, books.today)
    return Accounts(tuple(opened), tuple(figures))


def _asked(document: Document) -> list[tuple[str, int]]:
    tables = document.tables
    return [(table, row) for table in _NATURE for row in range(len(tables.get(table, [])))]


def _free(table: str, unit: Unit, taken: set[str]) -> str:
    nature = _NATURE[table]
    while (account := f"{nature}.{unit.budget_level}.{unit.code}") in taken:
        nature += 1
    return account


def _told(index: int, table: str, row: int, account: str, today: date) -> tuple[Figure, ...]:
    until = date(today.year + _YEARS, 12, 31).isoformat()
    return (
        Figure(document=index, table=table, row=row, key="account_no", value=account),
        Figure(document=index, table=table, row=row, key="valid_until", value=until),
    )


def closing(dossier: Dossier, today: date) -> Accounts:
    """Give the accounts that a Mẫu 25 names; they end with the day of the decision."""
    accounts: list[str] = []
    figures: list[Figure] = []
    for index, document in enumerate(dossier.documents):
        if form_of(document.form).id != "M25":
            continue
        accounts += [str(row["account_no"]) for row in document.tables.get("accounts", []) if row.get("account_no")]
        figures.append(Figure(document=index, key="agreed", value="Đồng ý"))
        figures.append(Figure(document=index, key="expiry_date", value=today.isoformat()))
    return Accounts(tuple(dict.fromkeys(accounts)), tuple(figures))
