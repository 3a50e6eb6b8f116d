"""Foreign money beside đồng: the rate joins the two, on every line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.dossier.compute import decimal_of, foreign, money
from desktop.dossier.document import Level, Row
from desktop.dossier.money import format_vnd, in_vnd, is_decimal, is_foreign
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, text_of

TOLERANCE_VND = 1
"""What rounding to whole đồng may leave between an amount and its product."""

_PRODUCTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "M11": (("lines", "requested_fc", "requested_vnd"),),
    "M16": (("lines", "fc_amount", "vnd_amount"), ("revenue_lines", "fc_amount", "vnd_amount")),
}


def product(row: Row, column: str) -> int | None:
    """Return the VND of a cell of foreign money at the rate of its row, None when either is missing or malformed."""
    amount, rate = text_of(row, column), text_of(row, "rate")
    return in_vnd(foreign(amount), rate) if is_foreign(amount) and is_decimal(rate) else None


@document_rule(Level.WARNING, "Mẫu 11, 16", "M11-3", "M16-2")
def at_its_rate(subject: Subject) -> Iterator[Finding]:
    """An amount in đồng that is not its foreign amount at the rate of the line."""
    for key, column, vnd in _PRODUCTS[subject.form.id]:
        table = subject.form.tables_by_key[key]
        for index, row in subject.rows(table):
            wanted = product(row, column)
            if wanted is not None and row.get(vnd) is not None and abs(money(row[vnd]) - wanted) > TOLERANCE_VND:
                message = (
                    f"{subject.cell(index, vnd, table)}: nguyên tệ nhân tỷ giá là {format_vnd(wanted)} đ. "
                    "Xem lại số tiền hoặc tỷ giá."
                )
                yield Finding(message, table=key, row=index, column=vnd)


@document_rule(Level.WARNING, "Mẫu 16", "M16-3")
def spent_is_earned(subject: Subject) -> Iterator[Finding]:
    """Spending and revenue of one booking that differ."""
    spent, earned = (subject.computed.totals[f"{table}.vnd_amount"] for table in ("lines", "revenue_lines"))
    if spent and earned and spent != earned:
        message = f"Tổng chi ({format_vnd(spent)} đ) khác tổng thu ({format_vnd(earned)} đ). Xem lại hai bảng."
        yield Finding(message, table="revenue_lines", column="vnd_amount")


@document_rule(Level.ERROR, "đặc tả hệ thống Kho bạc", "R-904", forms=("M11", "M16", "M23"))
def rate_of_dong(subject: Subject) -> Iterator[Finding]:
    """Money in đồng at another rate than 1, or foreign money at a rate of nothing."""
    for table in subject.form.line_tables:
        for index, row in subject.rows(table):
            rate = text_of(row, "rate")
            if not is_decimal(rate):
                continue
            dong = (text_of(row, "currency") or subject.text("currency")) == "VND"
            message = ""
            if dong and decimal_of(rate) != 1:
                message = f"{subject.cell(index, 'rate', table)}: tiền Việt Nam thì tỷ giá là 1. Sửa ô này."
            elif decimal_of(rate) <= Decimal(0):
                message = (
                    f"{subject.cell(index, 'rate', table)}: tỷ giá phải lớn hơn 0. Ghi tỷ giá của ngày thanh toán."
                )
            if message:
                yield Finding(message, table=table.key, row=index, column="rate")
