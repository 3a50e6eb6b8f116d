"""Evidence is added beside a signature: nothing signed changes, and what is there stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms as asn1_cms
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.demo.pki import DemoPki
from desktop.signing.asice import Package, package_id, read, write
from desktop.signing.cmsinfo import embedded_certificates, embedded_lists, read_signature, time_stamp_tokens
from desktop.signing.cmswrite import with_evidence, with_time_stamp
from desktop.signing.derwalk import element
from desktop.signing.errors import ContainerError
from desktop.signing.evidence import EvidenceError, add_revocation, add_time_stamp, level_of, missing_for_lt
from desktop.signing.trust import Trust
from desktop.signing.tsa import SandboxTsa
from tests.unit.signing.kit import crl_with, flipped, stamped_cms, with_attribute

ROOT, ISSUER = "Chứng thực gốc (THỬ NGHIỆM)", "Chứng thực cơ quan nhà nước G1 (THỬ NGHIỆM)"


def _signed_parts(cms: bytes) -> tuple[bytes, bytes, bytes]:
    signer = asn1_cms.ContentInfo.load(cms)["content"]["signer_infos"][0]
    return signer["signature"].dump(), signer["signed_attrs"].dump(), signer["sid"].dump()


def test_levels_rise_and_the_package_stays_the_same(package: Package, lasting: Package) -> None:
    assert {level_of(signed.cms) for signed in package.signatures} == {"B"}
    assert {level_of(signed.cms) for signed in lasting.signatures} == {"LT"}
    assert package_id(read(write(lasting))) == package_id(package)


def test_two_lists_and_no_certificate_twice_are_embedded(lasting: Package) -> None:
    signed_data = read_signature(lasting.signatures[0].cms).signed_data
    held = [choice.chosen.dump() for choice in signed_data["certificates"]]
    assert len(embedded_lists(signed_data)) == 2
    assert len(held) == len(set(held)) == 2


@pytest.fixture(scope="module")
def tokens(lasting: Package) -> list[bytes]:
    return [time_stamp_tokens(read_signature(signed.cms).signed_data)[0] for signed in lasting.signatures]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["stamp", "lists"]), max_size=5), st.integers(0, 2))
def test_nothing_signed_ever_changes_and_no_level_falls(
    package: Package, lasting_trust: Trust, tokens: list[bytes], steps: list[str], index: int
) -> None:
    before = cms = package.signatures[index].cms
    levels = ["B"]
    for step in steps:
        if step == "stamp":
            cms = add_time_stamp(cms, tokens[index])
        elif levels[-1] != "B":
            cms = add_revocation(cms, lasting_trust)
        levels.append(level_of(cms))
    assert _signed_parts(cms) == _signed_parts(before)
    assert levels == sorted(levels, key=("B", "T", "LT").index)


def test_adding_twice_changes_nothing(lasting: Package, demo_tsa: SandboxTsa, lasting_trust: Trust) -> None:
    cms = lasting.signatures[0].cms
    assert stamped_cms(cms, demo_tsa) == cms == add_revocation(cms, lasting_trust)
    assert add_revocation(cms, Trust()) == cms


def test_a_token_of_another_signature_is_refused(package: Package, stamped: Package) -> None:
    token = time_stamp_tokens(read_signature(stamped.signatures[0].cms).signed_data)[0]
    with pytest.raises(EvidenceError) as caught:
        add_time_stamp(package.signatures[1].cms, token)
    assert caught.value.code == "not_this_signature"


def test_what_is_missing_is_named(small_package: Package, stamped: Package, lasting_trust: Trust) -> None:
    cms = stamped.signatures[0].cms
    assert missing_for_lt(small_package.signatures[0].cms, lasting_trust) == ("time_stamp",)
    assert missing_for_lt(cms, lasting_trust) == ()
    assert missing_for_lt(cms, replace(lasting_trust, crls=())) == (f"crl:{ISSUER}", f"crl:{ROOT}")
    stranger = replace(lasting_trust, roots=(), intermediates=(), crls=())
    assert missing_for_lt(cms, stranger) == (f"crl:{ISSUER}", f"certificate:{ROOT}")


@pytest.mark.parametrize(("level", "code"), [("B", "no_time_stamp"), ("T", "no_revocation")])
def test_what_cannot_be_made_lasting_is_said_so(
    small_package: Package, stamped: Package, demo_tsa: SandboxTsa, level: str, code: str
) -> None:
    package = {"B": small_package, "T": stamped}[level]
    with pytest.raises(EvidenceError, match="Hãy") as caught:
        add_revocation(package.signatures[0].cms, Trust(tsa_roots=(demo_tsa.root,)))
    assert caught.value.code == code


def test_evidence_of_a_broken_time_stamp_is_refused_in_words(
    stamped: Package, demo_tsa: SandboxTsa, lasting_trust: Trust
) -> None:
    """A signer's certificate that is none, and a token without its authority's."""
    cms = stamped.signatures[0].cms
    token = time_stamp_tokens(read_signature(cms).signed_data)[0]
    content = asn1_cms.ContentInfo.load(token)
    content["content"]["certificates"] = asn1_cms.CertificateSet([])
    for broken in (with_attribute(cms, content.dump()), cms.replace(demo_tsa.root[:8], bytes(8))):
        with pytest.raises((ContainerError, EvidenceError), match="Hãy"):
            missing_for_lt(broken, lasting_trust)


def test_a_list_of_another_time_says_nothing_about_then(
    small_package: Package, demo_tsa: SandboxTsa, lasting_trust: Trust
) -> None:
    late = stamped_cms(small_package.signatures[0].cms, demo_tsa, datetime.now(UTC) + timedelta(days=30))
    assert missing_for_lt(late, lasting_trust) == (f"crl:{ISSUER}",)


def test_too_large_a_list_leaves_the_signature_as_it_was(
    stamped: Package, lasting_trust: Trust, demo_pki: DemoPki
) -> None:
    padding = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), bytes(20_000))
    huge = crl_with(demo_pki.intermediate, padding)
    trust = replace(lasting_trust, crls=(huge, lasting_trust.crls[1]))
    with pytest.raises(EvidenceError) as caught:
        add_revocation(stamped.signatures[0].cms, trust, room=20_000)
    assert caught.value.code == "evidence_too_large"


def test_a_flipped_token_is_never_added_as_something_else(small_package: Package, stamped: Package) -> None:
    cms = small_package.signatures[0].cms
    token = time_stamp_tokens(read_signature(stamped.signatures[0].cms).signed_data)[0]
    for spot in range(0, len(token), 61):
        try:
            added = add_time_stamp(cms, flipped(token, spot))
        except (EvidenceError, ContainerError):
            continue
        assert _signed_parts(added) == _signed_parts(cms)


def test_every_length_is_written_the_same_way(small_package: Package, tokens: list[bytes]) -> None:
    """A library takes the last octet of one length of 256 for something else, and then hangs or writes all anew."""
    cms = small_package.signatures[0].cms
    for size in range(256):
        padding = element(0x30, bytes(size))
        made = with_time_stamp(with_evidence(cms, [], [padding]), tokens[0])
        signed_data = read_signature(made).signed_data
        assert embedded_lists(signed_data) == (padding,)
        assert time_stamp_tokens(signed_data) == (tokens[0],)
        assert embedded_certificates(signed_data) == embedded_certificates(read_signature(cms).signed_data)
        assert _signed_parts(made) == _signed_parts(cms)
