"""Payees as a whole: accounts and names that stand twice, numbers of an odd shape, and who changed since last time.

No article says these; they are what the Treasury's staff look for first, and where money goes to the wrong account.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.payees import change_of, list_problems, paid_name, payees_in
from desktop.dossier.rules.registry import ANY, Finding, document_rule
from desktop.dossier.rules.subject import Subject

_ARTICLE = "NĐ 347/2025/NĐ-CP Điều 6.2.b"


@document_rule(Level.WARNING, _ARTICLE, "payee-list", forms=("M20",))
def odd_payees(subject: Subject) -> Iterator[Finding]:
    """Accounts and names of a list that stand twice, or numbers that are not like the others."""
    for found in list_problems(subject.document.tables.get("lines", [])):
        yield Finding.at(found.message, found.where, found.level)
    yield from _names_without_marks(subject)


def _names_without_marks(subject: Subject) -> Iterator[Finding]:
    book = subject.context.ledger
    for payee in payees_in(subject.document) if book is not None else ():
        paid = paid_name(payee, book) if payee.row is not None and book is not None else ""
        if paid and payee.row is not None:
            message = f"Dòng {payee.row + 1}, họ tên: Không dấu. Lần trước ghi: {paid}."
            yield Finding(message, None, payee.table, payee.row, payee.name_at)


@document_rule(Level.ERROR, _ARTICLE, "payee-changed", forms=(ANY,))
def changed_payees(subject: Subject) -> Iterator[Finding]:
    """A payee whose name or account differs from the last payment, until a person acknowledges it by name."""
    book = subject.context.ledger
    if book is None:
        return
    for payee in payees_in(subject.document):
        change = change_of(payee, book)
        if change is None:
            continue
        place = f"Dòng {payee.row + 1}: " if payee.row is not None else ""
        message = f"{place}{change.message} Hãy đối chiếu với người nhận rồi xác nhận đích danh."
        field = change.column if payee.row is None else None
        yield Finding(message, field, payee.table, payee.row, change.column if payee.row is not None else None)
