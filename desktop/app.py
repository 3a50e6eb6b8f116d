"""The window's composition root: opens a unit, puts desk, tokens and sync together, and ends them in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from desktop import __version__
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
from desktop.desk.lock_desk import LOCK_MINUTES, LockDesk
from desktop.desk.locked_state import LockedState
from desktop.desk.pack_news import PackNews
from desktop.desk.people_desk import PeopleDesk
from desktop.desk.queue_receipts import ReceiptProof
from desktop.desk.restoring_unit import RestoreAtDoor, RestoreDesk
from desktop.desk.rotating import Rotating
from desktop.desk.scanning import Scanning
from desktop.desk.sending_locked import LockedSenders, LockedUnit, hand_out
from desktop.desk.store_door import StoreDoor
from desktop.desk.token_desk import TokenDesk
from desktop.desk.token_modules import installed_worker
from desktop.desk.token_opening import drivers_found, unwrapping
from desktop.desk.token_ways import TokenWays
from desktop.desk.trust_desk import TrustDesk
from desktop.desk.units_desk import UnitsDesk
from desktop.desk.units_here import UnitHere, UnitsHere
from desktop.desk.users_desk import UsersDesk
from desktop.dossier.people import Person, Role, Unit
from desktop.exchange.export import export_rows
from desktop.signing.drivers import Tokens
from desktop.store.errors import StoreError
from desktop.store.store import Store
from desktop.sync.worker import SyncThread
from desktop.ui.choose_unit import UnitLine
from desktop.ui.daily_backup import ClosingBackup, DailyBackup
from desktop.ui.data_look import DataLook
from desktop.ui.idle import LockWatch, idle_minutes
from desktop.ui.program import application, end_on_signals
from desktop.ui.rotating import ASKED, CHANGED, NOT_CHANGED, RotationWindow
from desktop.ui.services import Services
from desktop.ui.settings.services import SettingsServices
from desktop.ui.shell import MainWindow
from desktop.ui.unlock import UnlockDialog
from desktop.ui.unlocking.words import Sending, WhyLocked
from desktop.ui.weekly_check import WeeklyCheck

LAST_PLACE = "last_place"
Replace = Callable[[LockedState], int]
"""Takes the place of a window that locked itself; gives the exit code of what came after, if it returns at all."""


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


def default_user(people: Sequence[Person]) -> Person:
    """Who is at the desk when nobody said: the preparer."""
    return next((person for person in people if Role.PREPARER in person.roles), people[0])


def run(
    folder: Path,
    make_worker: MakeWorker | None = None,
    unit: Unit | None = None,
    people: Sequence[Person] = (),
    opened: Callable[[OpenUnit], None] | None = None,
    *,
    locked: LockedState | None = None,
    replace: Replace | None = None,
    units: UnitsHere | None = None,
) -> int:
    """Asks for the password, opens the window and stays until it is closed; gives the exit code. Raises StoreError.

    With `locked` this is the screen after a locking: what it names goes on sending, and the window comes back where it
    was. A window that locks itself is over, and `replace` puts a fresh program in its place; without it the screen
    comes in this same process, which then still holds what Python has not overwritten.
    """
    app = application()
    end_on_signals(app)
    senders = LockedSenders()
    senders.start(locked.units if locked else ())
    door = StoreDoor(folder, unwrapping(make_worker or drivers_found))
    dialog = UnlockDialog(
        door,
        unit=unit,
        people=people,
        why_locked=_why(locked),
        user=locked.account if locked is not None else "",
        sending=lambda: _sending(senders, folder),
        units=unit_lines(units.there() if units is not None else (), folder),
        restore=RestoreAtDoor(units),
        version=__version__,
    )
    if dialog.exec() != QDialog.DialogCode.Accepted:
        left = senders.stop()
        if dialog.other is None:
            return 0
        state = LockedState(dialog.other, left)
        return run(dialog.other, make_worker, opened=opened, locked=state, replace=replace, units=units)
    senders.end(folder)
    store = door.enter()
    running = open_unit(store, _who(store, locked, dialog.person), make_worker, user_id=door.user, units=units)
    running.window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, True)
    running.window.show()
    if locked is not None:
        running.window.come_back(store.settings.get(LAST_PLACE))
    code = _stay(app, running, opened)
    if not running.locking.reason:
        ClosingBackup(BackupDesk(running.context).run_if_due).stay()
        running.close()
        senders.stop()
        return code
    state = _rotated(running, senders) if running.locking.reason == ASKED else _locked(running, senders)
    if replace is not None:
        return replace(state)
    same = state.folder == folder
    known = (unit, people) if same else (None, ())
    return run(state.folder, make_worker, *known, opened, locked=state, units=units)


def _why(locked: LockedState | None) -> WhyLocked | None:
    """Why the screen stands there; None at the first opening."""
    if locked is None or not locked.at:
        return None
    return WhyLocked(locked.reason, locked.at, locked.minutes, locked.note)


def _sending(senders: LockedSenders, folder: Path) -> Sending | None:
    """What goes on being sent for a locked unit."""
    link = senders.status(folder)
    return Sending(senders.waiting(folder), link.state, link.since) if link is not None else None


def unit_lines(units: Sequence[UnitHere], here: Path) -> tuple[UnitLine, ...]:
    """The units of this machine as the window lists them; `here` is the folder in view."""
    place = here.expanduser().resolve()
    return tuple(UnitLine(unit.folder, unit.code, unit.name, unit.colour, unit.folder == place) for unit in units)


def _who(store: Store, locked: LockedState | None, chosen: Person | None) -> Person:
    """Who sits at the desk: whom the screen was told, else who sat there before it was locked, else the preparer."""
    people = store.unit.people()
    before = locked.user if locked is not None else ""
    return chosen or next((person for person in people if person.person_id == before), default_user(people))


def _stay(app: QApplication, running: OpenUnit, opened: Callable[[OpenUnit], None] | None) -> int:
    """Runs the window until it is closed or locked."""
    settings = running.store.settings
    watch = LockWatch(lambda: 60.0 * idle_minutes(settings.get(LOCK_MINUTES)), running.window.busy)
    watch.due.connect(running.locking)
    bus, busy, data = running.window.context.bus, running.window.busy, DataDesk(running.context)
    daily = DailyBackup(BackupDesk(running.context).run_if_due, bus, busy)
    weekly, look = WeeklyCheck(data.check_if_due, bus, busy), DataLook(data.look, bus)
    for beginning in (watch, daily, weekly, look):
        beginning.start()
    if opened is not None:
        opened(running)
    code = app.exec()
    for ending in (watch, daily, weekly, look):
        ending.stop()
    return int(code)


def _locked(running: OpenUnit, senders: LockedSenders) -> LockedState:
    """Ends the window and says what the lock screen goes on with: this unit and those that were locked before."""
    locking, context = running.locking, running.context
    folder, user, at = running.store.folder, context.user.person_id, context.now()
    minutes = idle_minutes(running.store.settings.get(LOCK_MINUTES))
    own = running.lock()
    units = (*senders.stop(), *((own,) if own is not None else ()))
    account = context.account.user_id if context.account is not None else ""
    return LockedState(locking.folder or folder, units, user, locking.reason, at, account, minutes)


def _rotated(running: OpenUnit, senders: LockedSenders) -> LockedState:
    """Ends the window, changes the data key where nobody else has the store open, and tells how that went."""
    context, folder = running.context, running.store.folder
    account = context.account.user_id if context.account is not None else ""
    rotating = Rotating(folder, running.store.key.copy(), account, context.user)
    running.keep_place()
    running.close()
    error = RotationWindow(rotating.run).stay()
    reason, note = (NOT_CHANGED, error.message) if error is not None else (CHANGED, "")
    return LockedState(folder, senders.stop(), context.user.person_id, reason, context.now(), account, note=note)
