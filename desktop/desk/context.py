"""What every use case needs: the store of one unit, who is at the desk and what they may do, and the clock."""

from __future__ import annotations

import platform
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from desktop.desk.errors import DeskError
from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.duties import Act, for_whom, may
from desktop.dossier.pack import SHELF
from desktop.dossier.people import Person
from desktop.dossier.users import User
from desktop.signing.claims import Place
from desktop.store.errors import StoreError
from desktop.store.store import Store


def utc_now() -> datetime:
    """The machine's clock, aware, in UTC."""
    return datetime.now(UTC)


class ThreadStores:
    """One connection of one unit for each thread: SQLite connections must not cross threads."""

    def __init__(self, first: Store) -> None:
        self._first = first
        self._local = threading.local()
        self._local.store = first

    def current(self) -> Store:
        """This thread's own connection, opened when it first asks; it goes when the thread ends."""
        store: Store | None = getattr(self._local, "store", None)
        if store is None:
            store = self._local.store = self._first.reopen()
            self._local.ends = _WithThread(store)
        return store


class _WithThread:
    """Closes a connection in the thread it belongs to, as that ends: its hold on the folder would outlive it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __del__(self) -> None:
        with suppress(StoreError):
            self._store.close()


def new_session() -> str:
    """A sitting's name, made at random when the store is unlocked; it says nothing about who or where."""
    return secrets.token_hex(8)


@dataclass(frozen=True)
class DeskContext:
    """The unit as one user sees it, from whatever thread.

    `session` stands for one unlocking and `machine` is what people call the computer; what it is known by is the random
    name its store keeps. All of them are kept with every signature made.

    `account` is the user whose password or token opened the store. None: the unit's shared password did, and whoever is
    at the desk may do everything. What a user may do is asked of the store each time, so that a change counts at once.
    """

    stores: ThreadStores
    user: Person
    clock: Callable[[], datetime] = utc_now
    session: str = field(default_factory=new_session)
    machine: str = field(default_factory=platform.node)
    account: User | None = None

    @property
    def store(self) -> Store:
        """The calling thread's connection."""
        return self.stores.current()

    @property
    def place(self) -> Place:
        """Where and in which sitting whoever signs now signs."""
        return Place(self.store.settings.machine_id(), self.session)

    def now(self) -> str:
        """This instant, ISO-8601 UTC."""
        return instant(self.clock())

    def pack(self) -> str:
        """The form pack for what is begun today."""
        return SHELF.in_force(self.today()).version

    def today(self) -> str:
        """Today's date in Vietnam, YYYY-MM-DD."""
        return self.clock().astimezone(VIETNAM).date().isoformat()

    def may(self, act: Act) -> bool:
        """Whether who is at the desk may do this now."""
        if self.account is None:
            return True
        today = self._account_now()
        return today is not None and may(today.duties, act)

    def require(self, act: Act) -> None:
        """Refuses what who is at the desk may not do. Raises DeskError not_allowed, user_disabled."""
        if self.may(act):
            return
        if self._account_now() is None:
            raise no_longer_user()
        raise DeskError("not_allowed", self._whose(act))

    def _account_now(self) -> User | None:
        """The account as the store has it; None once it was disabled or removed."""
        found = self.store.users.get(self.account.user_id) if self.account else None
        return found if found is not None and found.enabled else None

    def _whose(self, act: Act) -> str:
        """Whose work this is and who could be asked: nobody of theirs may have been made a user yet."""
        names = [user.name for user in self.store.users.all() if user.enabled and may(user.duties, act)]
        ask = f"Nhờ {' hoặc '.join(names[:3])}, hoặc mở khóa bằng tên người đó." if names else ASK_ADMINISTRATOR
        return f"{for_whom(act)} {ask}"


ASK_ADMINISTRATOR = "Nhờ người quản trị thêm một người dùng làm việc này."


def no_longer_user() -> DeskError:
    """Says that who is at the desk was disabled or removed meanwhile."""
    return DeskError(
        "user_disabled", "Tên người dùng này đã bị ngừng. Dữ liệu vẫn nguyên; nhờ người quản trị cho dùng lại."
    )


def at_desk(
    store: Store, user_id: str, person: Person | None = None, *, clock: Callable[[], datetime] = utc_now
) -> DeskContext:
    """Seats whoever opened the store: the user `user_id`, or with "" somebody who knew the unit's shared password.

    Without an account `person` is who they say they are, by default the first signer. What is written down names a
    user's signer, and the user where they are none. Raises DeskError user_disabled.
    """
    stores, people = ThreadStores(store), store.unit.people()
    if not user_id:
        return DeskContext(stores, person or people[0], clock)
    account = store.users.get(user_id)
    if account is None or not account.enabled:
        raise no_longer_user()
    nobody = Person(person_id=account.user_id, name=account.name, roles=())
    mine = next((one for one in people if one.person_id == account.person_id), nobody)
    return DeskContext(stores, mine, clock, account=account)
