"""Breaches in vouchers that also pay into the budget (Mẫu 14, 18), and in provisional grants (Mẫu 22)."""

from __future__ import annotations

from desktop.dossier.document import Document
from desktop.dossier.ledger import ContractFacts, OpenAdvance
from desktop.dossier.rules import CheckContext
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import cell, edit, edit_row, with_rows
from tests.unit.dossier.rule_case import ADVANCE, PHRASE, UNDER_CONTRACT, Book, Case
from tests.unit.dossier.samples import CASH_RECIPIENT, CONTRACT, LIST, ORDER, SETTLEMENT, UNIT, WITHDRAWAL, dossier

WITH_TAX, ORDER_WITH_TAX, GRANT = filled("M14"), filled("M18"), filled("M22")
ONE_LINE = with_rows(WITH_TAX, "lines", WITH_TAX.tables["lines"][:1])
ALL_REMITTED = edit_row(ONE_LINE, remit_amount=9_150_000, payee_amount=0)
NOT_REMITTED = edit_row(ONE_LINE, remit_amount=0)
NO_PAYEE = dict.fromkeys(("payee_name", "payee_account", "payee_bank"))
SECRET = f"{PHRASE}: mua thiết bị"
EARLIER = ContractFacts(total=100_000_000, party=CONTRACT["contract_party"], date="2026-09-02")
HALL = OpenAdvance("0391", "2026-10-02", "6656", "13", "Thuê hội trường", 10_000_000, 10_000_000)


def marked(document: Document) -> Document:
    """The same voucher, marked as confidential spending."""
    return document.model_copy(update={"flags": {"confidential": True}})


def knows(**figures: object) -> CheckContext:
    """What the unit's own book says."""
    return CheckContext(ledger=Book(**figures))  # type: ignore[arg-type]


REMITTING = [
    Case("M14-1", edit(WITH_TAX, {"spending_kind": ""}), {"field": "spending_kind"}, good=WITH_TAX),
    Case("M14-2", edit(WITH_TAX, acceptance_date=None), {"field": "acceptance_date"}, good=WITH_TAX),
    Case("M18-2", edit(ORDER_WITH_TAX, contract_total=None), {"field": "contract_total"}, good=ORDER_WITH_TAX),
    Case("M14-3", marked(WITH_TAX), cell("content"), good=marked(edit_row(ONE_LINE, content=SECRET)), says=PHRASE),
    Case("M18-3", marked(ORDER_WITH_TAX), cell("content"), good=marked(edit_row(ORDER_WITH_TAX, content=SECRET))),
    Case("M14-4", edit(WITH_TAX, contract_total=15_399_999), {"field": "contract_total"}, good=WITH_TAX, says=" 1 đ"),
    Case("M18-4", edit(ORDER_WITH_TAX, contract_total=1), {"field": "contract_total"}, good=ORDER_WITH_TAX),
    Case(
        "M14-5",
        edit(WITH_TAX, {"spending_kind": "advance"}, advance_terms="30%"),
        {"field": "advance_terms"},
        "warning",
        good=edit(WITH_TAX, {"spending_kind": "advance"}, advance_terms="100%"),
    ),
    Case("M18-5", edit(ORDER_WITH_TAX, advance_terms="10%"), {"field": "advance_terms"}, "warning"),
    Case(
        "M13-5",
        ADVANCE,
        {"field": "advance_terms"},
        "warning",
        context=knows(advanced_on={CONTRACT["contract_no"]: 5_000_000}),
        says="Trước đó đã tạm ứng 5.000.000 đ",
        name="with what was advanced before",
    ),
    Case(
        "R-056",
        dossier(UNDER_CONTRACT),
        {"document": 0, "field": "contract_date"},
        "warning",
        good=dossier(WITHDRAWAL),
        context=knows(contracts={CONTRACT["contract_no"]: EARLIER}),
        says="02/09/2026",
    ),
    Case("M14-7", edit(WITH_TAX, remit_total=1), {"field": "remit_total"}, good=edit(WITH_TAX, remit_total=154_000)),
    Case("M14-7", edit(WITH_TAX, payee_total_words="Một đồng"), {"field": "payee_total_words"}, good=WITH_TAX),
    Case("R-902", edit(ORDER_WITH_TAX, total=5), {"field": "total"}, good=ORDER_WITH_TAX),
    Case("R-058", edit_row(WITH_TAX, remit_amount=-1), cell("remit_amount"), good=NOT_REMITTED, says="không được âm"),
    Case("M14-9", NOT_REMITTED, {"table": "lines", "column": "remit_amount"}, "warning", good=WITH_TAX, says="Mẫu 13"),
    Case(
        "M18-7",
        edit_row(ORDER_WITH_TAX, remit_amount=0),
        {"table": "lines", "column": "remit_amount"},
        "warning",
        good=ORDER_WITH_TAX,
        says="Mẫu 17",
    ),
    Case("M14-10", edit(WITH_TAX, remit_area_code=None), {"field": "remit_area_code"}, "warning", good=WITH_TAX),
    Case(
        "R-075",
        edit(ORDER_WITH_TAX, remit_area_code=None),
        {"field": "remit_area_code"},
        "warning",
        good=edit(ORDER_WITH_TAX, remit_area_code=None, remit_reference_id="34000726110012345678"),
    ),
    Case("required", edit(WITH_TAX, remit_chapter=None), {"field": "remit_chapter"}, good=WITH_TAX),
    Case("M14-12", edit(WITH_TAX, payee_bank=None), {"field": "payee_bank"}, good=edit(ALL_REMITTED, **NO_PAYEE)),
    Case("M14-12", edit(WITH_TAX, {"payment_mode": "cash"}, **NO_PAYEE), {"field": "cash_recipient_name"}),
    Case("M14-12", edit(WITH_TAX, **CASH_RECIPIENT), {"field": "cash_recipient_name"}, says="phải để trống"),
    Case("M18-9", edit(ORDER_WITH_TAX, {"payment_mode": "cash"}), {"field": "payment_mode"}, says="không chi tiền mặt"),
    Case("M18-9", edit(ORDER_WITH_TAX, cash_recipient_name="A"), {"field": "cash_recipient_name"}, good=ORDER_WITH_TAX),
    Case("M18-9", edit(ORDER_WITH_TAX, payee_name=None), {"field": "payee_name"}, good=ORDER_WITH_TAX),
    Case(
        "M20-2",
        dossier(edit(WITH_TAX, document_no="0443"), LIST),
        {"document": 1, "table": "lines", "column": "amount"},
        "warning",
        good=dossier(edit(edit_row(ONE_LINE, payee_amount=15_400_000), document_no="0443"), LIST),
        says="thừa 154.000 đ",
        name="beside a remittance",
    ),
    Case("code", edit(WITH_TAX, remit_econ_code="6501"), {"field": "remit_econ_code"}, "warning", says="mã thu"),
    Case("code", edit(WITH_TAX, remit_payer_tax_code="12"), {"field": "remit_payer_tax_code"}, "warning"),
]

ACCOUNTS = [
    Case("R-030", edit(ORDER_WITH_TAX, account=UNIT.estimate_account), {"field": "account"}, good=ORDER_WITH_TAX),
    Case("R-030", edit(WITH_TAX, account=UNIT.deposit_account), {"field": "account"}, good=WITH_TAX),
    Case(
        "R-030",
        edit_row(edit(ORDER, account="3713.4.1111111"), budget_year=None),
        {"field": "account"},
        "warning",
        good=edit(ORDER, account="3741.4.1098765"),
        context=CheckContext(unit=UNIT, ledger=Book(accounts=("3741.4.1098765",))),
        name="an account registered beside the unit's own",
    ),
    Case("R-050", edit_row(WITH_TAX, econ="6502", content="Tiền điện"), cell("econ"), "warning", good=WITH_TAX),
    Case("R-051", edit(WITH_TAX, {"payment_mode": "cash"}), {"field": "payment_mode"}, "warning", good=WITH_TAX),
    Case(
        "R-065",
        ONE_LINE,
        cell("amount"),
        "warning",
        good=edit_row(ONE_LINE, payee_amount=1),
        context=knows(left=9_149_999),
        says="thiếu 1 đ",
    ),
    Case("M18-10", ORDER_WITH_TAX, cell("amount"), "warning", context=knows(left=15_399_999), says="thiếu 1 đ"),
    Case(
        "R-070",
        edit(WITH_TAX, {"estimate_kind": "provisional"}),
        {"field": "estimate_kind"},
        "warning",
        good=WITH_TAX,
        context=knows(provisional_years=(2025,)),
    ),
    Case(
        "M13-11",
        edit(WITHDRAWAL, {"estimate_kind": "provisional"}, budget_year=2027),
        {"field": "estimate_kind"},
        "warning",
        good=edit(WITHDRAWAL, {"estimate_kind": "provisional"}),
        context=knows(provisional_years=(2026,)),
        name="granted for another year",
    ),
    Case(
        "M10-5",
        SETTLEMENT,
        cell("econ_advanced"),
        "warning",
        good=edit_row(SETTLEMENT, econ_advanced="6656"),
        context=knows(advances=(HALL,)),
        says="còn 6656",
    ),
    Case("R-907", edit_row(WITHDRAWAL, source="1321"), cell("source"), "warning", good=edit_row(GRANT, source="4211")),
]

PROVISIONAL = [
    Case("M22-1", edit(GRANT, total=1), {"field": "total"}, good=edit(GRANT, total=575_000_000)),
    Case(
        "M22-2",
        edit(GRANT, monthly_average=574_999_999),
        {"table": "lines", "column": "amount"},
        "warning",
        good=GRANT,
        says="nhiều hơn mức chi bình quân tháng 1 đ",
    ),
    Case("M22-3", edit_row(GRANT, content="Sửa chữa trụ sở"), cell("content"), "warning", good=GRANT),
    Case(
        "M22-4",
        edit(GRANT, budget_year=2026),
        cell("amount"),
        "warning",
        good=edit(GRANT, account=None),
        context=knows(left=1),
        says="đã có dự toán năm 2026",
    ),
    Case("M22-5", edit(GRANT, monthly_average=610_000_001), {"field": "monthly_average"}, "warning", good=GRANT),
]
