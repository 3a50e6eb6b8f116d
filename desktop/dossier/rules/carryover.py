"""What is carried into the next year (Mẫu 30, 31): only what the law allows, with the paper it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.fold import fold
from desktop.dossier.money import format_vnd
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, number_of, text_of

_LAW = "Luật NSNN 89/2025/QH15 Điều 66.3"
_ALLOWED = (
    *("bo sung sau", "sau ngay 30", "bo sung trong nam", "dau tu", "chuong trinh", "muc tieu"),
    *("mua sam", "sua chua", "cai tao", "nang cap", "mo rong", "xay dung", "dat hang", "giao nhiem vu", "hop dong"),
    *("tien luong", "luong", "phu cap", "tro cap", "an sinh", "ho tro", "tu chu", "khoa hoc", "cong nghe"),
    *("doi moi sang tao", "chuyen doi so", "du tru", "vien tro", "tai tro", "dong gop", "hoan tra", "tang thu"),
    *("tiet kiem", "giam ngheo", "nong thon moi", "dan toc"),
)
"""Words (folded) of what points a to l of Điều 66.3 and Điều 66.4 let pass into the next year."""
_PROCURED = ("mua sam", "sua chua", "cai tao", "nang cap", "mo rong", "mua ")
_CONTRACT = re.compile(r"hop dong|\bhd\b|\bhd\w*[-/]|[-/]hd|thau")
_DECISION = re.compile(r"\bqd\b|quyet dinh|nghi quyet|\bnq\b|cong van|van ban")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|ngay \d{1,2} thang \d{1,2} nam \d{4}")


@document_rule(Level.WARNING, "Mẫu 30, 31", "M30-1", forms=("M30", "M31"))
def next_year(subject: Subject) -> Iterator[Finding]:
    """A year carried into another than the next."""
    first, second = subject.number("from_year"), subject.number("to_year")
    if first is not None and second is not None and second != first + 1:
        yield Finding(f"Năm chuyển sang phải là {first + 1}. Xem lại hai năm.", field="to_year")


@document_rule(Level.WARNING, _LAW, "M30-2", covers=("R-150",))
def may_be_carried(subject: Subject) -> Iterator[Finding]:
    """Recurrent money whose words name none of what the law lets be carried over."""
    for index, row in subject.rows():
        content = fold(text_of(row, "content"))
        if content and row.get("group") != "programmes" and not any(word in content for word in _ALLOWED):
            message = (
                f"Dòng {index + 1}: nội dung này chưa rõ thuộc khoản được chuyển nguồn theo Điều 66.3 Luật NSNN. "
                "Ghi rõ hơn, hoặc bỏ dòng này."
            )
            yield Finding(message, table="lines", row=index, column="content")


@document_rule(Level.WARNING, "Mẫu 31 cột (12)", "overdrawn", forms=("M31",))
def something_left(subject: Subject) -> Iterator[Finding]:
    """More used and cancelled than the estimate, so that less than nothing would be carried over."""
    for index, row in subject.rows():
        left = number_of(row, "carry_estimate")
        if left is not None and left < 0:
            cell = subject.cell(index, "carry_estimate")
            message = f"{cell} không được âm: đã dùng và hủy nhiều hơn dự toán {format_vnd(-left)} đ. Xem lại các số."
            yield Finding(message, table="lines", row=index, column="carry_estimate")


@document_rule(Level.WARNING, "Mẫu 31 chú thích 3", "M31-4", covers=("R-150",))
def quotes_contract(subject: Subject) -> Iterator[Finding]:
    """Procurement carried over without its contract or the paper that the bidding is done."""
    for index, row in subject.rows():
        content = fold(text_of(row, "unit"))
        procured = any(word in content for word in _PROCURED)
        if row.get("group") != "investment" and procured and not (_CONTRACT.search(content) and _DATE.search(content)):
            message = f"Dòng {index + 1}: mua sắm, sửa chữa ghi số, ngày hợp đồng hoặc kết quả đấu thầu. Ghi thêm."
            yield Finding(message, table="lines", row=index, column="unit")


@document_rule(Level.WARNING, "Mẫu 31 chú thích 4", "M31-5", covers=("R-150",))
def quotes_extension(subject: Subject) -> Iterator[Finding]:
    """Investment carried over without the decision that lets it run on."""
    for index, row in subject.rows():
        content = fold(text_of(row, "unit"))
        found = _DECISION.search(content) and _DATE.search(content)
        if row.get("group") == "investment" and content and not found:
            message = f"Dòng {index + 1}: vốn đầu tư ghi số, ngày, cơ quan ra quyết định cho kéo dài. Ghi thêm."
            yield Finding(message, table="lines", row=index, column="unit")
