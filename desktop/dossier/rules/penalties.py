"""Fees and fines paid in on Mẫu 03: a fine goes to 7111, a fee to the account where its organisation lets fees wait."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.remittance import REVENUE, is_state_account
from desktop.dossier.rules.subject import Subject, is_empty

_FINE_ACCOUNT = "7111"


def kind(subject: Subject) -> str:
    """Tell "fine" or "fee" by the name of what is paid, "" when it tells neither."""
    name = unicodedata.normalize("NFC", subject.text("fee_name")).casefold()
    if "phạt" in name:
        return "fine"
    return "fee" if "phí" in name else ""


@document_rule(Level.ERROR, "Mẫu 03 chú thích 4", "M03-1", covers=("R-077",))
def fine_account(subject: Subject) -> Iterator[Finding]:
    """A fine paid to another account than 7111."""
    account = subject.text("credit_account")
    if kind(subject) == "fine" and account and account != _FINE_ACCOUNT:
        yield Finding("Tiền phạt vi phạm hành chính nộp vào tài khoản 7111. Sửa ô này.", field="credit_account")


@document_rule(Level.WARNING, "Mẫu 03 chú thích 4", "M03-2", covers=("R-077",))
def fee_account(subject: Subject) -> Iterator[Finding]:
    """A fee paid to 7111 and not to the pending account of its organisation."""
    if kind(subject) == "fee" and subject.text("credit_account") in REVENUE:
        message = "Phí, lệ phí nộp vào tài khoản chờ nộp ngân sách của tổ chức thu. Hỏi tổ chức thu số tài khoản."
        yield Finding(message, field="credit_account")


@document_rule(Level.ERROR, "Mẫu 03 chú thích 7", "M03-3", covers=("R-077",))
def where_it_is_held(subject: Subject) -> Iterator[Finding]:
    """A Treasury office named for an account at a bank, or none for an account at the Treasury."""
    account, treasury = subject.text("credit_account"), subject.text("treasury")
    if not account:
        return
    if account not in REVENUE and not is_state_account(account):
        if treasury:
            message = "Tài khoản chuyên thu mở tại tổ chức tín dụng nên ô «Tại Kho bạc Nhà nước» để trống. Xóa ô này."
            yield Finding(message, field="treasury")
    elif not treasury:
        message = "Tài khoản này mở tại Kho bạc nhưng chưa ghi Kho bạc nào. Điền ô này."
        yield Finding(message, field="treasury", also=("R-077", "required"))


@document_rule(Level.ERROR, "Mẫu 03 ghi chú", "M03-4", covers=("R-078",))
def not_of_tax_or_customs(subject: Subject) -> Iterator[Finding]:
    """Fees and fines of the tax or customs authority, which go on Mẫu 02."""
    name = unicodedata.normalize("NFC", subject.text("collecting_org_name")).casefold()
    if "thuế" in name or "hải quan" in name:
        message = "Phí, lệ phí, tiền phạt do cơ quan thuế hoặc hải quan quản lý nộp bằng Mẫu 02. Lập Mẫu 02."
        yield Finding(message, field="collecting_org_name")


@document_rule(Level.ERROR, "Mẫu 03 chú thích 8", "M03-5", covers=("R-077",))
def codes_of_decision(subject: Subject) -> Iterator[Finding]:
    """A fine without the chapter and item that its decision names."""
    for index, row in subject.rows() if kind(subject) == "fine" else ():
        for column in ("chapter", "econ"):
            if is_empty(row.get(column)):
                message = f"{subject.cell(index, column)} còn trống. Ghi theo quyết định xử phạt."
                yield Finding(message, table="lines", row=index, column=column, also=("R-077", "required"))
