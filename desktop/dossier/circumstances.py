"""Work out what is known of a dossier: from the unit's book, from what was answered, and from its own papers.

Papers count more than answers, answers more than the book: the book may have begun in the middle of a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from desktop.dossier.compute import amount_of, compute, money
from desktop.dossier.document import Document, Dossier
from desktop.dossier.facts import Fact
from desktop.dossier.fold import fold
from desktop.dossier.forms import Form, UnknownForm
from desktop.dossier.ledger import Ledger
from desktop.dossier.pack import form_of
from desktop.dossier.people import Unit
from desktop.dossier.procedures import Facts
from desktop.dossier.purposes import known_by, purposes

GUARANTEE_FROM = 1_000_000_000
"""VND; an advance above it needs a guarantee (NĐ 254/2025 Điều 9.2.a)."""
_FOREIGN = frozenset({"M11", "M15", "M16", "M19"})
_BY_LIST = "theo danh sach"
_OFFICES = (
    "van phong hdnd va ubnd",
    "van phong hoi dong nhan dan va uy ban nhan dan",
    "van phong uy ban nhan dan tinh",
)

Known = dict[Fact, bool]
Papers = list[tuple[Document, Form]]


def facts_of(dossier: Dossier, unit: Unit | None = None, ledger: Ledger | None = None) -> Facts:
    """Return what a dossier holds and what is known of it; without a ledger only what people and papers say."""
    papers = list(_papers(dossier))
    known: Known = {}
    if unit is not None:
        known |= _of_unit(unit)
    if ledger is not None:
        known |= _of_book(papers, ledger)
    purpose = purposes().by_key.get(dossier.purpose)
    if purpose is not None:
        known |= known_by(purpose, dossier.answers)
    known |= _of_papers(papers, known)
    _guess(papers, known, ledger)
    present = {form.id for _, form in papers} | {item.component for item in dossier.attachments if item.component}
    return Facts(known, frozenset(present), frozenset(dossier.on_file))


def _papers(dossier: Dossier) -> Iterator[tuple[Document, Form]]:
    for document in dossier.documents:
        with suppress(UnknownForm):
            yield document, form_of(document.form)


def _of_unit(unit: Unit) -> Known:
    name = " ".join(fold(unit.name).split())
    exempt = any(name.startswith(office) for office in _OFFICES)
    return {Fact.EXEMPT_FOUNDING: True, Fact.EXEMPT_HOLDER: True, Fact.EXEMPT_ACCOUNTANT: False} if exempt else {}


def _of_book(papers: Papers, ledger: Ledger) -> Known:
    known: Known = {}
    for document, form in papers:
        year, account = _year(document), document.fields.get("account")
        spends = form.is_money_transfer_voucher or form.id in ("M10", "M11")
        if spends and year and isinstance(account, str) and account:
            known |= {Fact.FIRST_OF_YEAR: ledger.first_of_year(year, account), Fact.ESTIMATE_CHANGED: False}
        project = document.fields.get("project_code")
        if isinstance(project, str) and project:
            facts = ledger.project(project)
            drawn = facts is not None and (facts.disbursed or facts.open_advance)
            known |= {Fact.FIRST_OF_PROJECT: not drawn, Fact.PROJECT_CHANGED: False}
    return known


def _year(document: Document) -> int:
    """Return the budget year of a voucher, on its lines or its day where it has no blank for it; 0 when unknown."""
    lines = (row.get("budget_year") for row in document.tables.get("lines", []))
    stated = next((year for year in (document.fields.get("budget_year"), *lines) if isinstance(year, int)), 0)
    day = document.fields.get("made_date")
    return stated or (int(day[:4]) if isinstance(day, str) and day[:4].isdecimal() else 0)


def _of_papers(papers: Papers, answered: Known) -> Known:
    known: Known = {}
    for document, form in papers:
        known |= _of_form(document, form)
    forms = {form.id for _, form in papers}
    if any(form.is_money_transfer_voucher for _, form in papers):
        known[Fact.FOREIGN_CURRENCY] = not forms.isdisjoint(_FOREIGN)
    texts = [document.fields.get(key) for document, _ in papers for key in ("payee_name", "general_content")]
    if any(_BY_LIST in fold(text) for text in texts if isinstance(text, str)) and Fact.STUDENTS_ABROAD not in answered:
        known[Fact.SEVERAL_PAYEES] = True
    return known


def _of_form(document: Document, form: Form) -> Known:
    if form.id in ("M10", "M11"):
        return _settlement(document, form)
    if form.id == "M12":
        return {Fact.SETTLES_GRANT_ADVANCE: True}
    if form.id == "M23" and document.choices.get("funding_kind"):
        loan = document.choices["funding_kind"] == "loan"
        return {Fact.LOAN: loan, Fact.GRANT: not loan} | ({Fact.GRANT_AT_BANK: False} if loan else {})
    return _request(document) if form.id == "I04A" else {}


def _settlement(document: Document, form: Form) -> Known:
    asked, column = amount_of(document, form), "advance_balance" if form.id == "M10" else "advanced_vnd"
    advanced = sum(money(row.get(column)) for row in document.tables.get("lines", []))
    return {Fact.EXCEEDS_ADVANCE: asked > advanced} if asked and advanced else {}


def _request(document: Document) -> Known:
    known: Known = {}
    kind = document.choices.get("request_kind")
    if kind:
        known[Fact.ADVANCE_STAGE] = kind == "advance"
    if money(document.fields.get("recovery_domestic")) + money(document.fields.get("recovery_foreign")) > 0:
        known[Fact.ADVANCE_RECOVERED] = True
    if document.fields.get("contract_no"):
        known |= {Fact.UNDER_CONTRACT: True, Fact.COMPENSATION: False}
    return known


def _guess(papers: Papers, known: Known, ledger: Ledger | None) -> None:
    """Add what follows from the rest where nobody said anything."""
    vouchers = [document for document, form in papers if form.is_money_transfer_voucher]
    if vouchers:
        known.setdefault(Fact.SETTLES_GRANT_ADVANCE, False)
        known.setdefault(Fact.SETTLES_ONLY, False)
        named = all(_payee_known(document) for document in vouchers)
        if named:
            known.setdefault(Fact.SEVERAL_PAYEES, False)
        if not known.get(Fact.FOREIGN_CURRENCY, False) or named:
            known.setdefault(Fact.STUDENTS_ABROAD, False)
    if Fact.GUARANTEE_NEEDED not in known and (needed := _guarantee(papers, known, ledger)) is not None:
        known[Fact.GUARANTEE_NEEDED] = needed


def _payee_known(document: Document) -> bool:
    """Tell whether a voucher names who gets its money, in its blanks or on its lines, or pays nobody but the budget."""
    lines = document.tables.get("lines", [])
    remitted = bool(lines) and all(row.get("remit_amount") and not row.get("payee_amount") for row in lines)
    on_lines = any(row.get("payee_account") for row in lines)
    return bool(document.fields.get("payee_name")) or on_lines or remitted or _cash(document)


def _cash(document: Document) -> bool:
    return document.choices.get("payment_mode", "").startswith("cash")


def _guarantee(papers: Papers, known: Known, ledger: Ledger | None) -> bool | None:
    """Tell whether an advance needs a guarantee: yes once more than a billion is asked for, no without a contract."""
    if known.get(Fact.ADVANCE_STAGE) is False or known.get(Fact.UNDER_CONTRACT) is False:
        return False
    for document, form in papers:
        if form.id == "I04A" and known.get(Fact.ADVANCE_STAGE):
            contract = document.fields.get("contract_no")
            before = ledger.advanced_to_date(contract) if ledger and isinstance(contract, str) and contract else 0
            if amount_of(document, form, compute(document, form)) + before > GUARANTEE_FROM:
                return True
    return None
