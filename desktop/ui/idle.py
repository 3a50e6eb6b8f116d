"""When the window locks by itself: nobody touched it for some minutes, or the machine slept.

Three ways tell of a sleep: logind over D-Bus, Windows by WM_POWERBROADCAST, and everywhere a timer that notices that
the process stood still for longer than its beat.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QEvent,
    QObject,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtDBus import QDBusConnection

BEAT_MS = 1000
STILL_S = 15.0
"""Seconds without a beat after which the machine must have slept; the window itself never takes that long."""

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)
_LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
_WM_POWERBROADCAST, _PBT_APMSUSPEND = 0x0218, 0x0004


def lasting_clock() -> float:
    """Seconds that go on while the machine sleeps, which time.monotonic does not on Linux."""
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Touches(QObject):
    """Says `touched` at keyboard and mouse: only what comes from the system, not what the program does."""

    touched = Signal()

    def start(self) -> None:
        """Begin to listen, whatever window is touched."""
        _application().installEventFilter(self)

    def stop(self) -> None:
        """Listen no more."""
        _application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note input, and let every event pass."""
        del watched
        if event.type() in _INPUT and event.spontaneous():
            self.touched.emit()
        return False


class LockWatch(QObject):
    """Says `due` once, with the reason «idle» or «suspend»; made, started and stopped on the GUI thread.

    `idle_s` is how long nobody may touch keyboard or mouse, asked at every beat; while `busy` says so (a signing
    batch runs) idleness does not count.
    """

    due = Signal(str)

    def __init__(
        self,
        idle_s: Callable[[], float],
        busy: Callable[[], bool] = lambda: False,
        *,
        still_s: float = STILL_S,
        beat_ms: int = BEAT_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._idle_s, self._busy, self._still_s = idle_s, busy, still_s
        self._touched = self._beat = lasting_clock()
        self._timer = QTimer(self)
        self._timer.setInterval(beat_ms)
        self._timer.timeout.connect(self._look)
        self._touches = Touches(self)
        self._touches.touched.connect(self._note)
        self._sleep = SleepNews(self)
        self._sleep.asleep.connect(lambda: self._say("suspend"))

    def start(self) -> None:
        """Begin to watch."""
        self._touched = self._beat = lasting_clock()
        self._timer.start()
        self._touches.start()
        self._sleep.start()

    def stop(self) -> None:
        """Watch no more; nothing is said any more."""
        self._timer.stop()
        self._touches.stop()
        self._sleep.stop()

    def _note(self) -> None:
        self._touched = lasting_clock()

    def _look(self) -> None:
        now = lasting_clock()
        still, self._beat = now - self._beat, now
        if still > self._still_s:
            self._say("suspend")
        elif self._busy():
            self._touched = now
        elif now - self._touched > self._idle_s():
            self._say("idle")

    def _say(self, reason: str) -> None:
        if self._timer.isActive():
            self.stop()
            self.due.emit(reason)


class SleepNews(QObject):
    """Hears from the system that it is about to sleep, where the system tells."""

    asleep = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._windows = _PowerFilter(self.asleep.emit) if sys.platform == "win32" else None

    def start(self) -> bool:
        """Begin to listen; tells whether there is anybody to listen to."""
        if self._windows is not None:
            _application().installNativeEventFilter(self._windows)
            return True
        bus = QDBusConnection.systemBus()
        # The stub wants bytes; PySide6 takes only the text that SLOT makes.
        return bus.isConnected() and bus.connect(*_LOGIND, self, SLOT("going(bool)"))  # type: ignore[call-overload]

    def stop(self) -> None:
        """Listen no more; on D-Bus nobody minds a word too many."""
        if self._windows is not None:
            _application().removeNativeEventFilter(self._windows)

    @Slot(bool)
    def going(self, to_sleep: bool) -> None:
        """Take logind's word: True before the sleep, False after."""
        if to_sleep:
            self.asleep.emit()


def _application() -> QCoreApplication:
    running = QCoreApplication.instance()
    assert running is not None
    return running


class _PowerFilter(QAbstractNativeEventFilter):
    """Reads Windows' messages to this program for the one that says «about to sleep»."""

    def __init__(self, said: Callable[[], None]) -> None:
        super().__init__()
        self._said = said

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview[int], message: int
    ) -> tuple[bool, int]:
        """Look at one message and let it pass."""
        if QByteArray(kind).data() == b"windows_generic_MSG":
            read = ctypes.cast(int(message), ctypes.POINTER(wintypes.MSG)).contents
            if (read.message, read.wParam) == (_WM_POWERBROADCAST, _PBT_APMSUSPEND):
                self._said()
        return False, 0
