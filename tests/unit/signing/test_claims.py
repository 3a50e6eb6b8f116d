"""What a signature says beside what it signs: there only when there is something to say, and part of what is signed."""

import pytest
from asn1crypto import cms, core

from desktop.signing.asice import Package
from desktop.signing.cades import sign
from desktop.signing.claims import NO_CLAIMS, Claims, Place, place_of
from desktop.signing.cmsinfo import ACKNOWLEDGED_OID, PLACE_OID, read_signature
from desktop.signing.errors import ContainerError
from desktop.signing.verify import verify
from tests.fixtures.softkeys import SoftPerson
from tests.fixtures.tokens import sample_objects
from tests.unit.signing.kit import replaced_cms
from tests.unit.signing.test_cades import OBJECTS, WHEN

PLACE = Place("5a" * 16, "c3" * 8)
STOOD = bytes(range(32))


def signed_attributes(content: bytes) -> cms.CMSAttributes:
    return cms.ContentInfo.load(content)["content"]["signer_infos"][0]["signed_attrs"]


@pytest.mark.parametrize(
    ("claims", "there"),
    [
        (NO_CLAIMS, set()),
        (Claims(STOOD), {ACKNOWLEDGED_OID}),
        (Claims(place=PLACE), {PLACE_OID}),
        (Claims(STOOD, PLACE), {ACKNOWLEDGED_OID, PLACE_OID}),
    ],
)
def test_each_attribute_is_there_exactly_when_there_is_something_to_say(
    keys: list[SoftPerson], claims: Claims, there: set[str]
) -> None:
    signed = sign(OBJECTS, [], keys[0], WHEN, claims)
    kinds = {attribute["type"].dotted for attribute in signed_attributes(signed.cms)}
    assert kinds & {ACKNOWLEDGED_OID, PLACE_OID} == there
    info = read_signature(signed.cms)
    assert (info.acknowledged, place_of(info.place)) == (claims.acknowledged, claims.place)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_an_attribute_of_another_size_is_no_signature(keys: list[SoftPerson], size: int) -> None:
    content = cms.ContentInfo.load(sign(OBJECTS, [], keys[0], WHEN, Claims(STOOD)).cms)
    attributes = content["content"]["signer_infos"][0]["signed_attrs"]
    changed = next(one for one in attributes if one["type"].dotted == ACKNOWLEDGED_OID)
    changed["values"] = [core.OctetString(b"x" * size)]
    with pytest.raises(ContainerError):
        read_signature(content.dump(force=True))


def test_verification_tells_it_and_another_value_breaks_the_signature(keys: list[SoftPerson]) -> None:
    objects = sample_objects(keys[:1])
    signed = sign(objects, [], keys[0], WHEN, Claims(STOOD, PLACE))
    (signer,) = verify(Package(objects, (signed,)), None).signers
    assert signer.acknowledged == STOOD.hex()
    for value in (STOOD, PLACE.as_bytes()):
        forged = replaced_cms(signed, signed.cms.replace(value, value[:-1] + b"!"))
        (signer,) = verify(Package(objects, (forged,)), None).signers
        assert "bad_signature" in {problem.code for problem in signer.problems}
