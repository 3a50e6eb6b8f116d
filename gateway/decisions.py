"""How the sandbox Treasury decides, as pure rules: within the estimate, with an acceptance record, else paid.

It stands in for the officer's control (NĐ 347/2025 Điều 6.2) so that a unit can practise every ending.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from desktop.dossier.compute import money, voucher_total
from desktop.dossier.document import Document, Dossier, Row
from desktop.dossier.money import format_vnd
from desktop.dossier.pack import form_of
from desktop.sync.protocol import DecisionKind

SETTLEMENT = "M10"


@dataclass(frozen=True)
class BudgetKey:
    """One line of money: budget year, account, source and sector ("" on a deposit account)."""

    budget_year: int
    account: str
    source: str
    sector: str


@dataclass(frozen=True)
class Verdict:
    """What is decided: the amount accepted and what moves on each budget line, both in VND (spending is negative)."""

    decision: DecisionKind
    reason: str = ""
    amount: int = 0
    movements: dict[BudgetKey, int] = field(default_factory=dict)


def decide(dossier: Dossier, remaining: Callable[[BudgetKey], int], *, supplemented: bool) -> Verdict:
    """Decide on a dossier.

    `remaining` gives VND left on a line; `supplemented`: it was asked for a supplement before (R-005: once only).
    """
    overdrawn = _overdrawn(dossier, remaining)
    if overdrawn:
        return Verdict(DecisionKind.RETURNED, overdrawn)
    lacking = "" if supplemented else _lacking_acceptance(dossier)
    if lacking:
        return Verdict(DecisionKind.SUPPLEMENT, lacking)
    movements: dict[BudgetKey, int] = {}
    for document in dossier.documents:
        for key, amount in _movements(document, alone=_settlement_alone(dossier)):
            movements[key] = movements.get(key, 0) - amount
    return Verdict(DecisionKind.PAID, amount=_amount(dossier), movements=movements)


def _overdrawn(dossier: Dossier, remaining: Callable[[BudgetKey], int]) -> str:
    """Name the first line that the Treasury's estimate does not cover (rule R-065, Điều 6.2.c)."""
    left: dict[BudgetKey, int] = {}
    for document in dossier.documents:
        if form_of(document.form).account_kind != "estimate":
            continue
        for number, row in enumerate(_lines(document), 1):
            key = _key(document, row)
            left[key] = left.get(key, remaining(key)) - money(row.get("amount"))
            if left[key] < 0:
                return _overdrawn_words(document, number, key, -left[key])
    return ""


def _overdrawn_words(document: Document, number: int, key: BudgetKey, lacking: int) -> str:
    return (
        f"Giấy rút dự toán số {document.fields.get('document_no')}, dòng {number}: dự toán năm {key.budget_year} của "
        f"nguồn {key.source}, ngành {key.sector} còn thiếu {format_vnd(lacking)} đ. "
        "Hãy giảm số tiền hoặc bổ sung dự toán rồi lập lại hồ sơ."
    )


def _lacking_acceptance(dossier: Dossier) -> str:
    """Name the voucher that pays under a contract without an acceptance record (Điều 6.2.b)."""
    for document in dossier.documents:
        actual = document.choices.get("spending_kind") == "actual"
        contract = document.fields.get("contract_no")
        if actual and contract and not document.fields.get("acceptance_no"):
            return (
                f"Giấy rút dự toán số {document.fields.get('document_no')} thực chi theo hợp đồng {contract} "
                "nhưng chưa ghi biên bản nghiệm thu. Hãy bổ sung số, ngày và giá trị nghiệm thu rồi gửi lại."
            )
    return ""


def _settlement_alone(dossier: Dossier) -> bool:
    return not any(form_of(document.form).is_money_transfer_voucher for document in dossier.documents)


def _movements(document: Document, *, alone: bool) -> Iterator[tuple[BudgetKey, int]]:
    """Give what a document takes from each budget line; a settlement without voucher moves 0, its money left before."""
    form = form_of(document.form)
    if form.is_money_transfer_voucher:
        yield from ((_key(document, row), money(row.get("amount"))) for row in _lines(document))
    elif form.id == SETTLEMENT and alone:
        yield from ((_key(document, row), 0) for row in _lines(document))


def _key(document: Document, row: Row) -> BudgetKey:
    form = form_of(document.form)
    year = row.get("budget_year") if form.account_kind == "deposit" else document.fields.get("budget_year")
    sector = "" if form.account_kind == "deposit" else str(row.get("sector") or "")
    return BudgetKey(money(year), str(document.fields.get("account") or ""), str(row.get("source") or ""), sector)


def _lines(document: Document) -> list[Row]:
    return document.tables.get("lines", [])


def _amount(dossier: Dossier) -> int:
    vouchers = [document for document in dossier.documents if form_of(document.form).is_money_transfer_voucher]
    settlements = [document for document in dossier.documents if form_of(document.form).id == SETTLEMENT]
    return sum(voucher_total(document) for document in vouchers or settlements)
