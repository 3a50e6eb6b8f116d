"""Who signs each step: the registered holder, or a delegate who was chosen; never one person twice."""

from __future__ import annotations

import pytest

from desktop.desk.errors import DeskError
from desktop.desk.people import People
from desktop.dossier.descriptor import read_descriptor
from desktop.dossier.people import Person, Role
from desktop.dossier.people_views import DelegationEdit, PersonEdit
from desktop.dossier.registration import WHOLE_SCOPE, Scope
from tests.contract.store_kit import UNIT
from tests.unit.desk.kit import LISTED, PHONE, Office

DEPUTY = Person(person_id="p4", name="Sùng A Páo", roles=(), certificate_sha256="d" * 64)


def with_deputy(office: Office, scope: Scope = WHOLE_SCOPE, roles: tuple[Role, ...] = ()) -> None:
    """The deputy may stand in for the head today."""
    people, store, today = People(office.context()), office.store, office.context().today()
    store.registrations.register(DEPUTY.model_copy(update={"roles": roles}), None, "", "desk", "")
    people.delegate(DelegationEdit("p3", "p4", today, today, scope=scope))


def without_a_token(office: Office, person_id: str) -> None:
    register = office.store.registrations
    number = next(item.registration_id for item in register.all() if item.person_id == person_id)
    register.end(number, register.now(), "mất token", "")


def submit(office: Office, case: object = PHONE, signers: dict[int, str] | None = None) -> str:
    local_id = office.draft(case)  # type: ignore[arg-type]
    office.desk.submit(local_id, office.warnings(local_id), signers)
    return local_id


def refusal(office: Office, case: object = PHONE, signers: dict[int, str] | None = None) -> DeskError:
    with pytest.raises(DeskError) as caught:
        submit(office, case, signers)
    assert office.store.journal.entries()[0].action != "submit"
    return caught.value


def test_the_holder_signs_when_nobody_was_chosen(office: Office) -> None:
    with_deputy(office)
    steps = office.store.submissions.steps(submit(office))
    assert [(step["person_id"], step["title"]) for step in steps][-1] == ("p3", "Thủ trưởng đơn vị")


def test_a_chosen_delegate_is_frozen_with_the_title_and_the_name_of_the_holder(office: Office) -> None:
    with_deputy(office)
    local_id = submit(office, signers={2: "p4"})
    assert office.store.submissions.steps(local_id)[-1]["title"] == "TUQ. Thủ trưởng đơn vị"
    signer = read_descriptor(office.store.submissions.get(local_id).objects[0].content).signers[-1]
    assert (signer.name, signer.on_behalf_of, signer.certificate_sha256) == (DEPUTY.name, "Vi Đình Thắng", "d" * 64)


def test_what_a_holder_signs_says_nothing_of_delegation(office: Office) -> None:
    content = office.store.submissions.get(submit(office)).objects[0].content
    assert b"on_behalf_of" not in content


def test_choices_name_holders_before_delegates(office: Office) -> None:
    with_deputy(office)
    found = office.desk.candidates(office.draft(LISTED))
    assert [[choice.person_id for choice in step.people] for step in found] == [["p1"], ["p2"], ["p3", "p4"]]
    assert found[2].people[1].note.startswith("TUQ. Vi Đình Thắng, đến ")


@pytest.mark.parametrize(
    ("scope", "signer"),
    [(Scope(max_amount=1), "p4"), (Scope(procedures=("P5",)), "p4"), (WHOLE_SCOPE, "p2"), (WHOLE_SCOPE, "p9")],
)
def test_who_may_not_sign_this_is_refused(office: Office, scope: Scope, signer: str) -> None:
    with_deputy(office, scope)
    assert refusal(office, signers={2: signer}).code == "cannot_sign"


def test_nobody_signs_two_steps(office: Office) -> None:
    with_deputy(office, roles=(Role.PREPARER,))
    said = refusal(office, LISTED, {1: "p4", 3: "p4"})
    assert (said.code, DEPUTY.name in said.message) == ("same_person", True)


def test_a_delegate_is_asked_for_when_the_holder_has_no_token(office: Office) -> None:
    with_deputy(office)
    without_a_token(office, "p3")
    said = refusal(office)
    assert (said.code, DEPUTY.name in said.message) == ("no_signer", True)
    assert office.store.submissions.steps(submit(office, signers={2: "p4"}))[-1]["person_id"] == "p4"


def test_without_holder_and_delegate_the_check_says_so(office: Office) -> None:
    without_a_token(office, "p3")
    assert "chưa khai chứng thư số" in refusal(office).message


def test_who_waits_for_a_registration_signs_no_payment(office: Office) -> None:
    _, second, third = office.store.unit.people()
    office.store.unit.save(UNIT, [third])
    People(office.context()).add(PersonEdit(second.name, second.roles, awaiting=True))
    waiting = second.model_copy(update={"certificate_sha256": "e" * 64, "person_id": "p8"})
    office.store.registrations.register(waiting, None, "", "awaiting", "")
    assert refusal(office).code == "no_signer"
