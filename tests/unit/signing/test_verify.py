"""A good package is said to be good; each way to be bad is named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.demo.pki import DemoPki, DemoToken, make_demo_pki
from desktop.demo.unit import PEOPLE
from desktop.signing.asice import DataObject, Package, package_id, read, write
from desktop.signing.tokens import TokenWorker
from desktop.signing.trust import Trust
from desktop.signing.verify import verify
from tests.fixtures.softkeys import SoftPerson, make_soft_person
from tests.fixtures.tokens import sample_objects, sign_in_order
from tests.unit.signing.kit import codes, forged_twin, signed_by, with_content

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def registered(keys: list[SoftPerson]) -> dict[str, set[str]]:
    return {str(role): {key.person.certificate_sha256} for key in keys for role in key.person.roles}


def test_three_tokens_of_three_kinds_make_a_valid_package(
    worker: TokenWorker, demo_tokens: list[DemoToken], demo_trust: Trust
) -> None:
    package = read(write(sign_in_order(worker, demo_tokens, sample_objects(demo_tokens))))
    report = verify(package, demo_trust)
    assert (report.ok, report.problems, report.package_id) == (True, (), package_id(package))
    assert [(signer.order, signer.name, signer.trusted) for signer in report.signers] == [
        (order, token.person.name, True) for order, token in enumerate(demo_tokens, 1)
    ]


def test_the_report_names_role_time_and_objects(package: Package, keys: list[SoftPerson], demo_trust: Trust) -> None:
    report = verify(package, demo_trust)
    last = report.signers[-1]
    assert (last.roles, last.title, last.level) == (("head_of_unit", "account_holder"), "Thủ trưởng đơn vị", "B")
    assert abs(datetime.fromisoformat(last.signed_at) - NOW) < timedelta(hours=2)
    assert last.certificate_sha256 == keys[-1].person.certificate_sha256
    assert [(name, size) for name, size, _ in report.objects] == [(i.name, len(i.content)) for i in package.objects]


def test_without_roots_nobody_vouches_but_the_rest_is_checked(package: Package) -> None:
    report = verify(package, None)
    assert (report.ok, codes(report), {signer.trusted for signer in report.signers}) == (
        True,
        {"trust_not_checked"},
        {None},
    )
    assert not verify(with_content(package, 1, b"{}"), None).ok


def test_a_package_without_its_list_of_signers_is_found(keys: list[SoftPerson], demo_trust: Trust) -> None:
    only = signed_by(keys, [DataObject("a.json", "application/json", b"{}")])
    assert codes(verify(only, demo_trust)) == {"bad_descriptor"}


def test_a_stranger_cannot_sign_for_the_declared_person(package: Package, demo_pki: DemoPki, demo_trust: Trust) -> None:
    stranger = make_soft_person(demo_pki, PEOPLE[0])
    objects = package.objects
    assert codes(verify(signed_by([stranger], objects), demo_trust)) == {"wrong_signer", "signature_missing"}


def test_the_register_decides_who_may_sign_for_a_role(
    package: Package, demo_trust: Trust, registered: dict[str, set[str]]
) -> None:
    assert verify(package, demo_trust, registered=registered).ok
    lapsed = {**registered, "account_holder": set[str]()}
    assert codes(verify(package, demo_trust, registered=lapsed)) == {"not_registered"}


def test_a_signer_without_a_role_is_registered_for_none(
    package: Package, keys: list[SoftPerson], demo_trust: Trust, registered: dict[str, set[str]]
) -> None:
    content = package.objects[0].content.replace(b'"roles":["preparer"]', b'"roles":[]')
    nameless = signed_by(keys, [replace(package.objects[0], content=content), *package.objects[1:]])
    assert codes(verify(nameless, demo_trust, registered=registered)) == {"not_registered"}


def test_a_certificate_copied_beside_ones_own_does_not_lend_its_name(package: Package, keys: list[SoftPerson]) -> None:
    """The CMS names its signer by issuer and number only: two certificates may claim both."""
    impostor = forged_twin(keys[0])
    for chain in ((keys[0].certificate,), (impostor.certificate, keys[0].certificate)):
        forged = signed_by([replace(impostor, chain=chain), *keys[1:]], package.objects)
        assert codes(verify(forged, None)) & {"bad_signature", "wrong_signer"}


def test_one_certificate_never_fills_two_places(demo_pki: DemoPki, demo_trust: Trust) -> None:
    key = make_soft_person(demo_pki, PEOPLE[2])
    report = verify(signed_by([key, key], sample_objects([key, key])), demo_trust)
    assert (report.ok, codes(report)) == (False, {"same_signer"})


def test_an_authority_with_a_trusted_name_is_not_trusted(
    package: Package, tmp_path_factory: pytest.TempPathFactory
) -> None:
    impostor = make_demo_pki(tmp_path_factory.mktemp("impostor"))
    report = verify(package, Trust.load([impostor.root_pem, impostor.intermediate_pem]))
    assert (report.ok, codes(report)) == (False, {"untrusted"})
    assert {signer.trusted for signer in report.signers} == {False}


def test_an_intermediate_alone_is_no_ground_for_trust(package: Package, demo_trust: Trust) -> None:
    assert codes(verify(package, Trust(intermediates=demo_trust.intermediates))) == {"untrusted"}
