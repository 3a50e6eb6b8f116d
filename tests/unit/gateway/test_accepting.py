"""What the Treasury writes and moves when it accepts, form by form, and when it accepts less than asked."""

import pytest

from desktop.demo.unit import UNIT
from desktop.dossier.document import Document
from desktop.dossier.words import amount_in_words
from desktop.sync.protocol import DecisionKind
from gateway.books import BudgetKey
from gateway.decisions import Verdict
from tests.fixtures.forms_filled import FORM_IDS, filled
from tests.unit.gateway.books_kit import DEPOSIT, ESTIMATE, RICH, books, cells, of, ruled, told, with_rows

CAPITAL = BudgetKey(2026, "9552.4.7954321", "43", "292")
ALL = {
    ESTIMATE: RICH,
    DEPOSIT: RICH,
    CAPITAL: RICH,
    BudgetKey(2026, UNIT.deposit_account, "54", ""): RICH,
    BudgetKey(2026, "9523.1.1057999", "13", "341"): RICH,
    BudgetKey(2026, UNIT.estimate_account, "12", "281"): RICH,
}
TABLES = ("M26", "M27", "M28", "M29", "M30", "M31", "M32")
PAID = [form for form in FORM_IDS if form not in (*TABLES, "M04", "M05", "M06", "M07", "M33")]


def accept(*forms: Document | str, amount: int | None = None) -> Verdict:
    verdict = ruled(of(*forms), books(ALL), amount)
    assert verdict.decision is DecisionKind.PAID, verdict.reason
    return verdict


@pytest.mark.parametrize("form", PAID)
def test_every_form_a_unit_sends_is_decided_on(form: str) -> None:
    verdict = accept(form)
    assert all(figure.document == 0 for figure in verdict.figures)


MOVES = [
    ("M14", {ESTIMATE: -15_400_000}),
    ("M15", {ESTIMATE: -31_418_643}),
    ("M17", {DEPOSIT: -15_400_000}),
    ("M19", {BudgetKey(2026, UNIT.deposit_account, "54", ""): -81_441_600}),
    ("M10", {BudgetKey(2026, UNIT.estimate_account, "13", "281"): 0}),
    ("M11", {ESTIMATE: 0}),
    ("M12", {}),
    ("M23", {}),
    ("M08", {BudgetKey(2026, UNIT.estimate_account, "13", "011"): 4_250_000}),
    ("I05A", {CAPITAL: -320_000_000}),
    ("I04B", {}),
    ("M01", {DEPOSIT: -3_455_000}),
    ("M02", {DEPOSIT: -18_650_000}),
]


@pytest.mark.parametrize(("form", "moves"), MOVES, ids=[row[0] for row in MOVES])
def test_what_a_form_moves(form: str, moves: dict[BudgetKey, int]) -> None:
    given = ALL if form not in ("M01", "M02") else {DEPOSIT: RICH}
    assert ruled(of(form), books(given)).movements == moves


def test_a_return_says_how_it_is_treated() -> None:
    assert told(accept("M08"))["treatment"] == "reduce_spending"
    old = with_rows("M08", *[{**row, "plan_year": 2025} for row in filled("M08").tables["lines"]])
    assert told(accept(old))["treatment"] == "return_after_settlement"


def test_a_recoding_moves_between_lines_and_needs_room_on_the_new_one() -> None:
    posted, requested = filled("M09").tables["lines"][:2]
    moved = with_rows("M09", posted, {**requested, "source": "12", "sector": "281"})
    there = BudgetKey(posted["plan_year"], posted.get("natural_account") and UNIT.estimate_account, "12", "281")  # type: ignore[arg-type]
    verdict = ruled(of(moved), books({**ALL, there: RICH}))
    assert sorted(verdict.movements.values()) == [-abs(verdict.movements[there]), abs(verdict.movements[there])]
    poor = ruled(of(moved), books({ESTIMATE: RICH}))
    assert poor.decision is DecisionKind.RETURNED
    assert "còn thiếu" in poor.reason


def test_a_provisional_grant_makes_a_line() -> None:
    verdict = accept("M22")
    asked = sum(int(row["amount"] or 0) for row in filled("M22").tables["lines"])
    assert (sum(verdict.grants.values()), told(verdict)["granted_amount"]) == (asked, asked)
    assert told(verdict)["granted_words"] == amount_in_words(asked)
    assert told(accept("M22", amount=1_000_000))["granted_amount"] == 1_000_000


def test_a_settlement_is_accepted_line_by_line() -> None:
    row = filled("M10").tables["lines"][0]
    two = [
        {**row, "requested_amount": 60, "advance_balance": 100},
        {**row, "requested_amount": 40, "advance_balance": 0},
    ]
    verdict = accept(with_rows("M10", *two), amount=70)
    assert cells(verdict.figures, "requested_amount") == [(0, 1, 10)]
    assert (verdict.amount, told(verdict)["approved_total_words"]) == (70, "Bảy mươi đồng chẵn")


@pytest.mark.parametrize(("limit", "paid"), [(None, 50), (130, 30), (100, 0), (80, 0)])
def test_a_voucher_beside_a_settlement_pays_what_goes_beyond_the_advance(limit: int | None, paid: int) -> None:
    settled = filled("M10").tables["lines"][0] | {"requested_amount": 150, "advance_balance": 100}
    voucher = filled("M13").tables["lines"][0] | {"amount": 50}
    verdict = accept(with_rows("M10", settled), with_rows("M13", voucher), amount=limit)
    assert verdict.movements[ESTIMATE] == -paid


def test_booked_money_is_approved_in_the_treasurys_own_columns() -> None:
    verdict = accept("M12")
    assert cells(verdict.figures, "approved_vnd") == [(0, 0, 1_018_020_000)]
    assert cells(verdict.figures, "approved_fc") == [(0, 0, "40000.00")]
    less = accept("M12", amount=509_010_000)
    assert cells(less.figures, "approved_fc") == [(0, 0, "20000.00")]


def test_a_booking_says_what_was_booked() -> None:
    figures = told(accept("M23"))
    assert (figures["accounting_kind"], figures["kb_econ"]) == ("loan", "9301")
    assert "Một tỷ" in str(figures["approved_vnd_words"])


@pytest.mark.parametrize(
    ("limit", "approved", "paid"), [(None, 450_000_000, 320_000_000), (300_000_000, 300_000_000, 170_000_000)]
)
def test_capital_is_approved_and_the_advance_taken_off(limit: int | None, approved: int, paid: int) -> None:
    verdict = accept("I04A", "I05A", "I04B", "I03A", amount=limit)
    figures = told(verdict)
    assert (figures["approved_amount"], figures["advance_deducted"], figures["transfer_amount"]) == (
        approved,
        130_000_000,
        approved - 130_000_000,
    )
    assert cells(verdict.figures, "approved_amount") == [(2, 0, 130_000_000)]
    assert verdict.movements[CAPITAL] == -paid


def test_capital_beyond_the_plan_comes_back() -> None:
    verdict = ruled(of("I05A"), books({CAPITAL: 1}))
    assert verdict.decision is DecisionKind.RETURNED
    assert "kế hoạch vốn năm 2026" in verdict.reason


def test_accounts_get_numbers_that_were_never_used() -> None:
    verdict = accept("M24")
    taken = (f"9524.4.{UNIT.code}", f"3714.4.{UNIT.code}")
    assert verdict.opened == taken
    assert [value for *_, value in cells(verdict.figures, "account_no")] == list(taken)
    assert told(verdict)["effective_date"] == "2026-11-25"


def test_a_closed_account_is_closed_for_good() -> None:
    verdict = accept("M25")
    assert (verdict.closed, told(verdict)["expiry_date"]) == ((UNIT.deposit_account,), "2026-11-25")
    later = ruled(of("M17"), books(ALL, closed=frozenset(verdict.closed)))
    assert later.decision is DecisionKind.RETURNED
    assert "đã tất toán" in later.reason
