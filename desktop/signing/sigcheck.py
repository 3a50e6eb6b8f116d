"""Judges one CMS signature and its certificate with pyHanko, offline: no fetching, only cached revocation lists.

Revocation policy: a certificate is refused when a cached CRL lists it, even a stale CRL of up to 90 days; no CRL at all
is accepted. Where we hold a CRL of the issuer it must be used, although the
certificate names no distribution point: pyHanko's soft-fail alone would not look.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import crl, x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from desktop.signing.certificates import ASN1_ERRORS, may_sign
from desktop.signing.cmsinfo import SignatureInfo
from desktop.signing.trust import Trust

CRL_FRESHNESS = timedelta(days=90)
CLOCK_TOLERANCE = timedelta(days=1)
"""How far ahead of ours a signer's clock may be; order is proved by the chain, not by clocks."""

# pyHanko writes certificate subjects into warnings; what it finds is in our findings already.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

_TRUST_CODES: dict[object, str] = {
    AdESIndeterminate.REVOKED_NO_POE: "revoked",
    AdESIndeterminate.REVOKED_CA_NO_POE: "revoked",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: "expired",
    AdESIndeterminate.TRY_LATER: "revocation_stale",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "weak_digest",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "weak_digest",
}
_USES = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


class SignatureChecker:
    """Checks any number of signatures of one package against one trust at one instant."""

    def __init__(self, trust: Trust | None, moment: datetime) -> None:
        self._trust = trust
        self._moment = moment
        self._parsed = [x509.Certificate.load(der) for der in (*trust.roots, *trust.intermediates)] if trust else []
        self._crl_issuers = {crl.CertificateList.load(der).issuer.hashable for der in trust.crls} if trust else set()
        self._contexts: dict[tuple[bool, bool], ValidationContext] = {}

    def check(self, manifest: bytes, info: SignatureInfo) -> tuple[list[str], bool | None]:
        """Give the codes of what is wrong, and whether the certificate is trusted (None: nobody said whom to trust)."""
        if not info.certificate or info.signed_at is None or not info.names_certificate:
            return ["incomplete_signature"], None if self._trust is None else False
        try:
            codes, trusted = self._judge(manifest, info, info.signed_at)
        except (SignatureValidationError, CMSExtractionError, *ASN1_ERRORS):
            codes, trusted = ["bad_signature"], False
        return codes, None if self._trust is None else trusted

    def _judge(self, manifest: bytes, info: SignatureInfo, signed_at: datetime) -> tuple[list[str], bool]:
        certificate = x509.Certificate.load(info.certificate)
        codes = self._certificate_codes(certificate, signed_at)
        context = self._context(certificate)
        status = asyncio.run(async_validate_detached_cms(manifest, info.signed_data, context, key_usage_settings=_USES))
        trouble = status.trust_problem_indic and _TRUST_CODES.get(status.trust_problem_indic, "untrusted")
        # two certificates of one name and number: whom we name must be whom pyHanko checked
        if not (status.intact and status.valid) or status.signing_cert.dump() != info.certificate:
            return [trouble if trouble == "weak_digest" else "bad_signature", *codes], False
        # pyHanko has one answer for a chain that fails in any other way, a certificate not yet valid for one
        explained = trouble == "untrusted" and bool({"expired", "key_usage"} & set(codes))
        if trouble and not explained and trouble not in codes and (self._trust or trouble == "weak_digest"):
            codes.append(trouble)
        return codes, trouble is None

    def _certificate_codes(self, certificate: Any, signed_at: datetime) -> list[str]:
        codes = [] if may_sign(certificate) else ["key_usage"]
        if not certificate.not_valid_before <= signed_at <= certificate.not_valid_after:
            codes.append("not_valid_then")
        if not certificate.not_valid_before <= self._moment <= certificate.not_valid_after:
            codes.append("expired")
        if signed_at > self._moment + CLOCK_TOLERANCE:
            codes.append("signed_in_future")
        return codes

    def _context(self, certificate: Any) -> ValidationContext:
        strict = self._has_crl(certificate.issuer), self._issuer_has_crl(certificate.issuer)
        if strict not in self._contexts:
            self._contexts[strict] = self._new_context(*strict)
        return self._contexts[strict]

    def _has_crl(self, issuer: Any) -> bool:
        return issuer.hashable in self._crl_issuers

    def _issuer_has_crl(self, issuer: Any) -> bool:
        above = [found.issuer for found in self._parsed if found.subject == issuer and found.subject != found.issuer]
        return bool(above) and all(self._has_crl(name) for name in above)

    def _new_context(self, signer_strict: bool, issuer_strict: bool) -> ValidationContext:
        trust = self._trust or Trust()
        policy = CertRevTrustPolicy(
            RevocationCheckingPolicy(_rule(signer_strict), _rule(issuer_strict)),
            freshness=CRL_FRESHNESS,
            freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
        )
        return ValidationContext(
            trust_roots=[x509.Certificate.load(der) for der in trust.roots],
            other_certs=[x509.Certificate.load(der) for der in trust.intermediates],
            crls=list(trust.crls),
            moment=self._moment,
            allow_fetching=False,
            revinfo_policy=policy,
        )


def _rule(strict: bool) -> RevocationCheckingRule:
    return RevocationCheckingRule.CRL_REQUIRED if strict else RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
