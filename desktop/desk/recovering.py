"""A lost password: who holds the recovery code gives a user, or all, a new one."""

from __future__ import annotations

from pathlib import Path

from desktop.desk.backing_up import open_store
from desktop.desk.context import at_desk
from desktop.desk.errors import DeskError
from desktop.desk.users_desk import UsersDesk
from desktop.dossier.duties import titles
from desktop.store import keys
from desktop.store.envelope import read_front
from desktop.store.keys import MasterKey
from desktop.store.store import KEYS
from desktop.store.ways_in import rename


def recover(folder: Path, key: MasterKey, user_id: str, password: str) -> None:
    """Sets the password of a user, or with "" the shared one, which must not come back once it was ended.

    Raises DeskError no_such_user, which_user, user_disabled, StoreError password_short.
    """
    keys.check_password(password)
    with open_store(folder, key) as store:
        user = store.users.get(user_id) if user_id else None
        if user_id and (user is None or not user.enabled):
            raise DeskError("no_such_user", "Không có người dùng này, hoặc người này đã bị ngừng. Chọn người khác.")
        if not user_id and not has_shared_password(folder):
            raise DeskError("which_user", "Đơn vị này không còn mật khẩu chung. Chọn người cần đặt lại mật khẩu.")
        store.journal.append(user_id, "recover", None, "")
        UsersDesk(at_desk(store, user_id), folder, key).replace_own_password(password)
        if user is not None:
            rename(folder / KEYS, key, user.user_id, user.name, titles(user.duties))


def has_shared_password(folder: Path) -> bool:
    """Tells whether the password that all shared still opens the store. Raises DamagedEnvelope."""
    return any(slot.kind == "password" and not slot.user for slot in read_front(folder).slots)
