"""Judges the time-stamp of a signature: over this very signature, by an authority we trust with time-stamps.

A time-stamp that does not hold is an error, not merely a lower level: somebody put it there to say something.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus

from desktop.signing.anchors import HOSTILE, Anchors, run
from desktop.signing.certificates import common_name, stamps_time
from desktop.signing.cmsinfo import (
    SignatureInfo,
    embedded_certificates,
    embedded_lists,
    signer_certificate,
    time_stamp_tokens,
)
from desktop.signing.revocation import RevocationLists
from desktop.signing.timestamps import EvidenceError, TimeStamp, read_token
from desktop.signing.trust import Trust

CLOCK_TOLERANCE = timedelta(days=1)
"""How far ahead of ours another clock may be; order is proved by the chain, not by clocks."""
WEAK = frozenset({AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE})


@dataclass(frozen=True)
class Stamp:
    """A signature's time-stamp, judged: `codes` are findings; `at` is None when it proves nothing.

    `path` is of the authority's certificate (asn1crypto), `absent` names whose certificate it lacks.
    """

    codes: tuple[str, ...]
    at: datetime | None = None
    by: str = ""
    path: tuple[Any, ...] = ()
    absent: str = ""


class StampChecker:
    """Judges any number of time-stamps against one trust at one instant."""

    def __init__(self, trust: Trust | None, moment: datetime) -> None:
        self._trust = trust
        self._moment = moment
        known = trust or Trust()
        self._anchors = Anchors(known.tsa_roots or known.roots, (*known.intermediates, *known.roots))

    def check(self, info: SignatureInfo) -> Stamp | None:
        """Judge what a signature carries; None when it carries no time-stamp."""
        tokens = time_stamp_tokens(info.signed_data)
        if not tokens:
            return None
        try:
            return self._judge(tokens, info)
        except (EvidenceError, *HOSTILE):
            return Stamp(("bad_time_stamp",))

    def _judge(self, tokens: tuple[bytes, ...], info: SignatureInfo) -> Stamp:
        stamp = read_token(tokens[0])
        if len(tokens) > 1 or not stamp.covers(info.value):
            return Stamp(("bad_time_stamp",))
        if stamp.at > self._moment + CLOCK_TOLERANCE:
            return Stamp(("time_stamp_in_future",))
        der = signer_certificate(stamp.signed_data)
        authority = x509.Certificate.load(der)
        status = self._status(stamp, self._moment)
        late = self._trust is not None and not (status.trusted and _valid(authority, self._moment))
        if late:  # the authority's certificate has run out since: what counts is the instant it vouched for
            status = self._status(stamp, stamp.at)
        if (
            not (status.intact and status.valid)
            or status.signing_cert.dump() != der
            or status.trust_problem_indic in WEAK
        ):
            return Stamp(("bad_time_stamp",))
        carried = embedded_certificates(stamp.signed_data)
        path, absent = self._anchors.path(status, der, carried)
        if not (stamps_time(authority) and _valid(authority, stamp.at) and self._vouched(status, path, info)):
            return Stamp(("time_stamp_untrusted",))
        codes = ("time_stamp_expired",) if late else ()
        return Stamp(codes, stamp.at, common_name(authority.subject), tuple(path), absent)

    def _status(self, stamp: TimeStamp, moment: datetime) -> Any:
        judged = run(validate_tst_signed_data(stamp.signed_data, self._anchors.at(moment), lambda _: stamp.imprint))
        return TimestampSignatureStatus(**judged)

    def _vouched(self, status: Any, path: list[Any], info: SignatureInfo) -> bool:
        """A revoked authority may have lost its key: nothing it stamped counts, whenever it says it did."""
        lists = (self._trust or Trust()).crls
        if RevocationLists((*lists, *embedded_lists(info.signed_data))).revoked(path, self._moment):
            return False
        return self._trust is None or bool(status.trusted)


def _valid(certificate: Any, moment: datetime) -> bool:
    return bool(certificate.not_valid_before <= moment <= certificate.not_valid_after)
