"""The register of rules: whole, true to what is run, and what docs/rules.md says."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.dossier.document import Level
from desktop.dossier.pack import load_pack
from desktop.dossier.rules import RULES
from desktop.dossier.rules.register import Entry, How, article_of, register
from tests.unit.dossier.rules_doc import DOCS, MARK, render, run_by, tables_of

PROJECT = Path(__file__).parents[3]
SECTIONS = [(1, 15), (20, 24), (30, 41), (50, 78), (80, 88), (90, 96), (100, 102), (110, 114), (120, 131), (140, 151)]
SECTIONS += [(160, 183), (190, 195), (900, 907)]
"""First and last number of each section of cross-cutting rules."""


def entries(how: How) -> list[Entry]:
    return [entry for entry in register().values() if entry.how is how]


def test_no_rule_is_forgotten() -> None:
    cross_cutting = {f"R-{number:03}" for first, last in SECTIONS for number in range(first, last + 1)}
    own = {check.id for form in load_pack().forms for check in form.validations}
    assert register().keys() == cross_cutting | own
    assert (len(cross_cutting), len(own)) == (147, 172)


@pytest.mark.parametrize("entry", entries(How.DESK), ids=lambda entry: entry.id)
def test_what_is_checked_here_is_run_and_tested(entry: Entry) -> None:
    rules = run_by(entry.id)
    assert rules, f"{entry.id} is said to be checked but no rule runs it"
    assert tables_of(rules), f"{entry.id} has no case"


def test_what_is_not_checked_here_is_not_run() -> None:
    others = {entry.id for entry in register().values() if entry.how is not How.DESK}
    run = {*RULES, *(name for rule in RULES.values() for name in rule.covers)}
    assert others & run == set()


def test_what_is_shown_is_at_home_in_the_project() -> None:
    assert [entry.id for entry in entries(How.SHOWN) if not (PROJECT / entry.note).is_file()] == []


def test_what_lacks_data_says_which() -> None:
    assert [entry.id for entry in entries(How.NO_DATA) if len(entry.note) < 20] == []


@pytest.mark.parametrize(("severity", "level"), [("block", Level.ERROR), ("warn", Level.WARNING), ("info", Level.HINT)])
def test_levels_follow_the_law(severity: str, level: Level) -> None:
    named = [entry.id for entry in register().values() if entry.severity == severity and entry.id in RULES]
    assert {name for name in named if RULES[name].level is not level} == set()


def test_a_rule_leads_to_its_article() -> None:
    assert article_of("R-192") == "NĐ 347/2025/NĐ-CP Điều 6.5"
    assert article_of("M13-2") == "Mẫu 13 chú thích 2"
    assert article_of("required") == RULES["required"].article
    assert article_of("no-such-rule") == ""


@pytest.mark.parametrize("rule_id", [*register(), *RULES])
def test_every_rule_has_an_article(rule_id: str) -> None:
    assert any(word in article_of(rule_id) for word in ("Điều", "ẫu", "mẫu", "đặc tả"))


def test_the_page_of_rules_is_current() -> None:
    generated = DOCS.read_text(encoding="utf-8").partition(MARK)[2]
    assert generated.strip() == render().strip(), "run python -m tests.unit.dossier.rules_doc"
