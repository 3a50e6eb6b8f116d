"""What an accepted Mẫu 24 changes in a register of signers."""

from __future__ import annotations

import pytest

from desktop.dossier.document import Document
from desktop.dossier.people import Person, Role
from desktop.dossier.registration import Delegation
from desktop.dossier.registration_form import NamedSigners, RegisterChange, change_of, named_signers
from desktop.dossier.unit_file import refuse_strangers, told_apart
from tests.fixtures.forms_filled import filled

FIRST, SECOND = (Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER), (Role.CHIEF_ACCOUNTANT,)
THANG = Person(person_id="p3", name="Vi Đình Thắng", roles=FIRST, certificate_sha256="3" * 64)
TUYEN = Person(person_id="p2", name="Hà Văn Tuyên", roles=SECOND, certificate_sha256="2" * 64)
SUA = Person(person_id="p4", name="Thao Thị Sua", roles=(), certificate_sha256="4" * 64)
NEW = SUA.model_copy(update={"roles": FIRST})
GIVEN = Delegation(delegation_id=7, role=Role.ACCOUNT_HOLDER, by_person="p3", to_person="p4", valid_from="2026-01-01")


def form(kind: str = "signature_change", **fields: str) -> Document:
    start = filled("M24")
    return start.model_copy(update={"fields": start.fields | fields, "choices": {"request_kind": kind}})


@pytest.mark.parametrize(
    ("document", "named"),
    [
        (form(), [(THANG.name, (SUA.name,)), (TUYEN.name, ())]),
        (form(account_holder=" vi  dinh thang"), [(" vi  dinh thang", (SUA.name,)), (TUYEN.name, ())]),
        (form(account_holder="Vàng A Tếnh"), [("", (THANG.name, SUA.name)), (TUYEN.name, ())]),
        (form(account_holder=""), [(THANG.name, (SUA.name,)), (TUYEN.name, ())]),
        (form("seal_change"), []),
        (filled("M25"), []),
    ],
)
def test_the_first_of_a_group_holds_the_title(document: Document, named: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(item.holder, item.delegates) for item in named_signers([document])] == named


def change(named: NamedSigners, *waiting: Person, given: tuple[Delegation, ...] = ()) -> RegisterChange:
    return change_of(named, [TUYEN, THANG], waiting, given, "2026-06-01", "24")


def test_a_waiting_holder_takes_the_title() -> None:
    done = change(NamedSigners(FIRST, NEW.name, ()), NEW)
    assert done.joins == (NEW,)
    assert done.retires == (THANG.model_copy(update={"roles": ()}),)


def test_nobody_is_replaced_by_a_form_that_repeats_the_people() -> None:
    assert change(NamedSigners(FIRST, THANG.name, ()), NEW) == RegisterChange((), (), (), (), ())


def test_delegates_sign_under_each_title_of_the_holder() -> None:
    done = change(NamedSigners(FIRST, THANG.name, (SUA.name,)), NEW)
    assert done.joins == (SUA,)
    assert [(item.role, item.by_person, item.to_person, item.valid_from) for item in done.delegations] == [
        (role, "p3", "p4", "2026-06-01") for role in FIRST
    ]


def test_only_delegates_may_be_named() -> None:
    done = change(NamedSigners(SECOND, "", (SUA.name,)), SUA)
    assert [(item.by_person, item.to_person) for item in done.delegations] == [("p2", "p4")]


def test_a_holder_who_steps_down_may_stand_in() -> None:
    done = change(NamedSigners(FIRST, NEW.name, (THANG.name,)), NEW)
    assert done.retires == (THANG.model_copy(update={"roles": ()}),)
    assert {(item.by_person, item.to_person) for item in done.delegations} == {("p4", "p3")}


@pytest.mark.parametrize(
    ("holder", "delegates", "ended"),
    [(THANG.name, (SUA.name,), ()), (THANG.name, (), (7,)), (NEW.name, (THANG.name,), (7,))],
)
def test_delegations_stand_until_the_next_registration(
    holder: str, delegates: tuple[str, ...], ended: tuple[int, ...]
) -> None:
    done = change(NamedSigners(FIRST, holder, delegates), NEW, given=(GIVEN,))
    assert done.ended == ended
    assert GIVEN.role not in [item.role for item in done.delegations if item.to_person == "p4"]


def test_the_other_signature_keeps_its_delegates() -> None:
    assert change(NamedSigners(SECOND, TUYEN.name, ()), given=(GIVEN,)).ended == ()


@pytest.mark.parametrize(
    ("named", "unknown"),
    [
        (NamedSigners(FIRST, "Vàng A Tếnh", ("Lý Thị Dợ",)), ("Vàng A Tếnh", "Lý Thị Dợ")),
        (NamedSigners(FIRST, THANG.name, (TUYEN.name,)), ()),
    ],
)
def test_who_is_not_known_is_told(named: NamedSigners, unknown: tuple[str, ...]) -> None:
    assert change(named).unknown == unknown


@pytest.mark.parametrize(
    ("people", "field"),
    [
        ([THANG, TUYEN.model_copy(update={"person_id": "p3"})], "person_id"),
        ([THANG, TUYEN.model_copy(update={"certificate_sha256": "3" * 64})], "certificate_sha256"),
        ([THANG.model_copy(update={"roles": tuple(Role)})], "roles"),
    ],
)
def test_people_of_a_unit_file_are_told_apart(people: list[Person], field: str) -> None:
    with pytest.raises(ValueError, match=field):
        told_apart(people)
    assert told_apart([THANG, TUYEN, SUA]) == [THANG, TUYEN, SUA]


@pytest.mark.parametrize(
    "changes",
    [{"to_person": "p9"}, {"by_person": "p9"}, {"to_person": "p3"}, {"role": Role.PREPARER}, {"by_person": "p2"}],
)
def test_a_unit_file_delegates_among_its_people(changes: dict[str, object]) -> None:
    refuse_strangers([THANG, TUYEN, SUA], [GIVEN])
    with pytest.raises(ValueError, match="delegations"):
        refuse_strangers([THANG, TUYEN, SUA], [GIVEN.model_copy(update=changes)])
