"""The window locks by itself: nobody touches it, the process stood still, or the system says it goes to sleep."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.dossier.users_views import idle_minutes
from desktop.ui.idle import LockWatch, lasting_clock


@pytest.mark.parametrize(
    ("written", "minutes"), [("", 10), ("5", 5), ("30", 30), ("1", 5), ("99", 30), ("mười", 10), ("-7", 10)]
)
def test_minutes_are_five_to_thirty(written: str, minutes: int) -> None:
    assert idle_minutes(written) == minutes


Make = Callable[..., LockWatch]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    made: list[LockWatch] = []

    def build(idle_s: float, *, busy: Callable[[], bool] = lambda: False) -> LockWatch:
        made.append(LockWatch(lambda: idle_s, busy, beat_ms=10))
        made[-1].start()
        return made[-1]

    yield build
    for watch in made:
        watch.stop()


def test_an_untouched_window_locks_once(make: Make, qtbot: QtBot) -> None:
    watch, said = make(0.05), list[str]()
    watch.due.connect(said.append)
    qtbot.waitUntil(lambda: bool(said))
    qtbot.wait(100)
    assert said == ["idle"]


@pytest.mark.parametrize("real", [True, False])
def test_only_real_input_keeps_it_open(make: Make, qtbot: QtBot, *, real: bool) -> None:
    field, said = QLineEdit(), list[str]()
    qtbot.addWidget(field)
    watch, until = make(0.2), lasting_clock() + 0.5
    watch.due.connect(said.append)
    while lasting_clock() < until and not said:
        if real:
            qtbot.keyClick(field, Qt.Key.Key_A)
        else:
            QApplication.sendEvent(field, moved())
        qtbot.wait(20)
    assert said == ([] if real else ["idle"])


def moved() -> QMouseEvent:
    """A movement that the program made up."""
    nothing = (Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    return QMouseEvent(QEvent.Type.MouseMove, QPointF(1, 1), QPointF(1, 1), *nothing)


def test_a_running_batch_counts_as_work(make: Make, qtbot: QtBot) -> None:
    working, said = [True], list[str]()
    make(0.05, busy=lambda: bool(working)).due.connect(said.append)
    qtbot.wait(200)
    assert said == []
    working.clear()
    qtbot.waitUntil(lambda: said == ["idle"])


# In a process of its own: it is stopped, or another bus is its system's.


def start(bus: str = "") -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"} | ({"DBUS_SYSTEM_BUS_ADDRESS": bus} if bus else {})
    command = [sys.executable, "-m", "tests.ui.idle_process"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no process")
def test_a_process_that_stood_still_locks(qtbot: QtBot) -> None:
    with start() as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("watching")
        process.send_signal(signal.SIGSTOP)
        qtbot.waitUntil(lambda: " T " in Path(f"/proc/{process.pid}/stat").read_text())
        qtbot.wait(1_200)
        process.send_signal(signal.SIGCONT)
        assert process.stdout.readline() == "suspend\n"


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """A message bus of our own, where this process plays logind."""
    if which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon here")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path}/bus"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


def test_logind_is_heard(bus: str) -> None:
    logind = QDBusConnection.connectToBus(bus, "logind")
    assert logind.registerService("org.freedesktop.login1")
    told = QDBusMessage.createSignal("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
    with start(bus) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "watching True\n"
        for going in (False, True):
            told.setArguments([going])
            assert logind.send(told)
        assert process.stdout.readline() == "suspend\n"
    QDBusConnection.disconnectFromBus("logind")


def test_without_a_bus_the_beat_alone_watches() -> None:
    with start("unix:path=/nowhere") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "watching False\n"
        process.kill()
