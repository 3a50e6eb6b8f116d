"""Breaches that show only beside another document of the dossier, another line, or the case of the dossier."""

from __future__ import annotations

from desktop.dossier.document import Document, Value
from desktop.dossier.ledger import PayeeFacts, ProjectFacts
from desktop.dossier.rules import CheckContext
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import cell, edit, edit_row, with_rows
from tests.unit.dossier.rule_case import LINE, UNDER_CONTRACT, Book, Case, at, books
from tests.unit.dossier.samples import CONTRACT, LIST, ORDER, PAYEE, SETTLEMENT, WITH_LIST, WITHDRAWAL, change, dossier


def numbered(document: Document, number: str) -> Document:
    return edit(document, document_no=number)


def below(document: int, column: str, row: int = 0, table: str = "lines") -> dict[str, str | int]:
    return {"document": document, "table": table, "row": row, "column": column}


SECOND = numbered(WITHDRAWAL, "0450")
HALF = change(UNDER_CONTRACT, {"contract_total": 30_000_000})
SPACED = edit(numbered(HALF, "0450"), contract_no=" 12/hđ-ubnd")
SMALL = change(SPACED, row={"amount": 14_600_000})
TWO_SETTLED = dossier(SETTLEMENT, numbered(SETTLEMENT, "0008"))

VOUCHERS = [
    Case("M13-4", dossier(HALF, SPACED), {"document": 1, "field": "contract_total"}, good=dossier(HALF, SMALL)),
    Case(
        "M13-5",
        dossier(
            change(UNDER_CONTRACT, {"advance_terms": "20%"}, {"spending_kind": "advance"}),
            change(SPACED, {"advance_terms": "20%", **CONTRACT}, {"spending_kind": "advance"}),
        ),
        {"document": 0, "field": "advance_terms"},
        "warning",
        good=dossier(change(UNDER_CONTRACT, {"advance_terms": "20%"}, {"spending_kind": "advance"})),
        says="Trước đó đã tạm ứng 15.400.000 đ",
    ),
    Case(
        "R-065",
        dossier(WITHDRAWAL, SECOND),
        below(1, "amount"),
        "warning",
        good=dossier(WITHDRAWAL),
        context=books(left=20_000_000),
        says="thiếu 10.800.000 đ cùng các chứng từ khác trong hồ sơ",
    ),
    Case(
        "M17-9",
        dossier(ORDER, numbered(ORDER, "0052")),
        below(0, "amount"),
        "warning",
        good=dossier(ORDER),
        context=books(left=11_000_000),
    ),
    Case("M10-5", TWO_SETTLED, below(1, "advance_balance"), "warning", dossier(SETTLEMENT), books(advanced=15_000_000)),
    Case(
        "M13-7",
        dossier(WITH_LIST, numbered(WITH_LIST, "0450"), LIST),
        {"document": 1, "field": "payee_name"},
        good=dossier(WITH_LIST, SECOND, LIST),
        name="the list goes with another voucher",
    ),
    Case(
        "M13-3",
        change(
            WITHDRAWAL,
            rows=[LINE, {**LINE, "content": "Khoản chi có yêu cầu bảo mật: mua thiết bị"}],
            flags={"confidential": True},
        ),
        at("content"),
        "warning",
        good=WITHDRAWAL,
        name="plain line beside a confidential one",
    ),
    Case(
        "type", change(UNDER_CONTRACT, {"contract_date": "0206-11-12"}), {"field": "contract_date"}, says="bốn chữ số"
    ),
    Case("line-twice", change(WITHDRAWAL, rows=[LINE, LINE]), {"table": "lines", "row": 1}, "warning", says="dòng 1"),
    Case(
        "line-twice",
        change(WITHDRAWAL, rows=[LINE] * 9),
        {"table": "lines", "row": 1},
        "warning",
        says="Dòng 2, 3, 4, 5, 6 và 3 dòng nữa giống hệt",
    ),
    Case(
        "date_order",
        change(WITHDRAWAL, {"made_date": "2027-11-23"}),
        {"field": "made_date"},
        "warning",
        context=CheckContext(today="2026-11-23"),
        good=change(WITHDRAWAL, {"made_date": "2026-12-20"}),
    ),
]

OTHER_LIST = change(LIST, rows=[{**LIST.tables["lines"][1], "amount": 100_000}])
MORE = change(SETTLEMENT, row={"requested_amount": 12_500_000})
TWICE = [
    Case(
        "R-010",
        dossier(numbered(WITHDRAWAL, "RDT 0443"), numbered(SECOND, "rdt  0443")),
        {"document": 1, "field": "document_no"},
        good=dossier(WITHDRAWAL, SECOND),
        name="one number in two spellings",
    ),
    Case(
        "paid-twice", dossier(WITHDRAWAL, SECOND), {"document": 1, "table": "lines", "row": 0}, "warning", says="0443"
    ),
    Case(
        "paid-twice",
        dossier(WITH_LIST, LIST, OTHER_LIST),
        {"document": 2, "table": "lines", "row": 0},
        "warning",
        good=dossier(WITHDRAWAL, change(SECOND, row={"amount": 1})),
    ),
    Case(
        "M10-4",
        dossier(MORE, numbered(SETTLEMENT, "0008")),
        {"document": 0, "table": "lines", "column": "requested_amount"},
        good=dossier(MORE, numbered(SETTLEMENT, "0008"), change(WITHDRAWAL, row={"amount": 2_500_000})),
        name="one voucher for the one of two settlements that asks for more",
    ),
]

STUDENTS = filled("M21")
ABROAD = edit(filled("M19"), document_no="NT 0009", **PAYEE)
IN_EURO = edit(ABROAD, currency="EUR")
TRAVEL = filled("M15")
SENT = TRAVEL.tables["lines"][2]
NO_RECIPIENT = edit(
    TRAVEL, **dict.fromkeys(("cash_recipient_name", "cash_recipient_id_no", "cash_recipient_id_date"), None)
)
DEPOSIT_STUDENTS = edit(STUDENTS, {"account_kind": "deposit"})

FOREIGN = [
    Case("M21-3", dossier(IN_EURO, DEPOSIT_STUDENTS), below(1, "currency"), good=dossier(ABROAD, LIST), says="EUR"),
    Case("M15-5", NO_RECIPIENT, {"field": "cash_recipient_name"}, good=TRAVEL, says="tiền mặt"),
    Case("required", edit_row(TRAVEL, row=2, intermediary_swift=None), at("intermediary_swift", 2), good=TRAVEL),
    Case(
        "payee-changed",
        TRAVEL,
        at("payee_account_name", 2),
        good=WITHDRAWAL,
        context=CheckContext(ledger=Book(payees=(PayeeFacts("Khác", str(SENT["payee_account"]), "", "", 1, ""),))),
    ),
    Case("R-032", edit_row(filled("M02"), fc_amount="10.00"), at("fc_amount"), "warning", good=filled("M02")),
]

REQUEST, RECOVERY, ORDERED, WORK = filled("I04A"), filled("I04B"), filled("I05A"), filled("I03A")
TOGETHER = dossier(REQUEST, RECOVERY, ORDERED, WORK)


def unlike(beside: Document, says: str = "", **changed: Value) -> Case:
    """A paper beside the request for payment that says one thing otherwise."""
    found = {"document": 1, "field": next(iter(changed))}
    return Case("as-requested", dossier(REQUEST, edit(beside, **changed)), found, "warning", TOGETHER, says=says)


LAST = edit_row(
    edit(REQUEST, total_requested=510_000_000, recovery_domestic=200_000_000, payee_total=310_000_000),
    accumulated_domestic=1_000_000_000,
    requested_domestic=510_000_000,
)
PROJECT = str(REQUEST.fields["project_code"])
ADVANCED = edit(
    REQUEST, {"request_kind": "advance"}, recovery_domestic=None, completed_work_ref=None, advance_balance=None
)


def planned(plan: int) -> CheckContext:
    return CheckContext(ledger=Book(projects={PROJECT: ProjectFacts(plan, plan, 0, 0, 0)}))


TWO_REQUESTS = dossier(REQUEST, numbered(REQUEST, "VDT 0009"))
CAPITAL = [
    Case(
        "I04A-4",
        edit(LAST, recovery_domestic=199_999_999),
        at("requested_domestic"),
        good=LAST,
        says="vượt giá trị được duyệt 1 đ",
        name="what is recovered was paid before",
    ),
    unlike(ORDERED, project_code="7954322"),
    unlike(ORDERED, payee_account="35082"),
    unlike(RECOVERY, payment_request_no="X 1"),
    unlike(WORK, contract_no="06/2026"),
    unlike(WORK, "320.000.000 đ", s6_requested=1),
    Case(
        "R-160",
        TWO_REQUESTS,
        {"document": 0, "field": "total_requested"},
        "warning",
        dossier(REQUEST),
        planned(500_000_000),
        name="two requests",
    ),
    Case(
        "R-161",
        TWO_REQUESTS,
        {"document": 1, "field": "total_requested"},
        good=dossier(REQUEST),
        context=planned(500_000_000),
        name="two requests",
    ),
    Case(
        "I04A-5",
        dossier(ADVANCED, *(numbered(ADVANCED, str(n)) for n in (1, 2))),
        {"document": 0, "field": "total_requested"},
        good=dossier(ADVANCED),
        name="three advances together",
    ),
    Case(
        "I04A-6",
        edit(REQUEST, recovery_domestic=300_000_000),
        {"field": "recovery_domestic"},
        "warning",
        REQUEST,
        says="vượt số dư tạm ứng 40.000.000 đ",
    ),
    Case("required", edit(WORK, contract_date=None), {"field": "contract_date"}, good=WORK),
    Case("R-902", edit(WORK, s6_words="Một đồng"), {"field": "s6_words"}, good=WORK),
]

REGISTRATION, CLOSING, BALANCES = filled("M24"), filled("M25"), filled("M32")
NOBODY = edit(with_rows(REGISTRATION, "specimens", []), {"request_kind": "signature_change"})
CARRIED, ESTIMATE, PROVISIONAL, RECODED = filled("M31"), filled("M26"), filled("M22"), filled("M09")
SAME_CODES = [{**row, "econ": "6551"} for row in RECODED.tables["lines"]]
AIDED = edit(ORDER, donor_code="VN01")


def of(case: str, *documents: Document, procedure: str = "") -> object:
    return dossier(*documents, case=case, procedure=procedure or case[:2])


CASES_OF_DOSSIERS = [
    Case(
        "case-kind",
        of("P3-a4", WITHDRAWAL),
        {"document": 0, "field": "spending_kind"},
        "warning",
        of("P3-a3", WITHDRAWAL),
        says="«Tạm ứng»",
    ),
    Case("case-kind", of("P7-d", BALANCES, procedure="P3"), good=of("P7-d", BALANCES), says="Chọn lại việc"),
    Case(
        "closed-accounts",
        of("P6-a", CLOSING, ESTIMATE, filled("M28")),
        below(0, "account_no", table="accounts"),
        "warning",
        of("P6-c", CLOSING, BALANCES),
        says="Mẫu 32",
    ),
    Case(
        "closed-accounts",
        of("P6-c", CLOSING, edit_row(BALANCES, "accounts", account_no="3713.9.9999999")),
        below(0, "account_no", table="accounts"),
        "warning",
        of("P6-c", CLOSING, BALANCES),
        says="chưa có tài khoản",
    ),
    Case("donor", of("P3-c", ORDER), {"document": 0, "field": "donor_code"}, "warning", of("P3-c", AIDED)),
    Case("specimens", NOBODY, {"table": "specimens"}, "warning", REGISTRATION),
    Case("required", edit(REGISTRATION, budget_unit_code=None), {"field": "budget_unit_code"}, good=REGISTRATION),
    Case("required", edit(REGISTRATION, founding_doc_date=None), {"field": "founding_doc_date"}, good=REGISTRATION),
    Case("required", edit(CLOSING, ca_appointment_no=None), {"field": "ca_appointment_no"}, good=CLOSING),
    Case(
        "overdrawn",
        edit_row(with_rows(CARRIED, "lines", CARRIED.tables["lines"]), used=400_000_000),
        at("carry_estimate"),
        "warning",
        CARRIED,
        says="nhiều hơn dự toán 81.600.000 đ",
    ),
    Case(
        "M26-3",
        edit_row(ESTIMATE, used_to_date=2_000_000_000),
        at("used_to_date"),
        "warning",
        ESTIMATE,
        says="98.000.000",
    ),
    Case("M26-3", edit_row(ESTIMATE, used_period=1_400_000_000), at("used_period"), "warning", ESTIMATE),
    Case(
        "M32-3",
        edit_row(BALANCES, "accounts", account_no="9523.4.1098765"),
        cell("account_no", table="accounts"),
        "warning",
        BALANCES,
        says="Mẫu 26",
    ),
    Case("type", edit(BALANCES, month=13), {"field": "month"}, good=BALANCES, says="1 đến 12"),
    Case("M22-5", edit(PROVISIONAL, reference_year=2025), {"field": "reference_year"}, "warning", PROVISIONAL),
    Case("re-coded", with_rows(RECODED, "lines", SAME_CODES), at("econ", 1), "warning", RECODED),
]
