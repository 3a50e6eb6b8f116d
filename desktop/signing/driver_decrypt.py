"""Decrypt with a token's RSA key: how a token opens a store. Runs only in the token process.

Many tokens sign and nothing else; of those that decrypt, some know RSA-OAEP with SHA-1 only. So the same secret comes
twice, and the form that the token knows is taken.
"""

from __future__ import annotations

import pkcs11
from pkcs11 import MGF, Mechanism

from desktop.signing.driver_objects import SigningKey
from desktop.signing.driver_refusals import GONE, PIN_CODES, SESSION_ENDED, DriverError
from desktop.signing.pin import Pin

_FORMS = ((Mechanism.SHA256, MGF.SHA256), (Mechanism.SHA_1, MGF.SHA1))
"""In the order of the blocks. OAEP does not rest on the hash being free of collisions (RFC 8017 section B.1)."""
_MATTERS: tuple[type[Exception], ...] = (*GONE, *SESSION_ENDED, *PIN_CODES)


def raw_decrypt(key: SigningKey, blocks: bytes, pin: Pin | None) -> bytes:
    """Decrypt one secret given as two RSA-OAEP blocks of the same length, first with SHA-256, then with SHA-1.

    Raises DriverError token_cannot_decrypt, PKCS11Error for a token that is gone, a closed session, a refused PIN.
    """
    if key.is_ec or not hasattr(key.handle, "decrypt") or len(blocks) % 2:
        raise DriverError("token_cannot_decrypt")
    size, given = len(blocks) // 2, pin if key.pin_each else None
    for place, (digest, mask) in enumerate(_FORMS):
        block, parameters = blocks[place * size : (place + 1) * size], (digest, mask, None)
        try:
            secret = key.handle.decrypt(block, mechanism=Mechanism.RSA_PKCS_OAEP, mechanism_param=parameters, pin=given)
        except _MATTERS:
            raise
        except pkcs11.PKCS11Error:
            continue  # not in this form
        return bytes(secret)
    raise DriverError("token_cannot_decrypt")
