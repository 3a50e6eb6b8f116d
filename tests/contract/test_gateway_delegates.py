"""Who signs in another's place is registered for it, on that day and for that dossier (Mẫu 24, R-020 to R-022)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.demo.pki import DemoPki
from desktop.dossier.document import Dossier
from desktop.dossier.people import Person, Role
from desktop.dossier.registration import WHOLE_SCOPE, Delegation, Scope
from desktop.signing.asice import Package
from tests.fixtures.dossiers import ORDER_CASE, dossier, form
from tests.fixtures.forms_filled import filled
from tests.fixtures.gateway import Client, GatewayProcess
from tests.fixtures.softkeys import SoftPerson, make_soft_person, seal

HOLDER, DEPUTY = "Vi Đình Thắng", "Thao Thị Sua"
TODAY = datetime.now(UTC).date()
DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def deputy(demo_pki: DemoPki) -> SoftPerson:
    return make_soft_person(demo_pki, Person(person_id="p4", name=DEPUTY, roles=()))


def given(scope: Scope = WHOLE_SCOPE, since: int = -2, until: int = 2) -> list[Delegation]:
    days = {"valid_from": str(TODAY + since * DAY), "valid_to": str(TODAY + until * DAY)}
    roles = (Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER)
    return [Delegation(role=role, by_person="p3", to_person="p4", scope=scope, **days) for role in roles]


def in_place(
    client: Client,
    people: list[SoftPerson],
    deputy: SoftPerson,
    name: str = HOLDER,
    number: str = "1",
    minutes: int = 0,
) -> Package:
    """A payment order of procedure P3 whose last step the deputy signs."""
    paid = dossier(form(ORDER_CASE, client.unit, document_no=number)).model_copy(update={"procedure": "P3"})
    when = datetime.now(UTC) + timedelta(minutes=minutes)
    return seal(paid, client.unit, people, when=when, instead={2: (deputy, name)})


@pytest.mark.parametrize(
    ("delegations", "name", "code"),
    [
        (given(), HOLDER, ""),
        (given(Scope(forms=("M17",), procedures=("P3",), max_amount=1_000_000_000)), HOLDER, ""),
        (given(Scope(max_amount=1)), HOLDER, "not_registered"),
        (given(Scope(forms=("M13",))), HOLDER, "not_registered"),
        (given(Scope(procedures=("P1",))), HOLDER, "not_registered"),
        (given(since=-5, until=-2), HOLDER, "not_registered"),
        (given(since=2, until=5), HOLDER, "not_registered"),
        (given(), "Hà Văn Tuyên", "not_registered"),
        (given(), "", "not_registered"),
        ([], HOLDER, "not_registered"),
    ],
)
def test_a_delegate_signs_what_was_registered(
    gateway: GatewayProcess,
    soft_people: list[SoftPerson],
    deputy: SoftPerson,
    delegations: list[Delegation],
    name: str,
    code: str,
) -> None:
    known = [soft.person for soft in (*soft_people, deputy)]
    client = gateway.client(known, delegations=delegations)
    answer = client.send(in_place(client, soft_people, deputy, name))[0]
    assert (answer.kind, answer.code or "") == ("refused" if code else "accepted", code)


def registration(client: Client, *delegates: str) -> Dossier:
    start = filled("M24")
    rows = [{"group": "first_signature", "person_name": HOLDER, "position": "Chủ tịch UBND xã"}]
    rows += [{"group": "first_signature", "person_name": name, "position": "Phó Chủ tịch"} for name in delegates]
    rows += [{"group": "second_signature", "person_name": "Hà Văn Tuyên", "position": "Kế toán trưởng"}]
    fields = start.fields | {"name": client.unit.name, "budget_unit_code": client.unit.code}
    fields |= {"account_holder": HOLDER, "made_date": str(TODAY)}
    made = start.model_copy(update={"fields": fields, "tables": {**start.tables, "specimens": rows}})
    return dossier(made).model_copy(update={"procedure": "P5", "case": "P5-e", "number": f"24-{len(delegates)}"})


def test_a_registration_names_delegates_and_a_later_one_drops_them(
    gateway: GatewayProcess, soft_people: list[SoftPerson], deputy: SoftPerson, tmp_path: Path
) -> None:
    client = gateway.client([soft.person for soft in soft_people])
    (tmp_path / "p.json").write_text(deputy.person.model_dump_json(), "utf-8")
    client.gateway.office("add-person", unit=client.unit.code, person=str(tmp_path / "p.json"))
    assert client.send(in_place(client, soft_people, deputy))[0].code == "not_registered"
    client.send(seal(registration(client, DEPUTY, "Người không ai biết"), client.unit, soft_people))
    client.wait_for_events(2)
    assert client.send(in_place(client, soft_people, deputy))[0].kind == "accepted"
    client.send(seal(registration(client), client.unit, soft_people))
    client.wait_for_events(7)
    late = in_place(client, soft_people, deputy, number="2", minutes=1)
    assert client.send(late)[0].code == "not_registered"


def test_a_unit_registered_again_keeps_what_was_signed_before(
    gateway: GatewayProcess, soft_people: list[SoftPerson], demo_pki: DemoPki
) -> None:
    client = gateway.client([soft.person for soft in soft_people])
    renewed = make_soft_person(demo_pki, soft_people[1].person)
    minute = timedelta(minutes=1)
    before, after = (
        seal(dossier(form(unit=client.unit, document_no=n)), client.unit, soft_people, when=datetime.now(UTC) + shift)
        for n, shift in (("A", -minute), ("B", minute))
    )
    gateway.register(client.unit, [soft_people[0].person, renewed.person, soft_people[2].person], [])
    assert client.send(before)[0].kind == "accepted"
    assert client.send(after)[0].code == "not_registered"
