"""Money for the budget: the account it goes to, what it is for, and when a form with such a part is the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, text_of

REVENUE = ("7111", "7114", "8993")
"""Revenue, revenue by recommendation of the State Audit, recovery of refunded VAT (footnote to the account)."""

_ACCOUNT = re.compile(r"[3789]\d{3}(?:[.\- ]\d+){1,3}|[3789]\d{11}|[3789]\d{16}", re.ASCII)
"""Natural account, level and code of the holder, apart by dots or run together (1 and 7 digits, with 5 more or not)."""

_PAYABLE_ID = re.compile(r"(?=(?:\D*\d){8})[0-9A-Z]{12,}", re.ASCII)
_DOCUMENT_NO = re.compile(r"\d+[A-Z0-9]*\s*/\s*\S+", re.ASCII | re.IGNORECASE)
_TAX = "thuế"
_FOOTNOTE = "Mẫu 01 chú thích 3; Mẫu 02 chú thích 2; Mẫu 14, 18 chú thích 6; Mẫu 16 chú thích 3"


def is_state_account(account: str) -> bool:
    """Tell whether a number is an account at the Treasury and not at a bank."""
    return _ACCOUNT.fullmatch(account) is not None and sum(sign.isdigit() for sign in account) >= 8


def account_key(subject: Subject) -> str:
    """Return the key of the blank for the revenue account."""
    return "remit_revenue_account" if "remit_revenue_account" in subject.form.fields_by_key else "revenue_account"


@document_rule(Level.ERROR, _FOOTNOTE, "M01-1", "M02-1", "M14-8", "M18-8", covers=("R-071",))
@document_rule(Level.ERROR, _FOOTNOTE, "R-071", forms=("M16",))
def revenue_account(subject: Subject) -> Iterator[Finding]:
    """A revenue account that is none of the three and no account of a collecting authority at the Treasury."""
    key = account_key(subject)
    account = subject.text(key)
    if account == "71114":
        yield Finding("71114 là lỗi in của mẫu. Ghi 7114 (nộp theo kiến nghị của Kiểm toán nhà nước).", field=key)
    elif account and account not in REVENUE and not is_state_account(account):
        message = (
            "Số tài khoản thu là 7111, 7114, 8993 hoặc tài khoản của cơ quan thu tại Kho bạc, ví dụ 3591.0.1056789. "
            "Xem lại ô này."
        )
        yield Finding(message, field=key)


@document_rule(Level.WARNING, "Mẫu 01 chú thích 3; Mẫu 02 chú thích 2", "R-072", forms=("M01", "M02"))
def audit_account(subject: Subject) -> Iterator[Finding]:
    """The box of the State Audit without its account, or the account without the box."""
    audited = subject.text("authority_document") == "state_audit"
    account = subject.text("revenue_account")
    if audited and account and account != "7114":
        message = "Nộp theo văn bản của Kiểm toán nhà nước thường vào tài khoản 7114. Xem lại tài khoản hoặc ô chọn."
        yield Finding(message, field="revenue_account")
    elif account == "7114" and not audited:
        message = "7114 dùng khi nộp theo kiến nghị của Kiểm toán nhà nước. Đánh dấu ô đó, hoặc đổi tài khoản."
        yield Finding(message, field="authority_document")


@document_rule(Level.WARNING, "Mẫu 01 chú thích 4; Mẫu 02 chú thích 3", "M01-2", "M02-2", covers=("R-074",))
def id_and_decision(subject: Subject) -> Iterator[Finding]:
    """Both a payable's ID and a decision's number in one cell; the number belongs to the content."""
    for index, row in subject.rows():
        reference = text_of(row, "reference_id").upper()
        if _PAYABLE_ID.search(reference) and _DOCUMENT_NO.search(_PAYABLE_ID.sub(" ", reference)):
            message = (
                f"{subject.cell(index, 'reference_id')}: chỉ ghi mã định danh hoặc mã giao dịch ở đây. "
                "Chuyển số quyết định, thông báo sang cột nội dung."
            )
            yield Finding(message, table="lines", row=index, column="reference_id")


@document_rule(Level.WARNING, "Mẫu 01, 14 chú thích 5", "M01-3", "M14-10", covers=("R-075",))
@document_rule(Level.WARNING, "Mẫu 16, 18 chú thích 5", "R-075", forms=("M16", "M18"))
def area_of_revenue(subject: Subject) -> Iterator[Finding]:
    """Revenue of the tax authority without an ID and without the place where it arose."""
    start = "remit_" if account_key(subject).startswith("remit_") else ""
    if _TAX not in subject.text(f"{start}collecting_authority").casefold():
        return
    hint = "khoản do cơ quan thuế quản lý chưa có mã định danh thì ghi mã địa bàn. Điền ô này."
    if subject.form.id != "M01":
        key = f"{start}area_code"
        if not _PAYABLE_ID.search(subject.text(f"{start}reference_id").upper()) and not subject.text(key):
            yield Finding(f"Ô {subject.name(key)} còn trống: {hint}", field=key)
        return
    for index, row in subject.rows():
        if not _PAYABLE_ID.search(text_of(row, "reference_id").upper()) and not text_of(row, "area_code"):
            message = f"{subject.cell(index, 'area_code')} còn trống: {hint}"
            yield Finding(message, table="lines", row=index, column="area_code")


@document_rule(Level.WARNING, "tên Mẫu 13, 14, 17, 18", "M14-9", "M18-7", covers=("R-031",))
def something_remitted(subject: Subject) -> Iterator[Finding]:
    """A voucher with a part for the budget whose part is nothing."""
    if subject.computed.totals["lines.remit_amount"] == 0 and any(subject.rows()):
        other = "Giấy rút dự toán Mẫu 13" if subject.form.id == "M14" else "Ủy nhiệm chi Mẫu 17"
        message = f"Không có khoản nộp ngân sách nào. Ghi khoản nộp, hoặc lập {other}."
        yield Finding(message, table="lines", column="remit_amount")
