"""The sandbox Treasury's rules, by table."""

from datetime import date

import pytest

from desktop.demo.unit import UNIT
from desktop.dossier.document import Dossier
from desktop.sync.protocol import DecisionKind
from gateway.books import Books, BudgetKey
from gateway.decisions import Verdict, decide
from tests.fixtures.dossiers import CONTRACT_CASE, ORDER_CASE, SETTLEMENT_CASE, dossier, form, with_amount

ESTIMATE = BudgetKey(2026, UNIT.estimate_account, "13", "341")
DEPOSIT = BudgetKey(2026, UNIT.deposit_account, "13", "")


def decided(given: Dossier, left: int = 10**9, *, supplemented: bool = False) -> Verdict:
    books = Books(UNIT, date(2026, 11, 20), {ESTIMATE: left, DEPOSIT: left})
    return decide(given, books, supplemented=supplemented)


def test_a_withdrawal_within_the_estimate_is_paid_and_moves_it() -> None:
    verdict = decided(dossier(form()), 3_412_500)
    assert (verdict.decision, verdict.amount) == (DecisionKind.PAID, 3_412_500)
    assert verdict.movements == {ESTIMATE: -3_412_500}


def test_a_withdrawal_over_the_estimate_comes_back_with_line_and_lack() -> None:
    verdict = decided(dossier(form()), 3_000_000)
    assert (verdict.decision, verdict.amount, verdict.movements) == (DecisionKind.RETURNED, 0, {})
    assert "RDT0014, dòng 1" in verdict.reason
    assert "còn thiếu 412.500 đ" in verdict.reason


def test_documents_of_one_dossier_share_the_estimate() -> None:
    both = dossier(form(), form(document_no="RDT9001"))
    assert decided(both, 6_824_999).decision is DecisionKind.RETURNED
    assert decided(both, 6_825_000).movements == {ESTIMATE: -6_825_000}


def test_a_line_without_estimate_comes_back() -> None:
    other = form(budget_year=2027)
    assert decided(dossier(other)).decision is DecisionKind.RETURNED


def test_spending_under_a_contract_needs_an_acceptance_record() -> None:
    verdict = decided(dossier(form(CONTRACT_CASE)))
    assert verdict.decision is DecisionKind.SUPPLEMENT
    assert "21/2026/HĐBD" in verdict.reason


def test_a_supplement_is_asked_for_once_only() -> None:
    assert decided(dossier(form(CONTRACT_CASE)), supplemented=True).decision is DecisionKind.PAID


@pytest.mark.parametrize(
    "change", [{"acceptance_no": "12/BBNT"}, {"contract_no": None}], ids=["accepted", "no contract"]
)
def test_no_supplement_with_an_acceptance_record_or_without_contract(change: dict[str, str | None]) -> None:
    assert decided(dossier(form(CONTRACT_CASE, **change))).decision is DecisionKind.PAID


def test_an_advance_under_a_contract_needs_no_acceptance_record() -> None:
    advance = form(CONTRACT_CASE)
    advance = advance.model_copy(update={"choices": advance.choices | {"spending_kind": "advance"}})
    assert decided(dossier(advance)).decision is DecisionKind.PAID


def test_a_payment_order_moves_the_deposit_account() -> None:
    verdict = decided(dossier(form(ORDER_CASE)))
    assert verdict.movements == {DEPOSIT: -3_500_000}


def test_a_settlement_alone_moves_nothing() -> None:
    verdict = decided(dossier(form(SETTLEMENT_CASE)))
    assert (verdict.decision, verdict.amount) == (DecisionKind.PAID, 6_000_000)
    assert verdict.movements == {ESTIMATE: 0}


def test_a_settlement_with_a_voucher_moves_the_difference_only() -> None:
    verdict = decided(dossier(form(SETTLEMENT_CASE), with_amount(form(), 500_000)))
    assert (verdict.movements, verdict.amount) == ({ESTIMATE: -500_000}, 500_000)
