"""Lets pyHanko judge a CMS signature and the path of its certificate at any instant: no fetching, no revocation.

Who was revoked is for revocation.py, whose policy suits a desk that is mostly offline.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule

from desktop.signing.certificates import ASN1_ERRORS
from desktop.signing.revocation import path_of

# pyHanko writes certificate subjects into warnings; what it finds is in our findings already.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

HOSTILE = (
    SignatureValidationError,
    CMSExtractionError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    *ASN1_ERRORS,
)
"""What pyHanko raises on bytes made to confuse it, as an RSA issuer under an EC signature: assertions too."""
_NOBODY = CertRevTrustPolicy(RevocationCheckingPolicy(RevocationCheckingRule.NO_CHECK, RevocationCheckingRule.NO_CHECK))


class Anchors:
    """Certificates that paths must end in, and those that help to find a path, parsed once."""

    def __init__(self, roots: Sequence[bytes], intermediates: Sequence[bytes]) -> None:
        self._ders = tuple(roots)
        self._helpers = tuple(intermediates)
        self._roots = [x509.Certificate.load(der) for der in roots]
        self._intermediates = [x509.Certificate.load(der) for der in intermediates]
        self._contexts: dict[datetime, ValidationContext] = {}

    def at(self, moment: datetime) -> ValidationContext:
        """Give what pyHanko needs to judge paths at an instant."""
        if moment not in self._contexts:
            self._contexts[moment] = ValidationContext(
                trust_roots=self._roots,
                other_certs=self._intermediates,
                moment=moment,
                allow_fetching=False,
                revinfo_policy=_NOBODY,
            )
        return self._contexts[moment]

    def path(self, status: Any, certificate: bytes, carried: Sequence[bytes]) -> tuple[list[Any], str]:
        """Give the path of a judged signature, from its certificate upwards, and the name of what it lacks.

        Where pyHanko found no path to an anchor it is as far as links can be followed: see `path_of`.
        """
        if status.validation_path is not None:
            return list(status.validation_path.iter_certs(include_root=True))[::-1], ""
        return path_of(certificate, (*carried, *self._helpers), self._ders)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Wait for one of pyHanko's coroutines; none of them does more than compute."""
    return asyncio.run(work)
