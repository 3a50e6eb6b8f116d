"""Which lists count for whom: only those the issuer signed, and only for what they speak of."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.demo.pki import DemoPki, make_demo_pki
from desktop.signing.revocation import RevocationLists, path_of
from desktop.signing.trust import Trust
from tests.fixtures.softkeys import SoftPerson
from tests.unit.signing.kit import crl_with

NOW = datetime.now(UTC)
URL = x509.UniformResourceIdentifier("http://crl.vungxa.invalid/g1.crl")
ELSEWHERE = x509.UniformResourceIdentifier("http://crl.vungxa.invalid/g2.crl")


def _scope(**words: Any) -> x509.IssuingDistributionPoint:
    told: dict[str, Any] = {
        "full_name": None, "relative_name": None, "only_contains_user_certs": False, "only_contains_ca_certs": False,
        "only_some_reasons": None, "indirect_crl": False, "only_contains_attribute_certs": False,
    }  # fmt: skip
    return x509.IssuingDistributionPoint(**(told | words))


@pytest.fixture(scope="module")
def path(keys: list[SoftPerson], demo_trust: Trust) -> list[Any]:
    found, absent = path_of(keys[0].certificate, demo_trust.intermediates, demo_trust.roots)
    assert (len(found), absent) == (3, "")
    return found[:2]


@pytest.fixture(scope="module")
def impostor(tmp_path_factory: pytest.TempPathFactory) -> DemoPki:
    return make_demo_pki(tmp_path_factory.mktemp("impostor"))


@pytest.mark.parametrize(
    ("scope", "revoked", "covered"),
    [
        (None, True, True),
        (_scope(only_contains_user_certs=True), True, True),
        (_scope(only_contains_ca_certs=True), True, False),
        (_scope(only_contains_attribute_certs=True), True, False),
        (_scope(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})), True, False),
        (_scope(full_name=[URL]), True, True),
        (_scope(full_name=[ELSEWHERE]), True, False),
        (_scope(indirect_crl=True), False, False),
        (x509.DeltaCRLIndicator(1), True, False),
        (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True, False),
    ],
)
def test_a_list_of_a_part_refuses_but_vouches_only_for_its_part(
    demo_pki: DemoPki, path: list[Any], scope: x509.ExtensionType | None, revoked: bool, covered: bool
) -> None:
    extensions = [scope] if scope else []
    listing = crl_with(demo_pki.intermediate, *extensions, critical=True, serials=[path[0].serial_number])
    silent = crl_with(demo_pki.intermediate, *extensions, critical=True)
    assert RevocationLists([listing]).revoked(path, NOW) is revoked
    assert not RevocationLists([silent]).revoked(path, NOW)
    assert (RevocationLists([silent]).uncovered(path, NOW) == ()) is covered


@pytest.mark.parametrize("forger", ["another key of the same name", "another authority", "nobody", "junk", "PEM"])
def test_a_list_the_issuer_did_not_sign_counts_for_nothing(
    demo_pki: DemoPki, impostor: DemoPki, path: list[Any], forger: str
) -> None:
    serials = [path[0].serial_number]
    forged = {
        "another key of the same name": crl_with(impostor.intermediate, serials=serials),
        "another authority": crl_with(demo_pki.root, serials=serials),
        "nobody": b"",
        "junk": b"\x30\x00",
        "PEM": demo_pki.crl.read_bytes(),
    }[forger]
    lists = RevocationLists([forged])
    assert not lists.revoked(path, NOW)
    assert not lists.stale(path, NOW + timedelta(days=400))
    assert lists.uncovered(path, NOW) == ("crl:Chứng thực cơ quan nhà nước G1 (THỬ NGHIỆM)",)


def test_a_certificate_that_was_taken_off_the_list_is_good(demo_pki: DemoPki, path: list[Any]) -> None:
    builder = x509.RevokedCertificateBuilder().serial_number(path[0].serial_number).revocation_date(NOW)
    entry = builder.add_extension(x509.CRLReason(x509.ReasonFlags.remove_from_crl), critical=False).build()
    made = x509.CertificateRevocationListBuilder().issuer_name(demo_pki.intermediate.certificate.subject)
    made = made.last_update(NOW).next_update(NOW + timedelta(days=1)).add_revoked_certificate(entry)
    listed = made.sign(demo_pki.intermediate.key, hashes.SHA256()).public_bytes(Encoding.DER)
    assert not RevocationLists([listed]).revoked(path, NOW)


def test_the_newest_list_decides_how_old_the_knowledge_is(demo_pki: DemoPki, path: list[Any]) -> None:
    old, new = (demo_pki.list_of((), issued=NOW - timedelta(days=age)) for age in (200, 1))
    assert RevocationLists([old]).stale(path, NOW)
    assert not RevocationLists([old, new]).stale(path, NOW)
    assert not RevocationLists([]).stale(path, NOW)
    moment = NOW - timedelta(days=196)
    assert RevocationLists([old, new]).covering(path[0], path[1], moment) == new


def test_a_path_stops_where_a_certificate_is_missing(keys: list[SoftPerson], impostor: DemoPki) -> None:
    names = {one.subject.native["common_name"] for one in path_of(keys[0].certificate, (), ())[0]}
    assert names == {keys[0].person.name}
    wrong = impostor.intermediate.certificate.public_bytes(Encoding.DER)
    found, absent = path_of(keys[0].certificate, [wrong], [])
    assert ([one.dump() for one in found], absent) == (
        [keys[0].certificate],
        asn1_x509.Certificate.load(wrong).subject.native["common_name"],
    )
