"""What people want to do leads to the right case, with the forms it needs, whatever they answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from desktop.dossier.facts import Fact
from desktop.dossier.pack import form_of, load_pack
from desktop.dossier.procedures import State, case, procedures
from desktop.dossier.purposes import Plan, PurposeError, answered, asked, dated, find, plan, purpose, purposes
from tests.unit.dossier.purposes_doc import DOCS, render

KEYS = [item.key for item in purposes().purposes]
FORMS = {form.id for form in load_pack().forms}


def plans(key: str) -> Iterator[Plan]:
    """Every way a purpose can be answered."""
    names = [ask.question for ask in purpose(key).asks]
    values = [list(purposes().questions[name].by_value) for name in names]
    for chosen in itertools.product(*values):
        yield plan(key, dict(zip(names, chosen, strict=True)))


def test_every_case_a_unit_can_start_is_reached_and_no_other() -> None:
    reached = {item.case for key in KEYS for item in plans(key)}
    assert reached == {item.id for item in procedures().cases.values() if item.startable}


@pytest.mark.parametrize("key", KEYS)
def test_the_forms_are_those_the_case_needs(key: str) -> None:
    for made in plans(key):
        parts = [(item, FORMS.intersection(item.options)) for item in made.components]
        unsettled = [item.ref for item, forms in parts if forms and item.state in (State.MISSING, State.UNKNOWN)]
        assert unsettled == [], made.answers
        assert {start.form for start in made.starts} <= {form for _, forms in parts for form in forms}, made.answers


@pytest.mark.parametrize("key", KEYS)
def test_presets_are_values_the_forms_have(key: str) -> None:
    for start in purpose(key).starts:
        form = form_of(start.form)
        assert form.client_editable
        for name, value in start.choices.items():
            assert set(value.split()) <= set(form.choices_by_key[name].labels), (key, start.form, name)
        assert set(start.fields) <= set(form.fields_by_key)


@pytest.mark.parametrize("key", KEYS)
def test_a_purpose_asks_little_and_only_what_decides(key: str) -> None:
    assert all(len(list(asked(key, made.answers))) <= 3 for made in plans(key))
    for ask in purpose(key).asks:
        assert ask.default in ("", *purposes().questions[ask.question].by_value)
        assert set(ask.when) <= {before.question for before in purpose(key).asks}


def test_words_of_purposes_are_told_apart() -> None:
    titles = [item.title for item in purposes().purposes]
    assert len(set(titles)) == len(set(KEYS)) == len(titles)
    assert {item.group for item in purposes().purposes} == set(purposes().groups)


@pytest.mark.parametrize(
    ("key", "answers", "case_id", "forms"),
    [
        ("salary", {}, "P3-a3", ["M13", "M20"]),
        ("salary", {"account": "deposit"}, "P3-a3", ["M17", "M20"]),
        ("insurance_tax", {}, "P3-a3", ["M14"]),
        ("utilities_auto", {}, "P3-a1", []),
        ("supplier_contract", {"account": "deposit", "remit": "yes"}, "P3-a3", ["M18"]),
        ("supplier_no_contract", {"payees": "many"}, "P3-a3", ["M13", "M20"]),
        ("deposit_payment", {"money": "other"}, "P3-b", ["M17"]),
        ("advance_cash", {}, "P3-a4", ["M13"]),
        ("settle_advance", {"branch": "more"}, "P3-a5", ["M10", "M13"]),
        ("settle_advance", {"branch": "less"}, "P3-a5", ["M10"]),
        ("settle_advance", {"branch": "equal"}, "P3-a5", ["M10"]),
        ("return", {"capital": "investment"}, "P8-15", ["M08"]),
        ("change_account", {"change": "seal"}, "P5-d", ["M24"]),
        ("quarter", {}, "P7-a1", ["M26", "M28"]),
        ("close_account", {"closing": "deposit"}, "P6-c", ["M25", "M32"]),
        ("invest_completed", {"recover": "yes"}, "P8-2", ["I04A", "I05A", "I04B", "I03A"]),
        ("invest_recovery", {"recovery": "prefunded"}, "P8-11", []),
        ("foreign_payment", {"paid": "bank", "stage": "completed"}, "P9-1", ["I04A", "I03A"]),
        ("fx_payment", {"fx_account": "mofa"}, "P3-a3", ["M16"]),
        ("fx_payment", {"fx_payees": "students"}, "P3-a3", ["M15", "M21"]),
        ("remit", {"revenue": "fees"}, "P1-b", ["M03"]),
    ],
)
def test_plain_words_lead_to_the_case(key: str, answers: dict[str, str], case_id: str, forms: list[str]) -> None:
    made = plan(key, answers)
    assert (made.case, [start.form for start in made.starts]) == (case_id, forms)
    assert made.procedure == case(case_id).procedure


def test_answers_say_what_is_known() -> None:
    made = plan("supplier_no_contract", {"payees": "many", "year": "no"})
    known = [made.known[fact] for fact in (Fact.SEVERAL_PAYEES, Fact.FIRST_OF_YEAR, Fact.ESTIMATE_CHANGED)]
    assert known == [True, False, False]
    assert Fact.FIRST_OF_YEAR not in plan("supplier_no_contract", {}).known


def test_a_question_that_is_not_put_is_not_answered() -> None:
    assert answered("settle_advance", {"branch": "less", "account": "deposit"}) == {"branch": "less"}
    assert [ask.question for ask, _ in asked("settle_advance", {})] == ["branch", "account", "payees"]


@pytest.mark.parametrize(
    ("key", "answers", "code"),
    [
        ("nothing", {}, "unknown_purpose"),
        ("salary", {"colour": "red"}, "unknown_question"),
        ("salary", {"account": "gold"}, "unknown_answer"),
    ],
)
def test_what_is_not_offered_is_refused_with_what_is(key: str, answers: dict[str, str], code: str) -> None:
    with pytest.raises(PurposeError) as caught:
        plan(key, answers)
    assert caught.value.code == code
    assert "«" in caught.value.message


@pytest.mark.parametrize(
    ("text", "first"),
    [("luong", "salary"), ("hoan ung", "settle_advance"), ("mau 32", "balance"), ("M24", "register_account")],
)
def test_purposes_are_found_without_marks(text: str, first: str) -> None:
    assert find(text)[0].key == first


def test_no_words_find_all_and_nonsense_finds_none() -> None:
    assert len(find(" ")) == len(KEYS)
    assert find("xyzzy") == []


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-11-23", "11/2026 10/2026 3/2026"),
        ("2027-01-05", "1/2027 12/2026 4/2026"),
        ("2026-04-01", "4/2026 3/2026 1/2026"),
    ],
)
def test_periods_follow_the_day(today: str, words: str) -> None:
    template = "{month}/{year} {last_month}/{last_month_year} {quarter}/{quarter_year}"
    assert dated(template, today) == words


def test_the_page_of_purposes_is_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == render(), "run python -m tests.unit.dossier.purposes_doc"
