"""The window's composition root: opens a unit, puts desk, tokens and sync together, and ends them in order."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.desk.connection import NotEnrolled, enrolled, sync_thread
from desktop.desk.context import DeskContext, ThreadStores
from desktop.desk.delivering import Delivering
from desktop.desk.desk import Desk
from desktop.desk.doctor_desk import DoctorDesk
from desktop.desk.doctoring import Doctoring
from desktop.desk.evidence import warning as evidence_warning
from desktop.desk.handing_over import HandingOver
from desktop.desk.pack_news import PackNews
from desktop.desk.people_desk import PeopleDesk
from desktop.desk.token_desk import TokenDesk
from desktop.desk.token_modules import installed_worker
from desktop.desk.trust_desk import TrustDesk
from desktop.dossier.people import Person, Role, Unit
from desktop.exchange.export import export_rows
from desktop.signing.drivers import Tokens
from desktop.store.errors import StoreError
from desktop.store.keys import MasterKey, unlock
from desktop.store.store import KEYS, Store
from desktop.sync.worker import SyncThread
from desktop.ui.services import Services
from desktop.ui.settings.services import SettingsServices
from desktop.ui.shell import MainWindow
from desktop.ui.theme import apply_theme
from desktop.ui.unlock import UnlockDialog

SIGNAL_MS = 250


class MakeWorker(Protocol):
    """Gives a token worker when a token is first needed."""

    def __call__(self) -> Tokens:
        """A worker, not started. Raises TokenError."""
        ...


@dataclass
class OpenUnit:
    """One unlocked unit with its window; `close` ends window, tokens, sync and store, in that order."""

    store: Store
    window: MainWindow
    token_desk: TokenDesk
    sync: SyncThread | None
    _stack: ExitStack

    def close(self) -> None:
        """Ends everything; safe to call twice."""
        self.window.close()
        self.token_desk.close()
        self._stack.close()


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The Qt application in the project's look, made once."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication(["vungxa", *arguments])
    app.setApplicationName("Vùng Xa")
    apply_theme(app)
    return app


def _end_on_signals(app: QApplication) -> QTimer:
    """Lets SIGTERM and Ctrl-C close the window in order.

    Python hears signals only while its own code runs, so a timer ticks.
    """

    def end(*_: object) -> None:
        app.closeAllWindows()
        QTimer.singleShot(0, app.quit)  # from within the event loop: before it runs, a quit would be lost

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    timer = QTimer(app)
    timer.start(SIGNAL_MS)
    timer.timeout.connect(lambda: None)
    return timer


def open_unit(
    store: Store,
    user: Person,
    make_worker: MakeWorker | None = None,
    *,
    send: bool = True,
    make_doctor: Callable[[Callable[[], Store]], Doctoring] = Doctoring,
) -> OpenUnit:
    """Builds the window of a unit; with `send` this process sends and receives, unless another one already does."""
    with ExitStack() as stack:
        stack.callback(store.close)
        context = DeskContext(ThreadStores(store), user)
        sync = _start_sync(store, stack) if send else None
        wake = _waker(sync)
        token_desk = TokenDesk(context, make_worker or (lambda: installed_worker(context.store)), wake)
        lock = Lock(store.folder, user, store.unit.get())
        services = Services(
            Desk(context),
            token_desk,
            Delivering(context, sync),
            lock,
            PackNews(context),
            HandingOver(context, wake),
            lambda: signing_warnings(context, token_desk),
            _settings(context, token_desk, make_doctor(lambda: context.store)),
        )
        window = MainWindow(services)
        lock.window = window
        return OpenUnit(store, window, token_desk, sync, stack.pop_all())


def _settings(context: DeskContext, tokens: TokenDesk, doctoring: Doctoring) -> SettingsServices:
    return SettingsServices(
        PeopleDesk(context, tokens.plugged),
        DoctorDesk(context, doctoring, tokens.close),
        TrustDesk(context),
        export_rows,
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
        stack.enter_context(store.lock_for_sync())
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


@dataclass
class Door:
    """Unlocks a unit's store off the GUI thread, so that the slow half never blocks the window."""

    folder: Path
    _key: MasterKey | None = field(default=None, repr=False)

    def unlock(self, password: str) -> None:
        """Proves that password and file hold by opening the store once. Raises WrongPassword, StoreError."""
        key = unlock(self.folder / KEYS, password)
        Store.open_with(self.folder, key).close()
        self._key = key

    def enter(self) -> Store:
        """The store, for the thread that calls. Raises StoreError."""
        assert self._key is not None, "not unlocked"
        return Store.open_with(self.folder, self._key)


@dataclass
class Lock:
    """Hides the window until the password is given again; what is sealed goes on sending meanwhile."""

    folder: Path
    user: Person
    unit: Unit
    window: QWidget | None = None

    def __call__(self) -> None:
        """Asks again; leaving the question ends the program's window."""
        if self.window is None:
            return
        self.window.hide()
        dialog = UnlockDialog(self._check, unit=self.unit, people=[self.user])
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.window.show()
        else:
            self.window.close()

    def _check(self, password: str) -> None:
        unlock(self.folder / KEYS, password)


def default_user(people: Sequence[Person]) -> Person:
    """Who is at the desk when nobody said: the preparer."""
    return next((person for person in people if Role.PREPARER in person.roles), people[0])


def run(
    folder: Path,
    make_worker: MakeWorker | None = None,
    unit: Unit | None = None,
    people: Sequence[Person] = (),
    opened: Callable[[OpenUnit], None] | None = None,
) -> int:
    """Asks for the password, opens the window and stays until it is closed; gives the exit code. Raises StoreError."""
    app = application()
    _end_on_signals(app)
    door = Door(folder)
    dialog = UnlockDialog(door.unlock, unit=unit, people=people)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return 0
    store = door.enter()
    running = open_unit(store, dialog.person or default_user(store.unit.people()), make_worker)
    running.window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, True)
    running.window.show()
    if opened is not None:
        opened(running)
    code = app.exec()
    running.close()
    return int(code)
