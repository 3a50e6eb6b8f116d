"""One unit with its window: desk, tokens and sync put together when it is opened, ended in order when it is closed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QApplication

from desktop.desk.backing_up import BackupDesk
from desktop.desk.book_desk import BookDesk
from desktop.desk.connection import NotEnrolled, enrolled, sync_thread
from desktop.desk.context import DeskContext, at_desk
from desktop.desk.data_desk import DataDesk
from desktop.desk.delivering import Delivering
from desktop.desk.desk import Desk
from desktop.desk.doctor_desk import DoctorDesk
from desktop.desk.doctoring import Doctoring
from desktop.desk.evidence import warning as evidence_warning
from desktop.desk.finding import Finding
from desktop.desk.handing_over import HandingOver
from desktop.desk.journal_desk import JournalDesk
from desktop.desk.lock_desk import LockDesk
from desktop.desk.pack_news import PackNews
from desktop.desk.people_desk import PeopleDesk
from desktop.desk.queue_receipts import ReceiptProof
from desktop.desk.restoring_unit import RestoreDesk
from desktop.desk.scanning import Scanning
from desktop.desk.sending_locked import LockedUnit, hand_out
from desktop.desk.token_desk import TokenDesk
from desktop.desk.token_modules import installed_worker
from desktop.desk.token_ways import TokenWays
from desktop.desk.trust_desk import TrustDesk
from desktop.desk.units_desk import UnitsDesk
from desktop.desk.units_here import UnitsHere
from desktop.desk.users_desk import UsersDesk
from desktop.dossier.people import Person
from desktop.exchange.export import export_rows
from desktop.signing.drivers import Tokens
from desktop.store.errors import StoreError
from desktop.store.store import Store
from desktop.sync.worker import SyncThread
from desktop.ui.rotating import ASKED
from desktop.ui.services import Services
from desktop.ui.settings.services import SettingsServices
from desktop.ui.shell import MainWindow

LAST_PLACE = "last_place"
"""Setting of a unit: where its window stood when it was locked."""


class MakeWorker(Protocol):
    """Gives a token worker when a token is first needed."""

    def __call__(self) -> Tokens:
        """A worker, not started. Raises TokenError."""
        ...


@dataclass
class Locking:
    """Remembers why the window is to be locked, and ends its event loop, whatever dialogs stand open in it."""

    reason: str = ""
    folder: Path | None = None
    """The unit to ask for next; None for the one that is locked."""

    def __call__(self, reason: str = "asked", folder: Path | None = None) -> None:
        """Locks soon: every event loop of the window ends, dialogs' included."""
        self.reason, self.folder = reason, folder
        running = QApplication.instance()
        if running is not None:
            running.exit(0)


@dataclass
class OpenUnit:
    """One unlocked unit with its window; `close` ends window, tokens, sync and store, in that order."""

    store: Store
    window: MainWindow
    token_desk: TokenDesk
    sync: SyncThread | None
    locking: Locking
    context: DeskContext
    _stack: ExitStack

    def close(self) -> None:
        """Ends everything; safe to call twice."""
        self.window.close()
        self.token_desk.close()
        self._stack.close()

    def keep_place(self) -> None:
        """Keeps where the window stands; a full disk keeps nobody from locking."""
        with suppress(StoreError):
            self.store.settings.set(LAST_PLACE, self.window.where())

    def lock(self) -> LockedUnit | None:
        """Ends everything as `close` does; gives what goes on sending, None when nothing does.

        The place is kept for whoever unlocks. Nothing is handed out while a thread may still send.
        """
        self.keep_place()
        self.window.close()
        self.token_desk.close()
        ended = self.sync is not None and self.sync.stop()
        key = hand_out(self.store) if ended else ""
        self._stack.close()
        return LockedUnit(self.store.folder, key) if key else None


def open_unit(
    store: Store,
    user: Person,
    make_worker: MakeWorker | None = None,
    *,
    user_id: str = "",
    send: bool = True,
    units: UnitsHere | None = None,
    make_doctor: Callable[[Callable[[], Store]], Doctoring] = Doctoring,
) -> OpenUnit:
    """Builds the window of a unit; with `send` this process sends and receives, unless another one already does.

    `user_id` is whose secret opened the store; "" for the shared password, then `user` is taken at their word.
    Raises DeskError user_disabled.
    """
    with ExitStack() as stack:
        stack.callback(store.close)
        context = at_desk(store, user_id, user)
        sync = _start_sync(store, stack) if send else None
        wake = _waker(sync)
        token_desk = TokenDesk(context, make_worker or (lambda: installed_worker(context.store)), wake)
        lock = Locking()
        services = Services(
            Desk(context),
            token_desk,
            Delivering(context, sync),
            lock,
            PackNews(context),
            HandingOver(context, wake),
            lambda: signing_warnings(context, token_desk),
            _settings(context, token_desk, make_doctor(lambda: context.store), units, partial(lock, ASKED)),
            book=BookDesk(context),
            units=UnitsDesk(context, units, lock) if units is not None else None,
            find=Finding(context),
            scans=Scanning(context),
        )
        window = MainWindow(services)
        return OpenUnit(store, window, token_desk, sync, lock, context, stack.pop_all())


def _settings(
    context: DeskContext, tokens: TokenDesk, doctoring: Doctoring, units: UnitsHere | None, rotate: Callable[[], None]
) -> SettingsServices:
    folder, key = context.store.folder, context.store.key
    return SettingsServices(
        PeopleDesk(context, tokens.plugged),
        DoctorDesk(context, doctoring, tokens.close),
        TrustDesk(context),
        export_rows,
        users=UsersDesk(context, folder, key),
        token_ways=TokenWays(context, folder, key, tokens.plugged, tokens.decrypt),
        rotate=rotate,
        locking=LockDesk(context),
        journal=JournalDesk(context),
        backup=BackupDesk(context),
        restore=RestoreDesk(context, units),
        data=DataDesk(context),
    )


def signing_warnings(context: DeskContext, tokens: TokenDesk) -> list[str]:
    """What to warn of where people sign: time-stamps that are late, certificates that end soon."""
    late = evidence_warning(context.store, context.clock())
    return [*([late] if late else []), *tokens.expiring()]


def _waker(sync: SyncThread | None) -> Callable[[], None]:
    return sync.wake if sync is not None else lambda: None


def _start_sync(store: Store, stack: ExitStack) -> SyncThread | None:
    try:
        enrolled(store)
        stack.enter_context(store.lock_for_sync(ReceiptProof(store)))
    except NotEnrolled:
        return None
    except StoreError as error:
        if error.code != "already_sending":
            raise
        return None
    sync = sync_thread(store.reopen)
    sync.start()
    stack.callback(sync.stop)
    return sync
