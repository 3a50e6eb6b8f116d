"""The vectors written beside the rules that are not dates: settling an advance, and the columns of Mẫu 14."""

from __future__ import annotations

import pytest

from desktop.dossier.document import Document, Dossier, Level
from desktop.dossier.rules.check import check_dossier
from desktop.dossier.rules.context import CheckContext
from desktop.store.store import Store
from tests.contract.book_kit import advance, pay
from tests.unit.dossier.samples import SETTLEMENT, WITHDRAWAL, change

ADVANCED = 10_000_000


def found(*documents: Document) -> set[str]:
    """Numbers of the rules these documents of one dossier break."""
    problems = check_dossier(Dossier(local_id="d", number="1", title="a", documents=documents), CheckContext())
    return {rule for problem in problems if problem.level is Level.ERROR for rule in (problem.rule, *problem.also)}


def asked(amount: int) -> Document:
    return change(SETTLEMENT, row={"advance_balance": ADVANCED, "requested_amount": amount})


def drawn(amount: int) -> Document:
    return change(WITHDRAWAL, row={"amount": amount})


@pytest.mark.parametrize(
    ("requested", "voucher", "broken", "left"),
    [(12_500_000, 2_500_000, "R-082", 0), (7_000_000, 0, "R-083", 3_000_000), (10_000_000, 0, "R-084", 0)],
)
def test_settling_an_advance(store: Store, requested: int, voucher: int, broken: str, left: int) -> None:
    right = (asked(requested), *((drawn(voucher),) if voucher else ()))
    wrong = (asked(requested), drawn(voucher + 1))
    assert not found(*right) & {"R-082", "R-083", "R-084"}
    assert broken in found(*wrong)
    pay(store, "a", advance("T1", ADVANCED))
    pay(store, "s", *right)
    assert sum(item.open for item in store.ledger().open_advances()) == left


@pytest.mark.parametrize(("to_payee", "breaks"), [(10_000_000, False), (10_500_000, True)])
def test_the_columns_of_mau_14(to_payee: int, breaks: bool) -> None:
    row = {"amount": 11_000_000, "remit_amount": 1_000_000, "payee_amount": to_payee}
    assert ("R-059" in found(Document(form="M14", tables={"lines": [row]}))) is breaks
