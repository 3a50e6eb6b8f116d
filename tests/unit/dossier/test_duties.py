"""The one table of who may do what, put down by hand here where it matters, and what the page says of it."""

from __future__ import annotations

import itertools

import pytest
from pydantic import ValidationError

from desktop.dossier.duties import ACT_WORDS, DUTY_TITLES, MAY, Act, Duty, may, may_combine, titles, who_may
from desktop.dossier.users import LONGEST_NAME, User, administrators
from tests.unit.dossier.users_doc import DOCS, page

P, C, H, A, V = Duty
CASES = [
    (Act.READ, {P, C, H, A, V}),
    (Act.EXPORT, {P, C, H, A, V}),
    (Act.DRAFT, {P, C}),
    (Act.SUBMIT, {P, C}),
    (Act.SIGN, {P, C, H}),
    (Act.WITHDRAW, {P, C, H}),
    (Act.SEND, {P, C, H}),
    (Act.MONEY, {P, C}),
    (Act.CATALOGUES, {P, C, A}),
    (Act.SIGNERS, {C, H, A}),
    (Act.TRUST, {A}),
    (Act.USERS, {A}),
    (Act.UNITS, {A}),
    (Act.BACKUP, {P, C, H, A}),
    (Act.RESTORE, {A}),
    (Act.KEYS, {A}),
    (Act.JOURNAL, {C, H, A}),
    (Act.ARCHIVE, {A}),
    (Act.SETTINGS, {A}),
]


@pytest.mark.parametrize(("act", "duties"), CASES)
def test_who_may_what(act: Act, duties: set[Duty]) -> None:
    assert set(who_may(act)) == duties
    assert {duty for duty in Duty if may([duty], act)} == duties


def test_every_act_and_duty_is_in_the_table_and_has_words() -> None:
    assert [act for act, _ in CASES] == list(Act) == list(ACT_WORDS)
    assert list(MAY) == list(Duty) == list(DUTY_TITLES)


def test_nobody_holds_two_signing_duties_and_a_viewer_only_views() -> None:
    good = [set(held) for n in range(6) for held in itertools.combinations(Duty, n) if may_combine(held)]
    assert good == [{P}, {C}, {H}, {A}, {V}, {P, C}, {P, H}, {P, A}, {C, A}, {H, A}, {P, C, A}, {P, H, A}]


def test_the_page_shows_the_table() -> None:
    text = DOCS.read_text("utf-8")
    assert text == page(text), "run python -m tests.unit.dossier.users_doc"


def test_duties_are_named_in_their_order() -> None:
    assert titles([A, P]) == "Người lập, Người quản trị"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "Lò\nVăn"},
        {"name": "x" * (LONGEST_NAME + 1)},
        {"user_id": ""},
        {"duties": ()},
        {"duties": (C, H)},
        {"duties": (V, P)},
        {"duties": ("boss",)},
    ],
)
def test_a_user_that_cannot_be_is_not_made(wrong: dict[str, object]) -> None:
    good = {"user_id": "u1", "name": "Lò Văn Páo", "duties": (P, A)}
    assert User.model_validate(good).enabled
    with pytest.raises(ValidationError):
        User.model_validate(good | wrong)


def test_who_is_disabled_is_no_administrator() -> None:
    one = User(user_id="u1", name="A", duties=(A, P))
    assert one.duties == (P, A)
    assert administrators([one, one.model_copy(update={"disabled_at": "2026-11-23T00:00:00Z"})]) == (one,)
