"""The last signature seals and queues, all at once or not at all; a signature that does not hold is never sealed."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.demo.pki import DemoPki
from desktop.desk.errors import DeskError
from desktop.desk.people import People
from desktop.desk.sealed import container
from desktop.desk.sealing import Sealer
from desktop.desk.verifying import verify_at_home, verify_file
from desktop.dossier.acknowledgements import PayeeStand
from desktop.dossier.people_views import DelegationEdit
from desktop.dossier.registration import Scope
from desktop.signing.asice import Signed, package_id, read
from desktop.signing.batch import sign_item
from desktop.signing.claims import Claims
from desktop.store.errors import FactError, StoreError
from desktop.store.store import Store
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import LISTED, PASSWORD, Office, sha256


def next_signature(office: Office, local_id: str) -> tuple[SoftPerson, Signed]:
    done = len(office.store.submissions.signed_at(local_id))
    asked = office.store.submissions.steps(local_id)[done]["person_id"]
    soft = next(soft for soft in office.people if soft.person.person_id == asked)
    item = Sealer(office.context()).item(local_id, soft.person, office.news(local_id))
    return soft, sign_item(item, soft, office.clock())


def test_the_last_signature_seals_and_queues(office: Office) -> None:
    local_id = office.submit(LISTED)
    for count in (1, 2, 3):
        assert office.store.packages.by_local(local_id) is None
        office.sign(local_id, 1)
        assert len(office.store.submissions.signed_at(local_id)) == count
    queued = [item.package_id for item in office.store.outbox.due(office.context().now())]
    assert queued == [office.package(local_id)]


def test_a_sealed_package_is_one_file_that_verifies(office: Office, tmp_path: Path, demo_pki: DemoPki) -> None:
    _, package = office.seal(scan=b"%PDF-1.4 " + b"x" * 40_000)
    content = container(office.store, package)
    (tmp_path / "a.asice").write_bytes(content)
    report = verify_file(tmp_path / "a.asice", [demo_pki.root_pem, demo_pki.intermediate_pem])
    assert (report["ok"], report["package_id"]) == (True, package)
    assert [signer["trusted"] for signer in report["signers"]] == [True, True]
    assert package_id(read(content)) == package
    assert container(office.store, package) == content


def test_large_objects_are_queued_apart(office: Office) -> None:
    scan = b"%PDF-1.4 " + b"x" * 40_000
    local_id, package = office.seal(scan=scan)
    assert office.store.packages.get(package).parts == ((sha256(scan), len(scan)),)
    assert len(office.store.packages.get(package).core) < 20_000
    assert office.store.outbox.part(sha256(scan), 0, 9) == scan[:9]
    assert office.store.packages.by_local(local_id) is not None


@pytest.mark.parametrize(("apart", "notes"), [(0, 2), (599, 2), (600, 0), (86_400, 0)])
def test_two_signers_in_one_sitting_are_noted(office: Office, apart: float, notes: int) -> None:
    local_id = office.submit(LISTED)
    for _ in range(3):
        office.sign(local_id, 1)
        office.clock.move(seconds=apart)
    assert office.journal("two_signers_one_machine") == [f"{local_id} 2", f"{local_id} 3"][:notes]
    told = [event.title for event in office.store.projection.history(local_id)]
    assert told.count("Hai chức danh ký trên một máy trong 10 phút") == notes
    office.store.journal.verify()


def test_the_sitting_outlives_the_program(office: Office) -> None:
    local_id = office.submit()
    office.sign(local_id, 1)
    with Store.open(office.store.folder, PASSWORD) as again:
        Office(again, office.clock, office.people, "MAY-ĐỔI-TÊN").sign(local_id)
    assert office.journal("two_signers_one_machine") == [f"{local_id} 2"]


@pytest.mark.parametrize("acknowledged", [b"", b"\1" * 32])
def test_a_signature_that_does_not_say_whom_its_signer_stands_for_is_not_kept(
    office: Office, acknowledged: bytes
) -> None:
    local_id = office.submit()
    office.sign(local_id, 1)
    holder, known = office.people[2], office.news(local_id)
    item = Sealer(office.context()).item(local_id, holder.person, known)
    signed = sign_item(replace(item, claims=Claims(acknowledged)), holder, office.clock())
    with pytest.raises(DeskError) as error:
        Sealer(office.context()).keep(local_id, signed, holder.person, office.context().now(), known)
    assert error.value.code == "changed_meanwhile"
    assert (len(office.store.submissions.signed_at(local_id)), office.store.payee_stands.count()) == (1, 0)


def test_verify_holds_the_signature_s_acknowledgement_against_the_store(office: Office, tmp_path: Path) -> None:
    local_id, package = office.seal()
    file = tmp_path / "a.asice"
    file.write_bytes(container(office.store, package))
    told = verify_at_home(file, office.store)
    assert [bool(signer["acknowledged"]) for signer in told["signers"]] == [False, True]
    assert told["ok"]
    more = PayeeStand(account_key="66660000", name_key="ke gian", kind="new")
    number = office.store.submissions.number(local_id)
    office.store.payee_stands.stand(number, local_id, "p3", (more,), office.context().now())
    told = verify_at_home(file, office.store)
    assert "acknowledgement_differs" in {problem["code"] for problem in told["problems"]}
    assert not told["ok"]


@pytest.mark.parametrize("part", ["cms", "manifest"])
def test_a_tampered_signature_is_never_kept_nor_sealed(office: Office, part: str) -> None:
    local_id = office.submit()
    office.sign(local_id, 1)
    soft, good = next_signature(office, local_id)
    bad = bytearray(getattr(good, part))
    bad[-20] ^= 1
    forged = Signed(bytes(bad), good.cms) if part == "manifest" else Signed(good.manifest, bytes(bad))
    with pytest.raises(DeskError, match="Rút về soạn rồi trình ký lại") as error:
        Sealer(office.context()).keep(local_id, forged, soft.person, office.context().now(), office.news(local_id))
    assert error.value.code == "bad_package"
    assert office.store.packages.by_local(local_id) is None
    assert office.store.outbox.due("9999-12-31T23:59:59Z") == []
    office.sign(local_id)
    assert office.store.packages.by_local(local_id) is not None


def test_a_signature_of_the_same_step_is_not_taken_twice(office: Office) -> None:
    local_id = office.submit()
    soft, signed = next_signature(office, local_id)
    sealer = Sealer(office.context())
    assert sealer.keep(local_id, signed, soft.person, office.context().now()) is None
    with pytest.raises(FactError) as error:
        sealer.keep(local_id, signed, soft.person, office.context().now())
    assert error.value.code == "not_your_turn"
    assert list(office.store.submissions.signed_at(local_id)) == [1]


def test_a_failure_while_sealing_leaves_the_signature_to_be_made_again(office: Office) -> None:
    """As when the power goes between signature and package: both or none."""
    local_id = office.submit(scan=b"%PDF-1.4 " + b"x" * 40_000)
    office.sign(local_id, 1)
    (soft, signed), known = next_signature(office, local_id), office.news(local_id)
    blob = next(path for path in (office.store.folder / "attachments").rglob("*") if path.is_file())
    whole = blob.read_bytes()
    blob.unlink()
    with pytest.raises(StoreError):
        Sealer(office.context()).keep(local_id, signed, soft.person, office.context().now(), known)
    assert list(office.store.submissions.signed_at(local_id)) == [1]
    assert office.store.submissions.to_sign("p3") == [local_id]
    blob.write_bytes(whole)
    assert Sealer(office.context()).keep(local_id, signed, soft.person, office.context().now(), known)


@pytest.mark.parametrize("meanwhile", [None, Scope(max_amount=1)], ids=["ended", "another scope"])
def test_a_delegate_signs_only_what_the_delegation_still_covers(office: Office, meanwhile: Scope | None) -> None:
    people, today = People(office.context()), office.context().today()
    numbers = people.delegate(DelegationEdit("p3", "p1", today, ""))
    local_id = office.draft()
    office.desk.submit(local_id, office.warnings(local_id), {2: "p1"})
    office.sign(local_id, 1)
    for number in numbers:
        people.end_delegation(number, "hết việc")
    office.clock.move(3 * 3600)
    if meanwhile is not None:
        people.delegate(DelegationEdit("p3", "p1", today, "", scope=meanwhile))
    with pytest.raises(DeskError, match="không gồm hồ sơ này") as refused:
        next_signature(office, local_id)
    assert refused.value.code == "not_registered"
