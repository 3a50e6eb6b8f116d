"""The ways into one unit's store: proves a secret off the GUI thread, then gives the store to whoever enters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from desktop.desk.backing_up import open_store
from desktop.desk.context import at_desk
from desktop.desk.errors import DeskError
from desktop.desk.recovering import recover
from desktop.desk.token_opening import TokenUnwrap
from desktop.store import tries
from desktop.store.envelope import Front, read_front
from desktop.store.errors import StoreError
from desktop.store.keys import Opened, open_with_password, open_with_recovery_code, open_with_token
from desktop.store.store import KEYS, Store


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
        """Prove that password and file hold by opening the store once, and that it is a user's who may come in.

        Raises WrongPassword, StoreError, DeskError user_disabled.
        """
        self._prove(open_with_password(self.folder / KEYS, password, user))

    def by_recovery_code(self, code: str) -> None:
        """The same with the printed code; CodeMistyped tells a slip of the pen."""
        self._prove(open_with_recovery_code(self.folder / KEYS, code))

    def by_token(self, certificates: Sequence[str], pin: str, *, final_try: bool = False) -> None:
        """The same with a token that is plugged in; `final_try` says that its last try may be spent.

        Raises DeskError no_token_way, no_token, token_gone, TokenError, StoreError.
        """
        if self.unwrap is None:
            raise DeskError("no_token_way", "Ở đây chưa mở khóa bằng token được. Mở khóa bằng mật khẩu.")
        missing: DeskError | None = None
        for certificate in certificates:
            try:
                unwrap = partial(self.unwrap, certificate, pin, final_try=final_try)
                self._prove(open_with_token(self.folder / KEYS, certificate, unwrap))
                return
            except DeskError as error:  # no token with this one is plugged in; perhaps with the next
                missing = error
        raise missing or DeskError("no_token_way", "Người này chưa có token nào được mở đơn vị. Mở bằng mật khẩu.")

    def new_password(self, user: str, password: str) -> None:
        """After the recovery code: a new password for a user, or with "" for all. Raises as `recover`."""
        assert self._opened is not None, "not unlocked"
        recover(self.folder, self._opened.key, user, password)
        self.user = user

    def standing(self) -> tuple[int, int]:
        """How many wrong passwords are free, and seconds to wait now; where that cannot be read, unlocking says why."""
        try:
            return tries.left(self.folder), tries.waiting(self.folder)
        except StoreError:
            return tries.FREE, 0

    def enter(self) -> Store:
        """The store, for the thread that calls; the door keeps nothing that opens it. Raises StoreError."""
        assert self._opened is not None, "not unlocked"
        opened, self._opened = self._opened, None
        return open_store(self.folder, opened.key)

    def _prove(self, opened: Opened) -> None:
        with open_store(self.folder, opened.key) as store:
            if opened.user:
                at_desk(store, opened.user)
        self._opened, self.user = opened, opened.user
