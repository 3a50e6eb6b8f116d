"""What an attacker may do to a package between two honest people, and what the verifier says to each of them.

Attacks on the container (doubled entries, unsafe names, a second media type) are in test_asice.py, single flipped bits
in test_verify_flips.py, attacks on time-stamps and lists in test_attacks_evidence.py.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.demo.pki import DemoPki, make_demo_pki
from desktop.demo.unit import PEOPLE
from desktop.dossier.people import Person
from desktop.signing.asice import DataObject, Package, Signed, package_id, read, write
from desktop.signing.cades import sign
from desktop.signing.trust import Trust
from desktop.signing.verify import Expected, verify
from tests.fixtures.softkeys import SoftPerson, make_soft_person
from tests.fixtures.tokens import sample_objects
from tests.unit.signing.kit import codes, forged_twin, signed_by

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class World:
    """A package of three honest signers, another dossier of the same three, and their keys."""

    good: Package
    other: Package
    keys: Sequence[SoftPerson]

    def with_objects(self, *objects: DataObject) -> Package:
        return replace(self.good, objects=objects)

    def in_order(self, *indices: int) -> Package:
        return replace(self.good, signatures=tuple(self.good.signatures[index] for index in indices))

    def taking(self, index: int, signed: Signed) -> Package:
        signatures = list(self.good.signatures)
        signatures[index] = signed
        return replace(self.good, signatures=tuple(signatures))


@pytest.fixture(scope="module")
def world(package: Package, keys: list[SoftPerson]) -> World:
    return World(package, signed_by(keys, sample_objects(keys, b"%PDF-1.7 another scan")), keys)


def _objects(world: World, change: Callable[[DataObject, DataObject, DataObject], Sequence[DataObject]]) -> Package:
    first, second, third = world.good.objects
    return world.with_objects(*change(first, second, third))


ATTACKS: dict[str, tuple[Callable[[World], Package], set[str]]] = {
    "document added": (
        lambda w: w.with_objects(*w.good.objects, DataObject("documents/02.json", "application/json", b"{}")),
        {"object_added", "descriptor_mismatch"},
    ),
    "document removed": (
        lambda w: _objects(w, lambda a, _, c: (a, c)),
        {"object_missing", "descriptor_mismatch"},
    ),
    "scan removed": (
        lambda w: _objects(w, lambda a, b, _: (a, b)),
        {"object_missing", "descriptor_mismatch"},
    ),
    "description removed": (
        lambda w: _objects(w, lambda _, b, c: (b, c)),
        {"object_missing", "bad_descriptor"},
    ),
    "scan renamed": (
        lambda w: _objects(w, lambda a, b, c: (a, b, replace(c, name="attachments/99.pdf"))),
        {"object_missing", "object_added", "descriptor_mismatch"},
    ),
    "contents swapped": (
        lambda w: _objects(w, lambda a, b, c: (a, replace(b, content=c.content), replace(c, content=b.content))),
        {"digest_mismatch", "descriptor_mismatch"},
    ),
    "scan of another dossier": (
        lambda w: _objects(w, lambda a, b, c: (a, b, replace(w.other.objects[2], name=c.name))),
        {"digest_mismatch", "descriptor_mismatch"},
    ),
    "all files of another dossier": (
        lambda w: w.with_objects(*w.other.objects),
        {"digest_mismatch", "object_added", "object_missing"},
    ),
    "last signature removed": (lambda w: w.in_order(0, 1), {"signature_missing"}),
    "last two signatures removed": (lambda w: w.in_order(0), {"signature_missing"}),
    "middle signature removed": (
        lambda w: w.in_order(0, 2),
        {"order_broken", "wrong_signer", "signature_missing"},
    ),
    "first signature removed": (
        lambda w: w.in_order(1, 2),
        {"order_broken", "wrong_signer", "signature_missing"},
    ),
    "all signatures removed": (lambda w: w.in_order(), {"not_signed", "signature_missing"}),
    "second and third changed places": (lambda w: w.in_order(0, 2, 1), {"order_broken", "wrong_signer"}),
    "first and second changed places": (lambda w: w.in_order(1, 0, 2), {"order_broken", "wrong_signer"}),
    "last signature twice": (
        lambda w: w.in_order(0, 1, 2, 2),
        {"order_broken", "signature_extra", "same_signer"},
    ),
    "second signature for the third": (
        lambda w: w.in_order(0, 1, 1),
        {"order_broken", "wrong_signer", "same_signer"},
    ),
    "first signature of another dossier": (
        lambda w: w.taking(0, w.other.signatures[0]),
        {"digest_mismatch", "object_added", "object_missing", "order_broken"},
    ),
    "last signature of another dossier": (
        lambda w: w.taking(2, w.other.signatures[2]),
        {"digest_mismatch", "object_added", "object_missing", "order_broken"},
    ),
    "all signatures of another dossier": (
        lambda w: replace(w.good, signatures=w.other.signatures),
        {"digest_mismatch", "object_added", "object_missing"},
    ),
    "manifest of another dossier": (
        lambda w: w.taking(1, replace(w.good.signatures[1], manifest=w.other.signatures[1].manifest)),
        {"bad_signature", "digest_mismatch", "object_added", "object_missing"},
    ),
    "manifest of the first signer": (
        lambda w: w.taking(1, replace(w.good.signatures[1], manifest=w.good.signatures[0].manifest)),
        {"bad_signature", "order_broken"},
    ),
    "signature file of the first signer": (
        lambda w: w.taking(1, replace(w.good.signatures[1], cms=w.good.signatures[0].cms)),
        {"bad_signature", "order_broken", "wrong_signer", "same_signer"},
    ),
    "signed again at another time": (
        lambda w: w.taking(0, signed_by(w.keys[:1], w.good.objects, NOW - DAY).signatures[0]),
        {"order_broken"},
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_package_that_was_tampered_with_is_refused(world: World, lasting_trust: Trust, attack: str) -> None:
    change, expected = ATTACKS[attack]
    report = verify(read(write(change(world))), lasting_trust)
    assert (report.ok, codes(report)) == (False, expected)


def test_without_an_attack_nothing_is_found(world: World, lasting_trust: Trust) -> None:
    for package in (world.good, world.other):
        assert codes(verify(read(write(package)), lasting_trust)) == set()


def test_a_last_signer_nobody_declared_is_missed_by_what_was_recorded(
    keys: list[SoftPerson], lasting_trust: Trust
) -> None:
    """An insider can have the list of signers signed too short: only what was recorded tells."""
    short = signed_by(keys[:2], sample_objects(keys[:2]))
    report = verify(short, lasting_trust, expected=Expected(3))
    assert (verify(short, lasting_trust).ok, report.ok, codes(report)) == (True, False, {"signature_missing"})
    assert verify(short, lasting_trust, expected=Expected(2, ("B", "B"))).ok


# certificates that must not count


@dataclass(frozen=True)
class RsaPerson:
    """A signer with an RSA key of any size; a SigningKey."""

    person: Person
    certificate: bytes
    chain: tuple[bytes, ...]
    private: rsa.RSAPrivateKey = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def _rsa_person(pki: DemoPki, bits: int) -> RsaPerson:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    soft = make_soft_person(pki, PEOPLE[0])
    certificate = pki.issue(public, PEOPLE[0].name)
    owner = PEOPLE[0].model_copy(update={"certificate_sha256": hashlib.sha256(certificate).hexdigest()})
    return RsaPerson(owner, certificate, soft.chain, key)


@pytest.mark.parametrize(("bits", "expected"), [(1024, {"weak_digest"}), (2048, set())])
def test_a_short_rsa_key_does_not_sign(demo_pki: DemoPki, lasting_trust: Trust, bits: int, expected: set[str]) -> None:
    key = _rsa_person(demo_pki, bits)
    objects = sample_objects([key])
    package = Package(tuple(objects), (sign(objects, (), key, NOW),))
    assert codes(verify(package, lasting_trust)) == expected


def test_the_right_name_from_the_wrong_authority_is_refused(
    world: World, lasting_trust: Trust, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Same names all the way up, same person, other keys: with the declared certificate it is not even hers."""
    impostor = make_demo_pki(tmp_path_factory.mktemp("wrong"))
    keys = [make_soft_person(impostor, person) for person in PEOPLE]
    own = signed_by(keys, sample_objects(keys))
    assert codes(verify(own, lasting_trust)) == {"untrusted"}
    assert codes(verify(signed_by(keys, world.good.objects), lasting_trust)) == {"untrusted", "wrong_signer"}


def test_a_certificate_made_by_oneself_is_refused(world: World, lasting_trust: Trust) -> None:
    twin = forged_twin(world.keys[0])
    forged = signed_by([twin, *world.keys[1:]], world.good.objects)
    assert codes(verify(forged, lasting_trust)) & {"bad_signature", "untrusted"}
    assert "wrong_signer" in codes(verify(forged, lasting_trust))


def test_two_certificates_of_one_key_are_one_signer(demo_pki: DemoPki, lasting_trust: Trust) -> None:
    """One token with two certificates of two names is still one person at the desk."""
    first = make_soft_person(demo_pki, PEOPLE[0])
    public = first.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    certificate = demo_pki.issue(public, PEOPLE[1].name)
    owner = PEOPLE[1].model_copy(update={"certificate_sha256": hashlib.sha256(certificate).hexdigest()})
    pair = [first, replace(first, person=owner, certificate=certificate)]
    assert codes(verify(signed_by(pair, sample_objects(pair)), lasting_trust)) == {"same_signer"}


def test_the_register_is_asked_for_the_time_of_signing(world: World, lasting_trust: Trust) -> None:
    """A callable register knows since when and until when; a signature from before stays good."""
    asked: set[tuple[str, str]] = set()

    def known(role: str, certificate: str, at: datetime) -> bool:
        asked.add((role, certificate))
        return at <= NOW + DAY

    assert verify(world.good, lasting_trust, registered=known).ok
    assert asked == {(str(role), key.person.certificate_sha256) for key in world.keys for role in key.person.roles}
    late = verify(world.good, lasting_trust, registered=lambda role, _, at: at < NOW - DAY or role == "preparer")
    assert [signer.ok for signer in late.signers] == [True, False, False]
    assert codes(late) == {"not_registered"}


def test_an_id_is_of_the_signatures_and_nothing_else_passes_for_it(world: World) -> None:
    assert package_id(world.good) != package_id(world.other)
    for change, _ in ATTACKS.values():
        attacked = change(world)
        if attacked.signatures and attacked.signatures != world.good.signatures:
            assert package_id(attacked) != package_id(world.good)


def test_a_descriptor_of_other_signers_is_not_what_they_signed(world: World, lasting_trust: Trust) -> None:
    told = json.loads(world.good.objects[0].content)
    told["signers"] = told["signers"][:1]
    short = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    attacked = world.with_objects(replace(world.good.objects[0], content=short), *world.good.objects[1:])
    attacked = replace(attacked, signatures=attacked.signatures[:1])
    assert codes(verify(attacked, lasting_trust)) == {"digest_mismatch"}
