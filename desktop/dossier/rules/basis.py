"""The papers behind a payment: contractor selection, contract or decision, acceptance (footnote 2 of Mẫu 13 and 17)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.dossier.dates import format_date, is_date
from desktop.dossier.document import Level
from desktop.dossier.money import format_vnd
from desktop.dossier.rules.registry import Finding, document_rule, dossier_rule
from desktop.dossier.rules.subject import Subject, Whole
from desktop.dossier.vouchers import same_number

CONTRACT = ("contract_no", "contract_date", "contract_total", "contract_party")
PARTS: tuple[tuple[str, ...], ...] = (
    ("bid_result_decision_no", "bid_result_decision_date"),
    CONTRACT,
    ("acceptance_no", "acceptance_date", "acceptance_total", "acceptance_party"),
)
"""The lines of the procurement basis; each is empty or complete."""

_ARTICLE = "NĐ 347/2025/NĐ-CP Điều 6.2.b"
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%")
_AMOUNT = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{3})+(?![\d.])")


@document_rule(Level.ERROR, "Mẫu 13, 14, 17, 18 chú thích 2", "M13-2", "M14-2", "M17-2", "M18-2", covers=("R-057",))
def all_or_none(subject: Subject) -> Iterator[Finding]:
    """A line of the procurement basis that is only partly filled."""
    for part in PARTS:
        given = subject.filled(*part)
        for key in subject.empty(*part) if given else ():
            message = (
                f"Ô {subject.name(key)} còn trống trong khi ô khác cùng dòng đã ghi. "
                "Điền đủ cả dòng, hoặc bỏ trống cả dòng nếu không có văn bản này."
            )
            yield Finding(message, field=key, also=("R-057", "required"))


@document_rule(Level.ERROR, _ARTICLE, "M13-4", "M14-4", "M17-4", "M18-4", covers=("R-054",))
def within_contract(subject: Subject) -> Iterator[Finding]:
    """Payments under one contract or decision add up to more than its value."""
    contract, limit = subject.text("contract_no"), subject.number("contract_total")
    if not contract or limit is None or limit < 0:
        return
    paid = subject.context.ledger.paid_to_date(contract) if subject.context.ledger else 0
    paid += sum(other.total for other in of_contract(subject))
    over = paid + subject.total - limit
    if over > 0:
        before = f" Trước đó đã thanh toán {format_vnd(paid)} đ." if paid else ""
        message = f"Vượt giá trị hợp đồng hoặc quyết định {format_vnd(over)} đ.{before} Xem lại số tiền."
        yield Finding(message, field="contract_total")


@document_rule(Level.WARNING, _ARTICLE, "M13-5", "M14-5", "M17-5", "M18-5", covers=("R-055",))
def within_advance_level(subject: Subject) -> Iterator[Finding]:
    """An advance above the level its contract allows, as far as the level is written as a percentage or sum."""
    limit = advance_limit(subject.text("advance_terms"), subject.number("contract_total"))
    if limit is None or not _advances(subject):
        return
    contract, ledger = subject.text("contract_no"), subject.context.ledger
    earlier = ledger.advanced_to_date(contract) if ledger and contract else 0
    earlier += sum(other.total for other in of_contract(subject) if _advances(other))
    if earlier + subject.total > limit:
        before = f" Trước đó đã tạm ứng {format_vnd(earlier)} đ." if earlier else ""
        message = f"Số tạm ứng lớn hơn mức đã khai ({format_vnd(limit)} đ).{before} Xem lại số tiền hoặc mức tạm ứng."
        yield Finding(message, field="advance_terms")


def of_contract(subject: Subject) -> list[Subject]:
    """Return the other vouchers of the dossier under the same contract, however its number is spaced or cased."""
    contract = same_number(subject.text("contract_no"))
    vouchers = (other for other in subject.siblings if other.form.is_money_transfer_voucher)
    return [other for other in vouchers if contract and same_number(other.text("contract_no")) == contract]


def _advances(subject: Subject) -> bool:
    """Tell whether a voucher advances money; a payment order has no box for it and is taken to while it names terms."""
    return subject.text("spending_kind") in ("advance", "")


def advance_limit(terms: str, contract_total: int | None) -> int | None:
    """Read "30% giá trị hợp đồng" or "không quá 50.000.000 đồng" as VND; None when the terms name neither."""
    percent = _PERCENT.search(terms)
    if percent is not None and contract_total:
        hundredths = int(percent.group(1)) * 100 + int((percent.group(2) or "0").ljust(2, "0"))
        return contract_total * hundredths // 10_000
    amount = _AMOUNT.search(terms)
    return int(amount.group().replace(".", "")) if amount and percent is None else None


@dossier_rule("R-056", Level.WARNING, _ARTICLE)
def same_contract(whole: Whole) -> Iterator[Finding]:
    """One contract number with different date, value or party on two vouchers of a dossier."""
    first: dict[str, Subject] = {}
    for index, subject in enumerate(whole.subjects):
        contract = same_number(subject.text("contract_no"))
        known = first.setdefault(contract, subject)
        if contract and known is subject:
            yield from _as_before(subject, index)
        for key in CONTRACT[1:] if contract else ():
            asked = key in subject.form.fields_by_key and key in known.form.fields_by_key
            if asked and subject.value(key) != known.value(key):
                message = f"{subject.name(key)} khác với chứng từ trước của cùng hợp đồng. Sửa cho giống nhau."
                yield Finding(message, field=key, document=index)


def _as_before(subject: Subject, index: int) -> Iterator[Finding]:
    """Compare a contract with what earlier dossiers declared of it, as far as the book knows."""
    ledger = subject.context.ledger
    facts = ledger.contract(subject.text("contract_no")) if ledger else None
    if facts is None:
        return
    declared = (
        ("contract_date", facts.date, format_date(facts.date) if is_date(facts.date) else facts.date),
        ("contract_total", facts.total, f"{format_vnd(facts.total)} đ"),
        ("contract_party", facts.party, facts.party),
    )
    for key, known, shown in declared:
        value = subject.value(key)
        if known and value is not None and value != known:
            message = f"{subject.name(key)} khác với lần khai trước của hợp đồng này ({shown}). Xem lại ô này."
            yield Finding(message, field=key, document=index)
