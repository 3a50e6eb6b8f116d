"""Breaches in forms for foreign money: Mẫu 11, 12, 15, 16, 19, 21."""

from __future__ import annotations

from desktop.dossier.document import Document
from desktop.dossier.rules import CheckContext
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import cell, edit, edit_row, with_rows
from tests.unit.dossier.rule_case import PHRASE, Book, Case
from tests.unit.dossier.samples import CASH_RECIPIENT, UNIT, WITHDRAWAL, dossier

SETTLED, BOOKED, ABROAD, MINISTRY = (filled(form) for form in ("M11", "M12", "M15", "M16"))
ORDER, STUDENTS = filled("M19"), filled("M21")
TRANSFER = cell("payee_account", row=2)
SECRET = f"{PHRASE}: mua thiết bị"
BY_CASH = {"payment_mode": "cash"}
FOR_STUDENTS = edit(edit_row(ORDER, fc_amount="2700.00", vnd_amount=68_716_350), document_no="NT 0009")
OF_DEPOSIT = edit(STUDENTS, {"account_kind": "deposit"})


def marked(document: Document) -> Document:
    """The same form, marked as confidential spending."""
    return document.model_copy(update={"flags": {"confidential": True}})


def case(rule: str, document: Document, column: str, says: str = "", level: str = "error", row: int = 0) -> Case:
    """A broken cell against the form as it is filled."""
    form = rule.split("-")[0]
    good = filled(form) if form != "R" else filled("M19")
    return Case(rule, document, cell(column, row), level, good=good, says=says)


SETTLING = [
    Case("M11-1", edit(SETTLED, {"to_kind": "prefunding_qualified"}), {"field": "to_kind"}, good=SETTLED),
    Case(
        "M11-1",
        edit(SETTLED, {"conversion": "prefunding_unqualified_to_qualified"}),
        {"field": "from_kind"},
        says="Ứng trước chưa đủ điều kiện",
    ),
    Case("M11-2", marked(SETTLED), cell("content"), good=marked(edit_row(SETTLED, content=SECRET))),
    case("M11-3", edit_row(SETTLED, requested_vnd=31_418_640), "requested_vnd", "31.418.642", "warning"),
    case("M11-4", edit_row(SETTLED, econ_requested="6001"), "econ_requested", "khác nhóm mục"),
    Case(
        "M11-5",
        edit_row(SETTLED, returned_fc="65.51"),
        {"table": "lines", "column": "requested_fc"},
        "warning",
        good=dossier(edit_row(SETTLED, returned_fc="65.51"), ABROAD),
        says="0,01",
    ),
    Case(
        "R-088",
        SETTLED,
        {"field": "fc_withdrawal_no"},
        "warning",
        good=edit(SETTLED, fc_withdrawal_no="NT 0006"),
        context=CheckContext(ledger=Book(paid_numbers=("NT 0006",))),
    ),
    Case("R-902", edit(SETTLED, requested_fc="1.00"), {"field": "requested_fc"}, good=SETTLED, says="1.234,50"),
    Case(
        "R-902",
        edit(SETTLED, requested_fc_words="Một euro"),
        {"field": "requested_fc_words"},
        says="đô la Mỹ và năm mươi xu",
    ),
    Case("R-069", edit(SETTLED, {"conversion": ""}), {"field": "conversion"}, good=SETTLED),
    Case("M12-1", edit_row(BOOKED, requested_vnd=1_323_426_001), cell("requested_vnd"), "warning", good=BOOKED),
    Case("M12-1", edit_row(BOOKED, requested_fc="52000.01"), cell("requested_fc"), "warning", says="0,01"),
    Case("M12-2", edit(BOOKED, loan_agreement_no=None), {"field": "loan_agreement_no"}, "warning", good=BOOKED),
    Case("M12-3", dossier(BOOKED, case="P3-a3"), {"document": 0}, good=dossier(BOOKED, case="P3-c")),
    case("M12-4", edit_row(BOOKED, econ_requested="6001"), "econ_requested"),
    Case("treasury_only", edit_row(BOOKED, approved_vnd=1), cell("approved_vnd"), good=BOOKED, says="do Kho bạc ghi"),
]

WITHDRAWING = [
    Case("M15-1", edit(ABROAD, {"payment_mode": ""}), {"field": "payment_mode"}, good=ABROAD),
    case("M15-2", edit_row(ABROAD, row=1, currency="EUR"), "currency", "Lập riêng từng loại", "warning", row=1),
    Case("M15-3", edit(ABROAD, fc="1.00"), {"field": "fc"}, good=edit(ABROAD, fc="1234.50"), says="1.233,50"),
    Case("M15-3", edit(ABROAD, vnd_words="Một đồng"), {"field": "vnd_words"}, good=ABROAD),
    Case("M15-4", marked(ABROAD), {"field": "content"}, good=marked(edit(ABROAD, content=SECRET))),
    case("M15-5", edit_row(ABROAD, row=2, payee_account_name=None), "payee_account_name", "cần đủ ô này", row=2),
    case("M15-5", edit_row(ABROAD, row=2, payee_bank_swift=None), "payee_bank_swift", "SWIFT", row=2),
    Case(
        "M15-5",
        edit_row(ABROAD, row=2, payee_account=" "),
        TRANSFER,
        good=edit_row(ABROAD, row=2, payee_bank="Agribank, chi nhánh Mường Lát", payee_bank_swift=None),
    ),
    Case("R-032", edit_row(ABROAD, row=1, currency="VND"), cell("currency", 1), good=ABROAD, says="Mẫu 13"),
    Case("R-058", edit_row(ABROAD, fc_amount="0.00"), cell("fc_amount"), good=ABROAD),
    Case("R-058", edit_row(ABROAD, fc_amount="-5.00"), cell("fc_amount")),
    Case("type", edit_row(ABROAD, fc_amount="5.1"), cell("fc_amount"), good=ABROAD, says="1234.50"),
    Case("code", edit_row(ABROAD, currency="usd"), cell("currency"), good=ABROAD, says="ba chữ in hoa"),
    Case("code", edit_row(ABROAD, currency="XXX"), cell("currency"), "warning", good=ABROAD),
    Case("code", edit_row(ABROAD, row=2, payee_bank_swift="COEB"), cell("payee_bank_swift", 2), "warning", good=ABROAD),
    Case("required", edit(ABROAD, BY_CASH, cash_recipient_name=None), {"field": "cash_recipient_name"}, good=ABROAD),
    case("M16-2", edit_row(MINISTRY, vnd_amount=63_626_240), "vnd_amount", "63.626.250", "warning"),
    Case(
        "M16-2",
        edit_row(MINISTRY, "revenue_lines", rate="25450"),
        cell("vnd_amount", table="revenue_lines"),
        "warning",
        good=edit_row(MINISTRY, vnd_amount=63_626_251),
    ),
    Case("M16-1", edit(MINISTRY, chapter="800"), {"field": "unit_name"}, good=MINISTRY, says="Bộ Ngoại giao"),
    Case(
        "M16-1",
        edit(MINISTRY, chapter=None),
        {"field": "unit_name"},
        good=edit(MINISTRY, unit_name="Bộ Ngoại giao"),
        context=CheckContext(unit=UNIT),
        name="by the unit",
    ),
    Case(
        "M16-3",
        edit_row(MINISTRY, vnd_amount=63_626_249),
        {"table": "revenue_lines", "column": "vnd_amount"},
        "warning",
        good=MINISTRY,
    ),
    Case("R-053", marked(MINISTRY), cell("content"), good=marked(edit_row(MINISTRY, content=SECRET))),
    Case("R-904", edit_row(MINISTRY, currency="VND"), cell("rate"), good=MINISTRY, says="tỷ giá là 1"),
    Case("R-904", edit_row(MINISTRY, rate="0"), cell("rate"), says="lớn hơn 0"),
    Case(
        "code",
        edit_row(MINISTRY, "revenue_lines", econ="6501"),
        cell("econ", table="revenue_lines"),
        "warning",
        good=WITHDRAWAL,
        says="mã thu",
    ),
]

ORDERS = [
    Case("M19-1", edit(ORDER, {"payment_mode": ""}), {"field": "payment_mode"}, good=ORDER),
    Case("M19-2", edit(ORDER, fc="3200.01"), {"field": "fc"}, good=edit(ORDER, fc="3200.00"), says="nhiều hơn 0,01"),
    Case("M19-3", marked(ORDER), cell("content"), good=marked(edit_row(ORDER, content=SECRET))),
    Case("M19-4", edit(ORDER, payee_account=None), {"field": "payee_account"}, good=ORDER),
    Case("M19-4", edit(ORDER, **CASH_RECIPIENT), {"field": "cash_recipient_name"}),
    Case("R-032", edit(ORDER, currency="VND"), {"field": "currency"}, good=ORDER, says="Mẫu 17"),
    Case(
        "R-067",
        edit_row(ORDER, source="13"),
        cell("vnd_amount"),
        "warning",
        good=edit_row(ORDER, source="13", vnd_amount=81_441_599),
        context=CheckContext(ledger=Book(left=81_441_599)),
    ),
]

LISTS = [
    case("M21-1", edit_row(STUDENTS, row=1, country="Thái Lan"), "country", "Mỗi nước", row=1),
    case("M21-1", edit_row(STUDENTS, row=1, currency="THB"), "currency", "Mỗi loại ngoại tệ", row=1),
    Case(
        "M21-2",
        edit_row(edit_row(STUDENTS, bank_info="Agribank"), row=1, bank_info="VCB BFTVVNVX"),
        cell("bank_info", 1),
        good=edit_row(edit_row(STUDENTS, bank_info="Agribank"), row=1, bank_info="Agribank VBAAVNVX"),
    ),
    Case(
        "M21-3",
        dossier(edit_row(FOR_STUDENTS, fc_amount="2700.01"), OF_DEPOSIT),
        {"document": 1, "table": "lines", "column": "period_total"},
        good=dossier(FOR_STUDENTS, OF_DEPOSIT),
        says="thiếu 0,01",
    ),
    Case(
        "M21-3",
        dossier(edit(ABROAD, document_no="NT 0009"), STUDENTS),
        {"document": 1, "table": "lines", "column": "period_total"},
        good=dossier(edit_row(edit(ABROAD, document_no="NT 0009"), fc_amount="2080.50"), STUDENTS),
        name="the bank's fee is no student's",
    ),
    Case("R-063", dossier(FOR_STUDENTS, STUDENTS), {"document": 1, "field": "account_kind"}, says="tiền gửi»"),
    Case("R-063", dossier(STUDENTS), {"document": 0, "field": "parent_voucher_no"}, good=STUDENTS),
    Case("R-902", edit(STUDENTS, total="1.00"), {"field": "total"}, good=edit(STUDENTS, total="2700.00")),
    Case("required", with_rows(STUDENTS, "lines", []), {"table": "lines"}, good=STUDENTS),
]
