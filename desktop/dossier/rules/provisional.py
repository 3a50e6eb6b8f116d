"""Asking for money before the estimate is assigned (Mẫu 22): when, for what, how much."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.fold import fold
from desktop.dossier.money import format_vnd
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, text_of

MONTHS = 12
_LAW = "Luật NSNN 89/2025/QH15"
_NOT_ALLOWED = ("mua sam", "sua chua", "mua xe", "mua may", "mua trang thiet bi", "cai tao", "nang cap")
_UNLESS = ("khong mua sam", "khong sua chua")


@document_rule(Level.WARNING, f"{_LAW} Điều 53.3", "M22-2", covers=("R-102",))
def within_average(subject: Subject) -> Iterator[Finding]:
    """More asked for a month than an average month of the year before."""
    average = subject.number("monthly_average")
    if average is not None and subject.total > average:
        message = (
            f"Số đề nghị nhiều hơn mức chi bình quân tháng {format_vnd(subject.total - average)} đ. Xem lại số tiền."
        )
        yield Finding(message, table="lines", column="amount")


@document_rule(Level.WARNING, f"{_LAW} Điều 53.2.d", "M22-3", covers=("R-101",))
def no_purchases(subject: Subject) -> Iterator[Finding]:
    """Purchases or repairs, which wait for the estimate."""
    for index, row in subject.rows():
        content = " ".join(fold(text_of(row, "content")).replace(",", " ").split())
        if any(word in content for word in _NOT_ALLOWED) and not any(word in content for word in _UNLESS):
            message = f"Dòng {index + 1}: tạm cấp không dùng cho mua sắm, sửa chữa. Bỏ dòng này, hoặc ghi rõ nội dung."
            yield Finding(message, table="lines", row=index, column="content")


@document_rule(Level.WARNING, f"{_LAW} Điều 53.1", "M22-4", covers=("R-100",))
def no_estimate_yet(subject: Subject) -> Iterator[Finding]:
    """A line for which the unit's own book already has an estimate of the year."""
    ledger, account, year = subject.context.ledger, subject.text("account"), subject.number("budget_year")
    if not ledger or not account or year is None:
        return
    for index, row in subject.rows():
        source, sector = text_of(row, "source"), text_of(row, "sector")
        left = ledger.remaining(year, account, source, sector) if source and sector else None
        if left is not None:
            message = (
                f"Dòng {index + 1}: sổ của đơn vị đã có dự toán năm {year} cho nguồn và ngành này. "
                "Tạm cấp chỉ khi chưa được giao hoặc chờ điều chỉnh. Xem lại."
            )
            yield Finding(message, table="lines", row=index, column="amount")


@document_rule(Level.WARNING, "Mẫu 22", "M22-5")
def average_month(subject: Subject) -> Iterator[Finding]:
    """A monthly average that is not a twelfth of the year it is taken from, or of another year than the one before."""
    budget_year = subject.number("budget_year")
    for key in ("reference_year", "average_year"):
        stated = subject.number(key)
        if budget_year is not None and stated is not None and stated != budget_year - 1:
            message = f"Ô {subject.name(key)} phải là năm trước năm ngân sách ({budget_year - 1}). Sửa ô này."
            yield Finding(message, field=key)
    year, average = subject.number("reference_amount"), subject.number("monthly_average")
    if year is not None and average is not None and abs(average * MONTHS - year) >= MONTHS:
        message = (
            f"Bình quân một tháng phải là {format_vnd((year + MONTHS // 2) // MONTHS)} đ (số cả năm chia 12). Xem lại."
        )
        yield Finding(message, field="monthly_average")
