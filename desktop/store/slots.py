"""What lies in a slot: a key pair whose public half the master key is sealed to, its private half under a secret.

So whoever has the store open can seal another master key to everybody, without a password of theirs. Sealing is HPKE
(RFC 9180: X25519, HKDF-SHA256, AES-256-GCM); for a token, a random key by RSA-OAEP and AES-256-GCM under it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509 import load_der_x509_certificate

from desktop.dossier.canonical import canonical
from desktop.store.envelope import Envelope, KdfParameters, Slot
from desktop.store.errors import StoreError
from desktop.store.masterkey import KEY_BYTES, MasterKey

STANDARD_KDF = KdfParameters()
NONCE = 12
_TAG = 16
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_RSA_BITS = range(2048, 4097)
Secret = X25519PrivateKey
Unwrap = Callable[[bytes], bytes]
"""Decrypts on a token: RSA-OAEP blocks, the first with SHA-256, the second the same with SHA-1 for older tokens."""


def password_slot(user: str, name: str, title: str, password: str, kdf: KdfParameters) -> Slot:
    """Make a slot with a fresh key pair, its private half under the password; nothing is sealed to it yet."""
    pair, slot = X25519PrivateKey.generate(), _new("password", user, name, title)
    slot = slot.model_copy(update={"kdf": kdf, "salt": secrets.token_hex(16), "public": _public(pair)})
    nonce = os.urandom(NONCE)
    wrapped = AESGCM(password_key(slot, password)).encrypt(nonce, pair.private_bytes_raw(), _private_bound(slot))
    return slot.model_copy(update={"private": (nonce + wrapped).hex()})


def recovery_slot(code: bytes) -> Slot:
    """Make the slot of a recovery code; its key pair is derived from the code and the slot's salt."""
    slot = _new("recovery", "", "", "").model_copy(update={"salt": secrets.token_hex(16)})
    return slot.model_copy(update={"public": _public(recovery_pair(slot, code))})


def token_slot(user: str, name: str, title: str, certificate: bytes) -> Slot:
    """Make a slot for the key of a certificate (DER). Raises StoreError token_cannot_decrypt for what is not RSA."""
    try:
        public = load_der_x509_certificate(certificate).public_key()
    except ValueError:
        public = None
    if not isinstance(public, rsa.RSAPublicKey) or public.key_size not in _RSA_BITS:
        raise cannot_decrypt()
    spki = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    found = {"public": spki.hex(), "certificate_sha256": hashlib.sha256(certificate).hexdigest()}
    return _new("token", user, name, title).model_copy(update=found)


def cannot_decrypt() -> StoreError:
    """Say that a token signs but opens nothing."""
    return StoreError(
        "token_cannot_decrypt",
        "Token này chỉ ký, không dùng để mở khóa được. Dùng mật khẩu hoặc mã khôi phục.",
    )


def sealed_to(envelope: Envelope, slot: Slot, key: MasterKey) -> Slot:
    """Seal a master key to a slot's public half, in the envelope's epoch."""
    bound = _bound(envelope, slot)
    if slot.kind == "token":
        return slot.model_copy(update={"sealed": _to_token(slot, key, bound).hex()})
    public = X25519PublicKey.from_public_bytes(bytes.fromhex(slot.public))
    return slot.model_copy(update={"sealed": _SUITE.encrypt(bytes(key.raw), public, info=bound).hex()})


def open_password(envelope: Envelope, slot: Slot, password: str) -> bytearray | None:
    """Give the master key behind a password; None when it is not this slot's, b"" when the slot is disabled."""
    wrapping, bound = password_key(slot, password), _private_bound(slot)
    if slot.old:
        return _unwrapped(slot.wrapped, wrapping, _old_bound(envelope, slot))
    private = _unwrapped(slot.private, wrapping, bound)
    return None if private is None else _opened(envelope, slot, X25519PrivateKey.from_private_bytes(bytes(private)))


def open_recovery(envelope: Envelope, slot: Slot, code: bytes) -> bytearray | None:
    """Give the master key behind a recovery code; None when the code is not this slot's."""
    if slot.old:
        wrapping = HKDF(hashes.SHA256(), 32, bytes.fromhex(slot.salt), b"vungxa-recovery-1").derive(code)
        return _unwrapped(slot.wrapped, wrapping, _old_bound(envelope, slot))
    pair = recovery_pair(slot, code)
    return _opened(envelope, slot, pair) if _public(pair) == slot.public else None


def open_token(envelope: Envelope, slot: Slot, unwrap: Unwrap) -> bytearray | None:
    """Give the master key that a token's key opens; None when it is another key. Raises what `unwrap` raises."""
    blocks = 2 * _rsa(slot).key_size // 8
    sealed = bytes.fromhex(slot.sealed)
    wrapping = unwrap(sealed[:blocks])
    return _unwrapped(sealed[blocks:].hex(), wrapping, _bound(envelope, slot)) if len(wrapping) == KEY_BYTES else None


def authenticated(envelope: Envelope, key: MasterKey) -> Envelope:
    """Give the envelope with its MAC, as it is written."""
    return envelope.model_copy(update={"mac": _mac(envelope, key)})


def check_authentic(envelope: Envelope, key: MasterKey) -> None:
    """Make sure that nobody without the master key changed a slot. Raises StoreError keys_changed."""
    if envelope.mac and not hmac.compare_digest(envelope.mac, _mac(envelope, key)):
        raise StoreError(
            "keys_changed",
            "Tệp khóa keys.json bị sửa từ bên ngoài chương trình; dữ liệu vẫn nguyên. "
            "Báo người phụ trách và chép lại keys.json từ bản sao lưu.",
        )


def password_key(slot: Slot, password: str) -> bytes:
    """Derive the key of a password (Argon2id over its NFC form in UTF-8)."""
    kdf = slot.kdf or STANDARD_KDF
    text = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    maker = Argon2id(
        salt=bytes.fromhex(slot.salt), length=32, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory_kib
    )
    return maker.derive(text)


def recovery_pair(slot: Slot, code: bytes) -> Secret:
    """Derive the key pair of a recovery code: 160 random bits need no slow derivation."""
    raw = HKDF(hashes.SHA256(), 32, bytes.fromhex(slot.salt), b"vungxa-recovery-2").derive(code)
    return X25519PrivateKey.from_private_bytes(raw)


def _new(kind: str, user: str, name: str, title: str) -> Slot:
    found = {"slot_id": secrets.token_hex(8), "kind": kind, "user": user, "name": name, "title": title}
    return Slot.model_validate(found)


def _opened(envelope: Envelope, slot: Slot, pair: Secret) -> bytearray | None:
    if not slot.sealed:
        return bytearray()
    try:
        return bytearray(_SUITE.decrypt(bytes.fromhex(slot.sealed), pair, info=_bound(envelope, slot)))
    except InvalidTag:
        return None


def token_blocks(slot: Slot, secret: bytes) -> bytes:
    """Encrypt a short secret to a token's key as it wants it: RSA-OAEP with SHA-256, then the same with SHA-1."""
    public = _rsa(slot)
    return b"".join(
        public.encrypt(secret, padding.OAEP(padding.MGF1(digest), digest, None))
        for digest in (hashes.SHA256(), hashes.SHA1())  # noqa: S303 - OAEP does not rest on collision resistance
    )


def _to_token(slot: Slot, key: MasterKey, bound: bytes) -> bytes:
    wrapping, nonce = secrets.token_bytes(KEY_BYTES), os.urandom(NONCE)
    return token_blocks(slot, wrapping) + nonce + AESGCM(wrapping).encrypt(nonce, bytes(key.raw), bound)


def _rsa(slot: Slot) -> rsa.RSAPublicKey:
    public = serialization.load_der_public_key(bytes.fromhex(slot.public))
    if not isinstance(public, rsa.RSAPublicKey):
        raise cannot_decrypt()
    return public


def _unwrapped(wrapped: str, wrapping: bytes, bound: bytes) -> bytearray | None:
    content = bytes.fromhex(wrapped)
    try:
        return bytearray(AESGCM(wrapping).decrypt(content[:NONCE], content[NONCE:], bound))
    except InvalidTag:
        return None


def _public(pair: Secret) -> str:
    return pair.public_key().public_bytes_raw().hex()


def _bound(envelope: Envelope, slot: Slot) -> bytes:
    return canonical(["vungxa-keys-2", envelope.store_id, envelope.epoch, slot.slot_id, slot.kind, slot.user])


def _private_bound(slot: Slot) -> bytes:
    return canonical(["vungxa-keys-2", slot.slot_id, slot.kind, slot.user, slot.public])


def _old_bound(envelope: Envelope, slot: Slot) -> bytes:
    return f"{envelope.store_id}|{slot.kind}|{slot.user}".encode()


def _mac(envelope: Envelope, key: MasterKey) -> str:
    body = envelope.model_dump(mode="json", exclude={"mac"})
    return hmac.new(key.derive("envelope"), canonical(body), hashlib.sha256).hexdigest()
