"""Who signs, in which order (rule R-021)."""

from __future__ import annotations

import pytest

from desktop.dossier.document import Document
from desktop.dossier.forms import Form
from desktop.dossier.pack import load_pack
from desktop.dossier.people import Role
from desktop.dossier.signers import able_to_sign, signing_steps, step_title
from tests.unit.dossier.samples import ACCOUNTANT, HEAD, LIST, ORDER, PEOPLE, PREPARER, SETTLEMENT, WITHDRAWAL

PREPARES, COUNTS = (Role.PREPARER,), (Role.CHIEF_ACCOUNTANT,)
HEADS, HOLDS, BOTH = (Role.HEAD_OF_UNIT,), (Role.ACCOUNT_HOLDER,), (Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER)


@pytest.mark.parametrize(
    ("documents", "roles"),
    [
        ([WITHDRAWAL], [COUNTS, HEADS]),
        ([SETTLEMENT], [COUNTS, HEADS]),
        ([ORDER], [COUNTS, HOLDS]),
        ([LIST], [PREPARES, COUNTS, HEADS]),
        ([WITHDRAWAL, LIST], [PREPARES, COUNTS, HEADS]),
        ([LIST, ORDER], [PREPARES, COUNTS, BOTH]),
        ([SETTLEMENT, ORDER], [COUNTS, BOTH]),
        ([Document(form="M01")], [COUNTS, HEADS]),
        ([Document(form="M08")], [COUNTS, HEADS]),
        ([Document(form="M24")], [HOLDS]),
        ([Document(form="M25"), Document(form="M26")], [COUNTS, BOTH]),
        ([Document(form="M32")], [COUNTS, HOLDS]),
        ([Document(form="I03A")], [HEADS]),
        ([Document(form="I04A"), Document(form="I05A")], [COUNTS, HEADS]),
        ([Document(form="M05")], []),
        ([], [COUNTS, HEADS]),
    ],
)
def test_steps_follow_the_forms(documents: list[Document], roles: list[tuple[Role, ...]]) -> None:
    steps = signing_steps(documents)
    assert [step.roles for step in steps] == roles
    assert [step.order for step in steps] == list(range(1, len(roles) + 1))


@pytest.mark.parametrize("form", load_pack().forms, ids=lambda form: form.id)
def test_every_form_of_a_unit_can_be_signed_by_it(form: Form) -> None:
    assert bool(signing_steps([Document(form=form.ref)])) is (form.prepared_by == "unit")


@pytest.mark.parametrize(
    ("roles", "title"),
    [
        (PREPARES, "Người lập"),
        (COUNTS, "Kế toán trưởng"),
        (BOTH, "Thủ trưởng đơn vị, chủ tài khoản"),
    ],
)
def test_titles_are_official(roles: tuple[Role, ...], title: str) -> None:
    assert step_title(roles) == title


def test_only_who_holds_every_role_can_sign() -> None:
    first, second, third = signing_steps([LIST, ORDER])
    assert [able_to_sign(step, PEOPLE) for step in (first, second, third)] == [[PREPARER], [ACCOUNTANT], [HEAD]]
    only_head = HEAD.model_copy(update={"roles": HEADS})
    assert able_to_sign(third, [only_head]) == []
