"""Lets pyHanko build the CMS of a signature with the attributes that bind it to the one before, while our key signs."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from asn1crypto import core, x509
from pyhanko.sign.attributes import CMSAttributeProvider
from pyhanko.sign.signers.pdf_cms import CAdESSignedAttributeProviderSpec, PdfCMSSignedAttributes, Signer

from desktop.signing.asice import Signed
from desktop.signing.claims import NO_CLAIMS, Claims
from desktop.signing.cmsinfo import DATA_OID, ContentReference, read_signature
from desktop.signing.keys import SigningKey

DIGEST = "sha256"


class _Fixed(CMSAttributeProvider):
    """An attribute whose value is known beforehand."""

    def __init__(self, attribute_type: str, value: object) -> None:
        self.attribute_type = attribute_type
        self._value = value

    async def build_attr_value(self, dry_run: bool = False) -> object:  # noqa: ARG002  the base class's signature
        return self._value


class _Attributes(CAdESSignedAttributeProviderSpec):
    """The signed attributes of CAdES-B, and those that bind a signature to the one before."""

    def __init__(self, settings: PdfCMSSignedAttributes, certificate: x509.Certificate, extra: list[_Fixed]) -> None:
        super().__init__(settings, certificate, is_pades=False, timestamper=None)
        self._extra = extra

    def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> Iterable[CMSAttributeProvider]:
        yield from super().signed_attr_providers(data_digest, digest_algorithm)
        yield from self._extra


class _KeySigner(Signer):
    """Lets pyHanko build the CMS while our key signs."""

    def __init__(self, key: SigningKey, extra: list[_Fixed], when: datetime) -> None:
        certificate = x509.Certificate.load(key.certificate)
        super().__init__(signing_cert=certificate, embed_roots=False)
        self._cert_registry.register_multiple([x509.Certificate.load(der) for der in key.chain])
        self._key = key
        self.settings = PdfCMSSignedAttributes(signing_time=when)
        self.signed_attr_prov_spec = _Attributes(self.settings, certificate, extra)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002
        assert digest_algorithm == DIGEST
        return self._key.sign(data)


def signed_cms(
    manifest: bytes, previous: Sequence[Signed], key: SigningKey, when: datetime, claims: Claims = NO_CLAIMS
) -> bytes:
    """Give the detached CMS over a manifest; `when` in UTC and whole seconds. Raises as `cades.sign` does."""
    signer = _KeySigner(key, [*_chain_attributes(manifest, previous), *_claimed(claims)], when)
    content = asyncio.run(
        signer.async_sign_general_data(manifest, DIGEST, use_cades=True, signed_attr_settings=signer.settings)
    )
    # dump(force=True) would take minutes on nested values and rewrite bytes the token signed
    return bytes(content.dump())


def _chain_attributes(manifest: bytes, previous: Sequence[Signed]) -> list[_Fixed]:
    own = _Fixed("content_identifier", core.OctetString(hashlib.sha256(manifest).digest()))
    if not previous:
        return [own]
    last = read_signature(previous[-1].cms)
    link = {
        "content_type": DATA_OID,
        "signed_content_identifier": last.content_identifier,
        "originator_signature_value": last.value,
    }
    return [own, _Fixed("content_reference", ContentReference(link))]


def _claimed(claims: Claims) -> list[_Fixed]:
    """Our own attributes, each only where there is something to say."""
    told = (("acknowledged_payees", claims.acknowledged), ("signing_place", claims.place.as_bytes()))
    return [_Fixed(name, core.OctetString(value)) for name, value in told if value]
