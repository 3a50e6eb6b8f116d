"""Judges one CMS signature: its certificate, its time-stamp, and how far its evidence reaches (levels of CAdES).

A signature with a time-stamp that holds is judged at the instant of the time-stamp: what expires or is revoked later
changes nothing. Without one it is judged at the instant of the check. Revocation policy: see revocation.py.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import StandardCMSSignatureStatus

from desktop.signing.anchors import HOSTILE, Anchors, run
from desktop.signing.certificates import may_sign
from desktop.signing.cmsinfo import SignatureInfo, embedded_certificates, embedded_lists
from desktop.signing.revocation import RevocationLists
from desktop.signing.stamps import CLOCK_TOLERANCE, WEAK, Stamp, StampChecker
from desktop.signing.trust import Trust

_EXPIRED = frozenset({AdESIndeterminate.OUT_OF_BOUNDS_NO_POE, AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED})
_USES = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


@dataclass(frozen=True)
class Judged:
    """What was found: codes of findings; `trusted` None when nobody said whom to trust; see SignerReport."""

    codes: tuple[str, ...]
    trusted: bool | None
    level: str = "B"
    stamped_at: datetime | None = None
    stamped_by: str = ""
    missing: tuple[str, ...] = ("time_stamp",)


class SignatureChecker:
    """Checks any number of signatures of one package against one trust at one instant."""

    def __init__(self, trust: Trust | None, moment: datetime) -> None:
        self._trust = trust
        self._moment = moment
        known = trust or Trust()
        self._anchors = Anchors(known.roots, known.intermediates)
        self._lists = RevocationLists(known.crls)
        self._stamps = StampChecker(trust, moment)

    def check(self, manifest: bytes, info: SignatureInfo) -> Judged:
        """Judge a signature over a manifest; never raises for what is wrong inside it."""
        untrusted = None if self._trust is None else False
        if not info.certificate or info.signed_at is None or not info.names_certificate:
            return Judged(("incomplete_signature",), untrusted)
        try:
            return self._judge(manifest, info, info.signed_at)
        except HOSTILE:
            return Judged(("bad_signature",), untrusted)

    def _judge(self, manifest: bytes, info: SignatureInfo, signed_at: datetime) -> Judged:
        certificate = x509.Certificate.load(info.certificate)
        stamp = self._stamps.check(info)
        moment = stamp.at if stamp and stamp.at else self._moment
        codes = [*_certificate_codes(certificate, signed_at, moment), *(stamp.codes if stamp else ())]
        status = self._status(manifest, info, moment)
        trouble = _trouble(status.trust_problem_indic)
        # two certificates of one name and number: whom we name must be whom pyHanko checked
        if not (status.intact and status.valid) or status.signing_cert.dump() != info.certificate:
            first = trouble if trouble == "weak_digest" else "bad_signature"
            return Judged((first, *codes), None if self._trust is None else False)
        # pyHanko has one answer for a chain that fails in any other way, a certificate not yet valid for one
        explained = trouble == "untrusted" and bool({"expired", "key_usage"} & set(codes))
        if trouble and not explained and trouble not in codes and (self._trust or trouble == "weak_digest"):
            codes.append(trouble)
        path, absent = self._anchors.path(status, info.certificate, embedded_certificates(info.signed_data))
        own = RevocationLists(embedded_lists(info.signed_data))
        codes += self._revocation(own, path, moment)
        trusted = None if self._trust is None else trouble is None and "revoked" not in codes
        return _levelled(codes, trusted, stamp, self._lacks(own, [(path, absent)], stamp))

    def _status(self, manifest: bytes, info: SignatureInfo, moment: datetime) -> Any:
        return run(
            async_validate_cms_signature(
                info.signed_data,
                status_cls=StandardCMSSignatureStatus,
                raw_digest=hashlib.new(info.digest_algorithm, manifest).digest(),
                validation_context=self._anchors.at(moment),
                key_usage_settings=_USES,
            )
        )

    def _revocation(self, own: RevocationLists, path: list[Any], moment: datetime) -> list[str]:
        """Both what the machine holds and what the signature carries may show a revocation."""
        if self._lists.revoked(path, moment) or own.revoked(path, moment):
            return ["revoked"]
        return ["revocation_stale"] if own.uncovered(path, moment) and self._lists.stale(path, moment) else []

    def _lacks(self, own: RevocationLists, paths: list[tuple[list[Any], str]], stamp: Stamp | None) -> tuple[str, ...]:
        """Name what the signature itself does not carry of what shows that nobody in its paths was revoked then.

        Who trusts nobody has no roots either: paths are then taken as far as they go.
        """
        if stamp is None or stamp.at is None:
            return ("time_stamp",)
        at, whole = stamp.at, [*paths, (list(stamp.path), stamp.absent)]
        found = [name for path, _ in whole for name in own.uncovered(path, at)]
        if self._trust is not None:
            found += [f"certificate:{absent}" for _, absent in whole if absent]
        return tuple(dict.fromkeys(found))


def _levelled(codes: list[str], trusted: bool | None, stamp: Stamp | None, lacks: tuple[str, ...]) -> Judged:
    if stamp is None or stamp.at is None:
        return Judged(tuple(codes), trusted)
    level = "LT" if not lacks else "T"
    return Judged(tuple(codes), trusted, level, stamp.at, stamp.by, lacks)


def _certificate_codes(certificate: Any, signed_at: datetime, moment: datetime) -> list[str]:
    codes = [] if may_sign(certificate) else ["key_usage"]
    if not certificate.not_valid_before <= signed_at <= certificate.not_valid_after:
        codes.append("not_valid_then")
    if not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        codes.append("expired")
    if signed_at > moment + CLOCK_TOLERANCE:
        codes.append("signed_in_future")
    return codes


def _trouble(problem: object) -> str | None:
    if problem is None:
        return None
    if problem in _EXPIRED:
        return "expired"
    return "weak_digest" if problem in WEAK else "untrusted"
