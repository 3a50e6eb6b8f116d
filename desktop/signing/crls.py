"""Revocation lists (RFC 5280 section 5) as files of strangers: read, bounded, and verified against their issuer.

cryptography parses them, since its lists are lazy: a list of a large authority has a million lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa

from desktop.dossier.dates import instant
from desktop.signing.cmslimits import MAX_LIST_BYTES
from desktop.signing.errors import TrustError
from desktop.signing.readlists import WEAK, read_list

MAX_CRL_BYTES = MAX_LIST_BYTES
_SERIES = (x509.AuthorityKeyIdentifier.oid, x509.IssuingDistributionPoint.oid)
"""What tells lists of one name apart, each with newer ones of its own."""
AHEAD = timedelta(days=1)
"""How far in the future by our clock a list may have been issued."""
_KEYS = (
    dsa.DSAPublicKey,
    ec.EllipticCurvePublicKey,
    ed448.Ed448PublicKey,
    ed25519.Ed25519PublicKey,
    rsa.RSAPublicKey,
)
_MESSAGES = {
    "crl_unreadable": "Tệp này không phải danh sách thu hồi (CRL) đọc được. Tải lại tệp từ nơi cấp chứng thư.",
    "crl_too_large": "Danh sách thu hồi lớn quá 32 MB nên không được mở. Tải lại tệp từ nơi cấp chứng thư.",
    "crl_partial": "Danh sách thu hồi này chỉ là một phần (delta) nên không dùng được. Tải bản đầy đủ từ nơi cấp.",
    "crl_weak": "Danh sách thu hồi ký bằng thuật toán yếu nên không được tin. Hỏi nơi cấp chứng thư bản mới.",
    "crl_future": "Danh sách thu hồi ghi ngày ở tương lai. Kiểm tra ngày giờ của máy rồi nhập lại.",
    "crl_unknown_issuer": "Danh sách thu hồi của một nơi cấp mà máy chưa tin. Cập nhật danh sách tin cậy của Kho bạc, "
    "hoặc thêm chứng thư gốc của nơi cấp đó rồi nhập lại.",
    "crl_bad_signature": "Chữ ký của danh sách thu hồi không khớp với nơi cấp nên không được dùng. Tải lại tệp.",
}


@dataclass(frozen=True)
class Crl:
    """A revocation list; `sha256` is of its own DER, `issuer` names what a newer list may take the place of.

    That is the SHA-256 (hex) over the DER of the issuer's name, its key's identifier and the list's scope: an authority
    with a new key, or with lists for people and for authorities, has several that all stand. Instants are the list's;
    `next_update` is "" when it names none.
    """

    issuer: str
    issuer_name: str
    this_update: str
    next_update: str
    sha256: str
    der: bytes = field(repr=False)


def read_crl(data: bytes) -> Crl:
    """Read a list, DER or PEM; nothing is verified. Raises TrustError crl_too_large, crl_unreadable, crl_partial."""
    if len(data) > 2 * MAX_CRL_BYTES:  # PEM takes a third more
        raise _error("crl_too_large")
    der = _der(data)
    if len(der) > MAX_CRL_BYTES:
        raise _error("crl_too_large")
    parsed = _parse(der)
    try:
        after, name = parsed.next_update_utc, parsed.issuer
        extensions = parsed.extensions
        first = instant(parsed.last_update_utc)
    except (ValueError, UnsupportedAlgorithm):
        raise _error("crl_unreadable") from None
    _refuse_partial(extensions)
    return Crl(
        issuer=_series(name, extensions),
        issuer_name=_words(name),
        this_update=first,
        next_update="" if after is None else instant(after),
        sha256=hashlib.sha256(der).hexdigest(),
        der=der,
    )


def check_crl(crl: Crl, certificates: Iterable[bytes], at: datetime) -> None:
    """Make sure that one of these certificates (DER) issued the list.

    Raises TrustError crl_unknown_issuer, crl_bad_signature, crl_weak, crl_future.
    """
    parsed = _parse(crl.der)
    if isinstance(parsed.signature_hash_algorithm, WEAK):
        raise _error("crl_weak")
    if parsed.last_update_utc > at + AHEAD:
        raise _error("crl_future")
    issuers = [found for der in certificates if (found := _issuer(der, parsed.issuer)) is not None]
    if not issuers:
        raise _error("crl_unknown_issuer")
    if not any(_signed_by(parsed, issuer) for issuer in issuers):
        raise _error("crl_bad_signature")


def newest(crls: Iterable[Crl]) -> list[Crl]:
    """Give the newest list of each issuer."""
    found: dict[str, Crl] = {}
    for crl in crls:
        held = found.get(crl.issuer)
        if held is None or crl.this_update > held.this_update:
            found[crl.issuer] = crl
    return list(found.values())


def _series(name: x509.Name, extensions: x509.Extensions) -> str:
    marks = (one.value for one in extensions if one.oid in _SERIES)
    return hashlib.sha256(b"".join([name.public_bytes(), *(mark.public_bytes() for mark in marks)])).hexdigest()


def _der(data: bytes) -> bytes:
    if not pem.detect(data):
        return data
    try:
        label, _, der = pem.unarmor(data)
    except (ValueError, TypeError):
        raise _error("crl_unreadable") from None
    if label != "X509 CRL":
        raise _error("crl_unreadable")
    return bytes(der)


def _parse(der: bytes) -> x509.CertificateRevocationList:
    try:
        return read_list(der).parsed
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _error("crl_unreadable") from None


def _refuse_partial(extensions: x509.Extensions) -> None:
    """A list that covers only some certificates or reasons must not take the place of one that covers all."""
    for extension in extensions:
        value = extension.value
        if isinstance(value, x509.DeltaCRLIndicator):
            raise _error("crl_partial")
        partial = isinstance(value, x509.IssuingDistributionPoint) and (
            value.indirect_crl or value.only_contains_attribute_certs or value.only_some_reasons is not None
        )
        if partial:
            raise _error("crl_partial")


def _issuer(der: bytes, wanted: x509.Name) -> x509.Certificate | None:
    """The certificate, when its name is the issuer's and it may sign revocation lists."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        if not _same(certificate.subject, wanted):
            return None
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return certificate
    except (ValueError, UnsupportedAlgorithm):
        return None
    return certificate if usage.crl_sign else None


def _same(one: x509.Name, other: x509.Name) -> bool:
    """Compare names as RFC 5280 section 7.1 does: certificate and list may write one name in two encodings."""
    first, second = (asn1_x509.Name.load(name.public_bytes()) for name in (one, other))
    return bool(first.hashable == second.hashable)


def _signed_by(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    try:
        key = issuer.public_key()
        return isinstance(key, _KEYS) and crl.is_signature_valid(key)
    except (ValueError, UnsupportedAlgorithm):
        return False


def _words(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()


def _error(code: str) -> TrustError:
    return TrustError(code, _MESSAGES[code])
