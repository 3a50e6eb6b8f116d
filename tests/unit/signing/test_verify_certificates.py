"""Certificates in time: expired, revoked, too weak, not meant for signing."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop.demo.pki import DemoPki, make_demo_pki
from desktop.demo.unit import PEOPLE
from desktop.signing import manifest
from desktop.signing.asice import Package, Signed
from desktop.signing.trust import Trust
from desktop.signing.verify import verify
from tests.fixtures.softkeys import SoftPerson, make_soft_person
from tests.fixtures.tokens import sample_objects
from tests.unit.signing.kit import codes, signed_by

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def _signed(pki: DemoPki, when: datetime = NOW, **options: Any) -> tuple[SoftPerson, Package]:
    key = make_soft_person(pki, PEOPLE[0], **options)
    return key, signed_by([key], sample_objects([key]), when)


def _codes(package: Package, trust: Trust, at: datetime = NOW) -> set[str]:
    report = verify(package, trust, at=at)
    assert report.ok == (codes(report) <= {"revocation_stale"})
    return codes(report)


@pytest.mark.parametrize(
    ("start", "end", "signed", "expected"),
    [
        (-10, 10, 0, set()),
        (-10, -1, -2, {"expired"}),
        (-10, -1, 0, {"expired", "not_valid_then"}),
        (-1, 10, -2, {"not_valid_then"}),
        (1, 10, 2, {"expired", "signed_in_future"}),
        (-10, 10, 3, {"signed_in_future"}),
        (-10, 10, 0.5, set()),
    ],
)
def test_a_certificate_must_be_valid_then_and_now(
    demo_pki: DemoPki, demo_trust: Trust, start: int, end: int, signed: float, expected: set[str]
) -> None:
    _, package = _signed(demo_pki, NOW + signed * DAY, not_before=NOW + start * DAY, not_after=NOW + end * DAY)
    assert _codes(package, demo_trust) == expected


def test_an_old_package_is_checked_at_the_time_it_was_received(demo_pki: DemoPki, demo_trust: Trust) -> None:
    received = NOW - 20 * DAY
    _, package = _signed(demo_pki, received, not_before=NOW - 30 * DAY, not_after=NOW - 10 * DAY)
    assert (_codes(package, demo_trust, received), _codes(package, demo_trust)) == (set(), {"expired"})


@pytest.fixture(scope="module")
def own_pki(tmp_path_factory: pytest.TempPathFactory) -> DemoPki:
    return make_demo_pki(tmp_path_factory.mktemp("own"))


def _trust(pki: DemoPki, crl: Path) -> Trust:
    return Trust.load([pki.root_pem, pki.intermediate_pem, crl])


@pytest.mark.parametrize("names_crl", [True, False])
def test_a_revoked_certificate_is_refused(own_pki: DemoPki, names_crl: bool) -> None:
    key, package = _signed(own_pki, revocation_url=names_crl)
    assert _codes(package, _trust(own_pki, own_pki.revoke([], when=NOW))) == set()
    assert _codes(package, _trust(own_pki, own_pki.revoke([key.certificate], when=NOW - DAY))) == {"revoked"}


def test_someone_elses_revocation_changes_nothing(own_pki: DemoPki) -> None:
    other, _ = _signed(own_pki)
    _, package = _signed(own_pki)
    assert _codes(package, _trust(own_pki, own_pki.revoke([other.certificate], when=NOW - DAY))) == set()


@pytest.mark.parametrize(
    ("age", "listed", "expected"),
    [(30, True, "revoked"), (30, False, ""), (120, True, "revoked"), (120, False, "revocation_stale")],
)
def test_an_old_list_still_refuses_and_a_very_old_one_is_noted(
    own_pki: DemoPki, age: int, listed: bool, expected: str
) -> None:
    key, package = _signed(own_pki)
    revoked = [key.certificate] if listed else []
    crl = own_pki.revoke(revoked, when=NOW - (age + 1) * DAY, issued=NOW - age * DAY)
    assert _codes(package, _trust(own_pki, crl)) == ({expected} if expected else set())


def test_without_any_list_a_package_is_still_accepted_at_the_desk(own_pki: DemoPki) -> None:
    _, package = _signed(own_pki)
    assert _codes(package, Trust.load([own_pki.root_pem])) == set()


def test_a_certificate_for_encryption_does_not_sign(demo_pki: DemoPki, demo_trust: Trust) -> None:
    _, package = _signed(demo_pki, signs=False)
    assert _codes(package, demo_trust) == {"key_usage"}


def _foreign_cms(key: SoftPerson, content: bytes, digest: str, *, cades: bool) -> bytes:
    """A signature as another program might make it."""
    private = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()
    store.register_multiple([x509.Certificate.load(der) for der in key.chain])
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(key.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=store,
    )
    made = asyncio.run(signer.async_sign_general_data(content, digest, use_cades=cades))
    return bytes(made.dump())


@pytest.mark.parametrize(("digest", "expected"), [("sha1", "weak_digest"), ("sha256", ""), ("sha512", "")])
def test_a_weak_digest_in_the_signature_is_refused(
    small_package: Package, keys: list[SoftPerson], demo_trust: Trust, digest: str, expected: str
) -> None:
    content = small_package.signatures[0].manifest
    cms = _foreign_cms(keys[0], content, digest, cades=True)
    foreign = Package(small_package.objects, (Signed(content, cms),))
    assert _codes(foreign, demo_trust) == ({expected} if expected else set())


def test_a_weak_digest_in_the_manifest_is_refused(
    small_package: Package, keys: list[SoftPerson], demo_trust: Trust
) -> None:
    content = small_package.signatures[0].manifest.replace(
        manifest.SHA256.encode(), b"http://www.w3.org/2000/09/xmldsig#sha1"
    )
    cms = _foreign_cms(keys[0], content, "sha256", cades=True)
    assert "weak_digest" in _codes(Package(small_package.objects, (Signed(content, cms),)), demo_trust)


def test_a_plain_cms_without_the_certificate_bound_in_is_not_enough(
    small_package: Package, keys: list[SoftPerson], demo_trust: Trust
) -> None:
    content = small_package.signatures[0].manifest
    cms = _foreign_cms(keys[0], content, "sha256", cades=False)
    assert _codes(Package(small_package.objects, (Signed(content, cms),)), demo_trust) == {"incomplete_signature"}
