"""Whom a dossier pays by transfer, and how much: vouchers and the lists of payees that go with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from desktop.dossier.compute import amount_of, money
from desktop.dossier.document import Document, Dossier, Value
from desktop.dossier.forms import Form
from desktop.dossier.payees import account_key, name_key
from desktop.dossier.reading import known_documents, text

LISTS = ("M20", "M21")
"""Lists of payees that go with a voucher."""


class Payout(NamedTuple):
    """One payee of a voucher or list; `amount` in VND, 0 where the form gives none in VND. Texts are as written."""

    name: str
    account: str
    bank: str
    amount: int
    listed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes two payees the same: account and name without marks, case and spaces."""
        return account_key(self.account), name_key(self.name)


def payouts(dossier: Dossier) -> list[Payout]:
    """Say who is paid by transfer, row by row; call it under the dossier's form pack."""
    return [
        payout
        for document, form in known_documents(dossier)
        for payout in _payouts(document, form)
        if account_key(payout.account) and payout.name
    ]


def by_key(paid: list[Payout]) -> dict[tuple[str, str], Payout]:
    """Add up what each payee gets, in the order in which they come."""
    found: dict[tuple[str, str], Payout] = {}
    for payout in paid:
        before = found.get(payout.key)
        found[payout.key] = payout if before is None else before._replace(amount=before.amount + payout.amount)
    return found


def _payouts(document: Document, form: Form) -> Iterator[Payout]:
    fields = document.fields
    if form.is_money_transfer_voucher:
        if document.choices.get("payment_mode", "transfer") == "transfer":
            paid = amount_of(document, form)
            yield Payout(text(fields, "payee_name"), text(fields, "payee_account"), text(fields, "payee_bank"), paid)
        for row, amount in _rows(document, form):
            names = text(row, "payee_account_name"), text(row, "payee_account"), text(row, "payee_bank")
            yield Payout(*names, amount)
    elif form.id in LISTS:
        for row, amount in _rows(document, form):
            name = text(row, "account_name", "name", "student_name")
            yield Payout(name, text(row, "account"), text(row, "bank", "bank_info"), amount, listed=True)


def _rows(document: Document, form: Form) -> Iterator[tuple[Mapping[str, Value], int]]:
    table, column = form.amount_column or ("", "")
    for key, rows in document.tables.items():
        for row in rows:
            yield row, money(row.get(column)) if key == table else 0
