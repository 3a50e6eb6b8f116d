"""The PKCS#11 calls themselves. Runs only in the token process (child.py), which owns the vendor's module.

Raw mechanisms only, RSA-PKCS over a DigestInfo and ECDSA over a hash: every token seen has them, many have no other.
The token is chosen by serial, the key by certificate, never by label.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

import pkcs11
from asn1crypto import algos, core, x509
from pkcs11 import Attribute, Mechanism, ObjectClass, TokenFlag
from pkcs11.util.ec import encode_ecdsa_signature

from desktop.signing.certificates import CertificateInfo, describe
from desktop.signing.rawverify import holds
from desktop.signing.tokeninfo import TokenInfo

_GONE = (
    pkcs11.DeviceRemoved,
    pkcs11.TokenNotPresent,
    pkcs11.TokenNotRecognised,
    pkcs11.NoSuchToken,
    pkcs11.SlotIDInvalid,
)
_PIN_CODES: dict[type[Exception], str] = {
    pkcs11.PinIncorrect: "pin_wrong",
    pkcs11.PinLocked: "pin_locked",
    pkcs11.PinExpired: "pin_expired",
    pkcs11.PinInvalid: "pin_format",
    pkcs11.PinLenRange: "pin_format",
    pkcs11.UserPinNotInitialized: "pin_not_set",
}


class DriverError(Exception):
    """A refusal by code; `flags` are the token's PIN flags after it, (low, final try)."""

    def __init__(self, code: str, flags: tuple[bool, bool] = (False, False)) -> None:
        super().__init__(code)
        self.code = code
        self.flags = flags


class Driver:
    """One loaded module and at most one open session."""

    def __init__(self, module: str) -> None:
        self._library = pkcs11.lib(module)
        self._session: Any = None
        self._key: Any = None
        self._serial = ""
        self._is_ec = False

    def tokens(self) -> list[TokenInfo]:
        """List initialised tokens with their certificates; no PIN needed. One that cannot be read hides no other."""
        found, failed = [], None
        for token in self.present():
            try:
                found.append(_info(token))
            except pkcs11.PKCS11Error as error:
                failed = error
        if failed is not None and not found:
            raise failed
        return found

    def present(self) -> list[Any]:
        """List fresh snapshots of the initialised tokens that are plugged in."""
        found = []
        for slot in self._library.get_slots(token_present=True):
            try:
                token = slot.get_token()
            except _GONE:
                continue
            if TokenFlag.TOKEN_INITIALIZED & token.flags:
                found.append(token)
        return found

    def token(self, serial: str) -> Any:
        """Find a token that is plugged in. Raises DriverError token_gone."""
        for token in self.present():
            if serial_of(token) == serial:
                return token
        raise DriverError("token_gone")

    def open(self, serial: str, certificate_sha256: str, pin: str) -> tuple[bytes, tuple[bytes, ...]]:
        """Log in and find the key of a certificate; give its DER and the CA certificates beside it.

        Raises DriverError. After a refused PIN the session stays open inside python-pkcs11 with nobody to close it, so
        the process must end.
        """
        self.close()
        token = self.token(serial)
        if TokenFlag.USER_PIN_LOCKED & token.flags:
            raise DriverError("pin_locked")
        try:
            self._session = token.open(user_pin=pin)
        except tuple(_PIN_CODES) as error:
            raise DriverError(_PIN_CODES[type(error)], self._pin_flags(serial)) from None
        self._serial = serial
        certificates = _certificates(self._session)
        chosen = next((info for info, _ in certificates if info.sha256 == certificate_sha256), None)
        if chosen is None:
            raise DriverError("certificate_not_found")
        self._is_ec = chosen.key_kind.startswith("EC")
        self._key = self._find_key(chosen.der, next(key_id for info, key_id in certificates if info is chosen))
        return chosen.der, tuple(info.der for info, _ in certificates if _is_intermediate(info))

    def sign(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest (32 bytes) with the open key, in the form CMS wants."""
        if self._session is None or self._key is None:
            raise DriverError("session_lost")
        return _raw_sign(self._key, digest, is_ec=self._is_ec)

    def close(self) -> None:
        """Log out; a session that is gone already is fine."""
        session, self._session, self._key = self._session, None, None
        if session is not None:
            try:
                session.close()
            except pkcs11.PKCS11Error:
                return

    def code_of(self, error: pkcs11.PKCS11Error) -> str:
        """Tell a token that was pulled out from a driver in trouble: drivers give all sorts of codes for the former."""
        if isinstance(error, _GONE):
            return "token_gone"
        try:
            here = {serial_of(token) for token in self.present()}
        except pkcs11.PKCS11Error:
            return "module_error"
        return "token_gone" if self._serial and self._serial not in here else "module_error"

    def finish(self) -> None:
        """Give the module back."""
        self.close()
        self._library.finalize()

    def _pin_flags(self, serial: str) -> tuple[bool, bool]:
        flags = self.token(serial).flags
        return bool(TokenFlag.USER_PIN_COUNT_LOW & flags), bool(TokenFlag.USER_PIN_FINAL_TRY & flags)

    def _find_key(self, certificate: bytes, key_id: bytes) -> Any:
        keys = [
            key for key in self._session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}) if hasattr(key, "sign")
        ]
        public_key = x509.Certificate.load(certificate).public_key
        same_kind = [key for key in keys if (key.key_type == pkcs11.KeyType.EC) == self._is_ec]
        for key in sorted(same_kind, key=lambda key: not key_id or read_id(key) != key_id):
            if _belongs(key, public_key, is_ec=self._is_ec):
                return key
        raise DriverError("certificate_not_found")


def serial_of(token: Any) -> str:
    """Give a token's serial as text; PKCS#11 pads it with blanks."""
    return bytes(token.serial).decode("utf-8", "replace").strip(" \0")


def read_id(item: Any) -> bytes:
    """Give CKA_ID, b"" where a token does not have it."""
    try:
        return bytes(item[Attribute.ID] or b"")
    except pkcs11.PKCS11Error:
        return b""


def _info(token: Any) -> TokenInfo:
    flags = token.flags
    with token.open() as session:
        certificates = tuple(info for info, _ in _certificates(session))
    return TokenInfo(
        serial=serial_of(token),
        label=token.label.strip(" \0"),
        manufacturer=token.manufacturer_id.strip(" \0"),
        pin_low=bool(TokenFlag.USER_PIN_COUNT_LOW & flags),
        pin_final_try=bool(TokenFlag.USER_PIN_FINAL_TRY & flags),
        pin_locked=bool(TokenFlag.USER_PIN_LOCKED & flags),
        certificates=certificates,
    )


def _certificates(session: Any) -> list[tuple[CertificateInfo, bytes]]:
    """Read certificates with their CKA_ID one by one; searching by value fails on some tokens."""
    found = []
    for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            found.append((describe(bytes(item[Attribute.VALUE])), read_id(item)))
        except (ValueError, pkcs11.PKCS11Error):
            continue
    return _unique(found)


def _unique(found: Iterable[tuple[CertificateInfo, bytes]]) -> list[tuple[CertificateInfo, bytes]]:
    return list({info.sha256: (info, key_id) for info, key_id in found}.values())


def _is_intermediate(info: CertificateInfo) -> bool:
    certificate = x509.Certificate.load(info.der)
    return bool(certificate.ca) and certificate.subject != certificate.issuer


def _belongs(key: Any, public_key: Any, *, is_ec: bool) -> bool:
    """Some tokens leave CKA_ID empty or wrong, so a key is known by its modulus, or by signing a random digest."""
    modulus = None if is_ec else _modulus(key)
    if modulus is not None:
        return bool(modulus == public_key["public_key"].parsed["modulus"].native)
    digest = secrets.token_bytes(32)
    return holds(public_key.dump(), digest, _raw_sign(key, digest, is_ec=is_ec))


def _modulus(key: Any) -> int | None:
    """Give an RSA key's modulus; None where a token keeps it to itself."""
    try:
        return int.from_bytes(key[Attribute.MODULUS], "big")
    except pkcs11.PKCS11Error:
        return None


def _raw_sign(key: Any, digest: bytes, *, is_ec: bool) -> bytes:
    assert len(digest) == hashlib.sha256().digest_size
    if is_ec:
        return bytes(encode_ecdsa_signature(key.sign(digest, mechanism=Mechanism.ECDSA)))
    info = algos.DigestInfo(
        {"digest_algorithm": {"algorithm": "sha256", "parameters": core.Null()}, "digest": digest}
    ).dump()
    return bytes(key.sign(info, mechanism=Mechanism.RSA_PKCS))
