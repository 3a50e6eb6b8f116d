"""Certificates as people read them, and the check of raw signatures."""

import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.demo.pki import INTERMEDIATE_NAME, DemoPki
from desktop.demo.unit import PEOPLE
from desktop.signing.certificates import describe
from desktop.signing.rawverify import holds
from tests.fixtures.softkeys import SoftPerson, make_soft_person


def _public(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_a_persons_certificate_is_described(keys: list[SoftPerson]) -> None:
    info = describe(keys[0].certificate)
    assert (info.subject_name, info.issuer_name, info.key_kind, info.can_sign) == (
        "Lò Thị Hạnh",
        INTERMEDIATE_NAME,
        "EC-P-256",
        True,
    )
    assert info.sha256 == hashlib.sha256(keys[0].certificate).hexdigest()
    assert info.not_before < info.not_after
    assert info.not_after.endswith("Z")


def test_the_bytes_of_a_certificate_stay_out_of_text(keys: list[SoftPerson]) -> None:
    assert "der" not in repr(describe(keys[0].certificate))


def test_an_authority_and_an_encryption_certificate_cannot_sign(demo_pki: DemoPki, keys: list[SoftPerson]) -> None:
    assert not describe(keys[0].chain[0]).can_sign
    assert not describe(make_soft_person(demo_pki, PEOPLE[0], signs=False).certificate).can_sign


@pytest.mark.parametrize("der", [b"", b"junk", b"\x30\x03\x02\x01\x01"])
def test_junk_is_no_certificate(der: bytes) -> None:
    with pytest.raises(ValueError, match=r"not an X\.509 certificate"):
        describe(der)


def test_a_raw_signature_is_checked_for_both_kinds_of_key() -> None:
    digest = hashlib.sha256(b"x").digest()
    of_rsa, of_ec = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())
    made = [
        (_public(of_rsa), of_rsa.sign(b"x", padding.PKCS1v15(), hashes.SHA256())),
        (_public(of_ec), of_ec.sign(b"x", ec.ECDSA(hashes.SHA256()))),
    ]
    assert [holds(key, digest, signature) for key, signature in made] == [True, True]
    assert not holds(made[0][0], digest, made[1][1])
    assert not holds(made[1][0], digest, made[0][1])


def test_another_kind_of_key_never_holds() -> None:
    other = ed25519.Ed25519PrivateKey.generate()
    assert not holds(_public(other), bytes(32), other.sign(bytes(32)))
    assert not holds(b"junk", bytes(32), b"")
