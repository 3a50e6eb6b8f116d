"""Booking loans and grants as revenue and spending (Mẫu 23): the same money told three times (NĐ 347 Điều 7)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.compute import money
from desktop.dossier.document import Level, Row
from desktop.dossier.money import format_vnd
from desktop.dossier.rules.rates import TOLERANCE_VND, product
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, is_empty

USES = ("dev", "rec", "onlend")
_CONFIRMED = tuple(f"confirmed_{kind}_{use}" for use in USES for kind in ("fc", "vnd"))
SPLITS = ("dev_central", "dev_targeted", "dev_local", "rec_central", "rec_targeted", "rec_local")


@document_rule(Level.ERROR, "Mẫu 23", "M23-1", covers=("R-110",))
def same_kind(subject: Subject) -> Iterator[Finding]:
    """A loan booked as a grant, or the other way round."""
    paid, booked = subject.text("funding_kind"), subject.text("booking_kind")
    if paid and booked and paid != booked:
        message = "Ô chọn vốn vay hay viện trợ ở phần ghi thu, ghi chi khác với phần trên. Chọn giống nhau."
        yield Finding(message, field="booking_kind")


@document_rule(Level.WARNING, "Mẫu 23", "M23-2", covers=("R-112",))
def paid_at_rate(subject: Subject) -> Iterator[Finding]:
    """Đồng that are not the foreign money at the rate of the line."""
    table = subject.form.tables_by_key["payments"]
    for index, row in subject.rows(table):
        yield from _at_rate(subject, "payments", index, row, [(f"paid_fc_{use}", f"paid_vnd_{use}") for use in USES])
    for index, row in subject.rows(subject.form.tables_by_key["booking"]):
        yield from _at_rate(subject, "booking", index, row, [(f"{split}_fc", f"{split}_vnd") for split in SPLITS])


def _at_rate(subject: Subject, table: str, index: int, row: Row, pairs: list[tuple[str, str]]) -> Iterator[Finding]:
    for paid, booked in pairs:
        wanted = product(row, paid)
        if wanted is not None and not is_empty(row.get(booked)) and abs(wanted - money(row[booked])) > TOLERANCE_VND:
            cell = subject.cell(index, booked, subject.form.tables_by_key[table])
            message = f"{cell}: nguyên tệ nhân tỷ giá là {format_vnd(wanted)} đ. Xem lại số tiền hoặc tỷ giá."
            yield Finding(message, table=table, row=index, column=booked)


@document_rule(Level.ERROR, "Mẫu 23 ghi chú", "M23-3", covers=("R-111",))
def confirmed(subject: Subject) -> Iterator[Finding]:
    """Amounts "confirmed by the Treasury" that nothing paid stands for, or in one money only; a rest of nothing."""
    table = subject.form.tables_by_key["payments"]
    for index, row in subject.rows(table):
        given = [key for key in _CONFIRMED if not is_empty(row.get(key))]
        for column in given:
            missing = [key for key in _goes_with(column) if is_empty(row.get(key))]
            if missing:
                other = table.columns_by_key[missing[0]]
                message = (
                    f"{subject.cell(index, column, table)}: chỉ ghi số Kho bạc đã xác nhận. Bỏ ô này, "
                    f"hoặc điền cột «{other.group}: {other.label.lower()}»."
                )
                yield Finding(message, table="payments", row=index, column=column)
        if not given and not is_empty(row.get("difference")):
            message = f"Dòng {index + 1}: không có số Kho bạc xác nhận thì không ghi chênh lệch. Bỏ trống ô này."
            yield Finding(message, table="payments", row=index, column="difference")


def _goes_with(column: str) -> tuple[str, str]:
    """Return what was paid of a confirmed amount, and the same amount in the other money."""
    first, kind, use = column.split("_")
    return f"paid_{kind}_{use}", f"{first}_{'vnd' if kind == 'fc' else 'fc'}_{use}"


@document_rule(Level.WARNING, "Mẫu 23", "M23-5")
def booked_is_paid(subject: Subject) -> Iterator[Finding]:
    """Another amount booked than was paid."""
    totals = subject.computed.totals
    paid = sum(totals[f"payments.paid_vnd_{use}"] for use in USES)
    booked = totals["booking.total_vnd"]
    if paid != booked and paid and booked:
        message = (
            f"Số đề nghị ghi thu, ghi chi {format_vnd(booked)} đ khác số đã thanh toán {format_vnd(paid)} đ. "
            "Xem lại, nếu đúng thì giải thích khi gửi."
        )
        yield Finding(message, table="booking", column="total_vnd")
