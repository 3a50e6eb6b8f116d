"""Adds lasting evidence to a signature: the time it existed (level T) and who was not revoked then (level LT).

Only unsigned parts of the CMS are written (ETSI EN 319 122-1 sections 5.3 and 6.3): signature value, signed attributes
and with them the package's id stay what they were. Adding what is there already changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from asn1crypto import x509 as asn1_x509

from desktop.signing.certificates import ASN1_ERRORS
from desktop.signing.cmsinfo import (
    SignatureInfo,
    bad_signature_file,
    embedded_certificates,
    embedded_lists,
    read_signature,
    signer_certificate,
    time_stamp_tokens,
)
from desktop.signing.cmslimits import MAX_CMS_BYTES
from desktop.signing.cmswrite import with_evidence, with_time_stamp
from desktop.signing.revocation import RevocationLists, path_of
from desktop.signing.timestamps import EvidenceError, TimeStamp, read_token
from desktop.signing.trust import Trust

__all__ = [
    "Carried",
    "EvidenceError",
    "Needed",
    "add_revocation",
    "add_time_stamp",
    "carried_by",
    "level_of",
    "missing_for_lt",
    "needed_for_lt",
]


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
    try:
        return with_time_stamp(cms, token)
    except ValueError:
        raise bad_signature_file() from None


@dataclass(frozen=True)
class Carried:
    """Whole parts of a signature that many signatures carry alike (DER): revocation lists, and certificates."""

    lists: tuple[bytes, ...]
    certificates: tuple[bytes, ...]


def carried_by(cms: bytes) -> Carried:
    """Give what a signature and its time-stamps carry alike with others, each once. Raises ContainerError."""
    signed = read_signature(cms).signed_data
    try:
        stamps = [read_token(token).signed_data for token in time_stamp_tokens(signed)]
        found = (der for one in (signed, *stamps) for der in embedded_certificates(one))
        return Carried(tuple(dict.fromkeys(embedded_lists(signed))), tuple(dict.fromkeys(found)))
    except (EvidenceError, *ASN1_ERRORS):
        raise bad_signature_file() from None


def missing_for_lt(cms: bytes, trust: Trust) -> tuple[str, ...]:
    """Name what it takes to make a signature LT that neither it nor `trust` holds; () when it can be made now.

    "time_stamp", "crl:<name of the issuer>", "certificate:<name of the authority>". Raises ContainerError.
    """
    return needed_for_lt(cms, trust).missing


def needed_for_lt(cms: bytes, trust: Trust, kept: Sequence[bytes] = ()) -> Needed:
    """Find what makes a signature LT; lists of `kept` come before others that say the same. Raises ContainerError."""
    info = read_signature(cms)
    try:
        return Needed(info, trust, kept)
    except ASN1_ERRORS:
        raise bad_signature_file() from None


def add_revocation(cms: bytes, trust: Trust, kept: Sequence[bytes] = (), room: int = MAX_CMS_BYTES) -> bytes:
    """Give a signature of level T with the certificates and revocation lists that speak for it: level LT.

    Lists of `kept`, which other signatures carry already, come before others that say the same. `room` is how large the
    signature may become. Raises EvidenceError no_time_stamp, no_revocation, evidence_too_large; ContainerError
    bad_signature_file.
    """
    needed = needed_for_lt(cms, trust, kept)
    if level_of(cms) == "LT" and not needed.lacking:
        return cms
    if "time_stamp" in needed.missing:
        raise EvidenceError("no_time_stamp", "Chữ ký chưa có dấu thời gian. Hãy xin dấu thời gian trước.")
    if needed.missing:
        raise EvidenceError(
            "no_revocation", "Chưa có đủ danh sách thu hồi và chứng thư cho chữ ký này. Hãy cập nhật danh sách thu hồi."
        )
    written = with_evidence(cms, needed.certificates, needed.lists)
    if len(written) > min(room, MAX_CMS_BYTES):
        raise EvidenceError(
            "evidence_too_large", "Danh sách thu hồi quá lớn để đính vào chữ ký. Chữ ký giữ nguyên dấu thời gian đã có."
        )
    return written


class Needed:
    """What the paths of a signature (its signer's, its time-stamping authority's) need, and what they lack.

    `lists` and `certificates` are DER to be carried, `missing` is as `missing_for_lt` names it, `until` when the
    signer's certificate runs out: lists issued later need not tell of it. `revoked`: a list of today tells of someone.
    """

    def __init__(self, info: SignatureInfo, trust: Trust, kept: Sequence[bytes]) -> None:
        tokens = time_stamp_tokens(info.signed_data)
        own = embedded_lists(info.signed_data)
        self.certificates: list[bytes] = []
        self.lists: list[bytes] = []
        self.missing: tuple[str, ...] = () if tokens else ("time_stamp",)
        self.lacking = not tokens
        self.until: datetime | None = None
        self.revoked = False
        self._own, self._kept = RevocationLists(own), RevocationLists((*own, *kept))
        self._newest, self._all = RevocationLists(trust.crls), RevocationLists((*own, *kept, *trust.crls))
        if not tokens:
            return
        stamp = read_token(tokens[0])
        self.until = asn1_x509.Certificate.load(info.certificate).not_valid_after
        self._follow(info.certificate, embedded_certificates(info.signed_data), trust, trust.roots, stamp)
        authority = signer_certificate(stamp.signed_data)
        self._follow(authority, embedded_certificates(stamp.signed_data), trust, trust.tsa_roots or trust.roots, stamp)

    def _follow(
        self, certificate: bytes, pool: Iterable[bytes], trust: Trust, anchors: tuple[bytes, ...], stamp: TimeStamp
    ) -> None:
        path, absent = path_of(certificate, (*pool, *trust.intermediates, *trust.roots), anchors)
        self.certificates += [bytes(one.dump()) for one in path if one.dump() not in anchors]
        self.lists += filter(None, (self._covering(*pair, stamp.at) for pair in pairwise(path)))
        found = [*self._all.uncovered(path, stamp.at), *([f"certificate:{absent}"] if absent else [])]
        self.missing = tuple(dict.fromkeys((*self.missing, *found)))
        self.lacking = self.lacking or bool(self._own.uncovered(path, stamp.at))

    def _covering(self, certificate: Any, issuer: Any, moment: datetime) -> bytes:
        """A list that is kept anyway, unless one of today knows of a revocation that it does not."""
        told = self._newest.revoked((certificate, issuer), moment)
        self.revoked = self.revoked or told
        first = self._newest if told else self._kept
        return first.covering(certificate, issuer, moment) or self._all.covering(certificate, issuer, moment)
