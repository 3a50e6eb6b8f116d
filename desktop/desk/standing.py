"""Whether a signature may stand under one dossier: the register as of its instant, with days and scope of delegations.

The gateway asks the same (gateway/signers.py, `refuse_strangers`): what it would refuse is not signed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.dossier.descriptor import SignerRef
from desktop.dossier.registration import Register, SigningFacts
from desktop.dossier.signed_content import SignedContent
from desktop.dossier.signing_facts import signing_facts


@dataclass(frozen=True)
class Standing:
    """The register asked about one dossier, called as verification calls it; `signers` by their certificate."""

    register: Register
    signers: Mapping[str, SignerRef]
    facts: SigningFacts

    def __call__(self, role: str, certificate_sha256: str, at: datetime) -> bool:
        """Tell whether a certificate could stand for a role at an instant, as the dossier says: by own right or not."""
        ref = self.signers.get(certificate_sha256)
        roles = [one.value for one in ref.roles] if ref else []
        return (
            ref is not None
            and role in roles
            and self.register.may_stand(certificate_sha256, roles, ref.on_behalf_of, self.facts, at)
        )


def standing(register: Register, content: SignedContent) -> Standing:
    """Ask the register about a dossier by what is signed of it."""
    return Standing(register, _by_certificate(content.descriptor.signers), signing_facts(content.dossier()))


def _by_certificate(signers: Iterable[SignerRef]) -> dict[str, SignerRef]:
    return {ref.certificate_sha256: ref for ref in signers}
