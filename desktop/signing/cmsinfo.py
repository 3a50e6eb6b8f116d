"""Reads what we need out of one CMS signature (RFC 5652) without judging it; verification is another matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, core
from asn1crypto import tsp as _tsp  # noqa: F401  makes signing_certificate_v2 known

from desktop.signing.certificates import ASN1_ERRORS
from desktop.signing.cmslimits import MAX_CMS_BYTES, MAX_EMBEDDED, MAX_REST_BYTES
from desktop.signing.derwalk import check_signature_size, parts
from desktop.signing.errors import ContainerError

DATA_OID = "1.2.840.113549.1.7.1"
OUR_ARC = "1.2.840.113556.1.8000.2554.54015.21439.43405.16770.33043.1036129.8858591"
"""From the UUID d2ff53bf-a98d-4182-8113-0fcf61872bdf, in parts: GnuTLS reads no number as long as 2.25.<UUID> has."""
ACKNOWLEDGED_OID = f"{OUR_ARC}.1"
"""Our own signed attribute: for which new and changed payees the signer stood (docs/protocol.md)."""
PLACE_OID = f"{OUR_ARC}.2"
"""Our own signed attribute: on which machine and in which sitting the signature was made (docs/protocol.md)."""
PLACE_BYTES, DIGEST_BYTES = 24, 32


class ContentReference(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """Link to another signature: RFC 2634 section 2.11, used as EN 319 122-1 section 5.2.11 allows."""

    _fields = [  # noqa: RUF012  asn1crypto's own way
        ("content_type", core.ObjectIdentifier),
        ("signed_content_identifier", core.OctetString),
        ("originator_signature_value", core.OctetString),
    ]


class _SetOfContentReference(core.SetOf):  # type: ignore[misc]
    _child_spec = ContentReference


def _register(oid: str, name: str, values: type) -> None:
    """Teach asn1crypto an attribute; pyHanko has the same words, but reading must not wait for all of pyHanko."""
    cms.CMSAttributeType._map[oid] = name
    cms.CMSAttribute._oid_specs[name] = values


_register("1.2.840.113549.1.9.16.2.10", "content_reference", _SetOfContentReference)
_register("1.2.840.113549.1.9.16.2.7", "content_identifier", cms.SetOfOctetString)
_register(ACKNOWLEDGED_OID, "acknowledged_payees", cms.SetOfOctetString)
_register(PLACE_OID, "signing_place", cms.SetOfOctetString)


@dataclass(frozen=True)
class SignatureInfo:
    """The parts of a signature that the order of signers and the rules hang on.

    `previous` is the signature value this one is bound to, None for a first signer; `certificate` is the signer's DER
    or b"" when the CMS does not carry it; `signed_at` is what the signer's clock claimed. `acknowledged` is the digest
    of the payees the signer stood for, `place` machine and sitting (claims.Place), each b"" without that attribute.
    """

    signed_data: Any
    value: bytes
    content_identifier: bytes
    previous: bytes | None
    previous_identifier: bytes
    signed_at: datetime | None
    digest_algorithm: str
    certificate: bytes
    names_certificate: bool
    acknowledged: bytes = b""
    place: bytes = b""


def read_signature(data: bytes) -> SignatureInfo:
    """Take one detached signature apart.

    Raises ContainerError bad_signature_file when it is not exactly one detached CMS signature.
    """
    if len(data) > MAX_CMS_BYTES:
        raise bad_signature_file()
    try:
        if len(data) > MAX_REST_BYTES:
            check_signature_size(data)
        return _read(data)
    except ASN1_ERRORS:
        raise bad_signature_file() from None


def signature_value(data: bytes) -> bytes:
    """Give the signature value; it stays the same when evidence is added to the CMS later."""
    return read_signature(data).value


def embedded_certificates(signed: Any) -> tuple[bytes, ...]:
    """Give the certificates (DER) that a SignedData carries."""
    return tuple(der for one, der in _members(signed["certificates"]) if one.name == "certificate")


def embedded_lists(signed: Any) -> tuple[bytes, ...]:
    """Give the revocation lists (DER) that a SignedData carries."""
    return tuple(der for one, der in _members(signed["crls"]) if one.name == "crl")


def time_stamp_tokens(signed: Any) -> tuple[bytes, ...]:
    """Give the time-stamp tokens (DER) over the signature value of a SignedData's one signer."""
    attributes = signed["signer_infos"][0]["unsigned_attrs"]
    found = (one for one in attributes if one["type"].native == "signature_time_stamp_token")
    return tuple(der for attribute in found for _, der in _members(attribute["values"]))


def _members(found: Any) -> list[tuple[Any, bytes]]:
    """The members of a set with their bytes as they stand: asn1crypto may write them anew (see cmswrite.py)."""
    count = len(found)
    if not count:
        return []
    data = bytes(found.contents)
    return [
        (one, data[part.start : part.end]) for one, part in zip(found, parts(data, 0, len(data), count), strict=True)
    ]


def signer_certificate(signed: Any) -> bytes:
    """Give the certificate (DER) of a SignedData's one signer, b"" when it does not carry it."""
    return _certificate(signed, signed["signer_infos"][0])


def _read(data: bytes) -> SignatureInfo:
    content = cms.ContentInfo.load(data, strict=True)
    signed = content["content"] if content["content_type"].native == "signed_data" else None
    if signed is None or len(signed["signer_infos"]) != 1 or signed["encap_content_info"]["content"].native is not None:
        raise bad_signature_file()
    if max(len(signed["certificates"]), len(signed["crls"])) > MAX_EMBEDDED:
        raise bad_signature_file()
    signer = signed["signer_infos"][0]
    attributes = _attributes(signer)
    identifier = attributes.get("content_identifier")
    reference = attributes.get("content_reference")
    signed_at = attributes.get("signing_time")
    return SignatureInfo(
        signed_data=signed,
        value=bytes(signer["signature"].native),
        content_identifier=bytes(identifier.native) if identifier else b"",
        previous=bytes(reference["originator_signature_value"].native) if reference else None,
        previous_identifier=bytes(reference["signed_content_identifier"].native) if reference else b"",
        signed_at=signed_at.native if signed_at else None,
        digest_algorithm=str(signer["digest_algorithm"]["algorithm"].native),
        certificate=_certificate(signed, signer),
        names_certificate="signing_certificate_v2" in attributes,
        acknowledged=_octets(attributes, "acknowledged_payees", DIGEST_BYTES),
        place=_octets(attributes, "signing_place", PLACE_BYTES),
    )


def _octets(attributes: dict[str, Any], name: str, size: int) -> bytes:
    """An attribute of ours, which has one size only; b"" when it is not there."""
    if name not in attributes:
        return b""
    value = bytes(attributes[name].native)
    if len(value) != size:
        raise bad_signature_file()
    return value


def _attributes(signer: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for attribute in signer["signed_attrs"]:
        name = attribute["type"].native
        if name in found or len(attribute["values"]) != 1:
            raise bad_signature_file()
        found[name] = attribute["values"][0]
    return found


def _certificate(signed: Any, signer: Any) -> bytes:
    wanted = signer["sid"].chosen
    for choice, der in _members(signed["certificates"]):
        certificate = choice.chosen
        if choice.name != "certificate":
            continue
        if signer["sid"].name == "issuer_and_serial_number":
            same = (certificate.issuer == wanted["issuer"], certificate.serial_number == wanted["serial_number"].native)
            if all(same):
                return der
        elif certificate.key_identifier == wanted.native:
            return der
    return b""


def bad_signature_file() -> ContainerError:
    """Give the error for a signature that is not what it must be."""
    return ContainerError("bad_signature_file", "Tệp chữ ký trong gói hồ sơ bị hỏng. Hãy lấy lại gói từ nơi đã gửi.")
