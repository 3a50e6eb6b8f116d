"""Filled forms for the tests of printing, and what outside tools see in the PDFs made of them."""

from __future__ import annotations

import subprocess
import unicodedata
from pathlib import Path

from desktop.dossier.document import Document, Row, Value
from tests.fixtures.filled.parts import BASIS

_UNIT: dict[str, Value] = {
    "address": "Bản Trung Tiến, xã Mường Lý, tỉnh Thanh Hóa",
    "treasury": "Khu vực XI, Phòng Giao dịch số 14",
    "document_no": "0442",
}
_BASIS: dict[str, Value] = {
    **BASIS,
    "acceptance_total": 14_300_000,
    "acceptance_party": "Hợp tác xã Mường Lý",
    "payee_name": "Công ty cổ phần Văn phòng phẩm Ngọc Ước",
    "payee_tax_code": "2802345678",
    "payee_account": "3508205017746",
    "payee_bank": "Agribank, chi nhánh Mường Lát",
}
_LINE: Row = {
    "content": "Giấy A4, bìa hồ sơ",
    "invoice_no": "00001287",
    "invoice_date": "2026-11-18",
    "voucher_no": "BK 12",
    "voucher_date": "2026-11-20",
    "source": "13",
}


def withdrawal(lines: int = 2) -> Document:
    """Mẫu 13 with every blank of a transfer filled."""
    row: Row = {**_LINE, "econ": "6551", "sector": "341", "amount": 6_150_000}
    return Document(
        form="C2-02a/NS",
        fields={
            **_UNIT,
            **_BASIS,
            "budget_year": 2026,
            "unit_name": "Ủy ban nhân dân xã Mường Lý",
            "chapter": "800",
            "account": "9523.4.1098765",
            "program_name": "Giảm nghèo bền vững",
            "program_code": "00470",
        },
        choices={"estimate_kind": "official", "spending_kind": "actual", "payment_mode": "transfer"},
        tables={"lines": [{**row, "content": f"Giấy A4, bìa hồ sơ lần {number}"} for number in range(1, lines + 1)]},
    )


def payment_order() -> Document:
    """Mẫu 17 paid in cash."""
    fields = {key: value for key, value in _BASIS.items() if not key.startswith("payee")}
    return Document(
        form="C4-02a/KB",
        fields={
            **_UNIT,
            **fields,
            "paying_unit": "Ủy ban nhân dân xã Mường Lý",
            "made_date": "2026-11-24",
            "account": "3713.4.1098765",
            "donor_code": "99887",
            "cash_recipient_name": "Thao A Pó",
            "cash_recipient_id_no": "038085001234",
            "cash_recipient_id_date": "2021-08-09",
            "cash_recipient_id_place": "Cục CSQLHC",
        },
        choices={"payment_mode": "cash"},
        tables={"lines": [{**_LINE, "budget_year": 2026, "amount": 3_200_000}]},
    )


def settlement() -> Document:
    """Mẫu 10."""
    row: Row = {**_LINE, "econ_advanced": "6651", "econ_requested": "6658", "sector": "281"}
    return Document(
        form="C2-03/NS",
        fields={
            **_UNIT,
            "budget_year": 2026,
            "unit_name": "Ủy ban nhân dân xã Mường Lý",
            "chapter": "800",
            "account": "9523.4.1098765",
            "advance_balance_date": "2026-10-31",
            "acceptance_no": "BBNT 15",
            "acceptance_date": "2026-11-21",
            "payee_list_date": "2026-11-22",
        },
        tables={"lines": [{**row, "advance_balance": 20_000_000, "requested_amount": 18_450_000}]},
    )


def payees(people: int = 6) -> Document:
    """Mẫu 20, groups mixed in the order of typing."""
    groups = ("others", "civil_servants", "public_employees")
    rows: list[Row] = [
        {
            "group": groups[number % 3],
            "name": f"Nguyễn Thị Ước {number}",
            "account": f"35082050{number:05}",
            "bank": "Agribank, chi nhánh Mường Lát",
            "amount": 1_000_000 + number,
        }
        for number in range(people)
    ]
    return Document(
        form="M20",
        fields={
            "parent_voucher_no": "0443",
            "parent_voucher_date": "2026-11-24",
            "unit_name": "Ủy ban nhân dân xã Mường Lý",
            "budget_unit_code": "1098765",
        },
        choices={"account_kind": "estimate"},
        tables={"lines": rows},
    )


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    """What pdftotext reads, blanks and break marks made one space each."""
    text = _tool(["pdftotext", *options, "-", "-"], pdf, folder)
    return " ".join(unicodedata.normalize("NFC", text).replace("\N{ZERO WIDTH SPACE}", "").split())


def fonts_of(pdf: bytes, folder: Path) -> list[list[str]]:
    """The lines of pdffonts: name, type, encoding, embedded, subset, unicode."""
    return [line.split() for line in _tool(["pdffonts", "-"], pdf, folder).splitlines()[2:]]


def words_with_places(pdf: bytes, folder: Path) -> str:
    """The words of pdftotext -bbox with their boxes in points, as HTML."""
    return _tool(["pdftotext", "-bbox", "-", "-"], pdf, folder)


def _tool(command: list[str], pdf: bytes, folder: Path) -> str:
    return subprocess.run(command, input=pdf, capture_output=True, check=True, cwd=folder).stdout.decode()
