"""Verifying packages at every level, and adding evidence, against bare public-key operations and digests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from desktop.demo.pki import DemoToken
from desktop.signing.asice import Package
from desktop.signing.certificate_check import judge
from desktop.signing.evidence import add_revocation, add_time_stamp
from desktop.signing.timestamps import request_for, token_of
from desktop.signing.trust import Trust
from desktop.signing.tsa import SandboxTsa
from desktop.signing.verify import verify
from tests.bench.measure import Line
from tests.bench.workbench import Workbench
from tests.fixtures.largelists import THREE_MB, large_list
from tests.fixtures.tokens import open_key, sample_objects, sign_in_order

SCAN = 10 * 1024 * 1024


def lines(bench: Workbench) -> Iterator[Line]:
    """Packages of three signatures: small, with 10 MB attached, with time-stamps and revocation lists."""
    tsa = SandboxTsa.create()
    trust = replace(Trust.load(bench.pki.trust_files), tsa_roots=(tsa.root,))
    small = sign_in_order(bench.worker, bench.tokens, sample_objects(bench.tokens))
    checks = [_bare_check(bench, token) for token in bench.tokens]
    for level, package in (("B", small), ("T", _lifted(small, tsa, None)), ("LT", _lifted(small, tsa, trust))):
        assert verify(package, trust).level == level
        yield bench.pace.compare(
            f"verify a package, 3 signatures at level {level}",
            lambda package=package: verify(package, trust),
            "3 bare public-key operations",
            lambda: [check() for check in checks],
        )
    yield from _with_a_large_list(bench, small, tsa, trust, checks)
    scan = os.urandom(SCAN)
    large = sign_in_order(bench.worker, bench.tokens, sample_objects(bench.tokens, scan))
    for level, package in (("B", large), ("LT", _lifted(large, tsa, trust))):
        assert verify(package, trust).level == level
        yield bench.pace.compare(
            f"verify a package with 10 MB attached, level {level}",
            lambda package=package: verify(package, trust),
            "SHA-256 of the 10 MB",
            lambda: hashlib.sha256(scan).digest(),
        )
    yield _adding(bench, small, tsa, trust)


def _with_a_large_list(
    bench: Workbench, package: Package, tsa: SandboxTsa, trust: Trust, checks: list[Callable[[], None]]
) -> Iterator[Line]:
    """The same where the authority's list has 3 MB: in each signature, and among what the desk has cached."""
    heavy = replace(trust, crls=(large_list(bench.pki.intermediate, THREE_MB), trust.crls[1]))
    lasting = _lifted(package, tsa, heavy)
    assert (verify(lasting, trust).level, verify(package, heavy).ok) == ("LT", True)
    for what, given, trusted in (
        ("3 signatures at level LT with 3 MB of lists each", lasting, trust),
        ("3 signatures at level B, a list of 3 MB cached", package, heavy),
    ):
        yield bench.pace.compare(
            f"verify a package, {what}",
            lambda given=given, trusted=trusted: verify(given, trusted),
            "3 bare public-key operations",
            lambda: [check() for check in checks],
        )
    yield bench.pace.compare(
        "judge a certificate, a list of 3 MB cached",
        lambda: judge(bench.tokens[0].certificate, (), heavy, datetime.now(UTC)),
        "cryptography parses the list",
        lambda: x509.load_der_x509_crl(heavy.crls[0]),
    )


def _adding(bench: Workbench, package: Package, tsa: SandboxTsa, trust: Trust) -> Line:
    cms = package.signatures[0].cms
    request, _ = request_for(cms)
    answer = tsa.respond(request, datetime.now(UTC))
    return bench.pace.compare(
        "add time-stamp and revocation lists to a signature",
        lambda: add_revocation(add_time_stamp(cms, token_of(answer, request)), trust),
        "a time-stamp by the authority",
        lambda: tsa.respond(request, datetime.now(UTC)),
    )


def _lifted(package: Package, tsa: SandboxTsa, trust: Trust | None) -> Package:
    """The package at level T, at LT with a trust."""
    signatures = []
    for signed in package.signatures:
        request, _ = request_for(signed.cms)
        cms = add_time_stamp(signed.cms, token_of(tsa.respond(request, datetime.now(UTC)), request))
        signatures.append(replace(signed, cms=add_revocation(cms, trust) if trust else cms))
    return replace(package, signatures=tuple(signatures))


def _bare_check(bench: Workbench, token: DemoToken) -> Callable[[], None]:
    data = os.urandom(300)
    with open_key(bench.worker, token) as key:
        signature = key.sign(data)
    public = x509.load_der_x509_certificate(token.certificate).public_key()
    if isinstance(public, ec.EllipticCurvePublicKey):
        return lambda: public.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    assert isinstance(public, rsa.RSAPublicKey)
    return lambda: public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
