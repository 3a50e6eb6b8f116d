"""Attacks on what makes a signature last: time-stamps stripped, borrowed or made at home, lists forged."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms as asn1_cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.demo.pki import DemoPki
from desktop.signing.asice import Package
from desktop.signing.cmsinfo import read_signature, time_stamp_tokens
from desktop.signing.timestamps import read_token
from desktop.signing.trust import Trust
from desktop.signing.tsa import SandboxTsa
from desktop.signing.verify import Expected, VerifyReport, verify
from tests.unit.signing.kit import codes, flipped, lifted, stamped_cms, with_attribute, with_cms

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def _tsa(
    demo_tsa: SandboxTsa, issuer: DemoPki | None, *uses: x509.ObjectIdentifier, critical: bool = True
) -> SandboxTsa:
    """The demo's own key with another certificate: for these uses, signed by itself or by the authority of people."""
    key = load_pem_private_key(demo_tsa.key_pem, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "TSA")])
    above = issuer.intermediate.certificate.subject if issuer else name
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(above).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(NOW - DAY).not_valid_after(NOW + 100 * DAY)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    if uses:
        builder = builder.add_extension(x509.ExtendedKeyUsage(uses), critical=critical)
    return SandboxTsa(key, builder.sign(issuer.intermediate.key if issuer else key, hashes.SHA256()))


STAMPING, MAIL = ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.EMAIL_PROTECTION


@pytest.mark.parametrize(
    ("uses", "critical", "level"),
    [
        ((STAMPING,), True, "T"),
        ((STAMPING,), False, "B"),
        ((MAIL,), True, "B"),
        ((STAMPING, MAIL), True, "B"),
        ((), True, "B"),
    ],
)
@pytest.mark.parametrize("own", [True, False], ids=["trusted itself", "issued by a trusted authority"])
def test_only_a_certificate_for_time_stamping_stamps(
    small_package: Package,
    demo_tsa: SandboxTsa,
    demo_pki: DemoPki,
    demo_trust: Trust,
    uses: tuple[x509.ObjectIdentifier, ...],
    critical: bool,
    level: str,
    own: bool,
) -> None:
    tsa = _tsa(demo_tsa, None if own else demo_pki, *uses, critical=critical)
    trust = replace(demo_trust, tsa_roots=(tsa.root,) if own else ())
    report = verify(lifted(small_package, tsa), trust)
    assert (report.level, codes(report)) == (level, set() if level == "T" else {"time_stamp_untrusted"})


def test_a_revoked_authority_vouches_for_nothing(
    small_package: Package, demo_tsa: SandboxTsa, demo_pki: DemoPki, demo_trust: Trust
) -> None:
    """Whoever holds its key may stamp any instant, also one from before."""
    tsa = _tsa(demo_tsa, demo_pki, STAMPING)
    package = lifted(small_package, tsa, at=NOW - DAY / 2)
    listed = demo_pki.list_of([7])
    report = verify(package, replace(demo_trust, crls=(listed,)))
    assert (report.level, codes(report)) == ("B", {"time_stamp_untrusted"})


@dataclass(frozen=True)
class World:
    """A signature without and with a time-stamp, a signature of another dossier, and two authorities."""

    bare: bytes
    stamped: bytes
    other: bytes
    tsa: SandboxTsa
    stranger: SandboxTsa

    @property
    def token(self) -> bytes:
        return time_stamp_tokens(read_signature(self.stamped).signed_data)[0]


@pytest.fixture(scope="module")
def world(package: Package, stamped: Package, demo_tsa: SandboxTsa) -> World:
    cms = stamped.signatures[0].cms
    stranger = _tsa(demo_tsa, None, STAMPING)
    return World(with_attribute(cms), cms, package.signatures[1].cms, demo_tsa, stranger)


def _signed_bytes(token: bytes, which: str) -> bytes:
    """Find the place of a signed part within a token."""
    signed = read_token(token).signed_data
    signer = signed["signer_infos"][0]
    parts = {
        "told": lambda: signed["encap_content_info"]["content"].contents,
        "attributes": lambda: signer["signed_attrs"].contents,
        "value": lambda: signer["signature"].contents,
    }
    return bytes(parts[which]())


ATTACKS: dict[str, tuple[Callable[[World], bytes], set[str]]] = {
    "stripped": (lambda w: w.bare, {"evidence_missing"}),
    "of another signature": (
        lambda w: with_attribute(w.bare, time_stamp_tokens(read_signature(stamped_cms(w.other, w.tsa)).signed_data)[0]),
        {"bad_time_stamp", "evidence_missing"},
    ),
    "twice": (lambda w: with_attribute(w.bare, w.token, w.token), {"bad_time_stamp", "evidence_missing"}),
    "no time-stamp at all": (lambda w: with_attribute(w.bare, w.bare), {"bad_time_stamp", "evidence_missing"}),
    "of an authority nobody trusts": (
        lambda w: stamped_cms(w.bare, w.stranger),
        {"time_stamp_untrusted", "evidence_missing"},
    ),
    "of a time to come": (
        lambda w: stamped_cms(w.bare, w.tsa, NOW + 2 * DAY),
        {"time_stamp_in_future", "evidence_missing"},
    ),
    "of a time before the authority": (
        lambda w: stamped_cms(w.bare, w.tsa, NOW - 400 * DAY),
        {"time_stamp_untrusted", "evidence_missing"},
    ),
    "without the authority's certificate": (
        lambda w: with_attribute(w.bare, _without_certificate(w)),
        {"bad_time_stamp", "evidence_missing"},
    ),
}


def _without_certificate(world: World) -> bytes:
    content = asn1_cms.ContentInfo.load(world.token)
    content["content"]["certificates"] = asn1_cms.CertificateSet([])
    return bytes(content.dump())


def _report(package: Package, cms: bytes, trust: Trust, level: str) -> VerifyReport:
    return verify(with_cms(package, cms), trust, expected=Expected(1, (level,)))


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_time_stamp_that_proves_nothing_is_refused(
    small_package: Package, lasting_trust: Trust, world: World, attack: str
) -> None:
    change, expected = ATTACKS[attack]
    report = _report(small_package, change(world), lasting_trust, "T")
    assert (report.ok, report.level, codes(report)) == (False, "B", expected)


def test_a_signature_cannot_claim_a_later_day_than_its_time_stamp(
    small_package: Package, lasting_trust: Trust, world: World
) -> None:
    report = _report(small_package, stamped_cms(world.bare, world.tsa, NOW - 1.5 * DAY), lasting_trust, "T")
    assert (report.ok, report.level, codes(report)) == (False, "T", {"signed_in_future"})


def test_a_stripped_time_stamp_is_missed_only_by_what_was_recorded(
    small_package: Package, lasting_trust: Trust, world: World
) -> None:
    assert verify(with_cms(small_package, world.bare), lasting_trust).ok


@pytest.mark.parametrize("part", ["told", "attributes", "value"])
def test_every_flip_in_a_time_stamp_is_found(
    small_package: Package, lasting_trust: Trust, world: World, part: str
) -> None:
    content = _signed_bytes(world.token, part)
    start = world.stamped.index(content)
    for spot in range(0, len(content), max(1, len(content) // 8)):
        report = _report(small_package, flipped(world.stamped, start + spot), lasting_trust, "T")
        assert not report.ok


def test_every_flip_in_a_list_takes_the_level_away(lasting: Package, lasting_trust: Trust) -> None:
    """A list that nobody signed says nothing, neither good nor bad."""
    cms = lasting.signatures[0].cms
    start = cms.index(lasting_trust.crls[0])
    for spot in range(10, len(lasting_trust.crls[0]), 97):
        package = with_cms(lasting, flipped(cms, start + spot))
        report = verify(package, lasting_trust, expected=Expected(3, ("LT",) * 3))
        assert not report.ok
        assert report.level in ("B", "T")


def test_a_list_left_out_takes_the_level_away(lasting: Package, lasting_trust: Trust) -> None:
    content = asn1_cms.ContentInfo.load(lasting.signatures[0].cms)
    content["content"]["crls"] = asn1_cms.RevocationInfoChoices([])
    report = verify(with_cms(lasting, content.dump()), lasting_trust, expected=Expected(3, ("LT",) * 3))
    assert (report.level, codes(report)) == ("T", {"evidence_missing"})
