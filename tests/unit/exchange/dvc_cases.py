"""One voucher of each kind, as both public exporters would write it, and the document it must become.

Style A: amounts as typed, dates at 00:00 UTC, `------` and empty scalars for nothing, stray text in the list.
Style B: doubles in round-trip notation, dates at local midnight, empty properties, one blank for an empty text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.dossier.document import Row, Value
from desktop.exchange.dvc_reports import REPORTS_BY_NAME
from tests.unit.exchange.vouchers import Properties, Scalar, voucher

Given = Mapping[str, object]
"""Properties as meant: str is a text, int a whole number, float an amount, date a day, None not given."""


@dataclass(frozen=True)
class Case:
    header: Given
    lines: tuple[Given, ...]
    fields: Mapping[str, Value]
    rows: tuple[Row, ...]
    total: int
    choices: Mapping[str, str] = field(default_factory=dict)


DAY = date(2026, 6, 16)
_PAYEE = {"dvNhantienTen": "Điện lực Mường Lát", "dvNhantienSotkSo": "102010000123456"}
PAYEE: dict[str, Value] = {"payee_name": "Điện lực Mường Lát", "payee_account": "102010000123456"}
_CODES = {"dmNdkt": "6501", "dmChuong": "800", "dmNganhKt": "341", "dmNguonchi": "13"}
CODES: Row = {"econ": "6501", "sector": "341", "source": "13"}
_UNIT = {"dvqhnsTen": "UBND xã Mường Lý", "dvqhnsMa": "1098765", "dvqhnsNamns": 2026}
UNIT: dict[str, Value] = {"unit_name": "UBND xã Mường Lý", "budget_year": 2026, "chapter": "800"}
_TAX = {"dvNopthueTen": "Công ty Hải Lâm", "dvNopthueNdkt": "1701", "dvNopthueChuong": "754", "dvNopthueKythue": "6/26"}
_PAYER = {
    "dvTratienTen": "UBND xã Mường Lý",
    "dvTratienDiachi": "Bản Trung Tiến",
    "dvTratienKbnnNhTen": "KBNN khu vực XI",
}
PAYER: dict[str, Value] = {
    "paying_unit": "UBND xã Mường Lý",
    "address": "Bản Trung Tiến",
    "treasury": "KBNN khu vực XI",
}
_NAME = {"noiDung": "Tiền điện"}


def _split(tax: str, paid: str) -> dict[str, object]:
    return {"soTien": 11_000_000.0, tax: 1_000_000.0, paid: 10_000_000.0}


_RETURNED = {"dvNopSotkSo": "3713.4.1098765", "tmCk": "0", "dvNopQdSo": "5/KL-TTr", "dvNopQdNgay": date(2026, 5, 4)}
RETURNED: dict[str, Value] = {
    "debit_account": "3713.4.1098765",
    "decision_no": "5/KL-TTr",
    "decision_date": "2026-05-04",
    "drawing_unit": "UBND xã Mường Lý",
    "budget_unit_code": "1098765",
    "budget_year": 2026,
}
CASES: dict[str, Case] = {
    "C202a": Case(
        {**_UNIT, **_PAYEE, "thucchiTamung": "1", "chuyenkhoanTienmat": "0"},
        ({**_CODES, **_NAME, "soTien": 15_400_000.0},),
        {**UNIT, **PAYEE},
        ({**CODES, "content": "Tiền điện", "amount": 15_400_000},),
        15_400_000,
        {"spending_kind": "advance", "payment_mode": "transfer"},
    ),
    "C202b": Case(
        {**_UNIT, **_PAYEE, **_TAX, "dvNopthueMasothue": "2802345678", "thucchiTamung": "0"},
        ({**_CODES, **_NAME, **_split("dvNopthue", "dvNhantien")},),
        {
            **UNIT,
            **PAYEE,
            "remit_payer_name": "Công ty Hải Lâm",
            "remit_payer_tax_code": "2802345678",
            "remit_econ_code": "1701",
            "remit_chapter": "754",
            "remit_period_or_date": "6/26",
        },
        (
            {
                **CODES,
                "content": "Tiền điện",
                "amount": 11_000_000,
                "remit_amount": 1_000_000,
                "payee_amount": 10_000_000,
            },
        ),
        11_000_000,
        {"spending_kind": "actual"},
    ),
    "C203NS": Case(
        {**_UNIT, "dvqhnsSotkSo": "9523.4.1098765", "dvqhnsCancuTuUtNgay": date(2026, 3, 2), "tuUt": "1"},
        ({**_CODES, "soUngTruoc": 20_000_000.0, "soDeNghi": 18_450_000.0, "soPheDuyet": 0.0},),
        {**UNIT, "account": "9523.4.1098765", "advance_balance_date": "2026-03-02"},
        (
            {
                "econ_advanced": "6501",
                "econ_requested": "6501",
                "sector": "341",
                "source": "13",
                "advance_balance": 20_000_000,
                "requested_amount": 18_450_000,
            },
        ),
        18_450_000,
    ),
    "C205a": Case(
        {
            **_RETURNED,
            "dvTen": "Trường Mầm non",
            "dvDutoanTen": "UBND xã Mường Lý",
            "dvDutoanMa": "1098765",
            "dvDutoanNamns": 2026,
            "dvNopKbNhTen": "KBNN khu vực XI",
            "dvDutoanSotkSo": "9523.4.1098765",
        },
        ({**_CODES, **_NAME, "soTien": 700_000.0},),
        {**RETURNED, "paying_unit": "Trường Mầm non", "treasury": "KBNN khu vực XI", "account": "9523.4.1098765"},
        ({**CODES, "chapter": "800", "content": "Tiền điện", "amount": 700_000},),
        700_000,
        {"payment_mode": "transfer"},
    ),
    "C206": Case(
        {
            **_UNIT,
            "dmTiente": "USD",
            "ckTm": "0",
            "dvqhnsNoidung": "Học phí",
            "bkSoTaiKhoan": "US12",
            "bkTaiNganHang": "Citi",
        },
        (
            {**_CODES, "maHang": "3.1", "dmTiente": "USD", "soTienNT": 1234.5, "soTienVnd": 31_000_000.0},
            {"maHang": "2.2", "soTienNT": 0.0, "soTienVnd": 0.0},
        ),
        {**UNIT, "content": "Học phí"},
        (
            {
                **CODES,
                "currency": "USD",
                "fc_amount": "1234.50",
                "vnd_amount": 31_000_000,
                "group": "transfer",
                "payee_account": "US12",
                "payee_bank": "Citi",
            },
        ),
        31_000_000,
        {"payment_mode": "transfer"},
    ),
    "C301": Case(
        {"dvqhnsTen": "Ban QLDA", "dvqhnsMa": "7654321", "daNamns": 2026, "ckTm": "0", **_PAYEE, **_TAX},
        ({**_CODES, **_NAME, "namKhv": 2026, **_split("nopThue", "thanhToan")},),
        {
            "investor": "Ban QLDA",
            "unit_code": "7654321",
            "budget_year": 2026,
            **PAYEE,
            "taxpayer_name": "Công ty Hải Lâm",
            "tax_econ": "1701",
            "tax_chapter": "754",
            "tax_period": "6/26",
        },
        (
            {
                **CODES,
                "chapter": "800",
                "content": "Tiền điện",
                "plan_year": 2026,
                "amount": 11_000_000,
                "tax_amount": 1_000_000,
                "payee_amount": 10_000_000,
            },
        ),
        11_000_000,
        {"payment_mode": "transfer"},
    ),
    "C3_02NS": Case(
        {"dvqhnsTen": "Ban QLDA", "dvqhnsMa": "7654321", "daNamns": 2026, "daCancuDenghiSo": "12/ĐN"},
        ({**_CODES, **_NAME, "namKhv": 0, "soDuTamUng": 9_000_000.0, "soDeNghi": 4_000_000.0, "soThanhToan": 0.0},),
        {"investor": "Ban QLDA", "budget_year": 2026, "payment_request_no": "12/ĐN"},
        (
            {
                **CODES,
                "chapter": "800",
                "content": "Tiền điện",
                "advance_balance": 9_000_000,
                "requested_amount": 4_000_000,
            },
        ),
        4_000_000,
    ),
    "C304NS": Case(
        {
            **_RETURNED,
            "dvqhnsTen": "UBND xã Mường Lý",
            "dvqhnsMa": "1098765",
            "daNamns": 2026,
            "dvNopNganhangTen": "KBNN khu vực XI",
        },
        ({**_CODES, **_NAME, "namKhv": "2025", "soTien": 700_000.0},),
        {**RETURNED, "treasury": "KBNN khu vực XI"},
        ({**CODES, "chapter": "800", "content": "Tiền điện", "plan_year": 2025, "amount": 700_000},),
        700_000,
        {"payment_mode": "transfer"},
    ),
    "C402A": Case(
        {**_PAYER, **_PAYEE, "dvTratienMa": "1098765", "dvNhantienSotien": 0.0},
        ({**_NAME, "nopThue": 0.0, "soTien": 3_200_000.0, "thanhToan": 3_200_000.0},),
        {**PAYER, **PAYEE},
        ({"content": "Tiền điện", "amount": 3_200_000},),
        3_200_000,
    ),
    "C402B": Case(
        {**_PAYER, **_PAYEE, "dmTiente": "EUR", "dvTratienKbnnNhTen": "3713.4.1098765"},
        ({**_NAME, "soTien": 28_000_000.0, "soTienNguyenTe": 1000.25, "thanhToan": 28_000_000.0},),
        {
            **PAYEE,
            "paying_unit": "UBND xã Mường Lý",
            "address": "Bản Trung Tiến",
            "account": "3713.4.1098765",
            "currency": "EUR",
        },
        ({"content": "Tiền điện", "fc_amount": "1000.25", "vnd_amount": 28_000_000},),
        28_000_000,
    ),
    "C402C": Case(
        {**_PAYER, **_PAYEE, **_TAX, "dvNopthueMa": "2802345678", "dvNopthueStk": "7111"},
        ({**_NAME, **_split("nopThue", "thanhToan")},),
        {
            **PAYER,
            **PAYEE,
            "remit_payer_name": "Công ty Hải Lâm",
            "remit_payer_tax_code": "2802345678",
            "remit_econ_code": "1701",
            "remit_chapter": "754",
            "remit_period_or_date": "6/26",
            "remit_revenue_account": "7111",
        },
        ({"content": "Tiền điện", "amount": 11_000_000, "remit_amount": 1_000_000, "payee_amount": 10_000_000},),
        11_000_000,
    ),
    "M05": Case(
        {
            "dvqhnsTen": "Ban QLDA",
            "dvqhnsMa": "7654321",
            "daDenghiNamKhv": 2026,
            "daCancuHdSo": "17/HĐ",
            "daCancuHdNgay": date(2026, 2, 3),
            "stBaohanh": 0.0,
            "stThue": 500_000.0,
            "par2": 5_000_000.0,
        },
        ({**_NAME, "duToan": 0.0, "luykeTrongnuoc": 2_000_000.0, "tamungTrongnuoc": 5_000_000.0},),
        {
            "investor": "Ban QLDA",
            "unit_code": "7654321",
            "year": 2026,
            "contract_no": "17/HĐ",
            "contract_date": "2026-02-03",
            "vat": 500_000,
            "total_requested": 5_000_000,
        },
        ({"content": "Tiền điện", "accumulated_domestic": 2_000_000, "requested_domestic": 5_000_000},),
        5_000_000,
    ),
    "C409": Case(
        {"dvqhnsTen": "UBND xã Mường Lý", "diaChi": "Bản Trung Tiến", "nguoilinhHoten": "Thao A Pó"},
        ({**_NAME, "soTien": 600_000.0},),
        {"paying_unit": "UBND xã Mường Lý", "address": "Bản Trung Tiến", "cash_recipient_name": "Thao A Pó"},
        ({"content": "Tiền điện", "amount": 600_000},),
        600_000,
        {"payment_mode": "cash"},
    ),
}
DATED = {"C301": "document_date", "C3_02NS": "document_date", "M05": "document_date"}
"""Where the voucher's date stands, where it is not the day the form was made."""


def style_a(name: str, header: Given, lines: tuple[Given, ...]) -> bytes:
    """The template exporter: empty scalars and filler, stray text after the list's start."""
    unknown: dict[str, Scalar | None] = {
        "dvNhantienDiachi": ("string", "------"),
        "par1": ("string", "------"),
        "dvNhantienLoai": ("long", ""),
        "dvqhnsCkcHdk": ("string", ""),
    }
    content = _file(name, header, lines, unknown, lambda day: _milliseconds(day) + 7 * 3_600_000, "{:.2f}".format)
    return content.replace(b'ArrayList">', b"ArrayList\">'; ")


def style_b(name: str, header: Given, lines: tuple[Given, ...]) -> bytes:
    """The .NET exporter: empty properties, a blank for nothing, doubles as short as they go."""
    unknown: dict[str, Scalar | None] = {
        "dvNhantienDiachi": None,
        "dvNhantienMa": ("string", " "),
        "dvqhnsCkcHdk": None,
    }
    return _file(name, header, lines, unknown, _milliseconds, lambda amount: repr(amount).removesuffix(".0"))


STYLES: dict[str, Callable[[str, Given, tuple[Given, ...]], bytes]] = {"A": style_a, "B": style_b}


def _file(
    name: str,
    header: Given,
    lines: tuple[Given, ...],
    unknown: Properties,
    instant: Callable[[date], int],
    double: Callable[[float], str],
) -> bytes:
    report = REPORTS_BY_NAME[name]
    own = {"typeChungTu": report.type_code, "gnTaiLieuId": report.document_code, "soChungTu": "S01", "ngayChungTu": DAY}
    written = {key: _scalar(value, instant, double) for key, value in {"dmTiente": "VND", **own, **header}.items()}
    items = [{key: _scalar(value, instant, double) for key, value in line.items()} for line in lines]
    return voucher({**unknown, **written}, items, report.list_property)


def _scalar(value: object, instant: Callable[[date], int], double: Callable[[float], str]) -> Scalar:
    if isinstance(value, date):
        return ("timestamp", str(instant(value)))
    if isinstance(value, float):
        return ("double", double(value))
    return ("long", str(value)) if isinstance(value, int) else ("string", str(value))


def _milliseconds(day: date) -> int:
    return (day - date(1970, 1, 1)) // timedelta(days=1) * 86_400_000 - 7 * 3_600_000
