"""Breaches of a form's shape and of the codes in it."""

from __future__ import annotations

from desktop.dossier.document import Document
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import edit_row
from tests.unit.dossier.rule_case import (
    ADVANCE,
    CASH,
    LINE,
    UNDER_CONTRACT,
    Case,
    at,
)
from tests.unit.dossier.samples import (
    CONTRACT,
    LIST,
    SETTLEMENT,
    WITHDRAWAL,
    change,
)

SHAPE = [
    Case("form", Document(form="C2-99/NS")),
    Case("unknown", change(WITHDRAWAL, {"colour": "red"}), {"field": "colour"}),
    Case("treasury_only", change(WITHDRAWAL, {"debit_account_1": "1"}), {"field": "debit_account_1"}, says="Bỏ trống"),
    Case(
        "treasury_only",
        edit_row(filled("M24"), "estimate_accounts", account_no="9523"),
        {"table": "estimate_accounts", "row": 0, "column": "account_no"},
        good=filled("M24"),
    ),
    Case("unknown", change(WITHDRAWAL, choices={"mood": "good"}), {"field": "mood"}),
    Case("unknown", change(WITHDRAWAL, {**CONTRACT, "contract_kind": "hop_den"}), {"field": "contract_kind"}),
    Case("unknown", change(WITHDRAWAL, row={"price": 5}), at("price")),
    Case("unknown", change(LIST, row={"group": "bosses"}), at("group"), good=LIST, says="Công chức, Viên chức"),
    Case("unknown", WITHDRAWAL.model_copy(update={"tables": {**WITHDRAWAL.tables, "extra": []}}), {"table": "extra"}),
    Case("unknown", change(WITHDRAWAL, flags={"blue": True}), {"field": "blue"}, "warning"),
    Case("type", change(WITHDRAWAL, row={"amount": "15.400.000"}), at("amount"), says="số nguyên"),
    Case("type", change(WITHDRAWAL, row={"amount": True}), at("amount")),
    Case("type", change(WITHDRAWAL, row={"amount": 10**15 + 1}), at("amount"), says="lớn hơn mức"),
    Case("type", change(WITHDRAWAL, row={"econ": 6501}), at("econ"), says="ngoặc kép"),
    Case("type", change(WITHDRAWAL, row={"invoice_date": "2026-02-30"}), at("invoice_date"), says="lịch"),
    Case("type", change(WITHDRAWAL, {"budget_year": "2026"}), {"field": "budget_year"}),
    Case("type", change(WITHDRAWAL, {"budget_year": 26}), {"field": "budget_year"}, says="bốn chữ số"),
    Case("type", change(WITHDRAWAL, {**CONTRACT, "contract_total": -5}), {"field": "contract_total"}, says="âm"),
    Case("type", change(WITHDRAWAL, {"total": "15400000"}), {"field": "total"}),
    Case("type", change(WITHDRAWAL, {"document_no": True}), {"field": "document_no"}),
    Case("type", change(LIST, row={"stt": "một"}), at("stt"), good=change(LIST, row={"stt": 1})),
    Case("too_long", change(WITHDRAWAL, {"address": "x" * 501}), {"field": "address"}),
    Case("too_long", change(WITHDRAWAL, rows=[LINE] * 5001), {"table": "lines"}),
    Case("characters", change(WITHDRAWAL, {"address": "Bản\x07 Muống"}), {"field": "address"}),
    Case("characters", change(WITHDRAWAL, {"payee_name": "Công ty \u202eABC"}), {"field": "payee_name"}),
    Case("characters", change(WITHDRAWAL, row={"content": "a\nb"}), at("content")),
    Case("characters", change(WITHDRAWAL, {"payee_name": "中文 công ty"}), {"field": "payee_name"}, says="«中»"),
    Case("characters", change(WITHDRAWAL, row={"content": "Hội nghị 😀"}), at("content"), says="không in được"),
    Case("required", change(WITHDRAWAL, {"document_no": " "}), {"field": "document_no"}),
    Case("required", change(WITHDRAWAL, {"chapter": None}), {"field": "chapter"}),
    Case("required", change(WITHDRAWAL, row={"source": ""}), at("source"), says="Dòng 1"),
    Case("required", change(WITHDRAWAL, row={"invoice_date": None}), at("invoice_date")),
    Case("required", change(WITHDRAWAL, row={"voucher_no": "1"}), at("voucher_date")),
    Case("required", change(WITHDRAWAL, row={"voucher_date": "2026-11-05"}), at("voucher_no")),
    Case("required", change(SETTLEMENT, {"acceptance_date": "2026-11-05"}), {"field": "acceptance_no"}),
    Case("required", change(WITHDRAWAL, rows=[]), {"table": "lines"}),
    Case("required", change(WITHDRAWAL, rows=[{}, {"stt": 1}]), {"table": "lines"}),
    Case("required", change(WITHDRAWAL, rows=[LINE, {}]), {"table": "lines", "row": 1}, "warning"),
    Case("required", change(LIST, row={"group": None}), at("group"), "warning", good=LIST),
    Case("required", change(LIST, row={"name": ""}), at("name"), good=LIST),
    Case("required", change(WITHDRAWAL, {"program_code": "0210"}), {"field": "program_name"}),
    Case("required", change(WITHDRAWAL, {"program_name": "Giảm nghèo"}), {"field": "program_code"}),
    Case(
        "required",
        change(WITHDRAWAL, CONTRACT, {"spending_kind": "advance"}),
        {"field": "advance_terms"},
        good=ADVANCE,
    ),
    Case("required", change(UNDER_CONTRACT, {"contract_kind": None}), {"field": "contract_kind"}, "warning"),
    Case("required", change(SETTLEMENT, {"acceptance_no": "5"}), {"field": "acceptance_date"}, good=SETTLEMENT),
    Case("R-069", change(LIST, choices={"account_kind": ""}), {"field": "account_kind"}, good=LIST),
]

CODES = [
    Case("code", change(WITHDRAWAL, row={"econ": "65"}), at("econ"), says="4 chữ số"),
    Case("code", change(WITHDRAWAL, row={"econ": "６５０１"}), at("econ")),
    Case("code", change(WITHDRAWAL, row={"econ": "9999"}), at("econ"), "warning"),
    Case("code", change(WITHDRAWAL, row={"econ": "1001"}), at("econ"), "warning", says="mã chi"),
    Case(
        "code",
        change(WITHDRAWAL, row={"econ": "6550", "content": "Giấy in"}),
        at("econ"),
        says="6550 là mục. Giấy rút dự toán phải ghi tiểu mục, ví dụ 6551. Nhấn F4 để chọn.",
    ),
    Case("code", change(SETTLEMENT, row={"econ_requested": "6650"}), at("econ_requested"), good=SETTLEMENT),
    Case("code", change(WITHDRAWAL, row={"sector": "340"}), at("sector"), "warning", says="là loại"),
    Case(
        "code", change(WITHDRAWAL, row={"source": "130"}), at("source"), good=change(WITHDRAWAL, row={"source": "12"})
    ),
    Case("code", change(WITHDRAWAL, {"chapter": "80"}), {"field": "chapter"}),
    Case("code", change(WITHDRAWAL, {"account": "tài khoản"}), {"field": "account"}),
    Case("code", change(WITHDRAWAL, {"payee_tax_code": "123"}), {"field": "payee_tax_code"}, "warning"),
    Case("code", change(CASH, {"cash_recipient_id_no": "12"}), {"field": "cash_recipient_id_no"}, "warning", good=CASH),
    Case(
        "code",
        change(WITHDRAWAL, {"dossier_code": "0443"}),
        {"field": "dossier_code"},
        "warning",
        good=change(WITHDRAWAL, {"dossier_code": "H15.50.05.13-261008-0975"}),
    ),
    Case("code", change(LIST, {"budget_unit_code": "123"}), {"field": "budget_unit_code"}, good=LIST),
]
