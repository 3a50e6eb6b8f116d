"""Which legacy property fills which blank of the 2026 form, as data: only where the meaning is the same.

Left out on purpose: the payee's unit code and address, the budget level and commitment numbers have no blank on the new
forms; `soPheDuyet` is the Treasury's. Sources: two public exporters of 2020; NĐ 347/2025/NĐ-CP, Mẫu 10, 13, 17.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Names = tuple[str, ...]
"""Properties that mean the same, the most telling first."""

UNIT_CODES: Names = ("dvqhnsMa", "dmDvqhns", "dvTratienMa", "dmDvTratien", "dvMa", "dvDutoanMa")
PAYEE_AMOUNTS: Names = ("dvNhantienSotiennhan", "dvNhantienSotien")
LINE_TAX: Names = ("dvNopthue", "nopThue")
LINE_PAID: Names = ("dvNhantien", "thanhToan")
DECLARED_TOTAL = "tongSoTien"
DECLARED_WORDS = "par1"
VOUCHER_DATE = "ngayChungTu"
CURRENCY = "dmTiente"
HEADER_MONEY: Names = (DECLARED_TOTAL, *PAYEE_AMOUNTS, "dvNopthueSotiennop")
LINE_MONEY: Names = (*LINE_TAX, *LINE_PAID, "soTien", "soUngTruoc", "soDeNghi", "soPheDuyet")

_PAYEE: dict[str, Names] = {
    "payee_name": ("dvNhantienTen",),
    "payee_account": ("dvNhantienSotkSo",),
    "payee_bank": ("dvNhantienKbnnTen", "dvNhantienKbnnNhTen", "dvNhantienNganhang", "dvNhantienKbnn"),
    "cash_recipient_name": ("nguoilinhHoten",),
    "cash_recipient_id_no": ("nguoilinhSoCmnd",),
    "cash_recipient_id_date": ("nguoilinhNgaycapCmnd",),
    "cash_recipient_id_place": ("nguoilinhNoicapCmnd",),
}
_UNIT: dict[str, Names] = {
    "document_no": ("soChungTu",),
    "budget_year": ("dvqhnsNamns",),
    "unit_name": ("dvqhnsTen", "dvTen", "dvDutoanTen"),
    "address": ("dvqhnsDiachi", "diaChi"),
    "account": ("dvqhnsSotkSo", "dvqhnsSotk", "dvDutoanSotkSo"),
    "treasury": ("dvqhnsKbnnTen", "dvqhnsKbnn"),
    "program_name": ("dvqhnsCtmtTen",),
    "program_code": ("dvqhnsCtmtMa", "dvqhnsCtmt", "daCtmt", "dvDutoanCtmt"),
}
_PAYMENT_MODE: Names = ("chuyenkhoanTienmat", "ckTm", "tmCk")
_PAYMENT_MODES = {"0": "transfer", "1": "cash"}


@dataclass(frozen=True)
class ChoiceSource:
    """The property a choice is read from, and which of its values we know the meaning of."""

    names: Names
    values: Mapping[str, str]
    label: str


@dataclass(frozen=True)
class FormMapping:
    """All of one form by the form's own keys; `chapter` when the lines carry the header's chapter."""

    fields: Mapping[str, Names]
    columns: Mapping[str, Names]
    choices: Mapping[str, ChoiceSource] = field(default_factory=dict)
    chapter: bool = False


MAPPINGS: Mapping[str, FormMapping] = {
    "M13": FormMapping(
        fields={**_UNIT, **_PAYEE},
        columns={
            "content": ("noiDung",),
            "econ": ("dmNdkt",),
            "sector": ("dmNganhKt",),
            "source": ("dmNguonchi",),
            "amount": ("soTien",),
        },
        choices={
            "spending_kind": ChoiceSource(("thucchiTamung",), {"0": "actual", "1": "advance"}, "Thực chi / Tạm ứng"),
            "payment_mode": ChoiceSource(_PAYMENT_MODE, _PAYMENT_MODES, "Chuyển khoản / Tiền mặt"),
        },
        chapter=True,
    ),
    # The old form had one item code for the advance and its settlement; the new one asks for both.
    "M10": FormMapping(
        fields={
            **_UNIT,
            "advance_balance_date": ("dvqhnsCancuTuUtNgay",),
            "requested_treasury": ("dvqhnsCancuTuUtKbnnTen",),
        },
        columns={
            "content": ("noiDung",),
            "econ_advanced": ("dmNdkt",),
            "econ_requested": ("dmNdkt",),
            "sector": ("dmNganhKt",),
            "source": ("dmNguonchi",),
            "advance_balance": ("soUngTruoc",),
            "requested_amount": ("soDeNghi",),
        },
        chapter=True,
    ),
    "M17": FormMapping(
        fields={
            "document_no": ("soChungTu",),
            "made_date": (VOUCHER_DATE,),
            "paying_unit": ("dvTratienTen", "dvTen"),
            "address": ("dvTratienDiachi", "diaChi"),
            "account": ("dvTratienSotkSo", "dvTratienSotk"),
            "treasury": ("dvTratienKbnnNhTen", "dvTratienKbnnTen", "dvTratienKbnn"),
            **_PAYEE,
        },
        columns={
            "content": ("noiDung",),
            "source": ("dmNguonchi",),
            "amount": ("soTien",),
        },
        choices={"payment_mode": ChoiceSource(_PAYMENT_MODE, _PAYMENT_MODES, "Chuyển khoản / Tiền mặt")},
    ),
}
