"""Tokens that open the unit: which could, and giving one to a user once it has shown that it decrypts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.dossier.duties import Act, titles
from desktop.dossier.users import User
from desktop.dossier.users_views import TokenWay
from desktop.signing.certificates import CertificateInfo
from desktop.signing.tokeninfo import TokenInfo
from desktop.store import keys
from desktop.store.errors import StoreError
from desktop.store.keys import MasterKey
from desktop.store.slots import cannot_decrypt, token_blocks, token_slot
from desktop.store.store import KEYS

_PROOF_BYTES = 32
Decrypt = Callable[[str, str, str | None, bytes], bytes]
"""Decrypts on a plugged-in token: its serial, certificate's SHA-256, PIN, ciphertext."""


class TokenWays:
    """The window's TokenWaysService and `vungxa user token`; `plugged` tells what is plugged in, `decrypt` uses it.

    All of it belongs to the token thread.
    """

    def __init__(
        self,
        context: DeskContext,
        folder: Path,
        key: MasterKey,
        plugged: Callable[[], Sequence[TokenInfo]],
        decrypt: Decrypt,
    ) -> None:
        self._context, self._path, self._key = context, folder / KEYS, key
        self._plugged, self._decrypt = plugged, decrypt

    @reading
    def found(self) -> list[TokenWay]:
        """The signing certificates plugged in now. Raises TokenError."""
        return [
            TokenWay(one.sha256, one.subject_name, token.label, one.not_after, token.pin_pad, _refusal(one))
            for token in self._plugged()
            for one in token.certificates
            if one.can_sign
        ]

    @needs(Act.USERS)
    def give(self, user_id: str, certificate_sha256: str, pin: str | None) -> None:
        """Lets a token open the unit for a user, in the place of the one they had.

        Raises DeskError no_such_user, user_disabled, no_token, TokenError pin_wrong, token_cannot_decrypt, …,
        StoreError token_cannot_decrypt, keys_changed.
        """
        user = self._user(user_id)
        if not user.enabled:
            raise DeskError("user_disabled", "Người này đang bị ngừng. Cho dùng lại trước, rồi thêm token.")
        token, certificate = self._certificate(certificate_sha256)
        secret = secrets.token_bytes(_PROOF_BYTES)
        blocks = token_blocks(token_slot("", "", "", certificate.der), secret)
        if not secrets.compare_digest(self._decrypt(token.serial, certificate.sha256, pin, blocks), secret):
            raise cannot_decrypt()
        store = self._context.store
        with store.transaction():
            store.journal.append(self._context.user.person_id, "user_token", None, user_id)
            keys.give_token(self._path, self._key, user_id, user.name, titles(user.duties), certificate.der)

    def _certificate(self, sha256: str) -> tuple[TokenInfo, CertificateInfo]:
        for token in self._plugged():
            for one in token.certificates:
                if one.sha256 == sha256:
                    return token, one
        raise DeskError("no_token", "Không còn thấy token này. Cắm lại token, bấm «Tìm lại» rồi thử lại.")

    def _user(self, user_id: str) -> User:
        found = self._context.store.users.get(user_id)
        if found is None:
            raise DeskError("no_such_user", "Không có người dùng này. Xem lại danh sách người dùng.")
        return found


def of_token(token: TokenInfo) -> CertificateInfo:
    """The certificate of a token that can open a unit. Raises StoreError token_cannot_decrypt when none can."""
    found = next((one for one in token.certificates if one.can_sign and not _refusal(one)), None)
    if found is None:
        raise cannot_decrypt()
    return found


def _refusal(certificate: CertificateInfo) -> str:
    """Why the key of a certificate opens nothing; "" when its kind can."""
    try:
        token_slot("", "", "", certificate.der)
    except StoreError as error:
        return error.message
    return ""
