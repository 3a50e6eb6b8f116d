"""Whom a dossier pays by transfer, and what it declares for later: contracts, grants, closings, accounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.dossier.compute import amount_of, fill
from desktop.dossier.document import Document, Dossier, Value
from desktop.dossier.forms import Form
from desktop.dossier.payees import account_key
from desktop.dossier.payouts import payouts
from desktop.dossier.reading import known_documents, number, text
from desktop.dossier.vouchers import same_number


@dataclass(frozen=True)
class Payment:
    """One payee of a voucher or list, paid to an account; keys are for comparing, the rest as written."""

    account_key: str
    name_key: str
    account_no: str
    name: str
    bank: str


@dataclass(frozen=True)
class Declaration:
    """What a form states once for later.

    `subject` is the contract or account as `same_number` or `account_key` writes it; `period` the contract's date, the
    month of a closing ("2026-11") or the budget year of a grant; `amount` in VND.
    """

    kind: Literal["contract", "provisional", "closing", "account_opened", "account_closed"]
    subject: str
    period: str = ""
    amount: int = 0
    party: str = ""


def payments(dossier: Dossier) -> list[Payment]:
    """Say who is paid by transfer, each account and name once."""
    paid = (Payment(*item.key, item.account, item.name, item.bank) for item in payouts(dossier))
    return list(dict.fromkeys(paid))


def declarations(dossier: Dossier) -> list[Declaration]:
    """Say what a dossier declares of contracts, provisional grants (Mẫu 22), closings (Mẫu 32) and accounts."""
    found: dict[Declaration, None] = {}
    for document, form in known_documents(dossier):
        found.update(dict.fromkeys(_declared(document, form)))
    return list(found)


def _declared(document: Document, form: Form) -> Iterator[Declaration]:
    fields = document.fields
    if contract := same_number(text(fields, "contract_no")):
        total = number(fields, "contract_total") or number(fields, "s1_contract_value")
        party = text(fields, "contract_party", "contractor")
        yield Declaration("contract", contract, text(fields, "contract_date"), total, party)
    if form.id == "M22":
        yield Declaration("provisional", "", str(number(fields, "budget_year")), amount_of(document, form))
    if form.id == "M32":
        yield from _closings(document, form)
    if form.id in ("M24", "M25"):
        for row in _rows(document):
            if account := text(row, "account_no"):
                yield Declaration("account_opened" if form.id == "M24" else "account_closed", account)


def _closings(document: Document, form: Form) -> Iterator[Declaration]:
    month = f"{number(document.fields, 'year'):04d}-{number(document.fields, 'month'):02d}"
    for row in _rows(fill(document, form)):
        if account := account_key(text(row, "account_no")):
            yield Declaration("closing", account, month, number(row, "closing"))


def _rows(document: Document) -> Iterator[dict[str, Value]]:
    for rows in document.tables.values():
        yield from rows
