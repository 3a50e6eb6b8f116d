"""PKCS#11 calls that prepare a token: PINs, key pairs, certificates. Runs only in the token process."""

from __future__ import annotations

import secrets
from typing import Any

from asn1crypto import keys, x509
from pkcs11 import Attribute, CertificateType, KeyType, ObjectClass
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters
from pkcs11.util.rsa import encode_rsa_public_key

from desktop.signing.driver import Driver
from desktop.signing.pin import Pin
from desktop.signing.presence import serial_of, text

_CURVES = {"EC-P-256": "secp256r1", "EC-P-384": "secp384r1"}


def replace_pins(driver: Driver, serial: str, old_so: Pin, new_so: Pin, user: Pin) -> None:
    """Set the user's PIN and a new security officer's PIN, known only by the old one."""
    with driver.presence.token(serial).open(rw=True, so_pin=old_so) as session:
        session.init_pin(user)
        session.set_pin(old_so, new_so)


def generate_key(driver: Driver, serial: str, kind: str, label: str, pin: Pin) -> tuple[bytes, bytes]:
    """Make a key pair that never leaves the token; give its CKA_ID and public key (DER SubjectPublicKeyInfo)."""
    key_id = secrets.token_bytes(8)
    named: dict[str, Any] = {"store": True, "id": key_id, "label": label}
    named["private_template"] = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
    with driver.presence.token(serial).open(rw=True, user_pin=pin) as session:
        if kind in _CURVES:
            curve = {Attribute.EC_PARAMS: encode_named_curve_parameters(_CURVES[kind])}
            parameters = session.create_domain_parameters(KeyType.EC, curve, local=True)
            public, _ = parameters.generate_keypair(**named)
            return key_id, bytes(encode_ec_public_key(public))
        public, _ = session.generate_keypair(KeyType.RSA, int(kind.removeprefix("RSA-")), **named)
        inner = keys.RSAPublicKey.load(encode_rsa_public_key(public))
        return key_id, bytes(keys.PublicKeyInfo.wrap(inner, "rsa").dump())


def write_certificate(driver: Driver, serial: str, der: bytes, key_id: bytes, label: str, pin: Pin) -> None:
    """Store a certificate beside its key (same CKA_ID); a CA's certificate has an empty id."""
    certificate = x509.Certificate.load(der)
    template = {
        Attribute.CLASS: ObjectClass.CERTIFICATE,
        Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
        Attribute.TOKEN: True,
        Attribute.PRIVATE: False,
        Attribute.LABEL: label,
        Attribute.ID: key_id,
        Attribute.SUBJECT: certificate.subject.dump(),
        Attribute.ISSUER: certificate.issuer.dump(),
        Attribute.SERIAL_NUMBER: certificate["tbs_certificate"]["serial_number"].dump(),
        Attribute.VALUE: der,
    }
    with driver.presence.token(serial).open(rw=True, user_pin=pin) as session:
        session.create_object(template)


def serials(driver: Driver) -> list[tuple[str, str]]:
    """List the serial and label of each initialised token, also one without certificates."""
    return [(serial_of(token), text(token.label)) for token in driver.presence.present()]
