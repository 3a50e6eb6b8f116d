"""A correction takes the place of one package that came back: paid once, whatever number its voucher bears."""

import pytest

from desktop.signing.asice import Package, package_id
from tests.fixtures.dossiers import CONTRACT_CASE, dossier, form, with_amount
from tests.fixtures.gateway import Client, GatewayProcess
from tests.fixtures.softkeys import SoftPerson, seal

TOO_MUCH = 2_000_000_000


@pytest.fixture
def client(gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Client:
    return gateway.client([soft.person for soft in soft_people])


@pytest.fixture
def returned(client: Client, soft_people: list[SoftPerson]) -> str:
    """A package that asked for more than the estimate."""
    document = with_amount(form(unit=client.unit, document_no="RDT1"), TOO_MUCH)
    name = client.send(seal(dossier(document), client.unit, soft_people))[0].package_id
    assert client.wait_for_events(3)[1]["decision"] == "returned"
    return name


def mended(client: Client, people: list[SoftPerson], replaces: str, number: str, amount: int = 1_000) -> Package:
    document = with_amount(form(unit=client.unit, document_no=number), amount)
    return seal(dossier(document, replaces=replaces), client.unit, people)


def test_a_second_correction_is_refused_under_another_number_too(
    client: Client, soft_people: list[SoftPerson], returned: str
) -> None:
    both = [mended(client, soft_people, returned, number) for number in ("RDT2", "RDT3")]
    assert [outcome.code for outcome in client.send(*both)] == ["", "already_replaced"]
    assert client.send(both[0])[0].kind == "duplicate"


def test_a_correction_that_came_back_makes_room_for_the_next(
    client: Client, soft_people: list[SoftPerson], returned: str
) -> None:
    client.send(mended(client, soft_people, returned, "RDT2", TOO_MUCH))
    assert client.wait_for_events(6)[4]["decision"] == "returned"
    assert client.send(mended(client, soft_people, returned, "RDT3"))[0].kind == "accepted"


def test_what_was_not_returned_takes_no_correction(client: Client, soft_people: list[SoftPerson]) -> None:
    paid = client.send(seal(dossier(form(unit=client.unit)), client.unit, soft_people))[0].package_id
    assert client.send(mended(client, soft_people, paid, "RDT2"))[0].code == "not_returned"
    assert client.wait_for_events(3)[1]["decision"] == "paid"
    assert client.send(mended(client, soft_people, paid, "RDT3"))[0].code == "not_returned"


def test_a_supplement_is_answered_once(client: Client, soft_people: list[SoftPerson]) -> None:
    asked = client.send(seal(dossier(form(CONTRACT_CASE, client.unit)), client.unit, soft_people))[0].package_id
    assert client.wait_for_events(2)[-1]["decision"] == "supplement"
    first, second = (
        seal(dossier(form(CONTRACT_CASE, client.unit, document_no=number), replaces=asked), client.unit, soft_people)
        for number in ("RDT8", "RDT9")
    )
    assert [outcome.code for outcome in client.send(first, second)] == ["", "already_replaced"]


def test_a_dossier_signed_anew_is_refused_under_another_number_too(
    client: Client, soft_people: list[SoftPerson]
) -> None:
    first = dossier(form(unit=client.unit, document_no="RDT1"))
    renumbered = first.model_copy(update={"documents": (form(unit=client.unit, document_no="RDT2"),)})
    kept, again = (seal(made, client.unit, soft_people) for made in (first, renumbered))
    assert [outcome.code for outcome in client.send(kept, again)] == ["", "already_sent"]


def test_what_never_arrived_may_be_replaced(client: Client, soft_people: list[SoftPerson]) -> None:
    never = package_id(seal(dossier(form(unit=client.unit)), client.unit, soft_people))
    assert client.send(mended(client, soft_people, never, "RDT2"))[0].kind == "accepted"
