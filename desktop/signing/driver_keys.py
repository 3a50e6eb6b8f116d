"""Which certificates of a token have their key beside them, as far as it shows without a PIN.

Runs only in the token process. Private keys stay hidden until the login, their public halves mostly do not.
"""

from __future__ import annotations

from typing import Any

import pkcs11
from asn1crypto import core, x509
from pkcs11 import Attribute, KeyType, ObjectClass

from desktop.signing.driver import Driver
from desktop.signing.driver_objects import read_certificates


def keys_seen(driver: Driver, serial: str) -> tuple[str, ...]:
    """Give the SHA-256 of the certificates whose public key is on the token. Raises DriverError token_gone."""
    with driver.presence.token(serial).open() as session:
        numbers = {_number(key) for key in session.get_objects({Attribute.CLASS: ObjectClass.PUBLIC_KEY})}
        certificates = read_certificates(session)
    return tuple(found.info.sha256 for found in certificates if _certified(found.info.der) in numbers)


def _number(key: Any) -> bytes:
    """What tells keys apart: an RSA modulus or an EC point; b"" of a key that does not show it."""
    try:
        if key.key_type == KeyType.EC:
            return _point(bytes(key[Attribute.EC_POINT]))
        return bytes(key[Attribute.MODULUS]).lstrip(b"\0")
    except pkcs11.PKCS11Error:
        return b""


def _point(raw: bytes) -> bytes:
    """PKCS#11 wraps a point in an OCTET STRING; some tokens do not."""
    try:
        return bytes(core.OctetString.load(raw, strict=True).native)
    except ValueError:
        return raw


def _certified(der: bytes) -> bytes:
    public_key = x509.Certificate.load(der).public_key
    if public_key.algorithm == "ec":
        return bytes(public_key["public_key"].native)
    modulus = int(public_key["public_key"].parsed["modulus"].native)
    return modulus.to_bytes((modulus.bit_length() + 7) // 8, "big")
