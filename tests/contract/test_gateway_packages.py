"""A package becomes effective once, on its own merits, and its receipt can be proved."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.demo.pki import DemoPki
from desktop.signing.asice import Package, package_id, write
from tests.fixtures.dossiers import CONTRACT_CASE, dossier, form, with_amount
from tests.fixtures.gateway import Client, GatewayProcess, command, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson, make_soft_person, seal


@pytest.fixture
def client(gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Client:
    return gateway.client([soft.person for soft in soft_people])


def test_a_good_package_is_accepted_with_a_receipt_of_its_objects(
    client: Client, soft_people: list[SoftPerson]
) -> None:
    package = seal(dossier(form(unit=client.unit)), client.unit, soft_people)
    outcome = client.send(package)[0]
    receipt = client.receipt(outcome)
    assert (outcome.kind, receipt["package_id"]) == ("accepted", package_id(package))
    assert (receipt["unit_code"], receipt["signers"]) == (client.unit.code, 2)
    assert receipt["objects"] == {item.name: hashlib.sha256(item.content).hexdigest() for item in package.objects}


def test_the_same_package_again_has_the_same_receipt(client: Client, soft_people: list[SoftPerson]) -> None:
    package = seal(dossier(form(unit=client.unit)), client.unit, soft_people)
    first, again = client.send(package)[0], client.send(package)[0]
    assert (first.kind, again.kind) == ("accepted", "duplicate")
    assert first.receipt == again.receipt == client.outcomes(first.package_id)[0].receipt


def test_many_at_once_make_one_effect(gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson]) -> None:
    package = seal(dossier(form(unit=client.unit)), client.unit, soft_people)
    before = gateway.report()["commits"]
    with ThreadPoolExecutor(8) as pool:
        outcomes = [future.result()[0] for future in [pool.submit(client.send, package) for _ in range(8)]]
    assert sorted(outcome.kind for outcome in outcomes) == ["accepted"] + ["duplicate"] * 7
    assert len({outcome.receipt for outcome in outcomes}) == 1
    assert gateway.report()["commits"] == before + 1


def test_a_batch_is_answered_in_order_and_one_bad_package_stops_none(
    client: Client, soft_people: list[SoftPerson]
) -> None:
    good = [seal(dossier(form(unit=client.unit, document_no=f"RDT{n}")), client.unit, soft_people) for n in range(3)]
    bad = seal(dossier(with_amount(form(unit=client.unit, document_no="RDT7"), 0)), client.unit, soft_people)
    outcomes = client.send(good[0], bad, *good[1:])
    assert [outcome.kind for outcome in outcomes] == ["accepted", "refused", "accepted", "accepted"]
    assert [outcome.package_id for outcome in outcomes][1] == package_id(bad)


def test_the_treasury_rebuilds_the_very_container(
    gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson], tmp_path: object
) -> None:
    package = seal(dossier(form(unit=client.unit)), client.unit, soft_people)
    name = client.send(package)[0].package_id
    out = f"{tmp_path}/p.asice"
    command("export", "--home", str(gateway.home), "--package", name, "--out", out)
    with open(out, "rb") as file:  # noqa: PTH123
        assert file.read() == write(package)
    listed = next(item for item in gateway.report()["packages"] if item["package_id"] == name)
    assert listed["container_sha256"] == hashlib.sha256(write(package)).hexdigest()


def test_an_unknown_id_is_unknown(client: Client) -> None:
    assert client.outcomes("ab" * 32)[0].kind == "unknown"


def test_an_id_that_is_not_the_contents_is_refused_and_not_kept(client: Client, soft_people: list[SoftPerson]) -> None:
    package = seal(dossier(form(unit=client.unit)), client.unit, soft_people)
    outcome = client.send_cores(("ab" * 32, write(package)))[0]
    assert (outcome.kind, outcome.code) == ("refused", "id_mismatch")
    assert client.outcomes("ab" * 32)[0].kind == "unknown"


def test_a_damaged_copy_does_not_spoil_the_good_one(client: Client, soft_people: list[SoftPerson]) -> None:
    package = seal(dossier(form(unit=client.unit)), client.unit, soft_people)
    first, *rest = package.objects
    damaged = Package((type(first)(first.name, first.media_type, first.content + b" "), *rest), package.signatures)
    assert client.send(damaged)[0].code == "digest_mismatch"
    assert client.send(damaged)[0].code == "digest_mismatch"
    assert client.send(package)[0].kind == "accepted"
    assert client.send(damaged)[0].kind == "duplicate"


def test_a_signer_of_another_authority_is_refused(
    client: Client, soft_people: list[SoftPerson], tmp_path_factory: pytest.TempPathFactory
) -> None:
    from desktop.demo.pki import make_demo_pki

    other = make_demo_pki(tmp_path_factory.mktemp("other"))
    forged = [make_soft_person(other, soft.person) for soft in soft_people]
    outcome = client.send(seal(dossier(form(unit=client.unit)), client.unit, forged))[0]
    assert (outcome.kind, outcome.code) == ("refused", "untrusted")


def test_a_signer_not_registered_for_the_unit_is_refused(
    client: Client, soft_people: list[SoftPerson], demo_pki: DemoPki
) -> None:
    strangers = [make_soft_person(demo_pki, soft.person) for soft in soft_people]
    outcome = client.send(seal(dossier(form(unit=client.unit)), client.unit, strangers))[0]
    assert (outcome.kind, outcome.code) == ("refused", "not_registered")


def test_a_missing_last_signature_is_refused(client: Client, soft_people: list[SoftPerson]) -> None:
    package = seal(dossier(form(unit=client.unit)), client.unit, soft_people)
    cut = Package(package.objects, package.signatures[:-1])
    assert client.send(cut)[0].code == "signature_missing"


def test_a_form_rule_refuses_with_its_id_in_words(client: Client, soft_people: list[SoftPerson]) -> None:
    broken = with_amount(form(unit=client.unit), -5)
    outcome = client.send(seal(dossier(broken), client.unit, soft_people))[0]
    assert (outcome.kind, outcome.code) == ("refused", "rule_failed")
    assert outcome.message.endswith(")")


def test_a_voucher_number_counts_once_a_year(client: Client, soft_people: list[SoftPerson]) -> None:
    first, twin = (seal(dossier(form(unit=client.unit)), client.unit, soft_people) for _ in range(2))
    assert client.send(first)[0].kind == "accepted"
    assert client.send(twin)[0].code == "duplicate_document"
    assert client.outcomes(package_id(twin))[0].code == "duplicate_document"


def test_a_returned_voucher_may_come_again_with_its_number(
    gateway: GatewayProcess, soft_people: list[SoftPerson]
) -> None:
    people = [soft.person for soft in soft_people]
    client = gateway.client(people, [])
    returned = client.send(seal(dossier(form(unit=client.unit)), client.unit, soft_people))[0]
    assert client.wait_for_events(3)[1]["decision"] == "returned"
    gateway.register(client.unit, people, estimates(client.unit))
    mended = seal(dossier(form(unit=client.unit), replaces=returned.package_id), client.unit, soft_people)
    assert client.send(mended)[0].kind == "accepted"
    assert client.wait_for_events(6)[4]["decision"] == "paid"


def test_a_supplemented_voucher_yields_to_its_replacement_only(client: Client, soft_people: list[SoftPerson]) -> None:
    asked = client.send(seal(dossier(form(CONTRACT_CASE, client.unit)), client.unit, soft_people))[0]
    assert client.wait_for_events(2)[-1]["decision"] == "supplement"
    twin = seal(dossier(form(CONTRACT_CASE, client.unit)), client.unit, soft_people)
    assert client.send(twin)[0].code == "duplicate_document"
    mended = dossier(form(CONTRACT_CASE, client.unit), replaces=asked.package_id)
    assert client.send(seal(mended, client.unit, soft_people))[0].kind == "accepted"
    assert client.wait_for_events(4)[3]["decision"] == "paid"


def test_a_package_for_a_unit_without_trust_is_refused(
    gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson]
) -> None:
    foreign = new_unit()
    outcome = client.send(seal(dossier(form(unit=foreign)), foreign, soft_people))[0]
    assert (outcome.kind, outcome.code) == ("refused", "wrong_unit")
