"""Revocation lists taken apart once each: a list of a large authority takes a tenth of a second to verify, and every
signature asks the same few."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from typing import Any, TypeVar

from asn1crypto import crl as asn1_crl
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import load_der_public_key

from desktop.signing.certificates import ASN1_ERRORS
from desktop.signing.cmslimits import MAX_LIST_BYTES, MAX_LIST_FRAME_BYTES
from desktop.signing.derwalk import entries_size

WEAK = (hashes.MD5, hashes.SHA1)
PARSE_ERRORS = (*ASN1_ERRORS, UnsupportedAlgorithm, x509.DuplicateExtension, x509.UnsupportedGeneralNameType)
KEPT_BYTES = 128 * 1024 * 1024
"""Of lists kept parsed; those of a unit's trust are in memory anyway, and are the same bytes."""
_ANSWERS = 256
"""Answers kept of one list: signers and authorities of one unit are far fewer."""
_Q = TypeVar("_Q")
_A = TypeVar("_A")


@dataclass(frozen=True)
class ReadList:
    """One list as both libraries see it: names by asn1crypto, which forgives encodings, the rest by cryptography."""

    der: bytes = field(repr=False)
    issuer: str
    parsed: x509.CertificateRevocationList
    _signed: dict[bytes, bool] = field(default_factory=dict, repr=False, compare=False)
    _ends: dict[int, datetime | None] = field(default_factory=dict, repr=False, compare=False)

    def is_by(self, issuer: Any) -> bool:
        """Tell whether the issuer (asn1crypto certificate) signed this list and may."""
        uses = issuer.key_usage_value
        if self.issuer != issuer.subject.hashable or (uses is not None and "crl_sign" not in uses.native):
            return False
        return _remembered(self._signed, issuer.public_key.dump(), self._is_signed_with)

    def revoked_at(self, serial: int) -> datetime | None:
        """Give the instant since which the certificate of a number is revoked, None when it is not.

        An indirect list holds numbers of several issuers, one that equals ours may be another's: it says nothing.
        """
        return _remembered(self._ends, serial, self._looked_up)

    def covers(self, certificate: Any, moment: datetime) -> bool:
        """Tell whether the silence of this list about a certificate means that it was good at `moment`.

        An authority may drop a certificate from its lists once it has expired (RFC 5280 section 3.3).
        """
        until = self.parsed.next_update_utc
        if isinstance(self.parsed.signature_hash_algorithm, WEAK) or until is None or moment > until:
            return False
        return bool(self.parsed.last_update_utc <= certificate.not_valid_after) and _in_scope(self.parsed, certificate)

    def _is_signed_with(self, public_key: bytes) -> bool:
        try:
            key: Any = load_der_public_key(public_key)
            return bool(self.parsed.is_signature_valid(key))
        except PARSE_ERRORS:
            return False

    def _looked_up(self, serial: int) -> datetime | None:
        scope = _scope(self.parsed)
        if scope is not None and scope.indirect_crl:
            return None
        entry = self.parsed.get_revoked_certificate_by_serial_number(serial)
        return None if entry is None or _taken_back(entry) else entry.revocation_date_utc.astimezone(UTC)


class KeptLists:
    """The lists asked for last, by their bytes, of which there are at most `most`; for any thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lists: OrderedDict[bytes, ReadList] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, der: bytes) -> ReadList | None:
        """Return a list, None when it is not here or not here any more."""
        with self._lock:
            if der in self._lists:
                self._lists.move_to_end(der)
            return self._lists.get(der)

    def put(self, found: ReadList) -> None:
        """Keep a list; those that nobody asked for the longest go."""
        with self._lock:
            if found.der not in self._lists:
                self._lists[found.der] = found
                self._bytes += len(found.der)
            while self._bytes > self._most:
                self._bytes -= len(self._lists.popitem(last=False)[0])


_kept = KeptLists(KEPT_BYTES)


def read_list(der: bytes) -> ReadList:
    """Read a CRL (DER). Raises ValueError when it is none, or large for something else than its entries."""
    found = _kept.get(der)
    if found is None:
        try:
            found = _read(der)
        except PARSE_ERRORS as error:
            raise ValueError("not a certificate revocation list") from error
        _kept.put(found)
    return found


def _parse(der: bytes) -> x509.CertificateRevocationList:
    """Parse a CRL (DER) after its bounds. Raises ValueError and what cryptography raises (PARSE_ERRORS)."""
    if len(der) > MAX_LIST_BYTES or len(der) - entries_size(der) > MAX_LIST_FRAME_BYTES:
        raise ValueError("large for something else than entries")
    return x509.load_der_x509_crl(der)


def _read(der: bytes) -> ReadList:
    parsed = _parse(der)
    _ = (parsed.extensions, parsed.last_update_utc, parsed.next_update_utc, parsed.signature_hash_algorithm)
    return ReadList(der, asn1_crl.CertificateList.load(der, strict=True).issuer.hashable, parsed)


def _remembered(answers: dict[_Q, _A], question: _Q, find: Callable[[_Q], _A]) -> _A:
    """Answer a question about one list once; forgets all when somebody asks very many."""
    with suppress(KeyError):
        return answers[question]
    if len(answers) >= _ANSWERS:
        answers.clear()
    answer = answers[question] = find(question)
    return answer


def _taken_back(entry: x509.RevokedCertificate) -> bool:
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, *PARSE_ERRORS):
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
