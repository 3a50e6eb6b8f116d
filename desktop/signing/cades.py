"""Makes one signer's CAdES-B signature (ETSI EN 319 122-1) over a manifest, bound to the signer before.

The key stays where it is: `SigningKey.sign` gets the bytes of the signed attributes and gives a raw signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from desktop.signing.asice import DataObject, Signed, signature_name
from desktop.signing.claims import NO_CLAIMS, Claims
from desktop.signing.keys import SigningKey
from desktop.signing.manifest import Reference, build

__all__ = ["SigningKey", "sign"]


def sign(
    objects: Sequence[DataObject],
    previous: Sequence[Signed],
    key: SigningKey,
    when: datetime,
    claims: Claims = NO_CLAIMS,
) -> Signed:
    """Sign all objects of a dossier as the next signer after `previous`.

    `when` is the claimed instant, with a time zone, kept in whole seconds. Not to be called inside a running event
    loop. Raises TokenError from the key, ContainerError when the last previous signature cannot be read.
    """
    references = [Reference(item.name, item.media_type, hashlib.sha256(item.content).digest()) for item in objects]
    manifest = build(signature_name(len(previous) + 1), references)
    # pyHanko takes a third of a second to load: with the first signature, not with the window.
    from desktop.signing.cades_attributes import signed_cms

    return Signed(manifest, signed_cms(manifest, previous, key, when.astimezone(UTC).replace(microsecond=0), claims))
