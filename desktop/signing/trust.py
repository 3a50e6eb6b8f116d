"""Whom we trust: root certificates, helpful intermediates, cached revocation lists and time-stampers, as plain DER."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509

from desktop.signing.certificates import ASN1_ERRORS, stamps_time
from desktop.signing.cmslimits import MAX_LIST_BYTES
from desktop.signing.errors import TrustError
from desktop.signing.readlists import read_list

MAX_TRUST_BYTES = 2 * MAX_LIST_BYTES
"""A large revocation list as PEM among the certificates; PEM takes a third more than DER."""


@dataclass(frozen=True)
class Trust:
    """DER certificates and CRLs. Only a path that ends in `roots` is trusted; intermediates only help to find it.

    A time-stamp's path must end in `tsa_roots`; () means: in `roots`.
    """

    roots: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    tsa_roots: tuple[bytes, ...] = ()

    @classmethod
    def load(cls, paths: Iterable[Path], *, authorities: bool = False) -> Trust:
        """Read PEM files, each with any number of certificates and X509 CRLs; a self-issued certificate is a root.

        A certificate for time-stamping only is trusted with that and with nothing else.

        With `authorities`, when no root is given, the authorities that are given are trusted themselves: for a person
        who names one. Raises TrustError: unreadable, not_pem, no_root.
        """
        blocks = [block for path in paths for block in _blocks(path)]
        parsed = [(der, _certificate(der)) for label, der in blocks if label == "CERTIFICATE"]
        stampers = tuple(der for der, one in parsed if stamps_time(one))
        certificates = [(der, one) for der, one in parsed if der not in stampers]
        roots = tuple(der for der, one in certificates if one.subject == one.issuer)
        if authorities and not roots:
            roots = tuple(der for der, one in certificates if one.ca)
        found = cls(
            roots=roots,
            intermediates=tuple(der for der, _ in certificates if der not in roots),
            crls=tuple(_checked_crl(der) for label, der in blocks if label == "X509 CRL"),
            tsa_roots=stampers,
        )
        if not found.roots:
            raise TrustError("no_root", "Không có chứng thư gốc nào trong tệp đã chọn. Hãy chọn tệp có chứng thư gốc.")
        return found


def _blocks(path: Path) -> list[tuple[str, bytes]]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_TRUST_BYTES + 1)
    except OSError:
        raise TrustError("unreadable", "Không mở được tệp chứng thư. Hãy kiểm tra đường dẫn và quyền đọc.") from None
    if len(data) > MAX_TRUST_BYTES or not pem.detect(data):
        raise _not_pem()
    try:
        return [(label, der) for label, _, der in pem.unarmor(data, multiple=True)]
    except ASN1_ERRORS:
        raise _not_pem() from None


def _certificate(der: bytes) -> Any:
    """Parse what is asked of it later too, since asn1crypto parses lazily."""
    try:
        certificate = x509.Certificate.load(der, strict=True)
        _ = (certificate.subject.hashable, certificate.issuer.hashable, certificate.ca, stamps_time(certificate))
    except ASN1_ERRORS:
        raise _not_pem() from None
    return certificate


def _checked_crl(der: bytes) -> bytes:
    try:
        read_list(der)
    except ValueError:
        raise _not_pem() from None
    return der


def _not_pem() -> TrustError:
    return TrustError("not_pem", "Tệp chứng thư không đọc được. Hãy chọn tệp PEM do cơ quan chứng thực cung cấp.")
