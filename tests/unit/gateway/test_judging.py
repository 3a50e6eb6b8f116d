"""A package is judged by everything that was signed: nothing inside it is taken on trust."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desktop.demo.pki import DemoPki
from desktop.demo.unit import UNIT
from desktop.dossier.canonical import canonical
from desktop.dossier.document import Dossier
from desktop.dossier.vouchers import VoucherKey
from desktop.signing.asice import DataObject, Package, package_id, split, write
from desktop.signing.cmslimits import MAX_REST_BYTES
from desktop.signing.cmswrite import with_evidence
from desktop.signing.derwalk import element
from desktop.signing.trust import Trust
from gateway.delegations import register_of
from gateway.errors import Refused
from gateway.judging import Judged, judge, look_into
from gateway.registry import RegisteredUnit
from tests.fixtures.dossiers import SETTLEMENT_CASE, dossier, form
from tests.fixtures.softkeys import SoftPerson, objects_of, seal, sign_objects

Change = Callable[[dict[str, Any]], object]


class Desk:
    """Signs what it is given and has it judged."""

    def __init__(self, pki: DemoPki, people: list[SoftPerson]) -> None:
        self.people = people
        self.trust = Trust.load([pki.root_pem, pki.intermediate_pem])
        certificates: dict[str, set[str]] = {}
        for soft in people:
            for role in soft.person.roles:
                certificates.setdefault(role.value, set()).add(soft.person.certificate_sha256)
        register = register_of([soft.person for soft in people], (), {}, ())
        self.registered = RegisteredUnit(UNIT, certificates, register=register)

    def judge(self, package: Package, at: datetime | None = None) -> Judged:
        return judge(write(package), {}, self.registered, self.trust, at or datetime.now(UTC))

    def refusal(self, package: Package, at: datetime | None = None) -> str:
        with pytest.raises(Refused) as error:
            self.judge(package, at)
        return error.value.code

    def spoiled(self, given: Dossier, *, descriptor: Change | None = None, document: Change | None = None) -> Package:
        """Change the signed JSON before signing; dossier.json keeps telling the right digests."""
        first, *rest = objects_of(given, UNIT, self.people, {})
        if document is not None:
            rest[0] = changed(rest[0], document)
        first = changed(first, lambda d: d["documents"][0].update(sha256=sha256(rest[0])))
        if descriptor is not None:
            first = changed(first, descriptor)
        return sign_objects([first, *rest], self.people[1:])


def changed(item: DataObject, change: Change) -> DataObject:
    value = json.loads(item.content)
    change(value)
    return DataObject(item.name, item.media_type, canonical(value))


def sha256(item: DataObject) -> str:
    return hashlib.sha256(item.content).hexdigest()


@pytest.fixture(scope="module")
def desk(demo_pki: DemoPki, soft_people: list[SoftPerson]) -> Desk:
    return Desk(demo_pki, soft_people)


def test_a_good_package_tells_vouchers_and_digests(desk: Desk) -> None:
    package = seal(dossier(form(), form(SETTLEMENT_CASE)), UNIT, desk.people)
    judged = desk.judge(seal(dossier(form()), UNIT, desk.people))
    assert (judged.vouchers, judged.signers) == ((VoucherKey("M13", "RDT0014", 2026),), 2)
    assert set(judged.objects) == {"dossier.json", "documents/01-M13.json"}
    assert desk.refusal(package) == "rule_failed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d["unit"].update(code="7654321"), "wrong_unit"),
        (lambda d: d["signers"][0].update(roles=["preparer"]), "not_registered"),
        (lambda d: d["signers"][1].update(roles=["head_of_unit", "account_holder"]), "wrong_steps"),
        (lambda d: d["signers"][0].update(certificate_sha256="0" * 64), "wrong_signer"),
        (lambda d: d["signers"].pop(), "signature_extra"),
        (lambda d: d["documents"].append(d["documents"][0]), "descriptor_mismatch"),
        (lambda d: d["documents"].clear(), "descriptor_mismatch"),
        (lambda d: d.update(format="vungxa-dossier-2"), "bad_descriptor"),
        (lambda d: d.update(more=1), "bad_descriptor"),
    ],
)
def test_what_the_descriptor_claims_is_checked(desk: Desk, change: Change, code: str) -> None:
    assert desk.refusal(desk.spoiled(dossier(form()), descriptor=change)) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d["computed"]["totals"].update({"lines.amount": 1}), "computed_differs"),
        (lambda d: d["computed"]["words"].update(total_words="Một đồng"), "computed_differs"),
        (lambda d: d.update(pack="11-2020"), "unknown_pack"),
        (lambda d: d["document"].update(form="C9-99/XX"), "unknown_form"),
        (lambda d: d["document"].update(other=1), "bad_document"),
        (lambda d: d["document"]["fields"].update(document_no=""), "rule_failed"),
    ],
)
def test_what_a_document_claims_is_checked(desk: Desk, change: Change, code: str) -> None:
    assert desk.refusal(desk.spoiled(dossier(form()), document=change)) == code


def test_two_vouchers_of_one_number_do_not_share_a_dossier(desk: Desk) -> None:
    twins = dossier(form(), form())
    assert desk.refusal(seal(twins, UNIT, desk.people)) in ("duplicate_document", "rule_failed")


def test_certificates_must_be_valid_when_it_arrives(desk: Desk) -> None:
    package = seal(dossier(form()), UNIT, desk.people)
    assert desk.refusal(package, datetime.now(UTC) + timedelta(days=5 * 365)) == "expired"


def test_a_core_without_its_part_is_not_judged(desk: Desk) -> None:
    scan = b"%PDF" + bytes(20_000)
    digest = hashlib.sha256(scan).hexdigest()
    package = seal(dossier(form(), scans={"a.pdf": scan}), UNIT, desk.people, {digest: scan})
    core, parts = split(package)
    assert look_into(package_id(package), core) == [digest]
    at = datetime.now(UTC)
    assert judge(core, parts, desk.registered, desk.trust, at).objects[f"attachments/01-{digest[:8]}.pdf"] == digest
    with pytest.raises(Refused):
        judge(core, {digest: b"other"}, desk.registered, desk.trust, at)


def test_a_signature_that_is_large_for_a_sent_one_is_refused(desk: Desk) -> None:
    package = seal(dossier(form()), UNIT, desk.people)
    first, *others = package.signatures
    heavy = replace(first, cms=with_evidence(first.cms, [], [element(0x30, bytes(MAX_REST_BYTES))]))
    with pytest.raises(Refused) as error:
        look_into(package_id(package), write(replace(package, signatures=(heavy, *others))))
    assert error.value.code == "too_large"


def test_one_person_with_two_certificates_signs_once(desk: Desk) -> None:
    known = desk.registered.register
    owner = desk.people[1].person.person_id
    same = [item.model_copy(update={"person_id": owner}) for item in known.registrations]
    register = replace(known, registrations=tuple(same))
    with pytest.raises(Refused) as error:
        judge(
            write(seal(dossier(form()), UNIT, desk.people)),
            {},
            replace(desk.registered, register=register),
            desk.trust,
            datetime.now(UTC),
        )
    assert error.value.code == "same_person"


@pytest.mark.parametrize(
    "change", [{"title": "TUQ. Thủ trưởng đơn vị"}, {"on_behalf_of": "Vi Đình Thắng"}], ids=["title", "name"]
)
def test_a_title_and_a_delegators_name_go_together(desk: Desk, change: dict[str, str]) -> None:
    package = desk.spoiled(dossier(form()), descriptor=lambda d: d["signers"][1].update(change))
    assert desk.refusal(package) == "wrong_steps"
