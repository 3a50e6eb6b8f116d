"""What is known of a dossier: the book says, answers say more, papers say most."""

from __future__ import annotations

import pytest

from desktop.dossier.circumstances import facts_of
from desktop.dossier.document import Document, Dossier
from desktop.dossier.facts import Fact
from desktop.dossier.ledger import ProjectFacts
from desktop.dossier.people import Unit
from tests.unit.dossier.rule_case import SCAN, Book
from tests.unit.dossier.samples import LIST, ORDER, SETTLEMENT, UNIT, WITH_LIST, WITHDRAWAL, change, dossier

STARTED = Book(started=((2026, UNIT.estimate_account),))
PROJECT = ProjectFacts(None, None, 0, 0, 0)


def known(item: Dossier, unit: Unit | None = None, book: Book | None = None) -> dict[Fact, bool]:
    return dict(facts_of(item, unit, book).known)


def test_what_a_dossier_holds() -> None:
    scanned = SCAN.model_copy(update={"component": "van_ban_phe_duyet_du_toan"})
    facts = facts_of(dossier(WITH_LIST, LIST, Document(form="?"), attachments=(scanned,), on_file=("I02A",)))
    assert facts.present == {"M13", "M20", "van_ban_phe_duyet_du_toan"}
    assert facts.on_file == {"I02A"}


@pytest.mark.parametrize(("book", "first"), [(Book(), True), (STARTED, False), (None, None)])
def test_the_book_knows_whether_the_year_has_begun(book: Book | None, first: bool | None) -> None:
    assert known(dossier(WITHDRAWAL), None, book).get(Fact.FIRST_OF_YEAR) is first


@pytest.mark.parametrize("paper", [ORDER, SETTLEMENT], ids=lambda item: item.form)
def test_the_year_is_found_where_the_form_has_it(paper: Document) -> None:
    account = UNIT.deposit_account if paper is ORDER else UNIT.estimate_account
    assert known(dossier(paper), None, Book(started=((2026, account),)))[Fact.FIRST_OF_YEAR] is False


def test_an_answer_counts_more_than_the_book() -> None:
    told = dossier(WITHDRAWAL, purpose="salary", answers={"year": "no"})
    assert known(told, None, Book())[Fact.FIRST_OF_YEAR] is False


@pytest.mark.parametrize(
    ("requested", "answer", "more"),
    [(12_000_000, "less", True), (10_000_000, "more", False), (None, "more", True), (None, "equal", False)],
)
def test_figures_count_more_than_an_answer(requested: int | None, answer: str, more: bool) -> None:
    paper = change(SETTLEMENT, row={"requested_amount": requested})
    told = dossier(paper, purpose="settle_advance", answers={"branch": answer})
    assert known(told)[Fact.EXCEEDS_ADVANCE] is more


@pytest.mark.parametrize(
    ("voucher", "several"),
    [
        (WITHDRAWAL, False),
        (WITH_LIST, None),
        (change(WITH_LIST, {"general_content": "Lương theo DANH SÁCH kèm"}), True),
        (change(WITH_LIST, choices={"payment_mode": "cash"}), False),
    ],
)
def test_a_voucher_tells_how_many_are_paid(voucher: Document, several: bool | None) -> None:
    assert known(dossier(voucher)).get(Fact.SEVERAL_PAYEES) is several


@pytest.mark.parametrize(
    ("name", "exempt"),
    [("Văn phòng HĐND và UBND xã Mường Lý", True), ("Trường Mầm non Mường Lý", None), ("UBND xã Mường Lý", None)],
)
def test_an_office_of_the_commune_is_exempt(name: str, exempt: bool | None) -> None:
    unit = UNIT.model_copy(update={"name": name})
    assert known(dossier(), unit).get(Fact.EXEMPT_FOUNDING) is exempt


def request(**fields: object) -> Document:
    return Document(form="I04A", fields=fields, choices={"request_kind": "advance"})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("paper", "answers", "before", "needed"),
    [
        (request(total_requested=1_200_000_000, contract_no="1"), {}, 0, True),
        (request(total_requested=400_000_000, contract_no="1"), {}, 700_000_000, True),
        (request(total_requested=400_000_000, contract_no="1"), {}, 0, None),
        (request(total_requested=1_200_000_000), {"work": "none"}, 0, False),
        (request(total_requested=1_200_000_000, contract_no="1"), {"guarantee": "no"}, 0, False),
    ],
)
def test_a_large_advance_needs_a_guarantee(
    paper: Document, answers: dict[str, str], before: int, needed: bool | None
) -> None:
    told = dossier(paper, purpose="invest_advance", answers=answers)
    assert known(told, None, Book(advanced_on={"1": before})).get(Fact.GUARANTEE_NEEDED) is needed


def test_a_project_that_was_drawn_on_is_not_new() -> None:
    paper = request(project_code="7001234")
    drawn = Book(projects={"7001234": PROJECT._replace(disbursed=5)})
    assert known(dossier(paper), None, drawn)[Fact.FIRST_OF_PROJECT] is False
    for book in (Book(), Book(projects={"7001234": PROJECT})):
        assert known(dossier(paper), None, book)[Fact.FIRST_OF_PROJECT] is True


@pytest.mark.parametrize(
    ("paper", "fact", "value"),
    [
        (Document(form="C2-06a/NS"), Fact.FOREIGN_CURRENCY, True),
        (WITHDRAWAL, Fact.FOREIGN_CURRENCY, False),
        (Document(form="C2-18/NS"), Fact.SETTLES_GRANT_ADVANCE, True),
        (Document(form="C2-19/NS", choices={"funding_kind": "loan"}), Fact.GRANT_AT_BANK, False),
        (request(recovery_domestic=5), Fact.ADVANCE_RECOVERED, True),
        (request(contract_no="1"), Fact.UNDER_CONTRACT, True),
    ],
)
def test_papers_speak_for_themselves(paper: Document, fact: Fact, value: bool) -> None:
    assert known(dossier(paper))[fact] is value
