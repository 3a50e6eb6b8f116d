"""The unit's signers at the desk: certificates are looked at before they count, delegations have days and a scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from desktop.demo.pki import DemoPki
from desktop.desk.certificate_choice import read_certificate
from desktop.desk.errors import DeskError
from desktop.desk.people import People
from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person, Role
from desktop.dossier.people_views import DelegationEdit, PersonEdit
from desktop.dossier.registration import Scope
from desktop.signing.certificates import describe
from desktop.store.seen import SeenToken
from tests.fixtures.softkeys import SoftPerson, make_soft_person
from tests.unit.desk.kit import Office

DEPUTY = "Sùng A Páo"


@pytest.fixture
def people(office: Office) -> People:
    return People(office.context())


@pytest.fixture(scope="session")
def deputy(demo_pki: DemoPki) -> SoftPerson:
    return make_soft_person(demo_pki, Person(person_id="p4", name=DEPUTY, roles=()))


def code_of(call: object, *args: object, **options: object) -> str:
    with pytest.raises(VungXaError) as caught:
        call(*args, **options)  # type: ignore[operator]
    assert caught.value.message
    return caught.value.code


def test_a_person_is_added_with_a_certificate_and_stands_in_the_journal(
    office: Office, people: People, deputy: SoftPerson
) -> None:
    assert people.add(PersonEdit(f"  {DEPUTY} ", ()), deputy.certificate) == "p4"
    added = people.view().people[-1]
    assert (added.name, added.role_title, added.certificate and added.certificate.state) == (DEPUTY, "", "good")
    assert office.journal("register_person")[-1].endswith(f"p4  {deputy.person.certificate_sha256}")


def test_a_person_without_a_certificate_is_only_listed(people: People) -> None:
    people.add(PersonEdit(DEPUTY, ()))
    assert people.view().people[-1].certificate is None


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (PersonEdit(" ", ()), "bad_name"),
        (PersonEdit("Vi\x00", ()), "bad_name"),
        (PersonEdit("Vi", (Role.CHIEF_ACCOUNTANT, Role.ACCOUNT_HOLDER)), "roles_conflict"),
        (PersonEdit("Vi", (Role.PREPARER, Role.CHIEF_ACCOUNTANT)), "roles_conflict"),
        (PersonEdit("Vi", (), "p9"), "no_person"),
    ],
)
def test_what_makes_no_sense_is_not_written(people: People, edit: PersonEdit, code: str) -> None:
    before = people.view()
    assert code_of(people.add, edit) == code
    assert people.view() == before


def test_a_certificate_of_another_name_needs_a_yes(people: People, deputy: SoftPerson) -> None:
    assert DEPUTY in people.look(deputy.certificate, "", "p3").warning
    assert code_of(people.certificate, "p3", deputy.certificate) == "name_differs"
    people.certificate("p3", deputy.certificate, confirmed=True)
    assert [view.text for view in people.view().history if "thôi dùng chứng thư" in view.text]


def test_the_case_and_marks_of_a_name_do_not_matter(people: People, deputy: SoftPerson) -> None:
    assert people.look(deputy.certificate, "", name="SUNG  A PAO").warning == ""


@pytest.mark.parametrize(
    ("days", "ends", "code"), [(-400, -10, "expired"), (10, 400, "not_yet_valid"), (-400, 400, "")]
)
def test_a_certificate_out_of_its_term_is_refused(
    office: Office, people: People, demo_pki: DemoPki, days: int, ends: int, code: str
) -> None:
    start, end = (office.clock() + timedelta(days=count) for count in (days, ends))
    made = make_soft_person(demo_pki, Person(person_id="x", name=DEPUTY, roles=()), not_before=start, not_after=end)
    found = people.look(made.certificate, "", name=DEPUTY)
    assert (found.refusal_code, bool(found.refusal)) == (code, bool(code))


def test_a_certificate_that_may_not_sign_or_is_taken_is_refused(
    people: People, demo_pki: DemoPki, soft_people: list[SoftPerson]
) -> None:
    made = make_soft_person(demo_pki, Person(person_id="x", name=DEPUTY, roles=()), signs=False)
    assert code_of(people.add, PersonEdit(DEPUTY, ()), made.certificate) == "key_usage"
    assert code_of(people.add, PersonEdit(DEPUTY, ()), soft_people[1].certificate) == "certificate_taken"
    assert people.look(soft_people[1].certificate, "", "p2").refusal == ""


@pytest.mark.parametrize("encoding", ["pem", "der"])
def test_a_certificate_is_read_from_a_file(tmp_path: Path, deputy: SoftPerson, encoding: str) -> None:
    plain = load_der_x509_certificate(deputy.certificate).public_bytes(Encoding.PEM)
    (tmp_path / "c").write_bytes(b"bag attributes\n" + plain if encoding == "pem" else deputy.certificate)
    assert read_certificate(tmp_path / "c") == deputy.certificate


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bad_certificate"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "bad_certificate"),
        (b"-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----", "bad_certificate"),
        (b"0" * 100_000, "bad_certificate"),
        (None, "not_readable"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / "c").write_bytes(content)
    assert code_of(read_certificate, tmp_path / "c") == code


def test_the_end_of_a_certificate_is_announced_without_its_token(
    office: Office, people: People, soft_people: list[SoftPerson]
) -> None:
    info = describe(soft_people[2].certificate)
    token = SeenToken(info.sha256, info.der, "01", "Thắng", "m.so", office.context().now())
    assert people.notices(office.clock()) == []
    office.store.seen.remember(token)
    end = datetime.fromisoformat(info.not_after)
    states = [[item.state for item in people.notices(end - timedelta(days=days))] for days in (61, 60, 31, 30, -1)]
    assert states == [[], ["soon60"], ["soon60"], ["soon30"], ["over"]]


def delegation(**changes: object) -> DelegationEdit:
    return replace(DelegationEdit("p3", "p4", "2026-01-01", "2026-12-31", "12/GUQ"), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to_person": "p3"}, "same_person"),
        ({"to_person": "p8"}, "no_person"),
        ({"to_person": "p5"}, "no_certificate"),
        ({"roles": (Role.CHIEF_ACCOUNTANT,)}, "no_role"),
        ({"by_person": "p4", "to_person": "p3"}, "no_role"),
        ({"valid_to": "2025-12-31"}, "bad_days"),
        ({"valid_from": "31/02/2026"}, "bad_date"),
        ({"scope": Scope(max_amount=0)}, "bad_scope"),
        ({"scope": Scope(forms=("M99",))}, "bad_scope"),
        ({"scope": Scope(procedures=("P99",))}, "bad_scope"),
        ({"valid_from": "2026-12-31", "valid_to": ""}, "delegated_already"),
    ],
)
def test_a_delegation_that_makes_no_sense_is_not_written(
    people: People, deputy: SoftPerson, changes: dict[str, object], code: str
) -> None:
    people.add(PersonEdit(DEPUTY, ()), deputy.certificate)
    people.add(PersonEdit("Vàng Thị Mỷ", ()))
    people.delegate(delegation())
    assert code_of(people.delegate, delegation(**changes)) == code


def test_a_delegation_is_told_in_words_and_ended(office: Office, people: People, deputy: SoftPerson) -> None:
    people.add(PersonEdit(DEPUTY, ()), deputy.certificate)
    numbers = people.delegate(
        delegation(valid_from=office.context().today(), valid_to="", scope=Scope(forms=("M16", "M17")))
    )
    view = people.view()
    assert view.people[-1].delegate_of[0] == "TUQ. Thủ trưởng đơn vị (Vi Đình Thắng)"
    assert [(item.state, item.scope) for item in view.delegations] == [("now", "Mẫu 16, 17")] * 2
    people.end_delegation(numbers[0], "hết việc")
    assert [item.state for item in people.view().delegations] == ["ended", "now"]
    assert code_of(people.end_delegation, numbers[0], "") == "no_delegation"


def test_who_leaves_takes_their_delegations_along(office: Office, people: People, deputy: SoftPerson) -> None:
    people.add(PersonEdit(DEPUTY, ()), deputy.certificate)
    people.delegate(delegation())
    people.end("p4", "chuyển công tác")
    view = people.view()
    assert (len(view.people), [item.state for item in view.delegations]) == (3, ["ended", "ended"])
    assert len(office.journal("end_registration")) == 1


def test_somebody_stays(people: People) -> None:
    people.end("p1", "")
    people.end("p2", "")
    with pytest.raises(DeskError, match="ít nhất một người"):
        people.end("p3", "")
