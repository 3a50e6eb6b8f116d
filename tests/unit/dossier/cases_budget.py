"""Breaches in what is said, in whose money it is, and between the documents of a dossier."""

from __future__ import annotations

from desktop.dossier.document import Attachment, Document
from desktop.dossier.rules import CheckContext
from tests.unit.dossier.rule_case import (
    ADVANCE,
    DIFFERENCE,
    LINE,
    MORE_ASKED,
    ORDER_LIST,
    PHRASE,
    SCAN,
    SECRET_LINE,
    UNDER_CONTRACT,
    Case,
    at,
    books,
    people,
)
from tests.unit.dossier.samples import (
    ACCOUNTANT,
    HEAD,
    LIST,
    ORDER,
    PAYEE,
    PREPARER,
    SETTLEMENT,
    UNIT,
    WITH_LIST,
    WITHDRAWAL,
    change,
    dossier,
)


def scans(count: int, size: int) -> tuple[Attachment, ...]:
    """So many scans, each of its own name and content."""
    return tuple(
        SCAN.model_copy(update={"name": f"hd-{number}.pdf", "sha256": f"{number:064x}", "size": size})
        for number in range(count)
    )


CONTENT = [
    Case("M13-3", change(WITHDRAWAL, flags={"confidential": True}), at("content"), says=PHRASE),
    Case("M13-3", change(WITHDRAWAL, row={"content": f"Mua xe. {PHRASE}"}), at("content"), says="đứng đầu"),
    Case("M13-3", change(WITHDRAWAL, row={"content": f"{PHRASE}."}), at("content"), says="thiếu nội dung"),
    Case("M13-3", change(WITHDRAWAL, row=SECRET_LINE, flags={"confidential": False}), at("content")),
    Case("M17-3", change(ORDER, flags={"confidential": True}), at("content"), good=change(ORDER, row=SECRET_LINE)),
    Case(
        "M10-1",
        change(SETTLEMENT, flags={"confidential": True}),
        at("content"),
        good=change(SETTLEMENT, row=SECRET_LINE, flags={"confidential": True}),
    ),
    Case("M13-9", change(WITHDRAWAL, row={"econ": "6502"}), at("econ"), "warning", says="Tiền nước"),
    Case("M13-9", change(WITHDRAWAL, row={"content": "Tiền lương tháng 11"}), at("econ"), "warning"),
]

NEXT_YEAR = change(WITHDRAWAL, {"budget_year": 2027})


def late(document: Document, good: Document, says: str = "", name: str = "") -> Case:
    """A voucher of the year that ended, made in February."""
    where, context = {"field": "budget_year"}, CheckContext(today="2027-02-01")
    return Case("R-086", document, where, "warning", good, context, says=says, name=name)


BUDGET = [
    Case("R-013", change(WITHDRAWAL, {"budget_year": 2024}), {"field": "budget_year"}),
    Case("R-013", change(ORDER, row={"budget_year": 2024}), at("budget_year"), good=ORDER),
    Case("R-013", change(WITHDRAWAL, {"made_date": "2025-12-31"}), {"field": "made_date"}, says="01/01/2026"),
    Case("R-014", change(WITHDRAWAL, {"budget_year": 2025}), {"field": "budget_year"}, "warning", says="11/2020"),
    Case("R-014", change(ORDER, row={"budget_year": 2025}), at("budget_year"), "warning", good=ORDER),
    late(SETTLEMENT, change(SETTLEMENT, {"budget_year": 2027})),
    late(ADVANCE, NEXT_YEAR),
    late(WITHDRAWAL, NEXT_YEAR, says="không còn rút được", name="spending"),
    Case("year-ahead", change(WITHDRAWAL, {"budget_year": 2027}), {"field": "budget_year"}, "warning"),
    Case("year-ahead", change(ORDER, row={"budget_year": 2027}), at("budget_year"), "warning", good=ORDER),
    Case("R-030", change(WITHDRAWAL, {"account": "3713.4.1098765"}), {"field": "account"}, says="Ủy nhiệm chi"),
    Case("R-030", change(ORDER, {"account": "9552.1.7122155.00000"}), {"field": "account"}, good=ORDER),
    Case("R-030", change(ORDER, {"account": "9100.1.7122155"}), {"field": "account"}, "warning", good=ORDER),
    Case("R-030", change(ORDER, {"account": "9523.4.1098765"}), {"field": "account"}, good=ORDER),
    Case(
        "R-030",
        change(WITHDRAWAL, {"account": "8111.1"}),
        {"field": "account"},
        good=WITHDRAWAL,
        context=CheckContext(unit=UNIT.model_copy(update={"deposit_account": "8111.1"})),
        name="the unit's own deposit account",
    ),
    Case(
        "R-030",
        change(WITHDRAWAL, {"account": "9523.4.1111111"}),
        {"field": "account"},
        "warning",
        context=CheckContext(unit=UNIT),
    ),
    Case("M13-11", change(WITHDRAWAL, choices={"estimate_kind": "provisional"}), {"field": "estimate_kind"}, "warning"),
    Case(
        "R-065",
        change(WITHDRAWAL, rows=[LINE, LINE]),
        at("amount"),
        "warning",
        context=books(left=15_400_000),
        says="thiếu 15.400.000 đ",
    ),
    Case(
        "M17-9", change(ORDER, row={"amount": 6_000_001}), at("amount"), "warning", good=ORDER, context=books(6_000_000)
    ),
    Case("date_order", change(WITHDRAWAL, row={"invoice_date": "2026-11-24"}), at("invoice_date"), "warning"),
    Case(
        "date_order",
        change(WITHDRAWAL, {"made_date": None}, row={"voucher_no": "1", "voucher_date": "2026-11-24"}),
        at("voucher_date"),
        "warning",
        context=CheckContext(today="2026-11-23"),
    ),
    Case("date_order", change(UNDER_CONTRACT, {"contract_date": "2026-12-01"}), {"field": "contract_date"}, "warning"),
]

LISTS = [
    Case(
        "M20-2",
        dossier(WITH_LIST, change(LIST, row={"amount": 8_550_000})),
        {"document": 1, "table": "lines", "column": "amount"},
        good=dossier(WITH_LIST, LIST),
        says="Danh sách thiếu 450.000 đ so với giấy rút dự toán",
    ),
    Case(
        "M20-3",
        dossier(WITH_LIST, change(LIST, {"parent_voucher_no": "0444"})),
        {"document": 1, "field": "parent_voucher_no"},
        good=dossier(WITH_LIST, LIST),
    ),
    Case(
        "M20-3",
        dossier(WITH_LIST, change(LIST, {"parent_voucher_date": "2026-11-22"})),
        {"document": 1, "field": "parent_voucher_date"},
        good=dossier(WITH_LIST, LIST),
    ),
    Case("M20-3", dossier(LIST), {"document": 0, "field": "parent_voucher_no"}, good=LIST, says="không có chứng từ"),
    Case(
        "M20-4",
        dossier(WITH_LIST, change(LIST, choices={"account_kind": "deposit"})),
        {"document": 1, "field": "account_kind"},
        good=dossier(change(ORDER, PAYEE), ORDER_LIST),
        says="«Tài khoản dự toán»",
    ),
    Case("M20-6", ORDER_LIST, {"table": "lines"}, "hint", good=LIST),
]

SETTLING = [
    Case("M10-2", change(SETTLEMENT, row={"econ_requested": "6001"}), at("econ_requested"), good=SETTLEMENT),
    Case("M10-2", change(SETTLEMENT, row={"econ_requested": "6551"}), at("econ_requested"), "warning", good=SETTLEMENT),
    Case(
        "M10-4",
        dossier(MORE_ASKED),
        {"document": 0, "table": "lines", "column": "requested_amount"},
        good=dossier(MORE_ASKED, DIFFERENCE),
        says="2.500.000 đ",
    ),
    Case(
        "M10-4",
        dossier(MORE_ASKED, WITHDRAWAL),
        {"document": 0, "table": "lines", "column": "requested_amount"},
        says="15.400.000 đ",
        good=dossier(SETTLEMENT),
    ),
    Case(
        "M10-4",
        dossier(SETTLEMENT, DIFFERENCE),
        {"document": 0, "table": "lines", "column": "requested_amount"},
        good=dossier(SETTLEMENT),
        says="Bỏ chứng từ",
    ),
    Case(
        "M10-4",
        dossier(SETTLEMENT, DIFFERENCE),
        {"document": 0, "table": "lines", "column": "requested_amount"},
        good=dossier(change(SETTLEMENT, row={"requested_amount": None}), DIFFERENCE),
        name="nothing asked for yet",
    ),
    Case(
        "M10-4",
        dossier(change(SETTLEMENT, row={"requested_amount": 10_000_000}), DIFFERENCE),
        {"document": 0, "table": "lines", "column": "requested_amount"},
        good=dossier(change(SETTLEMENT, row={"requested_amount": 10_000_000})),
        name="exactly what was advanced",
    ),
    Case("M10-4", MORE_ASKED, {"table": "lines", "column": "requested_amount"}, "hint", good=SETTLEMENT),
    Case(
        "M10-5",
        SETTLEMENT,
        at("advance_balance"),
        "warning",
        good=change(SETTLEMENT, row={"advance_balance": 9_000_000}),
        context=books(advanced=9_000_000),
    ),
]

WHOLE = [
    Case("R-002", dossier(WITHDRAWAL, state_secret=True), good=dossier(WITHDRAWAL)),
    Case("R-901", dossier(), good=dossier(WITHDRAWAL)),
    Case("R-901", dossier(LIST), good=dossier(SETTLEMENT)),
    Case("R-010", dossier(WITHDRAWAL, WITHDRAWAL), {"document": 1, "field": "document_no"}, good=dossier(WITHDRAWAL)),
    Case(
        "R-021",
        dossier(WITHDRAWAL),
        good=dossier(ORDER),
        context=people(ACCOUNTANT, HEAD.model_copy(update={"roles": HEAD.roles[1:]})),
    ),
    Case("R-021", dossier(LIST), good=dossier(WITHDRAWAL), context=people(ACCOUNTANT, HEAD), says="người lập"),
    Case(
        "R-020",
        dossier(LIST),
        good=dossier(WITHDRAWAL),
        context=people(ACCOUNTANT, HEAD, PREPARER.model_copy(update={"certificate_sha256": ""})),
        says="Lò Thị Hạnh",
    ),
    Case(
        "R-900",
        dossier(WITHDRAWAL, attachments=(SCAN.model_copy(update={"size": 10 * 1024 * 1024 + 1}),)),
        good=dossier(WITHDRAWAL, attachments=(SCAN.model_copy(update={"size": 10 * 1024 * 1024}),)),
        says="10 MB",
    ),
    Case(
        "R-900",
        dossier(WITHDRAWAL, attachments=scans(41, 1000)),
        good=dossier(WITHDRAWAL, attachments=scans(40, 1000)),
        says="41 tệp",
    ),
    Case(
        "R-900",
        dossier(WITHDRAWAL, attachments=scans(7, 9_000_000)),
        good=dossier(WITHDRAWAL, attachments=scans(6, 9_000_000)),
        says="60 MB",
    ),
    Case(
        "R-900",
        dossier(WITHDRAWAL, attachments=(SCAN.model_copy(update={"media_type": "application/zip"}),)),
        {},
        "warning",
        good=dossier(WITHDRAWAL, attachments=(SCAN,)),
    ),
    Case(
        "R-900", dossier(WITHDRAWAL, attachments=(SCAN, SCAN)), {}, "warning", good=dossier(WITHDRAWAL), says="hai bản"
    ),
]
