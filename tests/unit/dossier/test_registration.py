"""Who was registered when, and who may sign in whose place."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.dossier.people import Person, Role, may_hold
from desktop.dossier.registration import (
    AWAITING,
    WHOLE_SCOPE,
    Delegation,
    Register,
    Registration,
    Scope,
    SigningFacts,
)
from desktop.dossier.signers import Step, title_of

COUNTS, HOLDS, HEADS = Role.CHIEF_ACCOUNTANT, Role.ACCOUNT_HOLDER, Role.HEAD_OF_UNIT
OLD, NEW, DEPUTY_KEY, COUNT_KEY = ("o" * 64, "n" * 64, "d" * 64, "c" * 64)
HOLDER = Person(person_id="p3", name="Vi Đình Thắng", roles=(HEADS, HOLDS), certificate_sha256=NEW)
DEPUTY = Person(person_id="p4", name="Sùng A Páo", roles=(), certificate_sha256=DEPUTY_KEY)
ACCOUNTANT = Person(person_id="p2", name="Hà Văn Tuyên", roles=(COUNTS,), certificate_sha256=COUNT_KEY)
CHANGED = "2026-06-01T00:00:00Z"
FACTS = SigningFacts(forms=("M16",), procedure="P3", amount=5_000_000)
LAST = Step(2, (HOLDS,), "Chủ tài khoản")
BOTH = Step(3, (HEADS, HOLDS), "Thủ trưởng đơn vị, chủ tài khoản")


def registration(person: Person, **changes: object) -> Registration:
    known = {"person_id": person.person_id, "name": person.name, "roles": person.roles}
    return Registration.model_validate({**known, "certificate_sha256": person.certificate_sha256, **changes})


def delegation(role: Role = HOLDS, **changes: object) -> Delegation:
    given = {"role": role, "by_person": "p3", "to_person": "p4", "valid_from": "2026-06-10", "valid_to": "2026-06-20"}
    return Delegation.model_validate({**given, **changes})


def register(*delegations: Delegation, deputy: Person = DEPUTY, source: str = "unit") -> Register:
    registrations = (
        registration(HOLDER, certificate_sha256=OLD, until=CHANGED),
        registration(HOLDER, since=CHANGED),
        registration(deputy, source=source),
        registration(ACCOUNTANT),
    )
    return Register((HOLDER, deputy, ACCOUNTANT), registrations, delegations)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("certificate", "role", "moment", "known"),
    [
        (OLD, HOLDS, "2026-05-31T23:59:59+00:00", True),
        (OLD, HOLDS, "2026-06-01T00:00:00+00:00", True),
        (OLD, HOLDS, "2026-06-01T00:00:01+00:00", False),
        (OLD, HOLDS, "2026-06-01T06:59:59+07:00", True),
        (NEW, HOLDS, "2026-05-31T23:59:59+00:00", False),
        (NEW, HOLDS, "2026-06-01T00:00:00+00:00", True),
        (NEW, COUNTS, "2026-06-02T00:00:00+00:00", False),
        (DEPUTY_KEY, HOLDS, "2026-06-02T00:00:00+00:00", False),
        ("f" * 64, HOLDS, "2026-06-02T00:00:00+00:00", False),
    ],
)
def test_a_certificate_counts_while_it_is_registered(certificate: str, role: str, moment: str, known: bool) -> None:
    assert register().was_registered(role, certificate, at(moment)) is known


@pytest.mark.parametrize(
    ("changes", "moment", "known"),
    [
        ({}, "2026-06-10T00:00:00+07:00", True),
        ({}, "2026-06-09T23:59:59+07:00", False),
        ({}, "2026-06-20T23:59:59+07:00", True),
        ({}, "2026-06-21T00:00:00+07:00", False),
        ({"valid_to": ""}, "2027-06-21T00:00:00+07:00", True),
        ({"until": "2026-06-15T03:00:00Z"}, "2026-06-15T10:00:00+07:00", True),
        ({"until": "2026-06-15T03:00:00Z"}, "2026-06-15T10:00:01+07:00", False),
        ({"role": COUNTS}, "2026-06-15T10:00:00+07:00", False),
        ({"by_person": "p2"}, "2026-06-15T10:00:00+07:00", False),
        ({"to_person": "p2"}, "2026-06-15T10:00:00+07:00", False),
    ],
)
def test_a_delegate_counts_on_the_days_of_the_delegation(changes: dict[str, object], moment: str, known: bool) -> None:
    assert register(delegation(**changes)).was_registered(HOLDS, DEPUTY_KEY, at(moment)) is known


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        (WHOLE_SCOPE, True),
        (Scope(forms=("M16", "M17")), True),
        (Scope(forms=("M17",)), False),
        (Scope(procedures=("P3",)), True),
        (Scope(procedures=("P1",)), False),
        (Scope(max_amount=5_000_000), True),
        (Scope(max_amount=4_999_999), False),
        (Scope(forms=("M16",), procedures=("P1",)), False),
    ],
)
def test_a_delegate_signs_within_the_scope(scope: Scope, covered: bool) -> None:
    found = register(delegation(scope=scope)).signers_for(LAST, FACTS, dt.date(2026, 6, 15))
    assert [item.person.person_id for item in found] == (["p3", "p4"] if covered else ["p3"])
    moment = at("2026-06-15T10:00:00+07:00")
    assert register(delegation(scope=scope)).may_stand(DEPUTY_KEY, [HOLDS], HOLDER.name, FACTS, moment) is covered


def test_scans_alone_are_in_no_list_of_forms() -> None:
    assert not Scope(forms=("M16",)).covers(SigningFacts(procedure="P3"))


@pytest.mark.parametrize(
    ("delegations", "able"),
    [
        ((delegation(), delegation(HEADS)), ["p3", "p4"]),
        ((delegation(),), ["p3"]),
        ((delegation(), delegation(HEADS, valid_to="2026-06-14")), ["p3"]),
        ((delegation(), delegation(HEADS, until="2026-06-12T00:00:00Z")), ["p3"]),
    ],
)
def test_a_step_of_two_titles_needs_both(delegations: tuple[Delegation, ...], able: list[str]) -> None:
    found = register(*delegations).signers_for(BOTH, FACTS, dt.date(2026, 6, 15))
    assert [item.person.person_id for item in found] == able
    assert [item.on_behalf_of for item in found[1:]] == [HOLDER][: len(able) - 1]


@pytest.mark.parametrize(
    ("name", "roles", "good"),
    [
        ("Vi Đình Thắng", [HOLDS], True),
        ("vi dinh thang", [HOLDS], True),
        ("Hà Văn Tuyên", [HOLDS], False),
        ("", [HOLDS], False),
        ("Vi Đình Thắng", [HEADS, HOLDS], False),
        ("Vi Đình Thắng", [], False),
    ],
)
def test_a_signature_says_in_whose_place_it_stands(name: str, roles: list[str], good: bool) -> None:
    moment = at("2026-06-15T10:00:00+07:00")
    assert register(delegation()).may_stand(DEPUTY_KEY, roles, name, FACTS, moment) is good


def test_a_holder_signs_in_nobodys_place() -> None:
    moment = at("2026-06-15T10:00:00+07:00")
    assert register().may_stand(NEW, [HEADS, HOLDS], "", FACTS, moment)
    assert not register().may_stand(NEW, [HOLDS], HOLDER.name, FACTS, moment)


def test_a_holder_without_a_token_may_delegate() -> None:
    bare = HOLDER.model_copy(update={"certificate_sha256": ""})
    held = Register((bare, DEPUTY), (registration(DEPUTY),), (delegation(),))
    assert [item.person for item in held.signers_for(LAST, FACTS, dt.date(2026, 6, 15))] == [DEPUTY]
    assert held.was_registered(HOLDS, DEPUTY_KEY, at("2026-06-15T10:00:00+07:00"))


def test_who_waits_for_a_registration_signs_it_and_nothing_else() -> None:
    coming = Person(person_id="p9", name="Thao Thị Sua", roles=(HEADS, HOLDS), certificate_sha256=DEPUTY_KEY)
    held, moment = register(deputy=coming, source=AWAITING), at("2026-06-15T10:00:00+07:00")
    form = SigningFacts(forms=("M24",))
    assert [[p.person.person_id for p in held.signers_for(LAST, f, moment.date())] for f in (FACTS, form)] == [
        ["p3"], ["p3", "p9"],
    ]  # fmt: skip
    assert [held.for_forms(f)(HOLDS, DEPUTY_KEY, moment) for f in (["M24"], ["M16"], ["M24", "M16"], [])] == [
        True, False, False, False,
    ]  # fmt: skip
    assert [held.may_stand(DEPUTY_KEY, [HOLDS], "", f, moment) for f in (FACTS, form)] == [False, True]


@pytest.mark.parametrize(
    ("roles", "good"),
    [
        ((), True),
        ((HEADS, HOLDS), True),
        ((COUNTS,), True),
        ((COUNTS, HOLDS), False),
        ((Role.PREPARER, COUNTS), False),
        ((Role.PREPARER, HEADS), False),
        (tuple(Role), False),
    ],
)
def test_nobody_holds_two_titles_that_sign_one_after_the_other(roles: tuple[Role, ...], good: bool) -> None:
    assert may_hold(roles) is good


def test_the_title_of_a_delegate_says_so() -> None:
    assert (title_of(LAST), title_of(LAST, HOLDER.name)) == ("Chủ tài khoản", "TUQ. Chủ tài khoản")
