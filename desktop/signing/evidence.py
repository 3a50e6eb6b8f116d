"""Adds lasting evidence to a signature: the time it existed (level T) and who was not revoked then (level LT).

Only unsigned parts of the CMS are written (ETSI EN 319 122-1 sections 5.3 and 6.3): signature value, signed attributes
and with them the package's id stay what they were. Adding what is there already changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from asn1crypto import cms as asn1_cms
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509

from desktop.signing.certificates import ASN1_ERRORS
from desktop.signing.cmsinfo import (
    MAX_CMS_BYTES,
    SignatureInfo,
    bad_signature_file,
    embedded_certificates,
    embedded_lists,
    read_signature,
    signer_certificate,
    time_stamp_tokens,
)
from desktop.signing.revocation import RevocationLists, path_of
from desktop.signing.timestamps import EvidenceError, TimeStamp, read_token
from desktop.signing.trust import Trust

__all__ = ["EvidenceError", "add_revocation", "add_time_stamp", "level_of", "missing_for_lt"]


def level_of(cms: bytes) -> str:
    """Give "B", "T" or "LT" by what a signature carries, without judging it. Raises ContainerError."""
    info = read_signature(cms)
    if not time_stamp_tokens(info.signed_data):
        return "B"
    return "LT" if embedded_lists(info.signed_data) else "T"


def add_time_stamp(cms: bytes, token: bytes) -> bytes:
    """Give the signature with a time-stamp token (DER) over it: level T.

    Raises EvidenceError tsa_wrong_answer, not_this_signature; ContainerError bad_signature_file.
    """
    if level_of(cms) != "B":
        return cms
    if not read_token(token).covers(read_signature(cms).value):
        raise EvidenceError(
            "not_this_signature", "Dấu thời gian này của chữ ký khác nên không dùng được. Hãy xin lại dấu thời gian."
        )
    content = asn1_cms.ContentInfo.load(cms)
    signer = content["content"]["signer_infos"][0]
    attribute = {"type": "signature_time_stamp_token", "values": [asn1_cms.ContentInfo.load(token)]}
    signer["unsigned_attrs"] = asn1_cms.CMSAttributes([*signer["unsigned_attrs"], asn1_cms.CMSAttribute(attribute)])
    return _written(content)


def missing_for_lt(cms: bytes, trust: Trust) -> tuple[str, ...]:
    """Name what it takes to make a signature LT that neither it nor `trust` holds; () when it can be made now.

    "time_stamp", "crl:<name of the issuer>", "certificate:<name of the authority>". Raises ContainerError.
    """
    return _needed(cms, trust).missing


def add_revocation(cms: bytes, trust: Trust) -> bytes:
    """Give a signature of level T with the certificates and revocation lists that speak for it: level LT.

    Raises EvidenceError no_time_stamp, no_revocation, evidence_too_large; ContainerError bad_signature_file.
    """
    needed = _needed(cms, trust)
    if level_of(cms) == "LT" and not needed.lacking:
        return cms
    if "time_stamp" in needed.missing:
        raise EvidenceError("no_time_stamp", "Chữ ký chưa có dấu thời gian. Hãy xin dấu thời gian trước.")
    if needed.missing:
        raise EvidenceError(
            "no_revocation", "Chưa có đủ danh sách thu hồi và chứng thư cho chữ ký này. Hãy cập nhật danh sách thu hồi."
        )
    content = asn1_cms.ContentInfo.load(cms)
    _put(content["content"], needed)
    written = _written(content)
    if len(written) > MAX_CMS_BYTES:
        raise EvidenceError(
            "evidence_too_large", "Danh sách thu hồi quá lớn để đính vào chữ ký. Chữ ký giữ nguyên dấu thời gian đã có."
        )
    return written


def _needed(cms: bytes, trust: Trust) -> _Needed:
    info = read_signature(cms)
    try:
        return _Needed(info, trust)
    except ASN1_ERRORS:
        raise bad_signature_file() from None


class _Needed:
    """The paths of a signature (its signer's, its time-stamping authority's), and what they lack."""

    def __init__(self, info: SignatureInfo, trust: Trust) -> None:
        tokens = time_stamp_tokens(info.signed_data)
        own = embedded_lists(info.signed_data)
        self.certificates: list[bytes] = []
        self.lists: list[bytes] = []
        self.missing: tuple[str, ...] = () if tokens else ("time_stamp",)
        self.lacking = not tokens
        self._own, self._all = RevocationLists(own), RevocationLists((*own, *trust.crls))
        if not tokens:
            return
        stamp = read_token(tokens[0])
        self._follow(info.certificate, embedded_certificates(info.signed_data), trust, trust.roots, stamp)
        authority = signer_certificate(stamp.signed_data)
        self._follow(authority, embedded_certificates(stamp.signed_data), trust, trust.tsa_roots or trust.roots, stamp)

    def _follow(
        self, certificate: bytes, pool: Iterable[bytes], trust: Trust, anchors: tuple[bytes, ...], stamp: TimeStamp
    ) -> None:
        path, absent = path_of(certificate, (*pool, *trust.intermediates, *trust.roots), anchors)
        self.certificates += [bytes(one.dump()) for one in path if one.dump() not in anchors]
        self.lists += filter(None, (self._all.covering(*pair, stamp.at) for pair in pairwise(path)))
        found = [*self._all.uncovered(path, stamp.at), *([f"certificate:{absent}"] if absent else [])]
        self.missing = tuple(dict.fromkeys((*self.missing, *found)))
        self.lacking = self.lacking or bool(self._own.uncovered(path, stamp.at))


def _put(signed: Any, needed: _Needed) -> None:
    """Write certificates and lists beside those there are; never dump(force=True), which rewrites what was signed."""
    here = set(embedded_certificates(signed))
    more = [asn1_x509.Certificate.load(der) for der in dict.fromkeys(needed.certificates) if der not in here]
    choices = [asn1_cms.CertificateChoices("certificate", one) for one in more]
    signed["certificates"] = asn1_cms.CertificateSet([*signed["certificates"], *choices])
    listed = dict.fromkeys((*embedded_lists(signed), *needed.lists))
    signed["crls"] = asn1_cms.RevocationInfoChoices(
        [asn1_cms.RevocationInfoChoice("crl", asn1_crl.CertificateList.load(der)) for der in listed]
    )


def _written(content: Any) -> bytes:
    return bytes(content.dump())
