"""Says whether a package holds: who signed what, in which order, with whose certificate, and what is wrong.

Works without a token or driver, so the gateway and any office can use it. Integrity is by our own digests of the data
objects, signatures and trust by pyHanko (sigcheck.py). Call it from a thread without a running event loop.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop.dossier.dates import instant
from desktop.dossier.descriptor import SignerRef
from desktop.dossier.document import Level
from desktop.signing import manifest as asic_manifest
from desktop.signing.asice import Package, Signed, package_id, signature_name
from desktop.signing.certificates import describe, public_key_digest
from desktop.signing.cmsinfo import SignatureInfo, read_signature
from desktop.signing.errors import ContainerError
from desktop.signing.findings import Finding, finding
from desktop.signing.reports import LEVELS, Expected, Registered, RegisteredAt, SignerReport, VerifyReport
from desktop.signing.trust import Trust
from desktop.signing.wholeness import (
    described_problems,
    descriptor_of,
    figure_problems,
    recorded_problems,
    repeated_problems,
)

if TYPE_CHECKING:
    from desktop.signing.sigcheck import Judged, SignatureChecker

__all__ = ["Expected", "Registered", "RegisteredAt", "SignerReport", "VerifyReport", "verify"]


def verify(
    package: Package,
    trust: Trust | None,
    *,
    registered: Registered | RegisteredAt | None = None,
    at: datetime | None = None,
    expected: Expected | None = None,
    figures: bool = True,
) -> VerifyReport:
    """Check a package whole; never raises for what is wrong inside it.

    `trust` None checks digests and signatures only. `registered` adds the unit's register. `at` (default now, with time
    zone) is the instant that signatures without a time-stamp are judged at. `expected` is what was recorded of the
    package. `figures` False leaves out whether totals and words are what the data work out to: for who computes anyway.
    """
    objects = tuple(
        (item.name, len(item.content), hashlib.sha256(item.content).hexdigest()) for item in package.objects
    )
    digests = {name: digest for name, _, digest in objects}
    descriptor = descriptor_of(package)
    declared = descriptor.signers if descriptor else ()
    # pyHanko takes a third of a second to load: with the first package, not with the window.
    from desktop.signing.sigcheck import SignatureChecker

    checker = SignatureChecker(trust, at or datetime.now(UTC))
    signers: list[SignerReport] = []
    infos: list[SignatureInfo | None] = []
    for order, signed in enumerate(package.signatures, 1):
        step = declared[order - 1] if order <= len(declared) else None
        task = _Task(order, signed, step, digests, registered, _recorded_level(expected, order))
        report, info = _signer(task, checker, infos[-1] if infos else None)
        signers.append(report)
        infos.append(info)
    problems = [*_notes(package, trust), *repeated_problems(_keys(infos))]
    problems += described_problems(descriptor, digests, len(signers))
    problems += recorded_problems(expected, len(declared), len(signers))
    problems += figure_problems(package, descriptor) if figures else []
    ok = all(signer.ok for signer in signers) and not _errors(problems)
    level = min((signer.level for signer in signers), key=LEVELS.index, default="")
    return VerifyReport(ok, _id(package), tuple(signers), objects, tuple(problems), level)


@dataclass(frozen=True)
class _Task:
    """What one signature is checked against; `level` is what was recorded of it."""

    order: int
    signed: Signed
    step: SignerRef | None
    digests: Mapping[str, str]
    registered: Registered | RegisteredAt | None
    level: str


def _signer(
    task: _Task, checker: SignatureChecker, previous: SignatureInfo | None
) -> tuple[SignerReport, SignatureInfo | None]:
    problems = _coverage(task)
    try:
        info = read_signature(task.signed.cms)
    except ContainerError as error:
        return _report(task, None, None, [*problems, finding(error.code, order=task.order)]), None
    judged = checker.check(task.signed.manifest, info)
    problems += [finding(code, order=task.order) for code in judged.codes]
    if not _follows(info, previous, task.order):
        problems.append(finding("order_broken", order=task.order))
    if LEVELS.index(judged.level) < LEVELS.index(task.level):
        problems.append(finding("evidence_missing", order=task.order, level=task.level))
    return _report(task, info, judged, [*problems, *_identity(task, info)]), info


def _coverage(task: _Task) -> list[Finding]:
    """The manifest must name this signature, and exactly the objects of the container with their digests."""
    try:
        listed = asic_manifest.parse(task.signed.manifest)
    except ContainerError as error:
        return [finding(error.code, order=task.order)]
    signed = {reference.name: reference.digest.hex() for reference in listed.references}
    found = [finding("object_added", name=name) for name in task.digests if name not in signed]
    found += [finding("object_missing", name=name) for name in signed if name not in task.digests]
    changed = [name for name, digest in signed.items() if task.digests.get(name, digest) != digest]
    found += [finding("digest_mismatch", name=name) for name in changed]
    if listed.signature != signature_name(task.order):
        found.append(finding("order_broken", order=task.order))
    return found


def _follows(info: SignatureInfo, previous: SignatureInfo | None, order: int) -> bool:
    if order == 1:
        return info.previous is None
    if previous is None:
        return False
    return info.previous == previous.value and info.previous_identifier == previous.content_identifier


def _identity(task: _Task, info: SignatureInfo) -> list[Finding]:
    if task.step is None:
        return []
    found, certificate = [], hashlib.sha256(info.certificate).hexdigest()
    if task.step.certificate_sha256 != certificate:
        found.append(finding("wrong_signer", order=task.order, title=task.step.title))
    roles = [str(role) for role in task.step.roles]
    if task.registered is not None and not _is_registered(task.registered, roles, certificate, info.signed_at):
        found.append(finding("not_registered", order=task.order, title=task.step.title))
    return found


def _is_registered(
    registered: Registered | RegisteredAt, roles: Sequence[str], certificate: str, signed_at: datetime | None
) -> bool:
    """Without a role nobody is registered, nor without an instant when the register asks for one."""
    if isinstance(registered, Mapping):
        return bool(roles) and all(certificate in registered.get(role, set()) for role in roles)
    return bool(roles) and signed_at is not None and all(registered(role, certificate, signed_at) for role in roles)


def _report(task: _Task, info: SignatureInfo | None, judged: Judged | None, found: Iterable[Finding]) -> SignerReport:
    step, unique = task.step, tuple(dict.fromkeys(found))
    return SignerReport(
        order=task.order,
        roles=tuple(str(role) for role in step.roles) if step else (),
        title=step.title if step else "",
        name=_name(info),
        declared_name=step.name if step else "",
        certificate_sha256=hashlib.sha256(info.certificate).hexdigest() if info and info.certificate else "",
        signed_at=instant(info.signed_at) if info and info.signed_at else "",
        level=judged.level if judged else LEVELS[0],
        trusted=judged.trusted if judged else None,
        ok=not _errors(unique),
        problems=unique,
        time_stamp=instant(judged.stamped_at) if judged and judged.stamped_at else "",
        time_stamped_by=judged.stamped_by if judged else "",
        missing=judged.missing if judged else (),
        acknowledged=info.acknowledged.hex() if info else "",
    )


def _name(info: SignatureInfo | None) -> str:
    try:
        return describe(info.certificate).subject_name if info else ""
    except ValueError:
        return ""


def _keys(infos: Sequence[SignatureInfo | None]) -> list[tuple[int, str, str]]:
    """Give each signature's order, certificate and public key as SHA-256."""
    return [
        (order, hashlib.sha256(info.certificate).hexdigest(), public_key_digest(info.certificate))
        for order, info in enumerate(infos, 1)
        if info and info.certificate
    ]


def _notes(package: Package, trust: Trust | None) -> list[Finding]:
    found = [] if package.signatures else [finding("not_signed")]
    return found if trust is not None else [*found, finding("trust_not_checked")]


def _recorded_level(expected: Expected | None, order: int) -> str:
    known = expected.levels[order - 1 : order] if expected else ()
    return known[0] if known else LEVELS[0]


def _id(package: Package) -> str:
    try:
        return package_id(package)
    except ContainerError:
        return ""


def _errors(problems: Iterable[Finding]) -> list[Finding]:
    return [problem for problem in problems if problem.level is Level.ERROR]
