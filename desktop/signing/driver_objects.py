"""Certificates and keys on a token, and the raw signature. Runs only in the token process.

Raw mechanisms only, RSA-PKCS over a DigestInfo and ECDSA over a hash: every token seen has them, many have no other.
A key is known by its certificate, never by label.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

import pkcs11
from asn1crypto import algos, core, x509
from pkcs11 import Attribute, Mechanism, ObjectClass
from pkcs11.util.ec import encode_ecdsa_signature

from desktop.signing.certificates import CertificateInfo, describe
from desktop.signing.driver_refusals import DriverError
from desktop.signing.pin import Pin
from desktop.signing.rawverify import holds

_CURVES = ("EC-P-256", "EC-P-384")
_RSA_BITS = range(2048, 4097)


class Found(NamedTuple):
    """A certificate on a token with its CKA_ID, b"" where the token gives none."""

    info: CertificateInfo
    key_id: bytes


class SigningKey(NamedTuple):
    """A private key on a token; `pin_each`: it wants the PIN before each signature (CKA_ALWAYS_AUTHENTICATE)."""

    handle: Any
    is_ec: bool
    pin_each: bool


def read_certificates(session: Any) -> list[Found]:
    """Read certificates one by one, each once; searching by value fails on some tokens."""
    found = {}
    for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            info = describe(bytes(item[Attribute.VALUE]))
        except (ValueError, pkcs11.PKCS11Error):
            continue
        found[info.sha256] = Found(info, read_id(item))
    return list(found.values())


def choose(certificates: Sequence[Found], sha256: str) -> Found:
    """Take a certificate by its digest. Raises DriverError certificate_not_found, key_unsupported."""
    chosen = next((found for found in certificates if found.info.sha256 == sha256), None)
    if chosen is None:
        raise DriverError("certificate_not_found")
    if not _supported(chosen.info.key_kind):
        raise DriverError("key_unsupported")
    return chosen


def intermediates(certificates: Sequence[Found]) -> tuple[bytes, ...]:
    """Give the CA certificates a verifier may need, without roots."""
    return tuple(found.info.der for found in certificates if _is_intermediate(found.info))


def find_key(session: Any, chosen: Found, pin: Pin | None) -> tuple[SigningKey, int]:
    """Find the private key of a certificate on a logged-in token, and how often that took the PIN.

    Some tokens leave CKA_ID empty or wrong, so a key is known by its modulus, or by signing a random digest; only where
    each signature wants the PIN, CKA_ID alone is believed. Raises DriverError certificate_not_found.
    """
    is_ec = chosen.info.key_kind.startswith("EC")
    public_key = x509.Certificate.load(chosen.info.der).public_key
    keys = [_as_key(key, is_ec=is_ec) for key in _private_keys(session) if (key.key_type == pkcs11.KeyType.EC) == is_ec]
    uses = 0
    for key in sorted(keys, key=lambda key: not _same_id(key, chosen)):
        known = _by_number(key, public_key, chosen)
        if known is None:
            uses += key.pin_each
            known = _by_signing(key, public_key, pin)
        if known:
            return key, uses
    raise DriverError("certificate_not_found")


def raw_sign(key: SigningKey, digest: bytes, pin: Pin | None) -> bytes:
    """Sign a SHA-256 digest in the form CMS wants; the PIN goes to a key that wants it each time, and to no other."""
    assert len(digest) == hashlib.sha256().digest_size
    given = pin if key.pin_each else None
    if key.is_ec:
        return bytes(encode_ecdsa_signature(key.handle.sign(digest, mechanism=Mechanism.ECDSA, pin=given)))
    info = algos.DigestInfo(
        {"digest_algorithm": {"algorithm": "sha256", "parameters": core.Null()}, "digest": digest}
    ).dump()
    return bytes(key.handle.sign(info, mechanism=Mechanism.RSA_PKCS, pin=given))


def read_id(item: Any) -> bytes:
    """Give CKA_ID, b"" where a token does not have it."""
    try:
        return bytes(item[Attribute.ID] or b"")
    except pkcs11.PKCS11Error:
        return b""


def _private_keys(session: Any) -> list[Any]:
    found = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
    return [key for key in found if hasattr(key, "sign")]


def _as_key(handle: Any, *, is_ec: bool) -> SigningKey:
    try:
        pin_each = bool(handle[Attribute.ALWAYS_AUTHENTICATE])
    except pkcs11.PKCS11Error:
        pin_each = False
    return SigningKey(handle, is_ec, pin_each)


def _same_id(key: SigningKey, chosen: Found) -> bool:
    return bool(chosen.key_id) and read_id(key.handle) == chosen.key_id


def _by_number(key: SigningKey, public_key: Any, chosen: Found) -> bool | None:
    """Tell whether a key belongs by what can be read of it; None when only a signature can tell."""
    modulus = None if key.is_ec else _modulus(key.handle)
    if modulus is not None:
        return bool(modulus == public_key["public_key"].parsed["modulus"].native)
    return True if key.pin_each and _same_id(key, chosen) else None


def _by_signing(key: SigningKey, public_key: Any, pin: Pin | None) -> bool:
    digest = secrets.token_bytes(32)
    return holds(public_key.dump(), digest, raw_sign(key, digest, pin))


def _modulus(key: Any) -> int | None:
    """Give an RSA key's modulus; None where a token keeps it to itself."""
    try:
        return int.from_bytes(key[Attribute.MODULUS], "big")
    except pkcs11.PKCS11Error:
        return None


def _is_intermediate(info: CertificateInfo) -> bool:
    certificate = x509.Certificate.load(info.der)
    return bool(certificate.ca) and certificate.subject != certificate.issuer


def _supported(key_kind: str) -> bool:
    rsa = re.fullmatch(r"RSA-(\d+)", key_kind)
    return int(rsa[1]) in _RSA_BITS if rsa else key_kind in _CURVES
