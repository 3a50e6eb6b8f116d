"""What a person needs to know about a certificate, read tolerantly: real tokens carry odd ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import x509

from desktop.dossier.dates import instant

_CURVES = {"secp256r1": "EC-P-256", "secp384r1": "EC-P-384", "secp521r1": "EC-P-521"}
_SIGNING_USES = frozenset({"digital_signature", "non_repudiation"})
ASN1_ERRORS = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, UnboundLocalError)
"""What asn1crypto raises on bytes that are not what they claim, at any later access since it parses lazily."""


@dataclass(frozen=True)
class CertificateInfo:
    """One certificate: `sha256` of the DER in lower-case hex, instants ISO-8601 UTC, `key_kind` like "EC-P-256".

    `can_sign`: it is not a CA's, and its key usage allows digital signature or non-repudiation.
    """

    sha256: str
    subject_name: str
    issuer_name: str
    serial_hex: str
    not_before: str
    not_after: str
    key_kind: str
    can_sign: bool
    der: bytes = field(repr=False)


def describe(der: bytes) -> CertificateInfo:
    """Read a DER certificate. Raises ValueError when it is none."""
    try:
        return _describe(x509.Certificate.load(der, strict=True), der)
    except ASN1_ERRORS as error:
        raise ValueError("not an X.509 certificate") from error


def public_key_digest(der: bytes) -> str:
    """Give the SHA-256 (hex) of a certificate's public key; of the whole when it cannot be read."""
    try:
        key = x509.Certificate.load(der)["tbs_certificate"]["subject_public_key_info"].dump()
    except ASN1_ERRORS:
        key = der
    return hashlib.sha256(key).hexdigest()


def may_sign(certificate: Any) -> bool:
    """Tell whether a parsed certificate is meant for signatures (RFC 5280 section 4.2.1.3)."""
    uses = certificate.key_usage_value
    return not certificate.ca and (uses is None or bool(_SIGNING_USES & uses.native))


def stamps_time(certificate: Any) -> bool:
    """Tell whether a parsed certificate is for time-stamping and nothing else, and says so critically.

    RFC 3161 section 2.3. pyHanko asks nothing of a certificate that is itself trusted, as a time-stamper's may be.
    """
    uses = certificate.extended_key_usage_value
    only = uses is not None and list(uses.native) == ["time_stamping"]
    return only and "extended_key_usage" in certificate.critical_extensions and not certificate.ca


def _describe(certificate: Any, der: bytes) -> CertificateInfo:
    validity = certificate["tbs_certificate"]["validity"]
    return CertificateInfo(
        sha256=hashlib.sha256(der).hexdigest(),
        subject_name=common_name(certificate.subject),
        issuer_name=common_name(certificate.issuer),
        serial_hex=f"{certificate.serial_number:x}",
        not_before=instant(validity["not_before"].native),
        not_after=instant(validity["not_after"].native),
        key_kind=_key_kind(certificate.public_key),
        can_sign=may_sign(certificate),
        der=der,
    )


def _key_kind(key: Any) -> str:
    if key.algorithm == "ec":
        return _CURVES.get(str(key.curve[1]), "EC")
    if key.algorithm.startswith("rsa"):
        return f"RSA-{key.bit_size}"
    return str(key.algorithm).upper()


def common_name(name: Any) -> str:
    """Give the common name of a parsed X.500 name, or all of it when it has none."""
    common = name.native.get("common_name") or name.human_friendly
    return str(common if isinstance(common, str) else common[0])
