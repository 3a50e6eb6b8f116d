"""What is wrong with a package as a whole: signers missing or twice, files nobody listed, figures that differ."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from desktop.dossier.compute import compute
from desktop.dossier.descriptor import DESCRIPTOR_NAME, Descriptor, read_descriptor, read_document
from desktop.dossier.errors import VungXaError
from desktop.dossier.pack import SHELF, form_of, under
from desktop.signing.asice import Package
from desktop.signing.findings import Finding, finding
from desktop.signing.reports import Expected


def descriptor_of(package: Package) -> Descriptor | None:
    """Read the dossier.json of a package; None when it has none that can be read."""
    content = next((item.content for item in package.objects if item.name == DESCRIPTOR_NAME), None)
    try:
        return read_descriptor(content) if content is not None else None
    except VungXaError:
        return None


def described_problems(descriptor: Descriptor | None, digests: Mapping[str, str], signers: int) -> list[Finding]:
    """Hold a package to its own dossier.json; `digests` are of all its files, `signers` how many have signed."""
    if descriptor is None:
        return [finding("bad_descriptor")]
    orders = [step.order for step in descriptor.signers]
    contents = {name: digest for name, digest in digests.items() if name != DESCRIPTOR_NAME}
    found = []
    if _described(descriptor) != contents or orders != list(range(1, len(orders) + 1)) or not orders:
        found.append(finding("descriptor_mismatch"))
    found += [finding("signature_missing", order=one.order, title=one.title) for one in descriptor.signers[signers:]]
    return found + [finding("signature_extra", order=order) for order in range(len(orders) + 1, signers + 1)]


def _described(descriptor: Descriptor) -> dict[str, str | None]:
    """Give what dossier.json lists with digests; a name listed twice can match nothing."""
    listed = [(item.name, item.sha256) for item in descriptor.documents]
    listed += [(item.name, item.sha256) for item in descriptor.attachments]
    names = [name for name, _ in listed]
    return {name: digest if names.count(name) == 1 else None for name, digest in listed}


def recorded_problems(expected: Expected | None, declared: int, signers: int) -> list[Finding]:
    """Name the signatures that were there when the package was sealed and that dossier.json does not ask for."""
    if expected is None:
        return []
    missing = range(max(declared, signers) + 1, expected.signers + 1)
    return [finding("signature_missing", order=order, title="đã ghi nhận khi đóng gói") for order in missing]


def repeated_problems(keys: Sequence[tuple[int, str, str]]) -> list[Finding]:
    """Find who signed twice: signatures as (order, SHA-256 of the certificate, SHA-256 of its public key)."""
    found = []
    for index, (order, certificate, key) in enumerate(keys):
        earlier = next((one for one in keys[:index] if certificate == one[1] or key == one[2]), None)
        if earlier is not None:
            found.append(finding("same_signer", first=earlier[0], order=order))
    return found


def figure_problems(package: Package, descriptor: Descriptor | None) -> list[Finding]:
    """Find documents whose printed totals and words are not what their data work out to (rule R-058).

    A document of a pack or shape we do not know is left to whoever reads it.
    """
    if descriptor is None or descriptor.pack not in SHELF.versions():
        return []
    contents = {item.name: item.content for item in package.objects}
    with under(descriptor.pack):
        return [
            finding("computed_differs", name=item.name)
            for item in descriptor.documents
            if item.name in contents and not _works_out(contents[item.name])
        ]


def _works_out(content: bytes) -> bool:
    try:
        document, _, _ = read_document(content)
        ours = compute(document, form_of(document.form))
    except (VungXaError, ValueError, KeyError):
        return True
    return bool(json.loads(content)["computed"] == {"totals": ours.totals, "words": ours.words})
