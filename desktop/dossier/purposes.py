"""From what a person wants to do, in plain words, to procedure, case, forms and what to get ready."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from pydantic import Field

from desktop.dossier.errors import VungXaError
from desktop.dossier.facts import Fact, Known
from desktop.dossier.fold import fold
from desktop.dossier.form_parts import Part
from desktop.dossier.pack import SHELF, load_pack
from desktop.dossier.procedures import UNKNOWN_CASE, Component, Facts, case, components

Answers = Mapping[str, str]
When = dict[str, tuple[str, ...]]
"""Question to the answers that count; every question named must have been answered so."""


class PurposeError(VungXaError):
    """Says that a purpose, a question or an answer is none of ours.

    Codes "unknown_purpose", "unknown_question", "unknown_answer".
    """


class Answer(Part):
    """One answer to a question, and the facts that are known by it."""

    value: str
    label: str
    facts: dict[Fact, bool] = Field(default_factory=dict)


class Question(Part):
    """A short question; `help` says why it is asked."""

    text: str
    options: tuple[Answer, ...]
    help: str = ""

    @cached_property
    def by_value(self) -> dict[str, Answer]:
        """Answer by value."""
        return {option.value: option for option in self.options}


class Ask(Part):
    """A question a purpose asks, `when` others were answered so; without `default` the first answer is taken."""

    question: str
    when: When = Field(default_factory=dict)
    default: str = ""


class Pick(Part):
    """The case that the answers lead to; the first that fits counts."""

    case: str
    when: When = Field(default_factory=dict)


class Start(Part):
    """A form that the dossier begins with, `choices` and `fields` set before the preparer sees it.

    A field may hold "{month}", "{year}", "{last_month}", "{last_month_year}", "{quarter}", "{quarter_year}".
    """

    form: str
    when: When = Field(default_factory=dict)
    choices: dict[str, str] = Field(default_factory=dict)
    fields: dict[str, str] = Field(default_factory=dict)


class Purpose(Part):
    """Something people set out to do. `words` are other words it is found by, `name` the dossier's first title."""

    key: str
    group: str
    title: str
    words: str
    asks: tuple[Ask, ...]
    cases: tuple[Pick, ...]
    starts: tuple[Start, ...] = ()
    facts: dict[Fact, bool] = Field(default_factory=dict)
    name: str = ""
    urgent: bool = False

    @property
    def procedures(self) -> tuple[str, ...]:
        """The procedures it may lead to."""
        return tuple(dict.fromkeys(case(pick.case).procedure for pick in self.cases))


class Purposes(Part):
    """All purposes under their headings, and the questions they ask."""

    groups: tuple[str, ...]
    questions: dict[str, Question]
    purposes: tuple[Purpose, ...]

    @cached_property
    def by_key(self) -> dict[str, Purpose]:
        """Purpose by key."""
        return {purpose.key: purpose for purpose in self.purposes}


class Plan(NamedTuple):
    """What a purpose comes to with its answers: the case, the forms to begin with, what is known."""

    purpose: Purpose
    case: str
    starts: tuple[Start, ...]
    answers: dict[str, str]
    known: Known

    @property
    def procedure(self) -> str:
        """The procedure of the case."""
        return case(self.case).procedure

    @property
    def components(self) -> tuple[Component, ...]:
        """Every component of the case, those that the forms of the plan already are as present."""
        return components(self.case, Facts(self.known, frozenset(start.form for start in self.starts)))


def purposes(version: str | None = None) -> Purposes:
    """Return the purposes that go with a form pack (`load_pack`); pydantic.ValidationError for a broken file."""
    return _read(SHELF.companion("purposes.json", version or load_pack().version))


@cache
def _read(content: bytes) -> Purposes:
    return Purposes.model_validate_json(content)


def purpose(key: str) -> Purpose:
    """Return a purpose by its key ("salary"); raises PurposeError unknown_purpose."""
    found = purposes().by_key.get(key)
    if found is None:
        message = f"Chưa có việc «{key[:40]}». Xem danh sách việc ở «Lập hồ sơ», hoặc bằng «vungxa purposes»."
        raise PurposeError("unknown_purpose", message)
    return found


def find(text: str) -> list[Purpose]:
    """Return the purposes with words that begin as those typed, those with them in the title first; all for no words.

    Marks and case are not needed; the words may be of the title, of everyday speech, or a form's or procedure's id.
    """
    words = _spoken(text).split()
    found = [
        key for key in purposes().by_key if all(f" {word}" in _haystack(key, load_pack().version) for word in words)
    ]
    titled = {key: all(f" {word}" in _spoken(purpose(key).title) for word in words) for key in found}
    return [purpose(key) for key in sorted(found, key=lambda key: not titled[key])]


@cache
def _haystack(key: str, version: str) -> str:
    item = purposes(version).by_key[key]
    forms = (start.form for start in item.starts)
    return _spoken(" ".join((item.title, item.words, item.group, *item.procedures, *forms)))


def _spoken(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', fold(text))}"


def asked(key: str, answers: Answers) -> Iterator[tuple[Ask, Question]]:
    """Yield the questions to put, in order, given what was answered so far; raises PurposeError."""
    given = answered(key, answers)
    for ask in purpose(key).asks:
        if ask.question in given:
            yield ask, purposes().questions[ask.question]


def answered(key: str, answers: Answers) -> dict[str, str]:
    """Return an answer for every question that is put, the first offered where none was given.

    Answers to questions that are not put are left out. Raises PurposeError for one nobody offers.
    """
    item, given = purpose(key), dict[str, str]()
    _refuse_strangers(item, answers)
    for ask in item.asks:
        if _fits(ask.when, given):
            question = purposes().questions[ask.question]
            given[ask.question] = answers.get(ask.question) or ask.default or question.options[0].value
    return given


def _refuse_strangers(item: Purpose, answers: Answers) -> None:
    names = {ask.question for ask in item.asks}
    for name, value in answers.items():
        if name not in names:
            asks = ", ".join(sorted(names)) or "không hỏi gì"
            message = f"«{item.title}» không có câu hỏi «{name[:40]}». Các câu hỏi: {asks}."
            raise PurposeError("unknown_question", message)
        offered = purposes().questions[name].by_value
        if value not in offered:
            message = f"Câu «{name}» không có câu trả lời «{value[:40]}». Chọn một trong: {', '.join(offered)}."
            raise PurposeError("unknown_answer", message)


def plan(key: str, answers: Answers) -> Plan:
    """Work out a purpose with its answers; raises PurposeError."""
    item, given = purpose(key), answered(key, answers)
    chosen = next((pick.case for pick in item.cases if _fits(pick.when, given)), UNKNOWN_CASE)
    starts = tuple(start for start in item.starts if _fits(start.when, given))
    return Plan(item, chosen, starts, given, known_by(item, given))


def known_by(item: Purpose, given: Answers) -> dict[Fact, bool]:
    """Return the facts that a purpose and its answers state; answers nobody offers state nothing."""
    known = dict(item.facts)
    for name, value in given.items():
        question = purposes().questions.get(name)
        option = question.by_value.get(value) if question else None
        known.update(option.facts if option else {})
    return known


def _fits(when: When, given: Answers) -> bool:
    return all(given.get(name) in values for name, values in when.items())


def dated(template: str, today: str) -> str:
    """Put the months of a day ("YYYY-MM-DD") into a template: "tháng {month}/{year}" is «tháng 11/2026».

    The quarter is the one to be reconciled: the last one that has ended.
    """
    year, month = int(today[:4]), int(today[5:7])
    quarter = (month - 1) // 3
    values = {
        "month": month,
        "year": year,
        "last_month": month - 1 or 12,
        "last_month_year": year if month > 1 else year - 1,
        "quarter": quarter or 4,
        "quarter_year": year if quarter else year - 1,
    }
    return re.sub(r"\{(\w+)\}", lambda match: str(values.get(match[1], match[0])), template)
