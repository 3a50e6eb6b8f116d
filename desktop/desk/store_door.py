"""The ways into one unit's store: proves a secret off the GUI thread, then gives the store to whoever enters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from desktop.desk.errors import DeskError
from desktop.store.envelope import Front, read_front
from desktop.store.keys import Opened, open_with_password, open_with_recovery_code, open_with_token
from desktop.store.store import KEYS, Store

TokenUnwrap = Callable[[str, str, bytes], bytes]
"""Decrypts on a plugged-in token: certificate's SHA-256, PIN, ciphertext."""


@dataclass
class StoreDoor:
    """Unlocks one folder; the slow half runs on any thread, `enter` on the one that keeps the store.

    The window's `Door`. `user` is who opened it, "" for the shared password and the recovery code.
    """

    folder: Path
    unwrap: TokenUnwrap | None = None
    user: str = ""
    _opened: Opened | None = field(default=None, repr=False)

    def front(self) -> Front:
        """What may be shown before anybody unlocks. Raises StoreError no_store, DamagedEnvelope."""
        return read_front(self.folder)

    def by_password(self, password: str, user: str | None = None) -> None:
        """Prove that password and file hold by opening the store once. Raises WrongPassword, StoreError."""
        self._prove(open_with_password(self.folder / KEYS, password, user))

    def by_recovery_code(self, code: str) -> None:
        """The same with the printed code; StoreError code_mistyped tells a slip of the pen."""
        self._prove(open_with_recovery_code(self.folder / KEYS, code))

    def by_token(self, certificate_sha256: str, pin: str) -> None:
        """The same with a token that is plugged in. Raises DeskError no_token_way, TokenError, StoreError."""
        if self.unwrap is None:
            raise DeskError("no_token_way", "Ở đây chưa mở khóa bằng token được. Mở khóa bằng mật khẩu.")
        self._prove(
            open_with_token(self.folder / KEYS, certificate_sha256, partial(self.unwrap, certificate_sha256, pin))
        )

    def enter(self) -> Store:
        """The store, for the thread that calls; the door keeps nothing that opens it. Raises StoreError."""
        assert self._opened is not None, "not unlocked"
        opened, self._opened = self._opened, None
        return Store.open_with(self.folder, opened.key)

    def _prove(self, opened: Opened) -> None:
        Store.open_with(self.folder, opened.key).close()
        self._opened, self.user = opened, opened.user
