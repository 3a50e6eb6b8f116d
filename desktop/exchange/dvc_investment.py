"""The vouchers of investment capital (C3-…, M05) that accounting programs export, and all kinds together.

Sources: two public exporters of 2020; NĐ 254/2025/NĐ-CP, mẫu 04.a, 04.b, 05.a (their fields are known from practice).
`daCancuHd…` of C3-01 names a contract, the new form asks for the payment request, so it is not taken over.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.exchange import dvc_budget
from desktop.exchange.dvc_budget import CASH, CODES, PAYEE, RETURN_OF_FUNDS
from desktop.exchange.dvc_mapping import (
    VOUCHER_DATE,
    VOUCHER_NUMBER,
    ChoiceSource,
    FormMapping,
    Source,
    amount_or_nothing,
    of,
)

_NUMBER: Mapping[str, Source] = {
    "document_no": of(VOUCHER_NUMBER),
    "document_date": of(VOUCHER_DATE),
    "investor": of("dvqhnsTen"),
}
_WITHDRAWAL = FormMapping(
    "I05A",
    {
        **_NUMBER,
        "budget_year": of("daNamns"),
        "unit_code": of("dvqhnsMa"),
        "account": of("daSotkSo", "daSotk"),
        "treasury": of("daKbnnTen", "daKbnn", "daKbnnMa"),
        "program_code": of("daCtmt"),
        "taxpayer_name": of("dvNopthueTen"),
        "taxpayer_code": of("dvNopthueMasothue"),
        "tax_econ": of("dvNopthueNdkt"),
        "tax_chapter": of("dvNopthueChuong"),
        "collecting_authority": of("dvNopthueCqthuTen", "dvNopthueCqthu"),
        "collecting_authority_code": of("dvNopthueCqthuMa"),
        "tax_period": of("dvNopthueKythue"),
        "accounting_treasury": of("dvNopthueKbHachtoanTen", "dvNopthueKbHachtoan"),
        **PAYEE,
        **CASH,
    },
    {
        "content": of("noiDung"),
        **CODES,
        "plan_year": of("namKhv"),
        "amount": of("soTien"),
        "tax_amount": of("nopThue"),
        "payee_amount": of("thanhToan"),
    },
    total=("amount",),
    choices={
        # The new form tells cash of the Treasury from cash of a bank, and four kinds of spending; the file does not.
        "payment_mode": ChoiceSource(("ckTm",), {"0": "transfer"}, "Chuyển khoản / Tiền mặt"),
        "spending_kind": ChoiceSource(("ttTu",), {}, "Thực chi / Tạm ứng / Ứng trước"),
    },
    parts=("tax_amount", "payee_amount"),
)
_RECOVERY = FormMapping(
    "I04B",
    {**_NUMBER, "budget_year": of("daNamns"), "payment_request_no": of("daCancuDenghiSo")},
    {
        "content": of("noiDung"),
        **CODES,
        "plan_year": of("namKhv"),
        "advance_balance": of("soDuTamUng"),
        "requested_amount": of("soDeNghi"),
    },
    total=("requested_amount",),
    choices={"conversion": ChoiceSource(("tuUt", "daTcUtDktt", "daTuUtChuaDktt"), {}, "Tạm ứng / Ứng trước")},
)
_REQUEST = FormMapping(
    "I04A",
    {
        **_NUMBER,
        "unit_code": of("dvqhnsMa"),
        "domestic_account": of("daTrongnuocSo"),
        "domestic_bank": of("daTrongnuocTai"),
        "foreign_account": of("daNgoainuocSo"),
        "foreign_bank": of("daNgoainuocTai"),
        "contract_no": of("daCancuHdSo"),
        "contract_date": of("daCancuHdNgay"),
        "contract_annex_no": of("daCancuPhulucHdSo"),
        "contract_annex_date": of("daCancuPhulucHdngay"),
        "completed_work_ref": of("daCancuKlhtSo"),
        "advance_balance": amount_or_nothing("daDenghiTtSodu"),
        "capital_source": of("daDenghiNguonvon"),
        "plan": of("daDenghiKehoachvon"),
        "year": of("daDenghiNamKhv"),
        "total_requested": of("par2"),
        "recovery_domestic": amount_or_nothing("stThuhoiTrongnuoc"),
        "recovery_foreign": amount_or_nothing("stThuhoiNgoainuoc"),
        "vat": amount_or_nothing("stThue"),
        "warranty": amount_or_nothing("stBaohanh"),
        "payee_total": amount_or_nothing("stThuhuong"),
        "payee_domestic": amount_or_nothing("stThuhuongTrongnuoc"),
        "payee_foreign": amount_or_nothing("stThuhuongNgoainuoc"),
        "payee_name": of("dvThuhuongTen"),
        "payee_account": of("dvThuhuongSotkSo"),
        "payee_bank": of("dvThuhuongSotkTai"),
    },
    {
        "content": of("noiDung"),
        "approved_value": amount_or_nothing("duToan"),
        "accumulated_domestic": amount_or_nothing("luykeTrongnuoc"),
        "accumulated_foreign": amount_or_nothing("luykeNgoainuoc"),
        "requested_domestic": of("tamungTrongnuoc"),
        "requested_foreign": amount_or_nothing("tamungNgoainuoc"),
    },
    total=("requested_domestic", "requested_foreign"),
    choices={"request_kind": ChoiceSource(("daDenghiTuTt",), {}, "Tạm ứng / Thanh toán khối lượng hoàn thành")},
    declared=("par2",),
)

MAPPINGS: Mapping[str, FormMapping] = {
    **dvc_budget.MAPPINGS,
    "C301": _WITHDRAWAL,
    "C3_02NS": _RECOVERY,
    "C304NS": RETURN_OF_FUNDS,
    "M05": _REQUEST,
}
"""Every kind of file that becomes a form, by report name; M01 becomes rows (dvc_statement)."""
