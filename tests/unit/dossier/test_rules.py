"""Every rule: found where it is broken, silent where it is kept, registered under the name the law gives it."""

from __future__ import annotations

import re

import pytest

from desktop.dossier.document import Document, Dossier, Level, Problem
from desktop.dossier.rules import RULES, CheckContext, check_document, check_dossier, has_errors
from tests.fixtures.forms_filled import FORM_IDS, filled
from tests.unit.dossier.case_tables import CASES
from tests.unit.dossier.rule_case import Case, books
from tests.unit.dossier.samples import LIST, ORDER, PEOPLE, SETTLEMENT, UNIT, WITH_LIST, WITHDRAWAL, change, dossier


def check(item: Document | Dossier, context: CheckContext) -> list[Problem]:
    return check_document(item, context) if isinstance(item, Document) else check_dossier(item, context)


def place(problem: Problem) -> dict[str, object]:
    return problem.where.model_dump(exclude_none=True)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_breach_is_found_at_its_place(case: Case) -> None:
    found = [item for item in check(case.bad, case.context) if item.rule == case.rule and place(item) == case.where]
    assert [item.level for item in found] == [case.level]
    assert case.says in found[0].message


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_keeps_the_rule_is_not_blamed(case: Case) -> None:
    found = {(item.rule, item.level) for item in check(case.good, case.context)}
    assert (case.rule, case.level) not in found


@pytest.mark.parametrize("case", CASES, ids=str)
def test_messages_say_what_to_do(case: Case) -> None:
    for problem in check(case.bad, case.context):
        assert re.search(r"[.:»]$", problem.message), problem.message
        assert not re.search(r"!|\bNone\b|\bTrue\b|bạn nhập sai", problem.message)
        assert len(re.findall(r"[.:] (?=[A-ZĐÂÔƯ])", problem.message)) <= 3, problem.message
        assert len(problem.message) < 300


def test_every_registered_rule_is_in_the_table() -> None:
    assert {case.rule for case in CASES} == {*RULES, "form"}


@pytest.mark.parametrize("document", [WITHDRAWAL, ORDER, SETTLEMENT, LIST], ids=lambda item: item.form)
def test_a_good_form_has_no_problem_at_all(document: Document) -> None:
    context = CheckContext(today="2026-11-23", unit=UNIT, ledger=books(10**9, 0, 10**9).ledger)
    assert check_document(document, context) == []


@pytest.mark.parametrize("form", FORM_IDS)
def test_a_filled_form_is_blamed_for_nothing_but_codes_our_lists_lack(form: str) -> None:
    found = check_document(filled(form), CheckContext(today="2027-01-04"))
    assert {(item.rule, item.level) for item in found} <= {("code", Level.WARNING)}


def test_a_good_dossier_has_no_problem_at_all() -> None:
    context = CheckContext(today="2026-11-23", unit=UNIT, people=PEOPLE, ledger=books(10**9).ledger)
    assert check_dossier(dossier(WITH_LIST, LIST), context) == []


def test_problems_come_in_the_order_of_the_paper() -> None:
    broken = change(WITHDRAWAL, {"payee_bank": "", "document_no": ""}, rows=[{"content": "a"}, {"content": "b"}])
    places = [(item.where.field, item.where.row) for item in check_document(broken)]
    assert [field for field, _ in places if field] == ["document_no", "payee_bank"]
    assert [row for _, row in places if row is not None] == sorted(row for _, row in places if row is not None)


def test_a_broken_value_is_reported_once() -> None:
    broken = change(LIST, row={"amount": "x" * 600, "bank": 5})
    rules = [(item.rule, item.where.column) for item in check_document(broken)]
    assert sorted(rules) == [("type", "amount"), ("type", "bank")]


def test_many_problems_are_cut_off() -> None:
    broken = change(LIST, rows=[{"name": "a"}] * 5000)
    assert len(check_document(broken)) == 500


def test_only_errors_stop_a_dossier() -> None:
    warned = change(WITHDRAWAL, {"budget_year": 2025})
    assert [item.level for item in check_document(warned)] == [Level.WARNING]
    assert not has_errors(check_document(warned))
    assert has_errors(check_document(change(WITHDRAWAL, {"budget_year": 2024})))


def test_an_unknown_form_does_not_hide_the_other_documents() -> None:
    rules = [
        (item.where.document, item.rule) for item in check_dossier(dossier(Document(form="X"), Document(form="M20")))
    ]
    assert (0, "form") in rules
    assert (1, "required") in rules


def test_two_lists_of_one_voucher_are_added_up() -> None:
    one, two = (change(LIST, rows=[row]) for row in LIST.tables["lines"])
    rules = {item.rule for item in check_dossier(dossier(WITH_LIST, one, two)) if item.level is Level.ERROR}
    assert rules == set()


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_rules_name_their_source(rule: object) -> None:
    assert RULES[rule.id] is rule  # type: ignore[attr-defined]
    assert rule.article  # type: ignore[attr-defined]
    assert (rule.check is None) is not (rule.check_dossier is None)  # type: ignore[attr-defined]
