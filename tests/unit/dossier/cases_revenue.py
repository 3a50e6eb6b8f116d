"""Breaches in what goes into the budget: Mẫu 01 to 03, 07, returns and corrections (Mẫu 08, 09)."""

from __future__ import annotations

from desktop.dossier.rules import CheckContext
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import cell, edit, edit_row, with_rows
from tests.unit.dossier.rule_case import Book, Case

TAX, PAYMENT, FEE, FINE_RECEIPT = (filled(form) for form in ("M01", "M02", "M03", "M07"))
RETURN, CORRECTION = filled("M08"), filled("M09")
POSTED, REQUESTED = CORRECTION.tables["lines"]
_CASH = {"payment_mode": "cash"}
AT_BANK = edit(TAX, _CASH, debit_bank="Agribank, chi nhánh Mường Lát", debit_account=None)
CHARGE = edit(FEE, fee_name="Phí bảo vệ môi trường", credit_account="3511.0.1056789")
CHARGE_AT_BANK = edit(CHARGE, credit_account="3508205017746", treasury=None)
TAX_ID = "34000726110012345678"
SPENT = {(2026, "9523.4.1098765", "6699", "800", "011", "13"): 4_250_000}

PAYMENTS = [
    Case("M01-1", edit(TAX, revenue_account="7112"), {"field": "revenue_account"}, good=TAX, says="3591.0.1056789"),
    Case(
        "M01-1",
        edit(TAX, revenue_account="711 14"),
        {"field": "revenue_account"},
        good=edit(TAX, revenue_account="3591.0.1056789"),
    ),
    Case("M02-1", edit(PAYMENT, revenue_account="1234"), {"field": "revenue_account"}, good=PAYMENT),
    Case("M14-8", edit(filled("M14"), remit_revenue_account="71114"), {"field": "remit_revenue_account"}, says="7114"),
    Case("M18-8", edit(filled("M18"), remit_revenue_account="1"), {"field": "remit_revenue_account"}),
    Case("R-071", edit(filled("M16"), revenue_account="7115"), {"field": "revenue_account"}, good=filled("M16")),
    Case(
        "R-072",
        edit(PAYMENT, revenue_account="7111"),
        {"field": "revenue_account"},
        "warning",
        good=PAYMENT,
        says="7114",
    ),
    Case(
        "R-072",
        edit(TAX, {"authority_document": ""}, revenue_account="7114"),
        {"field": "authority_document"},
        "warning",
        good=edit(TAX, {"authority_document": "state_audit"}, revenue_account="7114"),
    ),
    Case(
        "M01-2",
        edit_row(TAX, reference_id=f"{TAX_ID}, 45/QĐ-CCT"),
        cell("reference_id"),
        "warning",
        good=edit_row(TAX, reference_id=TAX_ID),
        says="cột nội dung",
    ),
    Case(
        "M02-2",
        edit_row(PAYMENT, reference_id=f"45/QĐ-XPHC; {TAX_ID}"),
        cell("reference_id"),
        "warning",
        good=PAYMENT,
    ),
    Case(
        "M01-3",
        edit_row(TAX, area_code=None),
        cell("area_code"),
        "warning",
        good=edit_row(TAX, reference_id=TAX_ID, area_code=None),
    ),
    Case("M01-4", edit(TAX, total=1), {"field": "total"}, good=edit(TAX, total=3_455_000), says="3.455.000"),
    Case("M01-5", edit(TAX, {"payment_mode": ""}), {"field": "payment_mode"}, good=TAX),
    Case(
        "M02-3",
        edit_row(PAYMENT, chapter="800"),
        cell("chapter"),
        good=PAYMENT,
        says="«Mã chương» do ngân hàng hoặc Kho bạc ghi",
    ),
    Case("treasury_only", edit(PAYMENT, reference_no="5"), {"field": "reference_no"}, good=PAYMENT, says="ngân hàng"),
    Case("M02-4", edit(PAYMENT, total_words="Một đồng"), {"field": "total_words"}, good=PAYMENT),
    Case("R-032", edit(TAX, {"currency": "USD"}), {"field": "currency"}, good=TAX, says="Mẫu 02"),
    Case("R-052", edit(AT_BANK, debit_bank="KBNN khu vực XI"), {"field": "payment_mode"}, good=AT_BANK),
    Case("R-052", edit(FEE, _CASH), {"field": "payment_mode"}, good=FEE, says="không thu tiền mặt"),
]

FEES = [
    Case("M03-1", edit(FEE, credit_account="7114"), {"field": "credit_account"}, good=FEE),
    Case("M03-2", edit(CHARGE, credit_account="7111"), {"field": "credit_account"}, "warning", good=CHARGE),
    Case(
        "M03-3", edit(CHARGE_AT_BANK, treasury="Kho bạc"), {"field": "treasury"}, good=CHARGE_AT_BANK, says="để trống"
    ),
    Case("M03-3", edit(FEE, treasury=None), {"field": "treasury"}, good=FEE, says="Điền ô này"),
    Case("M03-4", edit(FEE, collecting_org_name="Chi cục Hải quan"), {"field": "collecting_org_name"}, good=FEE),
    Case("M03-4", edit(FEE, collecting_org_name="Thuế cơ sở 9"), {"field": "collecting_org_name"}, says="Mẫu 02"),
    Case("M03-5", edit_row(FEE, econ=None), cell("econ"), good=edit_row(CHARGE, econ=None)),
    Case("R-902", edit(FEE, total=2_999_999), {"field": "total"}, good=edit(FEE, total=3_000_000), says="thiếu 1 đ"),
    Case(
        "required",
        edit(FEE, {"currency": "USD"}),
        cell("fc_amount"),
        good=edit_row(edit(FEE, {"currency": "USD"}), fc_amount="10.00"),
    ),
    Case("M07-1", edit(FINE_RECEIPT, late_amount=0), {"field": "total_amount"}, good=FINE_RECEIPT, says="3.000.000 đ"),
]

RETURNS = [
    Case("M08-1", edit(RETURN, {"returned_kind": ""}), {"field": "returned_kind"}, good=RETURN, says="«Tạm ứng»"),
    Case(
        "M08-2",
        edit(RETURN, paying_unit=None),
        {"field": "paying_unit"},
        good=edit(RETURN, paying_unit=None, payer_person="Lò Thị Hạnh"),
    ),
    Case("M08-3", edit(RETURN, total=1), {"field": "total"}, good=RETURN),
    Case("M08-5", edit(RETURN, decision_no="4/KL"), {"field": "decision_date"}, good=RETURN),
    Case("M08-5", edit(RETURN, decision_date="2026-11-01"), {"field": "decision_no"}),
    Case(
        "M08-6",
        edit_row(RETURN, amount=4_250_001),
        cell("amount"),
        "warning",
        good=RETURN,
        context=CheckContext(ledger=Book(spending=SPENT)),
        says="4.250.000 đ",
    ),
    Case("R-023", edit(RETURN, _CASH), {"field": "payer_person"}, "warning", good=RETURN, says="người nộp tiền"),
    Case("date_order", edit(RETURN, decision_date="2026-12-01"), {"field": "decision_date"}, "warning", good=RETURN),
]

CORRECTIONS = [
    Case(
        "M09-1",
        with_rows(CORRECTION, "lines", [POSTED]),
        {"table": "lines", "column": "requested"},
        good=CORRECTION,
        says="«Số liệu đề nghị điều chỉnh»",
    ),
    Case("M09-2", edit_row(CORRECTION, vnd_credit=1), cell("vnd_credit"), good=CORRECTION, says="cả Nợ và Có"),
    Case("M09-2", edit_row(CORRECTION, vnd_debit=None), cell("vnd_debit"), says="chưa ghi"),
    Case("M09-2", edit_row(CORRECTION, fc_debit="1.00", fc_credit="1.00"), cell("fc_credit")),
    Case(
        "M09-3",
        edit_row(CORRECTION, row=1, vnd_debit=7_200_001),
        {"table": "lines", "column": "vnd_debit"},
        "warning",
        good=with_rows(CORRECTION, "lines", [POSTED, *[REQUESTED | {"vnd_debit": 3_600_000}] * 2]),
        says="7.200.001",
    ),
    Case(
        "M09-4",
        CORRECTION,
        cell("document_no"),
        "warning",
        good=edit_row(CORRECTION, document_no="0390"),
        context=CheckContext(ledger=Book(paid_numbers=("0390",))),
    ),
    Case("R-069", edit_row(CORRECTION, advance=True), cell("advance"), good=CORRECTION, says="«Thực chi»"),
    Case("R-069", edit_row(CORRECTION, actual=None), cell("advance")),
    Case("required", edit_row(CORRECTION, group=None), cell("group"), good=CORRECTION, says="chưa xếp nhóm"),
    Case("code", edit_row(CORRECTION, area_code="1486"), cell("area_code"), good=CORRECTION, says="5 chữ số"),
    Case("code", edit_row(CORRECTION, budget_level="04"), cell("budget_level"), says="1 chữ số"),
    Case("code", edit_row(CORRECTION, natural_account="811"), cell("natural_account")),
    Case("code", edit_row(CORRECTION, reserve="0"), cell("reserve")),
    Case("type", edit_row(CORRECTION, actual="x"), cell("actual"), good=CORRECTION, says="ô đánh dấu"),
]
