"""Breaches in the request, recovery, withdrawal and table of work of investment capital."""

from __future__ import annotations

from desktop.dossier.document import Document, Value
from desktop.dossier.ledger import OpenAdvance, ProjectFacts
from desktop.dossier.rules import CheckContext
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import cell, edit, edit_row, with_rows
from tests.unit.dossier.rule_case import Book, Case
from tests.unit.dossier.samples import UNIT, dossier

WORK, REQUEST, RECOVERY, ORDER = (filled(form) for form in ("I03A", "I04A", "I04B", "I05A"))
WHOLE = dossier(REQUEST, RECOVERY, ORDER, WORK)
CASH: dict[str, Value] = {
    "payee_name": None,
    "payee_account": None,
    "payee_bank": None,
    "cash_recipient_name": "Thao A Pó",
    "cash_recipient_id_no": "038085001234",
    "cash_recipient_id_date": "2021-08-09",
    "cash_recipient_id_place": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
}
CASH_ORDER = edit(ORDER, {"payment_mode": "cash_treasury"}, **CASH)
ADVANCE = edit(
    edit_row(REQUEST, approved_value=450_000_000, accumulated_domestic=0),
    {"request_kind": "advance"},
    advance_balance=0,
    recovery_domestic=None,
    payee_total=450_000_000,
    payee_domestic=450_000_000,
)
ADVANCE_ORDER = edit(ORDER, {"spending_kind": "advance"})
FOREIGN = edit_row(
    edit(REQUEST, foreign_account="9587.2.8118181.00001", document_date="2027-05-18"),
    requested_domestic=0,
    requested_foreign=450_000_000,
)
LATE = edit_row(REQUEST, approved_value=1_000_000_000)
ACCOUNT = "9523.4.1098765"


def field(key: str, document: int | None = None) -> dict[str, str | int]:
    return {"field": key} if document is None else {"document": document, "field": key}


def project(total: int | None, year: int | None, disbursed: int = 562_000_000) -> CheckContext:
    facts = ProjectFacts(total, year, disbursed, disbursed, 260_000_000)
    return CheckContext(ledger=Book(projects={"7954321": facts}))


def advanced(amount: int) -> CheckContext:
    return CheckContext(ledger=Book(advanced_on={"05/2026/HĐXD": amount}))


def open_since(day: str, content: str) -> CheckContext:
    advance = OpenAdvance("TU 0003", day, "9301", "43", content, 50_000_000, 20_000_000)
    return CheckContext(ledger=Book(advances=(advance,)))


def request_on(day: str, **fields: Value) -> Document:
    return edit(REQUEST, document_date=day, domestic_account=UNIT.estimate_account, **fields)


WORK_DONE = [
    Case("I03A-2", edit(WORK, s4_cumulative_work=1_310_000_001), field("s4_cumulative_work"), "warning", WORK),
    Case("I03A-3", edit(WORK, s6_completed=319_999_999), field("s6_requested"), "warning", WORK),
    Case("I03A-3", edit(WORK, s7_advance=0), field("s7_cumulative_disbursed"), "warning", WORK),
]

REQUESTING = [
    Case("I04A-1", edit(REQUEST, domestic_account=None), field("domestic_account"), good=REQUEST),
    Case("I04A-2", edit(REQUEST, total_requested=449_999_999), field("total_requested"), good=REQUEST),
    Case("I04A-3", edit(REQUEST, retention=10_000_000), field("payee_total"), "warning", REQUEST, says="310.000.000 đ"),
    Case("I04A-3", edit(REQUEST, payee_foreign=1), field("payee_domestic"), "warning", REQUEST),
    Case(
        "I04A-3",
        edit(REQUEST, payee_total=1, payee_domestic=1, vat=20_000_000),
        field("payee_total"),
        "warning",
        edit(REQUEST, payee_total=300_000_000, payee_domestic=300_000_000, vat=20_000_000),
        name="tax kept apart",
    ),
    Case(
        "I04A-4",
        edit_row(REQUEST, approved_value=881_999_999),
        cell("requested_domestic"),
        good=edit_row(REQUEST, approved_value=882_000_000),
        says="1 đ",
    ),
    Case("I04A-4", edit_row(FOREIGN, approved_value=1), cell("requested_foreign"), good=FOREIGN),
    Case("I04A-5", ADVANCE, field("total_requested"), good=REQUEST, context=advanced(1)),
    Case("I04A-5", edit(ADVANCE, contract_no=None, advance_balance=1), field("total_requested"), good=ADVANCE),
    Case("I04A-6", edit_row(REQUEST, approved_value=1_102_500_000), field("recovery_domestic"), "warning", REQUEST),
    Case(
        "I04A-6",
        LATE,
        field("recovery_domestic"),
        "warning",
        edit(LATE, recovery_domestic=260_000_000),
        says="còn 130.000.000 đ",
        name="all recovered",
    ),
]

HISTORY = [
    Case(
        "R-160",
        REQUEST,
        field("total_requested"),
        "warning",
        edit(REQUEST, total_requested=449_999_999),
        project(881_999_999, None),
        says="1 đ",
    ),
    Case("R-161", REQUEST, field("total_requested"), good=ORDER, context=project(None, 881_999_999)),
    Case(
        "R-171",
        request_on("2026-07-02"),
        field("advance_balance"),
        "warning",
        request_on("2026-07-01"),
        open_since("2026-06-01", "Bồi thường, hỗ trợ đất lúa"),
        says="20.000.000 đ, quá hạn từ 01/07/2026",
    ),
    Case(
        "R-172",
        request_on("2026-09-02"),
        field("advance_balance"),
        "warning",
        request_on("2026-09-01"),
        open_since("2026-06-01", "Bồi thường, hỗ trợ đất lúa"),
    ),
    Case(
        "R-172",
        request_on("2026-12-02", contract_no=None),
        field("advance_balance"),
        "warning",
        request_on("2026-12-02"),
        open_since("2026-06-01", "Chi phí quản lý dự án"),
        name="without a contract",
    ),
]

DAYS = [
    Case(
        "R-173",
        edit(ADVANCE_ORDER, document_date="2027-01-01"),
        field("document_date"),
        good=edit(ADVANCE_ORDER, document_date="2026-12-31"),
        says="Tạm ứng vốn năm 2026 đến hết ngày 31/12/2026",
    ),
    Case(
        "R-173",
        edit(edit_row(ADVANCE_ORDER, content="Bồi thường đất"), document_date="2027-02-01"),
        field("document_date"),
        good=edit(edit_row(ADVANCE_ORDER, content="Bồi thường đất"), document_date="2027-01-31"),
        name="compensation",
    ),
    Case(
        "R-173",
        edit(ORDER, document_date="2027-02-01"),
        field("document_date"),
        good=edit(ORDER, document_date="2027-01-31"),
        name="completed work",
    ),
    Case(
        "R-173",
        dossier(REQUEST, edit(WORK, acceptance_date="2027-01-01")),
        field("acceptance_date", 1),
        good=dossier(REQUEST, WORK),
        name="accepted too late",
    ),
    Case(
        "R-179",
        dossier(edit(FOREIGN, document_date="2027-05-19"), WORK),
        field("foreign_account", 0),
        "warning",
        dossier(FOREIGN, WORK),
        says="trực tiếp",
    ),
]

RECOVERING = [
    Case("I04B-1", edit_row(RECOVERY, requested_amount=260_000_001), cell("requested_amount"), good=RECOVERY),
    Case("I04B-2", edit(RECOVERY, {"conversion": ""}), field("conversion"), good=RECOVERY),
    Case(
        "I04B-3",
        dossier(REQUEST, edit_row(RECOVERY, requested_amount=1)),
        {"document": 1, "table": "lines", "column": "requested_amount"},
        "warning",
        WHOLE,
        says="130.000.000 đ",
    ),
    Case(
        "I04B-3",
        dossier(REQUEST, edit(WORK, s5_advance_recovery=1)),
        field("s5_advance_recovery", 1),
        "warning",
        WHOLE,
    ),
]

DRAWING = [
    Case("I05A-2", with_rows(ORDER, "lines", []), {"table": "lines"}, good=ORDER),
    Case("I05A-3", edit(CASH_ORDER, cash_recipient_id_no=None), field("cash_recipient_id_no"), good=CASH_ORDER),
    Case("I05A-3", edit(ORDER, cash_recipient_name="Thao A Pó"), field("cash_recipient_name"), good=ORDER),
    Case(
        "I05A-4",
        dossier(REQUEST, edit_row(ORDER, tax_amount=3_200_001)),
        {"document": 1, "table": "lines", "column": "amount"},
        good=WHOLE,
        says="320.000.000 đ",
    ),
    Case(
        "I05A-4",
        dossier(REQUEST, edit(ORDER, payment_request_date="2026-11-20")),
        field("payment_request_date", 1),
        good=WHOLE,
    ),
    Case("I05A-5", dossier(REQUEST, ADVANCE_ORDER), field("spending_kind", 1), good=WHOLE, says="hoàn thành"),
    Case("I05A-5", edit_row(ORDER, plan_year=2025), cell("plan_year"), good=ORDER),
]
