"""Revocation lists (CRL, RFC 5280 section 5): which of them count for a certificate, what they list, what they cover.

A list counts when the key of the certificate's own issuer signed it. The policy of a desk that is mostly offline: what
any list that counts lists is revoked, however old the list; no list at all refuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import load_der_public_key

from desktop.signing.certificates import ASN1_ERRORS, common_name

FRESH = timedelta(days=90)
"""An older list that does not list a certificate says little about it: a note tells so."""
_WEAK = (hashes.MD5, hashes.SHA1)
_PARSE_ERRORS = (*ASN1_ERRORS, UnsupportedAlgorithm, x509.DuplicateExtension, x509.UnsupportedGeneralNameType)


@dataclass(frozen=True)
class _List:
    """One list as both libraries see it: names by asn1crypto, which forgives encodings, the rest by cryptography."""

    der: bytes = field(repr=False)
    issuer: str
    parsed: x509.CertificateRevocationList

    def is_by(self, issuer: Any) -> bool:
        """Tell whether the issuer (asn1crypto certificate) signed this list and may."""
        uses = issuer.key_usage_value
        if self.issuer != issuer.subject.hashable or (uses is not None and "crl_sign" not in uses.native):
            return False
        return _signed_by(self.der, issuer.public_key.dump())

    def covers(self, certificate: Any, moment: datetime) -> bool:
        """Tell whether the silence of this list about a certificate means that it was good at `moment`."""
        until = self.parsed.next_update_utc
        weak = isinstance(self.parsed.signature_hash_algorithm, _WEAK)
        return not weak and until is not None and moment <= until and _in_scope(self.parsed, certificate)


@lru_cache(maxsize=32)
def read_list(der: bytes) -> _List:
    """Read a CRL (DER). Raises ValueError when it is none."""
    try:
        return _List(der, asn1_crl.CertificateList.load(der, strict=True).issuer.hashable, _parsed(der))
    except _PARSE_ERRORS as error:
        raise ValueError("not a certificate revocation list") from error


def _parsed(der: bytes) -> x509.CertificateRevocationList:
    parsed = x509.load_der_x509_crl(der)
    _ = (parsed.extensions, parsed.last_update_utc, parsed.next_update_utc, parsed.signature_hash_algorithm)
    return parsed


@lru_cache(maxsize=32)
def _signed_by(der: bytes, public_key: bytes) -> bool:
    try:
        key: Any = load_der_public_key(public_key)
        return bool(read_list(der).parsed.is_signature_valid(key))
    except _PARSE_ERRORS:
        return False


class RevocationLists:
    """Lists of any origin; those that cannot be read, or that nobody in a path has signed, count for nothing."""

    def __init__(self, ders: Iterable[bytes]) -> None:
        self._lists: list[_List] = []
        for der in ders:
            try:
                self._lists.append(read_list(der))
            except ValueError:
                continue

    def revoked(self, path: Sequence[Any], moment: datetime) -> bool:
        """Tell whether any certificate of a path (asn1crypto, from the signer to the root) was revoked by `moment`."""
        return any(
            _lists_it(found, certificate, moment)
            for certificate, issuer in _pairs(path)
            for found in self._of(certificate, issuer)
        )

    def stale(self, path: Sequence[Any], moment: datetime) -> bool:
        """Tell whether some certificate of a path has lists, and all were issued over 90 days before `moment`."""
        newest = [
            max((found.parsed.last_update_utc for found in self._of(certificate, issuer)), default=None)
            for certificate, issuer in _pairs(path)
        ]
        return any(at is not None and moment - at > FRESH for at in newest)

    def uncovered(self, path: Sequence[Any], moment: datetime) -> tuple[str, ...]:
        """Name what is missing to show that nobody in a path was revoked by `moment`: "crl:<name of the issuer>"."""
        missing = [
            f"crl:{common_name(issuer.subject)}"
            for certificate, issuer in _pairs(path)
            if not self.covering(certificate, issuer, moment)
        ]
        return tuple(dict.fromkeys(missing))

    def covering(self, certificate: Any, issuer: Any, moment: datetime) -> bytes:
        """Give the newest list (DER) that says something about a certificate at `moment`, b"" when there is none."""
        found = [one for one in self._of(certificate, issuer) if one.covers(certificate, moment)]
        return max(found, key=lambda one: one.parsed.last_update_utc).der if found else b""

    def _of(self, certificate: Any, issuer: Any) -> Iterator[_List]:
        name = certificate.issuer.hashable
        return (found for found in self._lists if found.issuer == name and found.is_by(issuer))


def path_of(certificate: bytes, pool: Iterable[bytes], anchors: Sequence[bytes]) -> tuple[list[Any], str]:
    """Follow a certificate (DER) to its issuers in `pool` and `anchors`, up to an anchor or to a self-issued one.

    Gives the parsed path, and the name of the authority whose certificate is missing ("" when the path is whole).
    Judges nothing but signatures from link to link: trust is another matter.
    """
    known = [asn1_x509.Certificate.load(der) for der in dict.fromkeys((*anchors, *pool))]
    last = asn1_x509.Certificate.load(certificate)
    path = [last]
    while last.dump() not in anchors and last.subject != last.issuer:
        above = next((found for found in known if found not in path and _issued(last, found)), None)
        if above is None:
            return path, common_name(last.issuer)
        path.append(above)
        last = above
    return path, ""


def _issued(certificate: Any, issuer: Any) -> bool:
    if certificate.issuer.hashable != issuer.subject.hashable:
        return False
    try:
        below, above = (x509.load_der_x509_certificate(one.dump()) for one in (certificate, issuer))
        below.verify_directly_issued_by(above)
    except (*_PARSE_ERRORS, InvalidSignature):
        return False
    return True


def _pairs(path: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    return pairwise(path)


def _lists_it(found: _List, certificate: Any, moment: datetime) -> bool:
    """An indirect list holds numbers of several issuers: one that equals ours may be another's."""
    scope = _scope(found.parsed)
    if scope is not None and scope.indirect_crl:
        return False
    entry = found.parsed.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is None or entry.revocation_date_utc > moment.astimezone(UTC):
        return False
    return not _taken_back(entry)


def _taken_back(entry: x509.RevokedCertificate) -> bool:
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, *_PARSE_ERRORS):
        return False
    return reason is x509.ReasonFlags.remove_from_crl


def _scope(parsed: x509.CertificateRevocationList) -> x509.IssuingDistributionPoint | None:
    try:
        return parsed.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return None


def _in_scope(parsed: x509.CertificateRevocationList, certificate: Any) -> bool:
    """Lists of a part (some reasons, authorities only, one distribution point, changes only) speak for that part."""
    critical = {extension.oid for extension in parsed.extensions if extension.critical}
    scope = _scope(parsed)
    if critical - {x509.IssuingDistributionPoint.oid}:
        return False
    if scope is None:
        return True
    other = scope.only_contains_user_certs if certificate.ca else scope.only_contains_ca_certs
    if other or scope.only_contains_attribute_certs or scope.only_some_reasons or scope.indirect_crl:
        return False
    return not scope.full_name or bool(_points(certificate) & {str(name.value) for name in scope.full_name})


def _points(certificate: Any) -> set[str]:
    points = certificate.crl_distribution_points_value or ()
    names = [point["distribution_point"] for point in points]
    full = [name.chosen for name in names if name and name.name == "full_name"]
    return {str(one.native) for choice in full for one in choice}
