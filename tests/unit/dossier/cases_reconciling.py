"""Breaches in the tables that unit and Treasury compare, and in what is carried into the next year."""

from __future__ import annotations

from desktop.dossier.document import Document
from desktop.dossier.people import Unit
from desktop.dossier.rules import CheckContext
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import cell, edit, edit_row, with_rows
from tests.unit.dossier.rule_case import Book, Case
from tests.unit.dossier.samples import UNIT, dossier

ESTIMATE, BY_ORDER = filled("M26"), filled("M27")
BALANCES = filled("M32")
DEPOSITS, TASKS = filled("M30"), filled("M31")
SCHOOL: Unit = UNIT.model_copy(update={"name": "Trường Tiểu học Mường Lý"})
SAVINGS = "3714.4.1098765"


def used(form: str) -> Document:
    """The table of use that tells the same of the second line as the table of the estimate."""
    return edit_row(
        filled(form), row=1, advance_period=0, actual_period=18_450_000, advance_balance=0, actual_balance=38_450_000
    )


USE, USE_BY_ORDER = used("M28"), used("M29")
PAIR = dossier(ESTIMATE, USE)


def known(*accounts: str) -> CheckContext:
    return CheckContext(ledger=Book(accounts=accounts))


def closed(amount: int, year: int = 2026, month: int = 10) -> CheckContext:
    return CheckContext(ledger=Book(closings={(SAVINGS, year, month): amount}))


COMPARING = [
    Case("M26-3", edit_row(ESTIMATE, in_period=1_890_000_001), cell("in_period"), "warning", ESTIMATE),
    Case("M26-3", edit_row(BY_ORDER, row=1, initial=120_000_001), cell("initial", 1), "warning", BY_ORDER),
    Case(
        "M26-4",
        dossier(ESTIMATE, edit_row(USE, actual_period=420_499_999)),
        cell("used_period", document=0),
        "warning",
        PAIR,
        says="của 13, 341, 00000 nhiều hơn Mẫu 28 1 đ",
    ),
    Case(
        "M26-4",
        dossier(edit_row(ESTIMATE, row=1, used_to_date=1), USE),
        cell("used_to_date", 1, document=0),
        "warning",
        PAIR,
        says="ít hơn Mẫu 28 38.449.999 đ",
    ),
    Case(
        "M26-4",
        dossier(with_rows(ESTIMATE, "lines", ESTIMATE.tables["lines"][:1]), USE),
        {"document": 0, "table": "lines", "column": "used_period"},
        "warning",
        PAIR,
        name="a line that only the other table has",
    ),
    Case(
        "M26-4",
        dossier(ESTIMATE, edit(USE, quarter="II")),
        {"document": 0, "field": "quarter"},
        "warning",
        PAIR,
        says="kỳ khác",
    ),
    Case(
        "M27-3",
        dossier(BY_ORDER, edit_row(USE_BY_ORDER, chapter="799")),
        cell("used_period", document=0),
        "warning",
        dossier(BY_ORDER, USE_BY_ORDER),
        says="1098765, 800, 13",
    ),
    Case(
        "M28-3",
        with_rows(USE, "lines", [USE.tables["lines"][0] | {"advance_period": 10**15}] * 2),
        {"table": "lines", "column": "advance_period"},
        good=USE,
    ),
    Case("M28-4", edit_row(USE, advance_balance=-1), cell("advance_balance"), "warning", USE),
    Case("R-151", edit(BY_ORDER, finance_agency="Trường Tiểu học Mường Lý"), {"field": "finance_agency"}, "warning"),
    Case(
        "R-151",
        edit(USE_BY_ORDER, finance_agency=SCHOOL.name),
        {"field": "finance_agency"},
        good=USE_BY_ORDER,
        context=CheckContext(unit=SCHOOL),
        says="Mẫu 26, 28",
    ),
]

BALANCING = [
    Case(
        "M32-2",
        edit_row(BALANCES, "accounts", row=1, account_no="3713 4 1098765"),
        cell("account_no", 1, "accounts"),
        good=BALANCES,
    ),
    Case(
        "M32-3",
        BALANCES,
        cell("account_no", 1, "accounts"),
        "warning",
        with_rows(BALANCES, "accounts", BALANCES.tables["accounts"][:1]),
        known("3713.4.1098765"),
    ),
    Case(
        "M32-4",
        BALANCES,
        cell("opening", 1, "accounts"),
        "warning",
        edit_row(BALANCES, "accounts", row=1, opening=8_000_000),
        closed(8_000_000),
        says="tháng 10/2026 đã xác nhận là 8.000.000 đ",
    ),
    Case(
        "M32-4",
        edit(BALANCES, month=1),
        cell("opening", 1, "accounts"),
        "warning",
        BALANCES,
        closed(0, 2025, 12),
        name="over the turn of the year",
    ),
]

CARRYING = [
    Case("M30-1", edit(DEPOSITS, to_year=2026), {"field": "to_year"}, "warning", DEPOSITS),
    Case("M30-1", edit(TASKS, to_year=2028), {"field": "to_year"}, "warning", TASKS),
    Case("M30-2", edit_row(DEPOSITS, content="Tiếp khách"), cell("content"), "warning", DEPOSITS),
    Case(
        "M31-4",
        edit_row(TASKS, unit="Mua sắm máy tính, hợp đồng số 17"),
        cell("unit"),
        "warning",
        edit_row(TASKS, unit="Mua sắm máy tính, HĐ 17/2026/HĐMB ngày 12/11/2026"),
    ),
    Case(
        "M31-4",
        edit_row(TASKS, unit="Sửa chữa trụ sở"),
        cell("unit"),
        "warning",
        edit_row(TASKS, unit="Sửa chữa trụ sở, kết quả đấu thầu số 8 ngày 02/12/2026"),
    ),
    Case("M31-5", edit_row(TASKS, row=2, unit="Đường bản Nàng 1"), cell("unit", 2), "warning", TASKS),
]
