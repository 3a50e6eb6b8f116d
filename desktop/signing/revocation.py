"""Revocation lists (CRL, RFC 5280 section 5): which of them count for a certificate, what they list, what they cover.

A list counts when the key of the certificate's own issuer signed it. The policy of a desk that is mostly offline: what
any list that counts lists is revoked, however old the list; no list at all refuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from desktop.signing.certificates import common_name
from desktop.signing.readlists import PARSE_ERRORS, ReadList, read_list

FRESH = timedelta(days=90)
"""An older list that does not list a certificate says little about it: a note tells so."""


class RevocationLists:
    """Lists of any origin; those that cannot be read, or that nobody in a path has signed, count for nothing."""

    def __init__(self, ders: Iterable[bytes]) -> None:
        self._lists: list[ReadList] = []
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

    def _of(self, certificate: Any, issuer: Any) -> Iterator[ReadList]:
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
    except (*PARSE_ERRORS, InvalidSignature):
        return False
    return True


def _pairs(path: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    return pairwise(path)


def _lists_it(found: ReadList, certificate: Any, moment: datetime) -> bool:
    since = found.revoked_at(certificate.serial_number)
    return since is not None and since <= moment.astimezone(UTC)
