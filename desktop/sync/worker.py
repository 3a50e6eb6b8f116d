"""The one sync thread: runs passes, waits as policy says, can be woken and stopped at any time. No Qt, SQL or HTTP."""

from __future__ import annotations

import logging
import random
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop.dossier.dates import instant
from desktop.dossier.errors import VungXaError
from desktop.sync import phrases, policy
from desktop.sync.engine import Engine, PassResult
from desktop.sync.faults import Fault
from desktop.sync.ports import Clock, Outbox
from desktop.sync.status import LinkStatus, StatusBoard
from desktop.sync.tls import Meter

_log = logging.getLogger(__name__)
_FAR = "9999-12-31T23:59:59Z"
_SKEW_SAID = 60
_PASSING = frozenset(
    {"disk_full", "read_only", "file_locked", "disk_error", "disk_gone", "cannot_open", "no_store", "store_busy"}
)
"""What is wrong with a disk today and need not be in a minute; a line that cannot be built otherwise never can."""


@dataclass
class Line:
    """All that the thread owns, made in the thread by the factory it is given: its own outbox, wire and engine.

    `skew_seconds` and `rate_bps` are asked after each pass; `close` frees the outbox and the wire.
    """

    engine: Engine
    outbox: Outbox
    close: Callable[[], None]
    skew_seconds: Callable[[], int] = lambda: 0
    rate_bps: Callable[[], float] = lambda: 64_000.0


class SyncThread:
    """Owns the thread. `wake` after sealing; `pause`/`resume` hold it; `stop` cuts the connection, ends and joins it.

    `build(meter)` is called in the thread. `poll_seconds` is how often the feed is read when nothing else is to do.
    """

    def __init__(
        self, build: Callable[[Meter], Line], clock: Clock, rng: random.Random, poll_seconds: float = 30.0
    ) -> None:
        self._build = build
        self._clock = clock
        self._rng = rng
        self._poll = poll_seconds
        self._meter = Meter()
        self._board = StatusBoard(self._meter)
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._paused = threading.Event()
        self._thread = threading.Thread(target=self._main, name="sync", daemon=True)
        self._failures = 0
        self._said_skew = False

    def start(self) -> None:
        """Begin; the first pass runs at once."""
        self._thread.start()

    def wake(self) -> None:
        """Run a pass soon: something was sealed, or the user asked. A wait the gateway asked for is kept."""
        self._wake.set()

    def pause(self) -> None:
        """End the present pass at the next safe place and run none until `resume`."""
        self._paused.set()

    def resume(self) -> None:
        """Run passes again, the first at once."""
        self._paused.clear()
        self.wake()

    def status(self) -> LinkStatus:
        """Return how the link fares; callable from any thread."""
        return self._board.read()

    def stop(self, timeout: float = 15.0) -> bool:
        """Cut the connection, end the thread and join it; False if it did not end within `timeout` seconds."""
        self._stop.set()
        self._wake.set()
        self._meter.cut()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _main(self) -> None:
        line = self._begun()
        if line is None:
            return
        try:
            while not self._stop.is_set():
                self._turn(line)
        finally:
            try:
                line.close()
            except VungXaError as error:  # a disk that is gone; the system frees the rest
                _log.warning("the outbox could not be closed: %s", error.code)

    def _begun(self) -> Line | None:
        """Build what the thread owns. A disk that fails is waited for; None for a line that cannot be built."""
        while not self._stop.is_set():
            try:
                return self._build(self._meter)
            except VungXaError as error:
                self._board.end(Fault.OFFLINE, error.message, self._at(), 0)
                if error.code not in _PASSING:
                    return None
            self._failures += 1
            self._sleep(policy.link_wait(Fault.OFFLINE, self._failures, self._rng), 0.5)
        return None

    def _turn(self, line: Line) -> None:
        if self._paused.is_set():
            self._sleep(self._poll, 0)
            return
        self._wake.clear()
        self._board.begin(self._at())
        result = self._run(line)
        self._board.end(result.fault, result.message, self._at(), line.rate_bps())
        self._failures = 0 if result.progressed or result.fault is None else self._failures + 1
        if not self._stop.is_set():
            self._sleep(*self._pause_after(line, result))

    def _run(self, line: Line) -> PassResult:
        try:
            result = line.engine.run_pass(lambda: self._stop.is_set() or self._paused.is_set())
            self._mention_skew(line)
        except VungXaError as error:
            # The store's own trouble (disk full, damaged): said in its words, tried again later like a busy server.
            _log.warning("pass ended by the store: %s", error.code)
            return PassResult(fault=Fault.SERVER_BUSY, message=error.message)
        except Exception as error:  # noqa: BLE001 - the thread's boundary: a bug must delay delivery, not end it unseen
            _log.error("pass ended by a bug: %s", _place_of(error))
            return PassResult(fault=Fault.PROTOCOL, message=phrases.BUG)
        return result

    def _pause_after(self, line: Line, result: PassResult) -> tuple[float, float]:
        """Return how long to wait and how long at least, even when woken, in seconds."""
        if result.fault is not None:
            wait = policy.link_wait(result.fault, max(1, self._failures), self._rng, result.retry_after)
            firm = result.fault in {Fault.SERVER_BUSY, Fault.PROTOCOL, Fault.REFUSED}
            return wait, wait if firm else min(wait, 0.5)
        # Woken again and again, the thread still leaves the gateway a breath.
        return max(0.5, min(self._poll, self._until_due(line.outbox))), 0.2

    def _until_due(self, outbox: Outbox) -> float:
        try:
            waits = [item.next_at for item in outbox.due(_FAR)]
            held = outbox.paused()
        except VungXaError:
            return self._poll  # the next pass meets the same and says it
        if not waits or held:
            return self._poll
        now = self._clock.now()
        return min((datetime.fromisoformat(at) - now).total_seconds() if at else 0.0 for at in waits)

    def _sleep(self, seconds: float, at_least: float) -> None:
        began = time.monotonic()
        self._stop.wait(at_least)
        while not self._stop.is_set() and (left := began + seconds - time.monotonic()) > 0:
            if self._wake.wait(left):
                self._wake.clear()
                return

    def _mention_skew(self, line: Line) -> None:
        skew = line.skew_seconds()
        if abs(skew) >= _SKEW_SAID and not self._said_skew:
            line.outbox.log("bad", phrases.clock_wrong(skew), None, self._at())
            self._said_skew = True

    def _at(self) -> str:
        return instant(self._clock.now())


def _place_of(error: Exception) -> str:
    """Return type and place of a bug without its text, which may carry what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} in {where}"
