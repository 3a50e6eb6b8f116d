"""Forms for foreign money, and whom such money may go to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from desktop.dossier.catalogues import catalogue
from desktop.dossier.document import Level
from desktop.dossier.fold import fold
from desktop.dossier.rules.payment import CASH
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, is_empty, text_of

_BOTH = ("M02", "M03")
"""Forms with boxes for đồng and for foreign money."""
_INSTEAD = {"M11": "Mẫu 10", "M15": "Mẫu 13 hoặc 14", "M19": "Mẫu 17 hoặc 18"}
_PAYEE = ("payee_account", "payee_account_name", "payee_bank")
_SWIFT = "payee_bank_swift"
_MINISTRY = ("bo ngoai giao", "011")
"""The Ministry of Foreign Affairs by its name, folded, and its chapter."""

_VIETNAMESE_SWIFT = re.compile(r"\b[A-Z]{4}VN[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b")


@lru_cache(maxsize=4096)
def bank_in_vietnam(text: str) -> str:
    """Return the code of the bank in Việt Nam that a text names, by SWIFT or name; "" when it names none."""
    banks = catalogue("bank").entries
    swift = _VIETNAMESE_SWIFT.search(text.upper())
    if swift is not None:
        found = swift.group()[:8]
        return next((bank.code for bank in banks if bank.extra.get("swift", "")[:8] == found), found)
    words = f" {re.sub(r'[^a-z0-9]+', ' ', fold(text))} "
    for bank in banks:
        names = (bank.extra.get("short_name", ""), bank.name)
        if any(f" {re.sub(r'[^a-z0-9]+', ' ', fold(name)).strip()} " in words for name in names if len(name) > 2):
            return bank.code
    return ""


@document_rule(Level.ERROR, "tên Mẫu 11, 15, 19", "R-032", forms=("M01", "M02", "M03", "M11", "M15", "M19"))
def foreign_only(subject: Subject) -> Iterator[Finding]:
    """Đồng on a form for foreign money, or foreign money on a form that has room for đồng only."""
    form = subject.form.id
    if form == "M01":
        if subject.text("currency") not in ("", "VND"):
            message = "Mẫu 01 không có cột nguyên tệ. Chọn VND, hoặc lập Mẫu 02 để nộp bằng ngoại tệ."
            yield Finding(message, field="currency")
        return
    if form in _BOTH:
        yield from _dong_with_foreign(subject)
        return
    message = f"Mẫu này chỉ dùng cho ngoại tệ. Ghi loại ngoại tệ, hoặc lập {_INSTEAD[form]}."
    if subject.text("currency").upper() == "VND":
        yield Finding(message, field="currency")
    for index, row in subject.rows():
        if text_of(row, "currency").upper() == "VND":
            yield Finding(message, table="lines", row=index, column="currency")


def _dong_with_foreign(subject: Subject) -> Iterator[Finding]:
    for index, row in subject.rows() if subject.text("currency") == "VND" else ():
        if not is_empty(row.get("fc_amount")):
            message = f"{subject.cell(index, 'fc_amount')}: đã chọn VND. Xóa ô này, hoặc chọn loại tiền khác."
            yield Finding(message, table="lines", row=index, column="fc_amount", level=Level.WARNING)


@document_rule(Level.WARNING, "Mẫu 15, dòng tổng cộng", "M15-2")
def one_currency(subject: Subject) -> Iterator[Finding]:
    """Several currencies on a form that adds them up."""
    yield from _another(subject, "currency", "Dòng tổng cộng chỉ cộng được một loại ngoại tệ. Lập riêng từng loại.")


@document_rule(Level.ERROR, "ghi chú Mẫu 21", "M21-1", covers=("R-064",))
def one_country(subject: Subject) -> Iterator[Finding]:
    """Several countries or currencies on one list of students."""
    yield from _another(subject, "country", "Mỗi nước lập một danh sách. Chuyển dòng này sang danh sách khác.")
    yield from _another(
        subject, "currency", "Mỗi loại ngoại tệ lập một danh sách. Chuyển dòng này sang danh sách khác."
    )


def _another(subject: Subject, column: str, message: str) -> Iterator[Finding]:
    """Report the first line whose cell differs from that of the first line."""
    first = ""
    for index, row in subject.rows():
        value = text_of(row, column)
        first = first or value
        if value and fold(value) != fold(first):
            text = f"{subject.cell(index, column)} khác với dòng trước. {message}"
            yield Finding(text, table="lines", row=index, column=column)
            return


@document_rule(Level.ERROR, "ghi chú Mẫu 21", "M21-2", covers=("R-064",))
def one_bank(subject: Subject) -> Iterator[Finding]:
    """Accounts at several banks in Việt Nam on one list."""
    first = ""
    for index, row in subject.rows():
        bank = bank_in_vietnam(text_of(row, "bank_info"))
        first = first or bank
        if bank and bank != first:
            message = (
                f"{subject.cell(index, 'bank_info')} là ngân hàng khác ở Việt Nam. "
                "Mỗi ngân hàng lập một danh sách. Chuyển dòng này sang danh sách khác."
            )
            yield Finding(message, table="lines", row=index, column="bank_info")
            return


@document_rule(Level.ERROR, "Mẫu 15", "M15-5")
def transfer_rows(subject: Subject) -> Iterator[Finding]:
    """A transfer without account, holder, bank or SWIFT code of a bank abroad; cash without who receives it."""
    for index, row in subject.rows():
        if text_of(row, "group") != "transfer":
            continue
        missing = [key for key in _PAYEE if is_empty(row.get(key))]
        bank = text_of(row, "payee_bank")
        if bank and is_empty(row.get(_SWIFT)) and not bank_in_vietnam(bank):
            missing.append(_SWIFT)
        for key in missing:
            hint = "Ngân hàng nước ngoài cần mã SWIFT." if key == _SWIFT else "Dòng chuyển khoản cần đủ ô này."
            message = f"{subject.cell(index, key)} còn trống. {hint}"
            yield Finding(message, table="lines", row=index, column=key, also=("required",))
    if any(text_of(row, "group") == "cash" for _, row in subject.rows()) and subject.text("payment_mode") != "cash":
        for key in subject.empty(*CASH):
            message = f"Có dòng tiền mặt nhưng ô {subject.name(key)} còn trống. Điền ô này."
            yield Finding(message, field=key, also=("R-068", "required"))


@document_rule(Level.ERROR, "Mẫu 16", "M16-1", covers=("R-033",))
def only_foreign_affairs(subject: Subject) -> Iterator[Finding]:
    """Mẫu 16 made by anyone but the Ministry of Foreign Affairs."""
    name, chapter = _MINISTRY
    unit = subject.context.unit
    names = fold(f"{subject.text('unit_name')} {unit.name if unit else ''}")
    chapters = {subject.text("chapter"), unit.chapter if unit else ""} - {""}
    if chapters and chapter not in chapters and name not in names:
        message = "Mẫu 16 chỉ dành cho Bộ Ngoại giao. Lập Mẫu 13, 14 hoặc 15."
        yield Finding(message, field="unit_name")
