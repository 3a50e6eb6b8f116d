"""The window on real parts: a store unlocked by its password, tokens by their PIN, a gateway process behind TLS."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QApplication, QInputDialog
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.app import default_user
from desktop.demo.pki import DemoToken
from desktop.desk.connection import enrol_device
from desktop.desk.locked_state import LockedState
from desktop.dossier.lifecycle import State
from desktop.dossier.views import RowQuery
from desktop.opened import OpenUnit, open_unit
from desktop.signing.tokens import TokenWorker
from desktop.store.store import Store
from desktop.ui.program import application
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.news import NewsLine
from desktop.ui.unlock import UnlockDialog
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.unit.desk.kit import PASSWORD, Clock, Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
THREADS = {"token", "paper", "sync", "unlock"}
LONGEST_WAIT_MS = 60_000
GENEROUS_MS = 1_000
"""Longest time without a tick of the window that passes on a machine busy with other tests; alone it is under 200."""


@dataclass
class Heartbeat:
    """Measures how long the GUI thread was busy with anything but its events."""

    longest: int = 0
    _since: QElapsedTimer = field(default_factory=QElapsedTimer)
    _timer: QTimer = field(default_factory=QTimer)

    def __enter__(self) -> Heartbeat:
        self._timer.timeout.connect(self._tick)
        self._timer.start(5)
        self._since.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        self.longest = max(self.longest, self._since.restart())


OTHERS: set[int | None] = set()
"""Children that belong to fixtures of the whole session, such as the one token worker."""


@pytest.fixture(autouse=True)
def children_of_others() -> None:
    OTHERS.clear()
    OTHERS.update(child.pid for child in multiprocessing.active_children())


def left_over() -> set[str]:
    """Names of our threads and children that are still there."""
    threads = {thread.name for thread in threading.enumerate()} & THREADS
    return threads | {child.name for child in multiprocessing.active_children() if child.pid not in OTHERS}


@pytest.fixture
def office(tmp_path: Path, demo_tokens: list[DemoToken]) -> Iterator[Office]:
    made = Office.make(tmp_path / "unit", [token.person for token in demo_tokens], Clock())
    with made.store:
        yield made
    assert left_over() == set()


@pytest.fixture
def worker(demo_tokens: list[DemoToken]) -> Callable[[], TokenWorker]:
    return lambda: TokenWorker(demo_tokens[0].module, environment=demo_tokens[0].environment)


@pytest.fixture
def opened(office: Office, worker: Callable[[], TokenWorker], qtbot: QtBot) -> Iterator[OpenUnit]:
    application()
    running = open_unit(office.store.reopen(), office.context().user, worker)
    with qtbot.waitExposed(running.window):
        running.window.show()
    yield running
    running.close()


def enrol(office: Office, gateway: GatewayProcess) -> None:
    """Make the office's unit one that the gateway knows."""
    unit, people = new_unit(), office.store.unit.people()
    office.store.unit.save(unit, people)
    office.store.estimates.load(estimates(unit))
    enrol_device(office.store, gateway.url, gateway.pin, gateway.register(unit, people, estimates(unit)))


def sign(running: OpenUnit, token: DemoToken, qtbot: QtBot, pin: str = "") -> SigningDialog:
    """Sign all that waits for a person: stand for each new payee who is asked about, then type the PIN."""
    dialog = SigningDialog(running.window.context, token.person, running.window)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.loaded and dialog.pin.isEnabled(), timeout=LONGEST_WAIT_MS)
    for row in range(len(dialog.model.items)):
        dialog.table.choose(row)
        for line in dialog.covered.findChildren(NewsLine):
            if line.box is not None:
                line.box.click()
    qtbot.keyClicks(dialog.pin, pin or token.pin)
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.running, timeout=LONGEST_WAIT_MS)
    return dialog


def states(office: Office) -> list[State]:
    return [row.status.state for row in office.store.projection.rows(RowQuery())]


def test_a_window_shows_the_unit_and_leaves_nothing_behind(office: Office, opened: OpenUnit) -> None:
    local_id = office.draft()
    opened.window.refresh()
    assert office.store.unit.get().name in opened.window.windowTitle()
    assert opened.window.dossiers().model.find(local_id) == 0
    assert opened.sync is None
    assert left_over() >= {"token", "paper"}
    opened.close()
    opened.close()
    assert left_over() == set()


def test_signing_in_the_dialog_never_stops_the_window(
    office: Office, opened: OpenUnit, demo_tokens: list[DemoToken], qtbot: QtBot
) -> None:
    for number in range(1, 6):
        office.submit(number=f"RDT{number:04d}")
    with Heartbeat() as heart:
        dialogs = [sign(opened, token, qtbot) for token in demo_tokens[1:]]
    assert [dialog.model.signed_count() for dialog in dialogs] == [5, 5]
    assert set(states(office)) == {State.SEALED}
    assert heart.longest < GENEROUS_MS, f"the window stood still for {heart.longest} ms"
    for dialog in dialogs:
        assert dialog.pin.text() == ""
        dialog.accept()


def test_a_wrong_pin_in_the_dialog_signs_nothing(
    office: Office, opened: OpenUnit, demo_tokens: list[DemoToken], qtbot: QtBot
) -> None:
    office.submit()
    dialog = sign(opened, demo_tokens[1], qtbot, pin="00000000")
    assert dialog.model.signed_count() == 0
    assert states(office) == [State.TO_SIGN]
    qtbot.keyClicks(dialog.pin, demo_tokens[1].pin)
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.model.signed_count() == 1, timeout=LONGEST_WAIT_MS)
    qtbot.waitUntil(lambda: not dialog.running, timeout=LONGEST_WAIT_MS)
    dialog.accept()


def test_what_is_signed_goes_out_by_itself_until_the_list_shows_the_receipt(
    office: Office,
    gateway: GatewayProcess,
    worker: Callable[[], TokenWorker],
    demo_tokens: list[DemoToken],
    qtbot: QtBot,
) -> None:
    application()
    enrol(office, gateway)
    local_id = office.submit(scan=b"%PDF-1.4 " + b"x" * 300_000)
    running = open_unit(office.store.reopen(), office.context().user, worker)
    running.window.show()
    assert running.sync is not None
    with Heartbeat() as heart:
        for token in demo_tokens[1:]:
            sign(running, token, qtbot).accept()
        qtbot.waitUntil(lambda: shown(running, local_id) in (State.ACCEPTED, State.PAID), timeout=LONGEST_WAIT_MS)
        running.window.go("delivery")
        qtbot.waitUntil(lambda: office.store.packages.receipt(office.package(local_id)) is not None)
    running.close()
    assert heart.longest < GENEROUS_MS, f"the window stood still for {heart.longest} ms"
    with office.store.lock_for_sync():
        assert left_over() == set()


def shown(running: OpenUnit, local_id: str) -> State | None:
    """The state in the row of the list as the window holds it."""
    model = running.window.dossiers().model
    row = model.row_at(model.find(local_id))
    return row.status.state if row else None


def test_only_one_window_sends(
    office: Office, gateway: GatewayProcess, worker: Callable[[], TokenWorker], qtbot: QtBot
) -> None:
    application()
    enrol(office, gateway)
    first = open_unit(office.store.reopen(), office.context().user, worker)
    second = open_unit(office.store.reopen(), office.context(1).user, worker)
    assert (first.sync is None, second.sync is None) == (False, True)
    first.close()
    third = open_unit(office.store.reopen(), office.context(1).user, worker)
    assert third.sync is not None
    for running in (second, third):
        running.close()


class Watcher:
    """Looks fifty times a second at what windows there are, in whatever event loop runs."""

    _timer: QTimer

    def __enter__(self) -> Self:
        application()  # before a timer can run, whichever test comes first
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(20)
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    def _look(self) -> None:
        raise NotImplementedError


@dataclass
class Typist(Watcher):
    """Types passwords into whatever unlock dialog is in view, each after the one before was refused."""

    passwords: list[str]
    said: list[str] = field(default_factory=list)

    def _look(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, UnlockDialog) and widget.isVisible() and widget.go.isEnabled():
                self._type(widget)

    def _type(self, dialog: UnlockDialog) -> None:
        if dialog.banner.isVisible():
            self.said.append(dialog.banner.accessibleName())
        if self.passwords:
            dialog.password.setText(self.passwords.pop(0))
            dialog.go.click()
        else:
            dialog.reject()


@pytest.mark.usefixtures("handlers")
def test_a_whole_run_from_password_to_close(office: Office, worker: Callable[[], TokenWorker]) -> None:
    seen: list[str] = []

    def look(running: OpenUnit) -> None:
        seen.append(running.window.context.services.desk.user().name)
        QTimer.singleShot(50, running.window.close)

    with Typist(["sai mật khẩu", PASSWORD]) as typist, Heartbeat() as heart:
        assert app.run(office.store.folder, worker, opened=look) == 0
    assert seen == [default_user(office.store.unit.people()).name]
    assert len(typist.said) == 1
    assert heart.longest < GENEROUS_MS, f"the window stood still for {heart.longest} ms"


@pytest.mark.usefixtures("handlers")
def test_sigterm_closes_the_window_in_order(office: Office, worker: Callable[[], TokenWorker]) -> None:
    """Even when it comes between the window and its event loop."""
    with Typist([PASSWORD]):
        code = app.run(office.store.folder, worker, opened=lambda _unit: signal.raise_signal(signal.SIGTERM))
    assert (code, left_over()) == (0, set())


@pytest.mark.usefixtures("handlers")
def test_a_damaged_store_is_told_in_the_unlock_window(office: Office, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled"
    Store.create(spoiled, PASSWORD, office.store.unit.get(), office.store.unit.people()).close()
    (spoiled / "unit.vx").write_bytes(b"x" * 8192)
    with Typist([PASSWORD]) as typist:
        assert app.run(spoiled) == 0
    assert len(typist.said) == 1
    assert "unit.vx" in typist.said[0] or "tệp khóa" in typist.said[0]


@pytest.mark.usefixtures("handlers")
def test_a_locked_window_comes_back_where_it_was(office: Office, worker: Callable[[], TokenWorker]) -> None:
    local_id, seen = office.draft(), list[str]()

    def work(running: OpenUnit) -> None:
        if seen:
            seen.append(running.window.where())
            QTimer.singleShot(0, running.window.close)
        else:
            running.window.open_dossier(local_id)
            seen.append(running.window.where())
            QTimer.singleShot(0, running.window.lock)

    with Typist([PASSWORD, "sai mật khẩu", PASSWORD]) as typist:
        assert app.run(office.store.folder, worker, opened=work) == 0
    assert seen == [f"dossier/{local_id}"] * 2
    assert [words.startswith("Mật khẩu chưa đúng") for words in typist.said] == [True]
    assert left_over() == set()


@pytest.mark.usefixtures("handlers")
def test_a_lock_ends_open_dialogs_and_leaves_the_store_to_others(
    office: Office, worker: Callable[[], TokenWorker]
) -> None:
    ended: list[LockedState] = []

    def work(running: OpenUnit) -> None:
        QTimer.singleShot(0, lambda: QInputDialog.getText(running.window, "Hỏi", "Một câu"))
        QTimer.singleShot(100, running.window.lock)

    with Typist([PASSWORD]):
        app.run(office.store.folder, worker, opened=work, replace=lambda state: ended.append(state) or 0)
    assert [(state.folder, state.reason, state.units) for state in ended] == [(office.store.folder, "asked", ())]
    assert left_over() == set()
