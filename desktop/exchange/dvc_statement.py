"""The list of what was paid for (M01, bảng kê nội dung thanh toán): no form of 2026 takes it, so it stays a table.

What its lines say has a place on the lines of today's vouchers (invoice and voucher number and date), so the rows are
offered for copying there; nothing is put into a voucher by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.dossier.document import Row
from desktop.dossier.forms import Form
from desktop.dossier.people import Unit
from desktop.exchange.beans import Bean
from desktop.exchange.dvc_budget import VND
from desktop.exchange.dvc_differences import Claims, differences, unit_codes
from desktop.exchange.dvc_mapping import CURRENCY, VOUCHER_NUMBER, FormMapping, of
from desktop.exchange.dvc_reading import LINES, taken
from desktop.exchange.dvc_values import convert, decimal_text, text, vnd

HEADINGS = {
    "content": "Nội dung",
    "invoice_no": "Số hóa đơn",
    "invoice_date": "Ngày hóa đơn",
    "voucher_no": "Số chứng từ",
    "voucher_date": "Ngày chứng từ",
    "econ": "Mã nội dung kinh tế",
    "quantity": "Số lượng",
    "unit_price": "Định mức, đơn giá",
    "amount": "Số tiền",
}
"""Columns of the table; all but quantity and price are columns of the vouchers too."""
_SOURCES = {
    "content": ("noiDung", "text"),
    "invoice_no": ("soHoaDon", "text"),
    "invoice_date": ("ngayHoaDon", "date"),
    "voucher_no": ("chungTuSo", "text"),
    "voucher_date": ("chungTuNgay", "date"),
    "econ": ("dmNdkt", "code"),
    "amount": ("soTien", "money"),
}
_NUMBERS = {"quantity": "soTienSl", "unit_price": "soTienDm"}
_MAPPING = FormMapping("", {}, {key: of(name) for key, (name, _) in _SOURCES.items()}, total=("amount",))


@dataclass(frozen=True)
class Statement:
    """A list of payments: `rows` by the keys of HEADINGS, `total` in VND is their sum; `differences` are sentences."""

    number: str | None
    total: int
    rows: list[Row]
    differences: list[str] = field(default_factory=list)
    unit_code: str | None = None


def read_statement(bean: Bean, lines: tuple[Bean, ...], unit: Unit | None = None) -> Statement:
    """Read the rows of a list; raises DvcError as a voucher does (bad_value, fraction_of_dong, negative_amount)."""
    rows = [_row(line, number) for number, line in enumerate(lines, start=1)]
    total = sum(vnd(line.properties.get("soTien"), "Số tiền") or 0 for line in lines)
    codes = unit_codes(bean)
    return Statement(
        number=text(bean.properties.get(VOUCHER_NUMBER), "Số chứng từ"),
        total=total,
        rows=rows,
        differences=[*_currency(bean), *differences(Claims(bean, lines, total, _MAPPING, unit))],
        unit_code=codes[0] if codes else None,
    )


def _currency(bean: Bean) -> list[str]:
    currency = text(bean.properties.get(CURRENCY), "Loại tiền")
    if not currency or currency.upper() in VND:
        return []
    return ["Bảng kê ghi bằng ngoại tệ, số tiền đọc như đồng Việt Nam. Hãy đối chiếu trước khi chép các dòng."]


def voucher_rows(statement: Statement, form: Form) -> list[Row]:
    """Give the rows as lines of a voucher form: what its table has no column for stays behind."""
    table = form.tables_by_key.get(LINES)
    columns = table.columns_by_key if table else {}
    return [{key: value for key, value in row.items() if key in columns} for row in statement.rows]


def _row(line: Bean, number: int) -> Row:
    row: Row = {}
    for key, heading in HEADINGS.items():
        where = f"Dòng {number}, «{heading}»"
        if key in _NUMBERS:
            row[key] = decimal_text(line.properties.get(_NUMBERS[key]), where)
        else:
            row[key] = convert(taken(line, _MAPPING.columns[key]), _SOURCES[key][1], where)
    return {key: value for key, value in row.items() if value is not None}
