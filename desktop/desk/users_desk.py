"""Users of a unit's store at the desk: who they are, what they may do, and the passwords and codes that let them in.

What the store says of a user and what keys.json lets them do change together: the row is written first, the envelope
before the row is kept. A cut between the two leaves a way in that leads nowhere, for a user is asked for at every desk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.desk.allowing import needs, own, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.output import write_private
from desktop.desk.user_edits import user_of
from desktop.desk.users_reading import UsersReading
from desktop.dossier.duties import Act, titles
from desktop.dossier.users import User, administrators
from desktop.dossier.users_views import RotationView, UserEdit, UsersView, UserView
from desktop.exchange.recovery_paper import print_recovery
from desktop.store import keys, rotation
from desktop.store.envelope import KdfParameters
from desktop.store.keys import MasterKey
from desktop.store.store import KEYS
from desktop.store.ways_in import rename

COST = "password_cost"
"""Name of the setting that holds what a new password costs here: KdfParameters as JSON."""


class UsersDesk:
    """The window's UsersService and `vungxa user`; `folder` is the store's, `key` what opened it.

    `kdf` is what new passwords cost; None: as measured here, or the standard.
    """

    def __init__(self, context: DeskContext, folder: Path, key: MasterKey, kdf: KdfParameters | None = None) -> None:
        self._context = context
        self._folder, self._key, self._kdf = folder, key, kdf
        self._path = folder / KEYS
        self._reading = UsersReading(context, folder)

    @reading
    def view(self) -> UsersView:
        """Everything the screen shows. Raises StoreError."""
        return self._reading.view()

    @reading
    def users(self) -> Sequence[UserView]:
        """Every user, the disabled ones too. Raises StoreError."""
        return self._reading.users()

    @needs(Act.USERS)
    def add(self, edit: UserEdit, password: str) -> str:
        """Makes a user who opens the store with this password; gives their id.

        Raises DeskError bad_user, duties_conflict, FactError no_person, person_taken, last_administrator (the first
        user must be one), StoreError password_short, keys_changed.
        """
        keys.check_password(password)
        store = self._context.store
        with store.transaction():
            user = user_of(edit, store.users.new_id())
            store.users.save(user, self._actor())
            self._give_password(user, password)
        return user.user_id

    @needs(Act.USERS)
    def change(self, edit: UserEdit) -> None:
        """Changes name, duties and signer of a user; their way in stays. Raises as `add`, DeskError no_such_user."""
        store = self._context.store
        with store.transaction():
            user = user_of(edit, self._user(edit.user_id).user_id)
            store.users.save(user, self._actor())
            rename(self._path, self._key, user.user_id, user.name, titles(user.duties))

    @own
    def set_password(self, user_id: str, old: str | None, new: str) -> None:
        """Gives another password: one's own with the old one, somebody else's as an administrator with `old` None.

        `user_id` "" is the password that all share: an administrator with one of their own types it too.

        Raises DeskError not_allowed, no_such_user, old_password_needed, WrongPassword, TooManyTries, StoreError
        password_short.
        """
        keys.check_password(new)
        mine, journal = self._reading.mine(), self._context.store.journal
        if user_id != mine:
            self._context.require(Act.USERS)
        if user_id in ("", mine):
            if old is None:
                raise DeskError("old_password_needed", "Gõ mật khẩu đang dùng trước, rồi gõ mật khẩu mới.")
            keys.change_password(self._path, old, new, kdf=self._cost(), user=user_id)
        else:
            self._give_password(self._user(user_id), new)
        if user_id:
            journal.append(self._actor(), "user_password", None, user_id)
        else:
            journal.append(self._actor(), "shared_password", None, "")

    @own
    def replace_own_password(self, new: str) -> None:
        """Gives who is at the desk another password; only right after they proved who they are, by whatever way.

        Raises DeskError user_disabled, StoreError password_short.
        """
        keys.set_password(self._path, self._key, self._reading.mine(), new, kdf=self._cost())
        self._context.store.journal.append(self._actor(), "user_password", None, self._reading.mine())

    @needs(Act.USERS)
    def disable(self, user_id: str) -> None:
        """Lets a user open the store no more, for now. Raises FactError last_administrator, DeskError no_such_user.

        They may have kept the data key, so it should be changed (`rotation_wanted`) unless they come back.
        """
        self._user(user_id)
        with self._context.store.transaction():
            if self._reading.had_a_way_in(user_id):
                self._reading.want_rotation_without(user_id)
            self._context.store.users.disable(user_id, self._actor())
            keys.disable(self._path, self._key, user_id)

    @needs(Act.USERS)
    def enable(self, user_id: str) -> None:
        """Lets a disabled user open the store with the password they had. Raises DeskError no_such_user."""
        self._user(user_id)
        with self._context.store.transaction():
            self._context.store.users.enable(user_id, self._actor())
            keys.enable(self._path, self._key, user_id)

    @needs(Act.USERS)
    def remove(self, user_id: str) -> bool:
        """Takes a user away for good; tells whether the data key should be changed, for they had a way to it.

        Raises FactError last_administrator, DeskError no_such_user, StoreError last_slot.
        """
        self._user(user_id)
        had = self._reading.had_a_way_in(user_id)
        with self._context.store.transaction():
            if had:
                self._reading.want_rotation()
            self._context.store.users.remove(user_id, self._actor())
            keys.drop(self._path, self._key, user_id)
        return had

    @needs(Act.USERS)
    def end_token(self, user_id: str) -> None:
        """Lets a user's token open the unit no more; their password goes on.

        Raises DeskError no_such_user, StoreError last_slot.
        """
        self._user(user_id)
        with self._context.store.transaction():
            self._context.store.journal.append(self._actor(), "user_token_end", None, user_id)
            keys.drop(self._path, self._key, user_id, "token")

    @needs(Act.USERS)
    def end_shared_password(self) -> None:
        """Lets the password that all shared open the store no more; an administrator with one of their own must be.

        Raises DeskError no_own_password, StoreError last_slot.
        """
        store = self._context.store
        open_to = {view.user_id for view in self.users() if view.has_password}
        if not any(user.user_id in open_to for user in administrators(store.users.all())):
            raise DeskError(
                "no_own_password", "Chưa có người quản trị nào có mật khẩu riêng. Thêm người quản trị trước."
            )
        with store.transaction():
            store.journal.append(self._actor(), "shared_password_end", None, "")
            self._reading.want_rotation()
            keys.drop(self._path, self._key, "")

    @needs(Act.KEYS)
    def new_recovery_code(self) -> str:
        """Makes another recovery code, to print once; the one before counts until this one is confirmed."""
        code = keys.recovery_code(self._path, self._key)
        self._context.store.journal.append(self._actor(), "recovery_code", None, "")
        return code

    @needs(Act.KEYS)
    def confirm_recovery_code(self, code: str) -> None:
        """Takes a recovery code as typed back from the paper. Raises StoreError code_mistyped, code_not_newest."""
        keys.confirm_recovery_code(self._path, code)
        self._context.store.journal.append(self._actor(), "recovery_code_confirmed", None, "")

    @needs(Act.KEYS)
    def print_recovery_code(self, path: Path, code: str) -> None:
        """Writes a page to keep, with the code on it, where a person chose; only they may read it.

        The code goes nowhere else. Raises DeskError not_writable, PrintError, AssetMissingError.
        """
        unit, day = self._context.store.unit.get(), self._context.today()
        write_private(path, print_recovery(code, unit, day, self._folder.name))
        self._context.store.journal.append(self._actor(), "recovery_paper", None, "")

    @needs(Act.KEYS)
    def rotation(self) -> RotationView:
        """What changing the data key takes here and now. Raises StoreError."""
        return self._reading.rotation()

    @needs(Act.KEYS)
    def rotate(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        """Changes the data key for everybody who stays; this thread's connection is closed first.

        Raises StoreError store_in_use while another window or thread has the store open, rotation_cancelled, disk_full.
        """
        actor = self._actor()
        self._context.store.close()
        self._key = rotation.rotate(self._folder, self._key, actor=actor, progress=progress, cancelled=cancelled)

    @needs(Act.KEYS)
    def tune(self) -> str:
        """Measures how long a password takes here and lets new ones take about half a second; says so."""
        cost = keys.tune()
        store = self._context.store
        with store.transaction():
            store.settings.set(COST, cost.model_dump_json())
            store.journal.append(self._actor(), "password_cost", None, f"{cost.memory_kib} KiB, {cost.passes}")
        return (
            f"Mật khẩu đặt từ nay dùng {cost.memory_kib // 1024} MiB, {cost.passes} lượt: khoảng nửa giây mỗi lần thử."
        )

    def _give_password(self, user: User, password: str) -> None:
        title = titles(user.duties)
        keys.give_password(self._path, self._key, user.user_id, user.name, title, password, kdf=self._cost())

    def _cost(self) -> KdfParameters:
        kept = self._context.store.settings.get(COST)
        return self._kdf or (KdfParameters.model_validate_json(kept) if kept else keys.STANDARD_KDF)

    def _user(self, user_id: str) -> User:
        found = self._context.store.users.get(user_id)
        if found is None:
            raise DeskError("no_such_user", "Không có người dùng này. Xem lại danh sách người dùng.")
        return found

    def _actor(self) -> str:
        return self._context.user.person_id
