"""The vouchers of the budget (C2-…) and of deposit accounts (C4-…) that accounting programs export.

Sources: two public exporters of 2020; NĐ 347/2025/NĐ-CP, Mẫu 08, 10, 13 to 15, 17 to 19.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.exchange.dvc_mapping import VOUCHER_DATE, VOUCHER_NUMBER, ChoiceSource, FormMapping, Names, Source, of

VND = ("VND", "VNĐ")
_ACCOUNT_DIGITS = 8


def is_account(text: str) -> bool:
    """Tell whether a text can only be an account number: one exporter writes it where the Treasury's name belongs."""
    digits = sum(sign.isdigit() for sign in text)
    return digits >= _ACCOUNT_DIGITS and not any(sign.isalpha() for sign in text)


def _is_name(text: str) -> bool:
    return not is_account(text)


def _is_foreign(text: str) -> bool:
    return text.upper() not in VND


PAYEE: Mapping[str, Source] = {
    "payee_name": of("dvNhantienTen"),
    "payee_account": of("dvNhantienSotkSo"),
    "payee_bank": of("dvNhantienKbnnTen", "dvNhantienKbnnNhTen", "dvNhantienNganhang", "dvNhantienKbnn"),
}
CASH: Mapping[str, Source] = {
    "cash_recipient_name": of("nguoilinhHoten"),
    "cash_recipient_id_no": of("nguoilinhSoCmnd"),
    "cash_recipient_id_date": of("nguoilinhNgaycapCmnd"),
    "cash_recipient_id_place": of("nguoilinhNoicapCmnd"),
}
_NUMBER: Mapping[str, Source] = {"document_no": of(VOUCHER_NUMBER), "made_date": of(VOUCHER_DATE)}
_UNIT: Mapping[str, Source] = {
    **_NUMBER,
    "budget_year": of("dvqhnsNamns"),
    "unit_name": of("dvqhnsTen", "dvTen", "dvDutoanTen"),
    "address": of("dvqhnsDiachi", "diaChi"),
    "account": of("dvqhnsSotkSo", "dvqhnsSotk", "dvDutoanSotkSo"),
    "treasury": of("dvqhnsKbnnTen", "dvqhnsKbnn"),
    "program_name": of("dvqhnsCtmtTen"),
    "program_code": of("dvqhnsCtmtMa", "dvqhnsCtmt", "daCtmt", "dvDutoanCtmt"),
}
_PAYER: Mapping[str, Source] = {
    **_NUMBER,
    "paying_unit": of("dvTratienTen", "dvTen"),
    "address": of("dvTratienDiachi", "diaChi"),
    "account": Source(("dvTratienSotkSo", "dvTratienSotk", "dvTratienKbnnNhTen"), takes=is_account, written=False),
    "treasury": Source(("dvTratienKbnnNhTen", "dvTratienKbnnTen", "dvTratienKbnn"), takes=_is_name),
}
_REMITTANCE: Mapping[str, Source] = {
    "remit_payer_name": of("dvNopthueTen"),
    "remit_payer_tax_code": of("dvNopthueMasothue", "dvNopthueMa"),
    "remit_econ_code": of("dvNopthueNdkt"),
    "remit_chapter": of("dvNopthueChuong"),
    "remit_period_or_date": of("dvNopthueKythue"),
    "remit_revenue_account": of("dvNopthueStk"),
    "remit_collecting_authority": of("dvNopthueCqthuTen", "dvNopthueCqthu", "dvNopthueCqthuMa"),
    "remit_accounting_treasury": of("dvNopthueKbHachtoanTen", "dvNopthueHachtoan", "dvNopthueKbHachtoan"),
}
CODES: Mapping[str, Source] = {
    "econ": of("dmNdkt"),
    "chapter": of("dmChuong"),
    "sector": of("dmNganhKt"),
    "source": of("dmNguonchi"),
}
_CODES_OF_LINE = {key: CODES[key] for key in ("econ", "sector", "source")}
_MODE_NAMES: Names = ("chuyenkhoanTienmat", "ckTm", "tmCk")
_MODE = ChoiceSource(_MODE_NAMES, {"0": "transfer", "1": "cash"}, "Chuyển khoản / Tiền mặt")
_SPENDING = ChoiceSource(("thucchiTamung",), {"0": "actual", "1": "advance"}, "Thực chi / Tạm ứng")
_PLAIN_LINE: Mapping[str, Source] = {"content": of("noiDung"), "source": of("dmNguonchi"), "amount": of("soTien")}
_SPLIT_LINE: Mapping[str, Source] = {
    "content": of("noiDung"),
    "amount": of("soTien"),
    "remit_amount": of("dvNopthue", "nopThue"),
    "payee_amount": of("dvNhantien", "thanhToan"),
}
_RETURN: Mapping[str, Source] = {
    **_NUMBER,
    "budget_year": of("dvDutoanNamns", "daNamns"),
    "paying_unit": of("dvTen"),
    "address": of("diaChi"),
    "payer_person": of("dvNopNguoinop"),
    "treasury": of("dvNopKbNhTen", "dvNopNganhangTen"),
    "debit_account": of("dvNopSotkSo"),
    "decision_no": of("dvNopQdSo"),
    "decision_date": of("dvNopQdNgay"),
    "drawing_unit": of("dvDutoanTen", "dvqhnsTen"),
    "budget_unit_code": of("dvDutoanMa", "dvqhnsMa"),
    "account": of("dvDutoanSotkSo", "dvDutoanSotk"),
    "account_treasury": of("dvDutoanKbnn", "daKbnn"),
    "program_code": of("dvDutoanCtmt", "daCtmt"),
}
RETURN_OF_FUNDS = FormMapping(
    "M08",
    _RETURN,
    {"content": of("noiDung"), **CODES, "plan_year": of("namKhv"), "amount": of("soTien")},
    total=("amount",),
    choices={"payment_mode": _MODE},
)
_SETTLEMENT = FormMapping(
    # The old form had one item code for the advance and its settlement; the new one asks for both.
    "M10",
    {**_UNIT, "advance_balance_date": of("dvqhnsCancuTuUtNgay"), "requested_treasury": of("dvqhnsCancuTuUtKbnnTen")},
    {
        "content": of("noiDung"),
        "econ_advanced": of("dmNdkt"),
        "econ_requested": of("dmNdkt"),
        "sector": of("dmNganhKt"),
        "source": of("dmNguonchi"),
        "advance_balance": of("soUngTruoc"),
        "requested_amount": of("soDeNghi"),
    },
    total=("requested_amount",),
    chapter=True,
)
_FOREIGN_WITHDRAWAL = FormMapping(
    "M15",
    {
        **_UNIT,
        "content": of("dvqhnsNoidung"),
        "cash_recipient_name": of("nguoinhanHoten"),
        "cash_recipient_id_no": of("nguoinhanCmndSo"),
        "cash_recipient_id_date": of("nguoinhanCmndNgaycap"),
        "cash_recipient_id_place": of("nguoinhanCmndNoicap"),
    },
    {
        "detail": of("noiDung"),
        **_CODES_OF_LINE,
        "currency": Source(("dmTiente",), takes=_is_foreign),
        "fc_amount": of("soTienNT"),
        "vnd_amount": of("soTienVnd"),
    },
    total=("vnd_amount",),
    # The one exporter that writes C2-06 ticks `tcTu` always alike, so the tick says nothing.
    choices={"payment_mode": _MODE, "spending_kind": ChoiceSource(("tcTu",), {}, "Thực chi / Tạm ứng")},
    chapter=True,
    foreign=True,
    groups={"1": "cash", "2": "bank_fee", "3": "transfer"},
    below={
        "payee_account": of("bkSoTaiKhoan"),
        "payee_account_name": of("bkTenTaiKhoan"),
        "payee_bank": of("bkTaiNganHang", "bkNganHang"),
        "payee_bank_swift": of("bkNhSwiftCode"),
        "intermediary_bank": of("bkNganHangTrungGianTen"),
        "intermediary_swift": of("bkNhTgSwiftCode"),
    },
    below_group="transfer",
    cash_only=(*CASH,),
)

MAPPINGS: Mapping[str, FormMapping] = {
    "C202a": FormMapping(
        "M13",
        {**_UNIT, **PAYEE, **CASH},
        {"content": of("noiDung"), **_CODES_OF_LINE, "amount": of("soTien")},
        total=("amount",),
        choices={"spending_kind": _SPENDING, "payment_mode": _MODE},
        chapter=True,
    ),
    "C202b": FormMapping(
        "M14",
        {**_UNIT, **_REMITTANCE, **PAYEE, **CASH},
        {**_CODES_OF_LINE, **_SPLIT_LINE},
        total=("amount",),
        choices={"spending_kind": _SPENDING, "payment_mode": _MODE},
        chapter=True,
        parts=("remit_amount", "payee_amount"),
    ),
    "C203NS": _SETTLEMENT,
    "C205a": RETURN_OF_FUNDS,
    "C206": _FOREIGN_WITHDRAWAL,
    "C402A": FormMapping(
        "M17", {**_PAYER, **PAYEE, **CASH}, _PLAIN_LINE, total=("amount",), choices={"payment_mode": _MODE}
    ),
    "C402B": FormMapping(
        "M19",
        {**_PAYER, **PAYEE, **CASH, "currency": Source(("dmTiente",), takes=_is_foreign)},
        {
            "content": of("noiDung"),
            "source": of("dmNguonchi"),
            "fc_amount": of("soTienNguyenTe"),
            "vnd_amount": of("soTien"),
        },
        total=("vnd_amount",),
        choices={"payment_mode": _MODE},
        foreign=True,
    ),
    "C402C": FormMapping(
        "M18",
        {**_PAYER, **_REMITTANCE, **PAYEE},
        {"source": of("dmNguonchi"), **_SPLIT_LINE},
        total=("amount",),
        parts=("remit_amount", "payee_amount"),
    ),
    "C409": FormMapping(
        "M17",
        {**_PAYER, **CASH, "paying_unit": of("dvqhnsTen")},
        _PLAIN_LINE,
        total=("amount",),
        implied={"payment_mode": "cash"},
    ),
}
"""By report name; the investment forms are in dvc_investment."""
