"""Filled forms that every rule is content with, and a way to change one thing in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.dossier.document import Document, Dossier, Row, Value
from desktop.dossier.people import Person, Role, Unit

UNIT = Unit(
    code="1098765",
    name="UBND xã Mường Lý",
    address="Bản Muống 1, xã Mường Lý, tỉnh Thanh Hóa",
    chapter="800",
    budget_level="4",
    treasury_code="2361",
    treasury_name="Kho bạc Nhà nước khu vực XI",
    estimate_account="9523.4.1098765",
    deposit_account="3713.4.1098765",
)
PREPARER = Person(person_id="hanh", name="Lò Thị Hạnh", roles=(Role.PREPARER,), certificate_sha256="1" * 64)
ACCOUNTANT = Person(person_id="tuyen", name="Hà Văn Tuyên", roles=(Role.CHIEF_ACCOUNTANT,), certificate_sha256="2" * 64)
HEAD = Person(
    person_id="thang",
    name="Vi Đình Thắng",
    roles=(Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER),
    certificate_sha256="3" * 64,
)
PEOPLE = (PREPARER, ACCOUNTANT, HEAD)

WITHDRAWAL = Document(
    form="C2-02a/NS",
    fields={
        "document_no": "0443",
        "budget_year": 2026,
        "made_date": "2026-11-23",
        "unit_name": UNIT.name,
        "chapter": "800",
        "address": UNIT.address,
        "account": UNIT.estimate_account,
        "treasury": UNIT.treasury_name,
        "general_content": "Thanh toán tiền điện tháng 10 năm 2026",
        "payee_name": "Công ty Điện lực Thanh Hóa",
        "payee_tax_code": "0100100417",
        "payee_account": "1020 1000 0456 789",
        "payee_bank": "VietinBank chi nhánh Thanh Hóa",
    },
    choices={"estimate_kind": "official", "spending_kind": "actual", "payment_mode": "transfer"},
    tables={
        "lines": [
            {
                "content": "Tiền điện tháng 10",
                "invoice_no": "0012345",
                "invoice_date": "2026-11-05",
                "econ": "6501",
                "sector": "341",
                "source": "13",
                "amount": 15_400_000,
            },
        ]
    },
)
ORDER = Document(
    form="C4-02a/KB",
    fields={
        "document_no": "0051",
        "made_date": "2026-11-23",
        "paying_unit": UNIT.name,
        "address": UNIT.address,
        "account": UNIT.deposit_account,
        "treasury": UNIT.treasury_name,
        "general_content": "Chi hỗ trợ hộ nghèo",
        "payee_name": "Hợp tác xã Mường Lý",
        "payee_account": "3500205123456",
        "payee_bank": "Agribank Mường Lát",
    },
    choices={"payment_mode": "transfer"},
    tables={"lines": [{"content": "Hỗ trợ giống lúa", "source": "13", "budget_year": 2026, "amount": 6_000_000}]},
)
SETTLEMENT = Document(
    form="C2-03/NS",
    fields={
        "document_no": "0007",
        "budget_year": 2026,
        "unit_name": UNIT.name,
        "chapter": "800",
        "address": UNIT.address,
        "account": UNIT.estimate_account,
        "treasury": UNIT.treasury_name,
        "advance_balance_date": "2026-11-20",
    },
    tables={
        "lines": [
            {
                "content": "Hội nghị tổng kết",
                "econ_advanced": "6651",
                "econ_requested": "6652",
                "sector": "341",
                "source": "13",
                "advance_balance": 10_000_000,
                "requested_amount": 7_000_000,
            },
        ]
    },
)
LIST = Document(
    form="M20",
    fields={
        "parent_voucher_no": "0443",
        "parent_voucher_date": "2026-11-23",
        "unit_name": UNIT.name,
        "budget_unit_code": UNIT.code,
    },
    choices={"account_kind": "estimate"},
    tables={
        "lines": [
            {
                "group": "civil_servants",
                "name": "Lò Văn A",
                "account": "3508205018101",
                "bank": "Agribank",
                "amount": 9_000_000,
            },
            {
                "group": "others",
                "name": "Hà Thị B",
                "account": "3508205018102",
                "bank": "Agribank",
                "amount": 6_400_000,
            },
        ]
    },
)
PAYEE = {"payee_name": None, "payee_tax_code": None, "payee_account": None, "payee_bank": None}
CASH_RECIPIENT = {
    "cash_recipient_name": "Lò Thị Hạnh",
    "cash_recipient_id_no": "038190001234",
    "cash_recipient_id_date": "2021-05-10",
    "cash_recipient_id_place": "Cục Cảnh sát QLHC về TTXH",
}
CONTRACT = {
    "contract_no": "12/HĐ-UBND",
    "contract_kind": "hop_dong",
    "contract_date": "2026-09-01",
    "contract_total": 100_000_000,
    "contract_party": "Công ty TNHH Mường Lát",
}
WITH_LIST = WITHDRAWAL.model_copy(update={"fields": {**WITHDRAWAL.fields, **PAYEE}})


def change(
    document: Document,
    fields: Mapping[str, Value] | None = None,
    choices: Mapping[str, str] | None = None,
    row: Mapping[str, Value] | None = None,
    rows: Sequence[Row] | None = None,
    flags: Mapping[str, bool] | None = None,
) -> Document:
    """Return the document with these fields and choices, its first line altered by `row`, or all lines replaced."""
    lines = [dict(line) for line in document.tables["lines"]] if rows is None else [dict(line) for line in rows]
    if row is not None:
        lines[0] |= row
    return document.model_copy(
        update={
            "fields": {**document.fields, **(fields or {})},
            "choices": {**document.choices, **(choices or {})},
            "tables": {"lines": lines},
            "flags": dict(flags or {}),
        }
    )


def dossier(*documents: Document, **parts: object) -> Dossier:
    """Return a dossier of these documents."""
    return Dossier(local_id="d1", number="0443", title="Tiền điện", documents=documents).model_copy(update=parts)
