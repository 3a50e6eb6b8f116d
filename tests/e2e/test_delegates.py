"""A deputy named on Mẫu 24 signs a payment in the account holder's place (TUQ.), from the desk to the real gateway."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop.demo.pki import DemoPki
from desktop.demo.processes import wait_until
from desktop.desk.connection import sync_thread
from desktop.desk.context import utc_now
from desktop.desk.errors import DeskError
from desktop.desk.people import People
from desktop.dossier.descriptor import read_descriptor
from desktop.dossier.document import Level
from desktop.dossier.people import Person
from desktop.dossier.people_views import PersonChoice, PersonEdit
from tests.e2e.office import WAIT, Office, Taken
from tests.e2e.procedure_cases import CASES, Case
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson, make_soft_person
from tests.unit.desk.kit import Office as Signing

DEPUTY = "Thao Thị Sua"


@pytest.fixture(scope="module")
def deputy(demo_pki: DemoPki) -> SoftPerson:
    return make_soft_person(demo_pki, Person(person_id="p4", name=DEPUTY, roles=()))


@pytest.fixture
def office(tmp_path: Path, gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Iterator[Office]:
    unit = new_unit()
    made = Office.open(tmp_path, gateway, soft_people, unit, estimates(unit))  # type: ignore[arg-type]
    yield made
    made.store.close()


def the_case(purpose: str, name: str) -> Case:
    return next(case for case in CASES if (case.purpose, case.case) == (purpose, name))


def accepted(office: Office, local_id: str, people: list[SoftPerson]) -> str:
    """Sign with the keys of these people, send, and wait for the decision; gives it."""
    Signing(office.store, utc_now, people).sign(local_id)
    sync = sync_thread(office.store.reopen, poll_seconds=0.3)
    sync.start()
    try:
        wait_until(lambda: office._settled(Taken(local_id, "", [], 0)), WAIT, "no decision")
    finally:
        sync.stop()
    facts = office.store.projection.facts(local_id)
    return facts.decision or facts.refused_code or ""


def drafted(office: Office, case: Case, number: str) -> str:
    """A dossier of a case with its components, not yet submitted."""
    desk = office.desk
    draft = desk.dossier(desk.create_for(case.purpose, case.answers))
    filled = partial(case.fill, number=number, store=office.store)(draft)
    own = {"account": office.store.unit.get().estimate_account}
    filled = tuple(
        item.model_copy(update={"fields": item.fields | own}) if "account" in item.fields else item for item in filled
    )
    draft = draft.model_copy(update={"documents": filled})
    desk.save(draft.model_copy(update={"attachments": (*draft.attachments, *office._lacking(draft))}))
    return draft.local_id


def submit(office: Office, local_id: str, signers: dict[int, str] | None = None) -> None:
    found = office.desk.check(office.desk.dossier(local_id))
    warnings = [problem.message for problem in found if problem.level is Level.WARNING]
    office.desk.submit(local_id, warnings, signers)


def test_a_deputy_signs_in_the_holders_place(
    office: Office, gateway: GatewayProcess, soft_people: list[SoftPerson], deputy: SoftPerson, tmp_path: Path
) -> None:
    desk, everyone = People(office._context(soft_people[0])), [*soft_people, deputy]  # type: ignore[arg-type]
    payment = drafted(office, the_case("supplier_contract", "P3-a3"), "1")
    last = len(office.desk.candidates(payment))
    with pytest.raises(DeskError, match="không được ký hồ sơ này"):
        submit(office, payment, {last: "p4"})
    # Both sides see the deputy's certificate, then a Mẫu 24 names the deputy.
    (tmp_path / "p.json").write_text(deputy.person.model_dump_json(), "utf-8")
    gateway.office("add-person", unit=office.store.unit.get().code, person=str(tmp_path / "p.json"))
    assert desk.add(PersonEdit(DEPUTY, (), awaiting=True), deputy.certificate) == "p4"
    form = drafted(office, the_case("change_account", "P5-e"), "2")
    submit(office, form)
    assert accepted(office, form, everyone) == "paid"
    assert [item.state for item in desk.view().delegations] == ["now", "now"]
    # From now on the deputy may stand in, when chosen.
    choice = office.desk.candidates(payment)[-1].people
    assert choice[1] == PersonChoice("p4", DEPUTY, "TUQ. Vi Đình Thắng", delegate=True)
    submit(office, payment, {last: "p4"})
    frozen = read_descriptor(office.store.submissions.get(payment).objects[0].content).signers[-1]
    assert (frozen.name, frozen.on_behalf_of) == (DEPUTY, "Vi Đình Thắng")
    assert frozen.title.startswith("TUQ. ")
    assert accepted(office, payment, everyone) == "paid"
