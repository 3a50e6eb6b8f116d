"""Tables of reconciliation against the books: what fits is confirmed, what does not is told figure by figure."""

from datetime import date

import pytest

from desktop.demo.unit import UNIT
from desktop.dossier.document import Document, Row
from desktop.sync.protocol import DecisionKind
from gateway.books import Books, BudgetKey, posted_day
from tests.unit.gateway.books_kit import DEPOSIT, ESTIMATE, booked, books, cells, of, ruled, with_rows

MAY, OCTOBER, NOVEMBER = date(2026, 5, 4), date(2026, 10, 6), date(2026, 11, 5)
GIVEN: Row = {"source": "13", "sector": "341", "carried": 0, "initial": 900, "in_period": 100, "to_date": 1_000}
LINE: Row = {**GIVEN, "used_period": 60, "used_to_date": 90, "withheld": 0}
SPENT: Row = {"source": "13", "sector": "341", "econ": "6551", "content": "Chi"}
USED: Row = {**SPENT, "advance_period": 0, "advance_balance": 0, "actual_period": 60, "actual_balance": 90}
MONTH: Row = {"account_no": UNIT.deposit_account, "opening": 980, "increase": 5, "decrease": 30}


def the_books() -> Books:
    moves = [(ESTIMATE, -30, MAY), (ESTIMATE, -60, OCTOBER), (DEPOSIT, -20, MAY)]
    moves += [(DEPOSIT, -30, NOVEMBER), (DEPOSIT, 5, NOVEMBER)]
    entries = (booked("spend", "6551", 30, MAY), booked("spend", "6551", 60, OCTOBER))
    return books({ESTIMATE: 1_000, DEPOSIT: 1_000}, *moves, booked=entries)


def quarter(form: str, *rows: Row, number: str = "IV") -> Document:
    return with_rows(form, *rows, quarter=number)


def month(*rows: Row) -> Document:
    return with_rows("M32", *rows, table="accounts", month=11, year=2026)


def carried(form: str, *rows: Row) -> Document:
    return with_rows(form, *rows, from_year=2026)


FIT = [
    quarter("M26", LINE),
    quarter("M27", LINE),
    quarter("M28", USED),
    quarter("M29", USED),
    quarter(
        "M28", {**USED, "actual_period": 20, "actual_balance": 30}, {**USED, "actual_period": 40, "actual_balance": 60}
    ),
    month(MONTH),
    carried("M30", {"fund_kind": "13", "balance": 955, "group": "recurrent"}),
    carried("M31", {"fund_kind": "13", "sector": "341", "initial": 1_000, "used": 90, "group": "recurrent"}),
]


@pytest.mark.parametrize("table", FIT, ids=[f"{n}-{item.form}" for n, item in enumerate(FIT)])
def test_what_fits_is_confirmed(table: Document) -> None:
    verdict = ruled(of(table), the_books())
    assert (verdict.decision, verdict.figures) == (DecisionKind.PAID, ()), verdict.reason


DIFFER = [
    (quarter("M26", {**LINE, "used_to_date": 91}), [("used_to_date", 90), ("remaining", 910)]),
    (quarter("M26", {**LINE, "used_period": 0}), [("used_period", 60)]),
    (quarter("M26", LINE, number="I"), [("used_period", 0), ("used_to_date", 0), ("remaining", 1_000)]),
    (quarter("M28", {**USED, "actual_balance": 1}), [("actual_balance", 90)]),
    (quarter("M28", {**USED, "advance_period": 7}), [("advance_period", 0)]),
    (month({**MONTH, "decrease": 40}), [("decrease", 30), ("closing", 955)]),
    (month({**MONTH, "account_no": "3714.4.1"}), [("opening", 0), ("increase", 0), ("decrease", 0), ("closing", 0)]),
    (carried("M30", {"fund_kind": "13", "balance": 1}), [("balance", 955)]),
    (carried("M31", {"fund_kind": "13", "sector": "341", "initial": 1_000, "used": 5}), [("used", 90)]),
]


@pytest.mark.parametrize(("table", "figures"), DIFFER, ids=[f"{n}-{row[0].form}" for n, row in enumerate(DIFFER)])
def test_what_differs_is_told(table: Document, figures: list[tuple[str, int]]) -> None:
    verdict = ruled(of(table), the_books())
    assert verdict.decision is DecisionKind.MISMATCH
    assert [(item.key, item.value) for item in verdict.figures] == figures
    assert {(item.document, item.row) for item in verdict.figures} == {(0, 0)}
    assert verdict.reason.startswith("Số liệu không khớp đúng.")


def test_a_line_that_only_the_treasury_has_stands_under_the_units() -> None:
    other = BudgetKey(2026, UNIT.estimate_account, "12", "281")
    richer = books({ESTIMATE: 1_000, other: 5}, (ESTIMATE, -90, MAY))
    verdict = ruled(of(quarter("M26", {**LINE, "used_period": 0})), richer)
    assert cells(verdict.figures, "source") == [(0, 1, "12")]
    assert cells(verdict.figures, "usable") == [(0, 1, 5)]


def test_a_closing_is_refused_while_its_table_differs() -> None:
    verdict = ruled(of("M25", month({**MONTH, "opening": 1})), the_books())
    assert (verdict.decision, verdict.closed) == (DecisionKind.MISMATCH, ())


@pytest.mark.parametrize(
    ("day", "counted"),
    [(date(2027, 1, 20), date(2026, 12, 31)), (date(2025, 12, 30), date(2026, 1, 1)), (MAY, MAY)],
)
def test_what_is_booked_outside_the_year_counts_at_its_edge(day: date, counted: date) -> None:
    assert posted_day(day, 2026) == counted
