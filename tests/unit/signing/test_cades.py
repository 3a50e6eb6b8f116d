"""One signature: the attributes of CAdES-B, the link to the signer before, and nothing twice."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from asn1crypto import cms

from desktop.signing.asice import DataObject, Signed
from desktop.signing.cades import sign
from desktop.signing.cmsinfo import read_signature, signature_value
from desktop.signing.cmslimits import MAX_CMS_BYTES, MAX_EMBEDDED, MAX_REST_BYTES
from desktop.signing.errors import ContainerError
from tests.fixtures.softkeys import SoftPerson

OBJECTS = (DataObject("dossier.json", "application/json", b"{}"),)
WHEN = datetime(2026, 11, 23, 9, 41, 7, 999_999, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(scope="module")
def first(keys: list[SoftPerson]) -> Signed:
    return sign(OBJECTS, [], keys[0], WHEN)


@pytest.fixture(scope="module")
def second(keys: list[SoftPerson], first: Signed) -> Signed:
    return sign(OBJECTS, [first], keys[1], WHEN)


def _attributes(signed: Signed) -> set[str]:
    signer = cms.ContentInfo.load(signed.cms)["content"]["signer_infos"][0]
    return {attribute["type"].native for attribute in signer["signed_attrs"]}


def test_a_first_signature_has_the_attributes_of_the_baseline(first: Signed) -> None:
    required = {"content_type", "message_digest", "signing_time", "signing_certificate_v2", "content_identifier"}
    assert required <= _attributes(first)
    assert "content_reference" not in _attributes(first)


def test_a_later_signature_signs_the_value_before(first: Signed, second: Signed) -> None:
    info, before = read_signature(second.cms), read_signature(first.cms)
    assert (info.previous, info.previous_identifier) == (before.value, before.content_identifier)
    assert before.content_identifier == hashlib.sha256(first.manifest).digest()
    assert before.previous is None


def test_the_time_is_kept_in_utc_and_whole_seconds(first: Signed) -> None:
    assert read_signature(first.cms).signed_at == datetime(2026, 11, 23, 2, 41, 7, tzinfo=UTC)


def test_signer_and_intermediate_are_carried_once_and_no_root(first: Signed, keys: list[SoftPerson]) -> None:
    carried = [choice.chosen.dump() for choice in cms.ContentInfo.load(first.cms)["content"]["certificates"]]
    assert sorted(carried) == sorted([keys[0].certificate, *keys[0].chain])


def test_a_signature_is_detached_and_small(first: Signed) -> None:
    assert cms.ContentInfo.load(first.cms)["content"]["encap_content_info"]["content"].native is None
    assert len(first.cms) < 4096


def test_a_broken_predecessor_is_not_signed_after(keys: list[SoftPerson], first: Signed) -> None:
    with pytest.raises(ContainerError) as caught:
        sign(OBJECTS, [replace(first, cms=first.cms[:-1])], keys[1], WHEN)
    assert caught.value.code == "bad_signature_file"


def _changed(data: bytes, change: str) -> bytes:
    content = cms.ContentInfo.load(data)
    signed = content["content"]
    signer = signed["signer_infos"][0]
    if change == "two signers":
        signed["signer_infos"] = cms.SignerInfos([signer, signer])
    elif change == "no signer":
        signed["signer_infos"] = cms.SignerInfos([])
    elif change == "attribute twice":
        signer["signed_attrs"] = cms.CMSAttributes([*signer["signed_attrs"], signer["signed_attrs"][0]])
    elif change == "content inside":
        signed["encap_content_info"] = cms.ContentInfo({"content_type": "data", "content": b"inside"})
    elif change == "enveloped":
        return bytes(cms.ContentInfo({"content_type": "data", "content": b"x"}).dump())
    return bytes(content.dump())


@pytest.mark.parametrize("change", ["two signers", "no signer", "attribute twice", "content inside", "enveloped"])
def test_a_cms_of_another_shape_is_no_signature(first: Signed, change: str) -> None:
    with pytest.raises(ContainerError):
        read_signature(_changed(first.cms, change))


@pytest.mark.parametrize("data", [b"", b"\x30\x80", b"junk", bytes(MAX_REST_BYTES + 1), bytes(MAX_CMS_BYTES + 1)])
def test_junk_is_no_signature(data: bytes) -> None:
    with pytest.raises(ContainerError):
        signature_value(data)


def test_more_certificates_than_anybody_needs_are_no_signature(first: Signed) -> None:
    content = cms.ContentInfo.load(first.cms)
    carried = list(content["content"]["certificates"])
    content["content"]["certificates"] = cms.CertificateSet(carried * MAX_EMBEDDED)
    with pytest.raises(ContainerError, match="bị hỏng"):
        read_signature(content.dump())


def test_a_trailing_byte_is_no_signature(first: Signed) -> None:
    with pytest.raises(ContainerError):
        signature_value(first.cms + b"\0")


def test_a_signature_without_its_certificate_is_read_but_names_none(first: Signed) -> None:
    content = cms.ContentInfo.load(first.cms)
    content["content"]["certificates"] = cms.CertificateSet([])
    assert read_signature(content.dump()).certificate == b""
