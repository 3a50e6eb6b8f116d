"""What the dossier of a case has otherwise than the good forms of tests/fixtures/filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from desktop.demo.month.books import balance_rows, booking_day, estimate_rows, quarter_of, spending_rows
from desktop.demo.unit import BUDGET_YEAR, UNIT
from desktop.dossier.dates import VIETNAM
from desktop.dossier.document import Document, Row, Value
from desktop.store.store import Store
from tests.fixtures.filled.parts import CASH

Edit = Callable[[Document, str], Document]
"""Changes one filled form, told by its id."""
_PAYEE = dict.fromkeys(("payee_name", "payee_tax_code", "payee_account", "payee_bank"))
OTHER_DEPOSIT = "3714.4.1098765"
PROJECT_ACCOUNT = "9552.4.7954321"


def with_fields(document: Document, **values: Value) -> Document:
    kept = {key: value for key, value in (document.fields | values).items() if value is not None}
    return document.model_copy(update={"fields": kept})


def with_rows(document: Document, *rows: Row, table: str = "lines") -> Document:
    return document.model_copy(update={"tables": document.tables | {table: [dict(row) for row in rows]}})


def with_cell(document: Document, table: str = "lines", **cells: Value) -> Document:
    """Change cells of the first row."""
    first, *rest = document.tables[table]
    return with_rows(document, {**first, **cells}, *rest, table=table)


def as_it_is(document: Document, _form: str) -> Document:
    return document


def for_the_list(document: Document, form: str) -> Document:
    """One line that pays the whole of Mẫu 20 (51.673.750 đ) to the people on it."""
    if form in ("M13", "M17"):
        one = with_rows(document, {**document.tables["lines"][0], "amount": 51_673_750})
        basis = {
            key: None for key in document.fields if key.startswith(("bid_", "contract_", "acceptance_", "advance_"))
        }
        return with_fields(one, **basis, **_PAYEE, general_content="Lương tháng 11/2026 theo danh sách")
    return document


def in_cash(document: Document, _form: str) -> Document:
    return with_fields(document, **_PAYEE, **CASH)


def settling(requested: int, beside: int = 0) -> Edit:
    """Mẫu 10 that asks so much of 20.000.000 đ advanced; `beside` is what the voucher adds."""

    def edit(document: Document, form: str) -> Document:
        if form == "M10":
            return with_cell(document, requested_amount=requested)
        first = {**document.tables["lines"][0], "sector": "281", "econ": "6658", "amount": beside}
        return with_rows(document, first)

    return edit


def for_own_account(document: Document, form: str) -> Document:
    """Mẫu 16 of this unit, which the fixture has of an office abroad."""
    return with_fields(document, account=UNIT.estimate_account) if form == "M16" else document


def students(document: Document, form: str) -> Document:
    return with_cell(document, fc_amount="2700.00", vnd_amount=68_716_350) if form == "M19" else document


def without_recovery(document: Document, form: str) -> Document:
    """Capital of which no advance is recovered: asked and paid 320.000.000 đ."""
    if form == "I04A":
        asked = with_fields(document, total_requested=320_000_000, recovery_domestic=0)
        return with_cell(asked, requested_domestic=320_000_000)
    if form == "I03A":
        return with_fields(document, s5_advance_recovery=0, s7_cumulative_disbursed=882_000_000)
    return document


def closing(account: str) -> Edit:
    """Mẫu 25 of one account."""

    def edit(document: Document, form: str) -> Document:
        if form != "M25":
            return document
        return with_rows(with_fields(document, accounts_detail=account), {"account_no": account}, table="accounts")

    return edit


def without_accounts(document: Document, _form: str) -> Document:
    """Mẫu 24 that asks for no account."""
    return with_rows(with_rows(document, table="estimate_accounts"), table="deposit_accounts")


def of_the_book(store: Store, document: Document, form: str) -> Document:
    """A table of reconciliation of the present period with the figures of the unit's own book."""
    day = booking_day(datetime.now(VIETNAM).date(), BUDGET_YEAR)
    periods: dict[str, Value] = {
        "quarter": quarter_of(day),
        "month": day.month,
        "year": BUDGET_YEAR,
        "from_year": BUDGET_YEAR,
        "to_year": BUDGET_YEAR + 1,
    }
    dated = with_fields(document, **{key: value for key, value in periods.items() if key in document.fields})
    rows = _ROWS[form](store)
    return with_rows(dated, *({**_like(document, form), **row} for row in rows), table=_TABLE.get(form, "lines"))


def _like(document: Document, form: str) -> Row:
    """The codes of the fixture's first row that the book does not say."""
    first = document.tables[_TABLE.get(form, "lines")][0]
    return {key: value for key, value in first.items() if not isinstance(value, int)} | (
        {"withheld": 0} if form == "M26" else {}
    )


def _carried_deposits(store: Store) -> list[Row]:
    lines = [line for line in store.estimates.all() if not line.sector and line.budget_year == BUDGET_YEAR]
    return [{"fund_kind": line.source, "balance": line.left} for line in lines]


def _carried_tasks(store: Store) -> list[Row]:
    line = next(row for row in estimate_rows(store, BUDGET_YEAR) if (row["source"], row["sector"]) == ("13", "341"))
    money = {"carried_estimate": 0, "carried_advance": 0, "adjusted": 0, "cancelled": 0, "carry_advance": 0}
    codes = {"unit": UNIT.name, "fund_kind": "13", "sector": "341"}
    return [{**codes, **money, "initial": line["initial"], "used": line["used_to_date"]}]


_NOTHING: Row = dict.fromkeys(("advance_period", "advance_balance", "actual_period", "actual_balance"), 0)
_ROWS: dict[str, Callable[[Store], list[Row]]] = {
    "M26": lambda store: estimate_rows(store, BUDGET_YEAR),
    "M27": lambda store: estimate_rows(store, BUDGET_YEAR),
    "M28": lambda store: spending_rows(store, BUDGET_YEAR),
    "M29": lambda store: spending_rows(store, BUDGET_YEAR) or [_NOTHING],
    "M30": _carried_deposits,
    "M31": _carried_tasks,
    "M32": lambda store: balance_rows(store, BUDGET_YEAR, store.unit.get().deposit_account),
}
_TABLE = {"M32": "accounts"}
RECONCILED = frozenset(_ROWS)
