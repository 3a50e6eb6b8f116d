"""What every use case needs: the store of one unit, who is at the desk, and the clock."""

from __future__ import annotations

import platform
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.pack import SHELF
from desktop.dossier.people import Person
from desktop.signing.claims import Place
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
        return store


def new_session() -> str:
    """A sitting's name, made at random when the store is unlocked; it says nothing about who or where."""
    return secrets.token_hex(8)


@dataclass(frozen=True)
class DeskContext:
    """The unit as one user sees it, from whatever thread.

    `session` stands for one unlocking and `machine` is what people call the computer; what it is known by is the random
    name its store keeps. All of them are kept with every signature made.
    """

    stores: ThreadStores
    user: Person
    clock: Callable[[], datetime] = utc_now
    session: str = field(default_factory=new_session)
    machine: str = field(default_factory=platform.node)

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
