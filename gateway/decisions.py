"""How the sandbox Treasury decides, as pure rules on a dossier, its books and what it was told to do.

It stands in for the officer's control (NĐ 347/2025 Điều 6.2, 9, 10; NĐ 254/2025 Điều 8) so that a unit can practise
every ending of every procedure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.dossier.compute import amount_of
from desktop.dossier.document import Document, Dossier
from desktop.dossier.figures import as_accepted
from desktop.dossier.pack import form_of
from desktop.dossier.postings import Posting, postings
from desktop.sync.protocol import DecisionKind, Figure
from gateway.accepting import SETTLEMENTS, lowered, written
from gateway.accounts import closing, opening
from gateway.books import Books, BudgetKey
from gateway.comparing import differences, figures_of, in_words
from gateway.objecting import objection


@dataclass(frozen=True)
class Wish:
    """What the sandbox was told to do with one dossier: how to decide, and up to how much VND to accept."""

    decision: DecisionKind
    reason: str = ""
    amount: int | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What is decided and what follows from it.

    `amount` is VND accepted, `movements` what moves on each line (VND, spending is negative), `grants` what a line is
    given besides, `postings` what is booked under codes, `opened` and `closed` are accounts.
    """

    decision: DecisionKind
    reason: str = ""
    amount: int = 0
    figures: tuple[Figure, ...] = ()
    movements: dict[BudgetKey, int] = field(default_factory=dict)
    grants: dict[BudgetKey, int] = field(default_factory=dict)
    postings: tuple[Posting, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


def decide(dossier: Dossier, books: Books, *, supplemented: bool, wish: Wish | None = None) -> Verdict:
    """Decide on a dossier; `supplemented`: it was asked for a supplement before (R-005: once only)."""
    if wish is not None and wish.decision is not DecisionKind.PAID:
        return Verdict(wish.decision, wish.reason, figures=wish.figures)
    refused = objection(dossier, books)
    if refused:
        return Verdict(DecisionKind.RETURNED, refused)
    lacking = "" if supplemented else _lacking_acceptance(dossier)
    if lacking:
        return Verdict(DecisionKind.SUPPLEMENT, lacking)
    differ = differences(dossier, books)
    if differ:
        return Verdict(DecisionKind.MISMATCH, in_words(differ), figures=tuple(figures_of(differ)))
    return _accept(dossier, books, wish)


def _accept(dossier: Dossier, books: Books, wish: Wish | None) -> Verdict:
    limit = wish.amount if wish else None
    cells = lowered(dossier, limit)
    accepted = as_accepted(dossier, cells)
    for index, document in enumerate(accepted.documents):
        cells += written(index, document, limit)
    opened = opening(accepted, books)
    closed = closing(accepted, books.today)
    cells += [*opened.figures, *closed.figures]
    moved = postings(as_accepted(dossier, cells), books.unit.estimate_account)
    return Verdict(
        DecisionKind.PAID,
        reason=wish.reason if wish else "",
        amount=_amount(accepted, limit),
        figures=tuple(cells),
        movements=_movements(moved, accepted, books),
        grants=_grants(accepted),
        postings=tuple(moved),
        opened=opened.accounts,
        closed=closed.accounts,
    )


def _lacking_acceptance(dossier: Dossier) -> str:
    """Name the voucher that pays under a contract without an acceptance record (Điều 6.2.b)."""
    for document in dossier.documents:
        actual = document.choices.get("spending_kind") == "actual"
        contract = document.fields.get("contract_no")
        asked = "acceptance_no" in form_of(document.form).fields_by_key
        if actual and asked and contract and not document.fields.get("acceptance_no"):
            return (
                f"Giấy rút dự toán số {document.fields.get('document_no')} thực chi theo hợp đồng {contract} "
                "nhưng chưa ghi biên bản nghiệm thu. Hãy bổ sung số, ngày và giá trị nghiệm thu rồi gửi lại."
            )
    return ""


def line_of(posting: Posting) -> BudgetKey:
    """The budget line on which a posting stands."""
    return BudgetKey(posting.budget_year, posting.account, posting.source, posting.sector)


def _movements(moved: list[Posting], dossier: Dossier, books: Books) -> dict[BudgetKey, int]:
    """Sum what leaves (negative) and comes back on each line; a settlement moves 0, its money left with the advance.

    What is booked without an account (Mẫu 12, 23: ghi thu, ghi chi) moves no line.
    """
    found: dict[BudgetKey, int] = {}
    for posting in moved:
        if posting.account:
            delta = 0 if posting.cause == "settlement" else -posting.amount
            found[line_of(posting)] = found.get(line_of(posting), 0) + delta
    for document in dossier.documents:
        for line, amount in _paid_in(document, books).items():
            found[line] = found.get(line, 0) - amount
    return found


def _paid_in(document: Document, books: Books) -> dict[BudgetKey, int]:
    """Mẫu 01 to 03 from an account at the Treasury: the account's only line of the year pays, if it has but one."""
    form = form_of(document.form)
    if form.id not in ("M01", "M02", "M03"):
        return {}
    lines = books.lines_of(str(document.fields.get("debit_account") or ""), books.today.year)
    return {lines[0]: amount_of(document, form)} if len(lines) == 1 else {}


def _grants(dossier: Dossier) -> dict[BudgetKey, int]:
    """What an accepted Mẫu 22 gives, line by line (Luật NSNN 89/2025 Điều 53)."""
    given: dict[BudgetKey, int] = {}
    for document in dossier.documents:
        if form_of(document.form).id != "M22":
            continue
        year, account = document.fields.get("budget_year"), str(document.fields.get("account") or "")
        for row in document.tables.get("lines", []):
            amount = row.get("amount")
            if isinstance(year, int) and isinstance(amount, int):
                line = BudgetKey(year, account, str(row.get("source") or ""), str(row.get("sector") or ""))
                given[line] = given.get(line, 0) + amount
    return given


def _amount(dossier: Dossier, limit: int | None) -> int:
    """Say what was accepted: of the request for capital, of the vouchers, of the settlements, else of the forms."""
    pairs = [(document, form_of(document.form)) for document in dossier.documents]
    vouchers = [amount_of(document, form) for document, form in pairs if form.is_money_transfer_voucher]
    settled = [amount_of(document, form) for document, form in pairs if form.id in SETTLEMENTS]
    others = [amount_of(document, form) for document, form in pairs if not form.attached_to]
    amount = sum(vouchers or settled) or max(others, default=0)
    return amount if limit is None else min(amount, limit)
