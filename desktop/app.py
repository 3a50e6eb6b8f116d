"""The window's composition root: asks for the secret, shows the unit, and goes from one unlocking to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from desktop import __version__
from desktop.desk.backing_up import BackupDesk
from desktop.desk.data_desk import DataDesk
from desktop.desk.lock_desk import LOCK_MINUTES
from desktop.desk.locked_state import LockedState
from desktop.desk.restoring_unit import RestoreAtDoor
from desktop.desk.rotating import Rotating
from desktop.desk.sending_locked import LockedSenders
from desktop.desk.store_door import StoreDoor
from desktop.desk.token_opening import drivers_found, unwrapping
from desktop.desk.units_here import UnitHere, UnitsHere
from desktop.dossier.people import Person, Role, Unit
from desktop.dossier.users_views import idle_minutes
from desktop.opened import LAST_PLACE, MakeWorker, OpenUnit, open_unit
from desktop.store.store import Store
from desktop.ui.choose_unit import UnitLine
from desktop.ui.daily_backup import ClosingBackup, DailyBackup
from desktop.ui.data_look import DataLook
from desktop.ui.idle import LockWatch
from desktop.ui.program import application, end_on_signals
from desktop.ui.rotating import ASKED, CHANGED, NOT_CHANGED, RotationWindow
from desktop.ui.unlock import UnlockDialog
from desktop.ui.unlocking.words import Sending, WhyLocked
from desktop.ui.weekly_check import WeeklyCheck

Replace = Callable[[LockedState], int]
"""Takes the place of a window that locked itself; gives the exit code of what came after, if it returns at all."""


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
    dialog = _screen(door, senders, (unit, people), locked, units)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        left = senders.stop()
        if dialog.other is None:
            return 0
        state = LockedState(dialog.other, left)
        return run(dialog.other, make_worker, opened=opened, locked=state, replace=replace, units=units)
    senders.end(folder)
    store = door.enter()
    running = open_unit(store, _who(store, locked, dialog.person), make_worker, user_id=door.user, units=units)
    _show(running, locked)
    code = _stay(app, running, opened)
    if not running.locking.reason:
        ClosingBackup(BackupDesk(running.context).run_if_due).stay()
        running.close()
        senders.stop()
        return code
    state = _rotated(running, senders) if running.locking.reason == ASKED else _locked(running, senders)
    if replace is not None:
        return replace(state)
    known = (unit, people) if state.folder == folder else (None, ())
    return run(state.folder, make_worker, *known, opened, locked=state, units=units)


def _screen(
    door: StoreDoor,
    senders: LockedSenders,
    known: tuple[Unit | None, Sequence[Person]],
    locked: LockedState | None,
    units: UnitsHere | None,
) -> UnlockDialog:
    """The screen before a unit; `known` is the unit and its people where its front tells of none."""
    return UnlockDialog(
        door,
        unit=known[0],
        people=known[1],
        why_locked=_why(locked),
        user=locked.account if locked is not None else "",
        sending=lambda: _sending(senders, door.folder),
        units=unit_lines(units.there() if units is not None else (), door.folder),
        restore=RestoreAtDoor(units),
        version=__version__,
    )


def _show(running: OpenUnit, locked: LockedState | None) -> None:
    """Brings the window, after a locking where it stood."""
    running.window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, True)
    running.window.show()
    if locked is not None:
        running.window.come_back(running.store.settings.get(LAST_PLACE))


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
