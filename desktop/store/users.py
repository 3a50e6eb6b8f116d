"""Who may open this store and what for; how they open it (password, token) stands in keys.json."""

from __future__ import annotations

import json
from collections.abc import Mapping

from desktop.dossier.duties import Duty
from desktop.dossier.users import User, administrators
from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.errors import FactError
from desktop.store.journal import Journal

_MARKS = {
    "user_disable": "UPDATE users SET disabled_at = ? WHERE user_id = ?",
    "user_enable": "UPDATE users SET disabled_at = ? WHERE user_id = ?",
    "user_remove": "UPDATE users SET removed_at = ? WHERE user_id = ?",
}


class Users:
    """The users of one store. Whenever there are any, one who is enabled is an administrator.

    Each change is one transaction with its journal entry (user_add, user_change, user_disable, user_enable,
    user_remove); `actor` is who makes it. Numbers of users are never given twice.
    """

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal

    def all(self) -> tuple[User, ...]:
        """Return the users in their order, the disabled ones too."""
        rows = self._database.rows("SELECT * FROM users WHERE removed_at = '' ORDER BY position")
        return tuple(map(_user, rows))

    def get(self, user_id: str) -> User | None:
        """Return a user; None for one that was removed or never was."""
        row = self._database.one("SELECT * FROM users WHERE user_id = ? AND removed_at = ''", (user_id,))
        return None if row is None else _user(row)

    def names(self) -> Mapping[str, str]:
        """Return the name of everybody who ever was a user, by user_id: the journal speaks of them still."""
        return {str(row["user_id"]): str(row["name"]) for row in self._database.rows("SELECT user_id, name FROM users")}

    def last_unlocks(self) -> Mapping[str, str]:
        """Return when each user opened the store last, by user_id; "" for never."""
        rows = self._database.rows("SELECT user_id, last_unlock FROM users")
        return {str(row["user_id"]): str(row["last_unlock"]) for row in rows}

    def new_id(self) -> str:
        """Return a number for a new user: u1, u2, …"""
        return f"u{len(self.names()) + 1}"

    def save(self, user: User, actor: str) -> None:
        """Keep a new user or what changed of one; whether they are disabled stays as it is.

        Raises FactError no_such_user (removed), no_person, person_taken, last_administrator.
        """
        with self._database.transaction():
            known = self.get(user.user_id)
            if known is None:
                self._add(user)
            else:
                self._change(user)
            self._check(user)
            detail = f"{user.user_id}: {', '.join(user.duties)}; {user.person_id or '-'}"
            self._journal.append(actor, "user_change" if known else "user_add", None, detail)

    def disable(self, user_id: str, actor: str) -> None:
        """Let a user open the store no more, for now. Raises FactError no_such_user, last_administrator."""
        self._mark(user_id, actor, "user_disable", self._clock())

    def enable(self, user_id: str, actor: str) -> None:
        """Let a disabled user open the store again. Raises FactError no_such_user."""
        self._mark(user_id, actor, "user_enable", "")

    def remove(self, user_id: str, actor: str) -> None:
        """Take a user away for good; their name stays for the journal. Raises as `disable`."""
        self._mark(user_id, actor, "user_remove", self._clock())

    def unlocked(self, user_id: str) -> None:
        """Remember, and write down, that a user opened the store now."""
        with self._database.transaction():
            self._journal.append(user_id, "unlock", None, user_id)
            self._database.run("UPDATE users SET last_unlock = ? WHERE user_id = ?", (self._clock(), user_id))

    def _add(self, user: User) -> None:
        if user.user_id in self.names():
            raise _no_such_user()
        position = self._database.value("SELECT coalesce(max(position), 0) + 1 FROM users")
        self._database.insert("users", **_columns(user), position=position, created_at=self._clock())

    def _change(self, user: User) -> None:
        columns = _columns(user)
        self._database.run(
            "UPDATE users SET name = ?, duties = ?, person_id = ? WHERE user_id = ?",
            (columns["name"], columns["duties"], columns["person_id"], user.user_id),
        )

    def _mark(self, user_id: str, actor: str, action: str, at: str) -> None:
        with self._database.transaction():
            if self.get(user_id) is None:
                raise _no_such_user()
            self._database.run(_MARKS[action], (at, user_id))
            self._refuse_without_administrator()
            self._journal.append(actor, action, None, user_id)

    def _check(self, user: User) -> None:
        """Refuses what one row alone does not show; the transaction takes the row back."""
        people = {str(row["person_id"]) for row in self._database.rows("SELECT person_id FROM people")}
        if user.person_id and user.person_id not in people:
            raise FactError("no_person", "Người này không còn trong danh sách người ký. Chọn lại người ký.")
        same = [other.name for other in self.all() if user.person_id and other.person_id == user.person_id]
        if len(same) > 1:
            raise FactError("person_taken", f"{same[0]} đã là người ký này. Mỗi người ký chỉ gắn với một người dùng.")
        self._refuse_without_administrator()

    def _refuse_without_administrator(self) -> None:
        users = self.all()
        if users and not administrators(users):
            raise FactError(
                "last_administrator",
                "Đơn vị phải luôn còn một người quản trị mở được kho. Giao việc quản trị cho người khác trước.",
            )


def _user(row: Row) -> User:
    return User(
        user_id=row["user_id"],
        name=row["name"],
        duties=tuple(Duty(duty) for duty in json.loads(row["duties"])),
        person_id=row["person_id"],
        disabled_at=row["disabled_at"],
    )


def _columns(user: User) -> dict[str, str]:
    """What `save` keeps of a user; `disabled_at` of a new one too."""
    duties = json.dumps([duty.value for duty in user.duties])
    return {**user.model_dump(exclude={"duties"}), "duties": duties}


def _no_such_user() -> FactError:
    return FactError("no_such_user", "Không có người dùng này. Xem lại danh sách người dùng.")
