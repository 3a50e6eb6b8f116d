"""Says whether a package holds: who signed what, in which order, with whose certificate, and what is wrong.

Works without a token or driver, so the gateway and any office can use it. Integrity is by our own digests of the data
objects, signatures and trust by pyHanko (sigcheck.py). Call it from a thread without a running event loop.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop.dossier.dates import instant
from desktop.dossier.descriptor import DESCRIPTOR_NAME, Descriptor, SignerRef, read_descriptor
from desktop.dossier.document import Level
from desktop.dossier.errors import VungXaError
from desktop.signing import manifest as asic_manifest
from desktop.signing.asice import Package, Signed, package_id, signature_name
from desktop.signing.certificates import describe
from desktop.signing.cmsinfo import SignatureInfo, read_signature
from desktop.signing.errors import ContainerError
from desktop.signing.findings import Finding, finding
from desktop.signing.trust import Trust

if TYPE_CHECKING:
    from desktop.signing.sigcheck import SignatureChecker

Registered = Mapping[str, AbstractSet[str]]
"""Role to the SHA-256 (hex) of every certificate registered for it in the unit."""


@dataclass(frozen=True)
class SignerReport:
    """One signature. `name` is from the certificate, `title`, `roles`, `declared_name` from the dossier's own list.

    `level` is "B": what CAdES level was checked, no time-stamp is read yet. `trusted` is None when no root was given.
    """

    order: int
    roles: tuple[str, ...]
    title: str
    name: str
    declared_name: str
    certificate_sha256: str
    signed_at: str
    level: str
    trusted: bool | None
    ok: bool
    problems: tuple[Finding, ...]


@dataclass(frozen=True)
class VerifyReport:
    """The whole answer; `objects` are (name, size in bytes, SHA-256 in hex); `package_id` is "" when it has none."""

    ok: bool
    package_id: str
    signers: tuple[SignerReport, ...]
    objects: tuple[tuple[str, int, str], ...]
    problems: tuple[Finding, ...]


def verify(
    package: Package,
    trust: Trust | None,
    *,
    registered: Registered | None = None,
    at: datetime | None = None,
) -> VerifyReport:
    """Check a package whole; never raises for what is wrong inside it.

    `trust` None checks digests and signatures only. `registered` adds the unit's register. `at` (default now, with time
    zone) is the instant the certificates must be valid at, besides the time of signing.
    """
    objects = tuple(
        (item.name, len(item.content), hashlib.sha256(item.content).hexdigest()) for item in package.objects
    )
    digests = {name: digest for name, _, digest in objects}
    descriptor = _descriptor(package)
    # pyHanko takes a third of a second to load: with the first package, not with the window.
    from desktop.signing.sigcheck import SignatureChecker

    checker = SignatureChecker(trust, at or datetime.now(UTC))
    declared = descriptor.signers if descriptor else ()
    signers: list[SignerReport] = []
    previous: SignatureInfo | None = None
    for order, signed in enumerate(package.signatures, 1):
        step = declared[order - 1] if order <= len(declared) else None
        report, previous = _signer(_Task(order, signed, step, digests, registered), checker, previous)
        signers.append(report)
    problems = _overall(package, descriptor, digests, signers, trust)
    ok = all(signer.ok for signer in signers) and not _errors(problems)
    return VerifyReport(ok, _id(package), tuple(signers), objects, tuple(problems))


@dataclass(frozen=True)
class _Task:
    """What one signature is checked against."""

    order: int
    signed: Signed
    step: SignerRef | None
    digests: Mapping[str, str]
    registered: Registered | None


def _signer(
    task: _Task, checker: SignatureChecker, previous: SignatureInfo | None
) -> tuple[SignerReport, SignatureInfo | None]:
    problems = _coverage(task)
    try:
        info = read_signature(task.signed.cms)
    except ContainerError as error:
        return _report(task, None, None, [*problems, finding(error.code, order=task.order)]), None
    codes, trusted = checker.check(task.signed.manifest, info)
    if not _follows(info, previous, task.order):
        codes.append("order_broken")
    problems += [finding(code, order=task.order) for code in codes]
    problems += _identity(task, hashlib.sha256(info.certificate).hexdigest())
    return _report(task, info, trusted, problems), info


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


def _identity(task: _Task, certificate: str) -> list[Finding]:
    if task.step is None:
        return []
    found = []
    if task.step.certificate_sha256 != certificate:
        found.append(finding("wrong_signer", order=task.order, title=task.step.title))
    if task.registered is not None:
        registered, roles = task.registered, task.step.roles
        if not roles or not all(certificate in registered.get(str(role), set()) for role in roles):
            found.append(finding("not_registered", order=task.order, title=task.step.title))
    return found


def _report(task: _Task, info: SignatureInfo | None, trusted: bool | None, problems: Sequence[Finding]) -> SignerReport:
    step, unique = task.step, tuple(dict.fromkeys(problems))
    return SignerReport(
        order=task.order,
        roles=tuple(str(role) for role in step.roles) if step else (),
        title=step.title if step else "",
        name=_name(info),
        declared_name=step.name if step else "",
        certificate_sha256=hashlib.sha256(info.certificate).hexdigest() if info and info.certificate else "",
        signed_at=instant(info.signed_at) if info and info.signed_at else "",
        level="B",
        trusted=trusted,
        ok=not _errors(unique),
        problems=unique,
    )


def _name(info: SignatureInfo | None) -> str:
    try:
        return describe(info.certificate).subject_name if info else ""
    except ValueError:
        return ""


def _overall(
    package: Package,
    descriptor: Descriptor | None,
    digests: Mapping[str, str],
    signers: Sequence[SignerReport],
    trust: Trust | None,
) -> list[Finding]:
    found = [] if package.signatures else [finding("not_signed")]
    if trust is None:
        found.append(finding("trust_not_checked"))
    found += _repeated(signers)
    if descriptor is None:
        return [*found, finding("bad_descriptor")]
    orders = [step.order for step in descriptor.signers]
    contents = {name: digest for name, digest in digests.items() if name != DESCRIPTOR_NAME}
    if _described(descriptor) != contents or orders != list(range(1, len(orders) + 1)) or not orders:
        found.append(finding("descriptor_mismatch"))
    for step in descriptor.signers[len(signers) :]:
        found.append(finding("signature_missing", order=step.order, title=step.title))
    found += [finding("signature_extra", order=signer.order) for signer in signers[len(orders) :]]
    return found


def _described(descriptor: Descriptor) -> dict[str, str | None]:
    """Give what dossier.json lists with digests; a name listed twice can match nothing."""
    listed = [(item.name, item.sha256) for item in descriptor.documents]
    listed += [(item.name, item.sha256) for item in descriptor.attachments]
    names = [name for name, _ in listed]
    return {name: digest if names.count(name) == 1 else None for name, digest in listed}


def _repeated(signers: Sequence[SignerReport]) -> list[Finding]:
    first: dict[str, int] = {}
    for signer in signers:
        first.setdefault(signer.certificate_sha256, signer.order)
    again = [(first[signer.certificate_sha256], signer.order) for signer in signers if signer.certificate_sha256]
    return [finding("same_signer", first=earlier, order=order) for earlier, order in again if earlier != order]


def _descriptor(package: Package) -> Descriptor | None:
    content = next((item.content for item in package.objects if item.name == DESCRIPTOR_NAME), None)
    try:
        return read_descriptor(content) if content is not None else None
    except VungXaError:
        return None


def _id(package: Package) -> str:
    try:
        return package_id(package)
    except ContainerError:
        return ""


def _errors(problems: Sequence[Finding]) -> list[Finding]:
    return [problem for problem in problems if problem.level is Level.ERROR]
