"""Sends what is sealed while the unit is locked: its queue, its registration and one thread, never its store."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from desktop.desk.connection import POLL_SECONDS, NotEnrolled, SystemClock, TreasuryVerifier, make_wire
from desktop.store.errors import StoreError
from desktop.store.send_key import SendKey
from desktop.store.send_queue import SendQueue
from desktop.store.store import Store
from desktop.sync.engine import Engine
from desktop.sync.status import LinkStatus
from desktop.sync.tls import Meter
from desktop.sync.worker import Line, SyncThread

SETTING = "send_while_locked"
ON = "1"


@dataclass(frozen=True)
class LockedUnit:
    """A locked unit that goes on sending: its folder and the key of its queue, as `SendKey.text` wrote it."""

    folder: Path
    send_key: str = field(repr=False)


def hand_out(store: Store) -> str:
    """Hand what is sealed to a queue of its own; its key as text, "" when nothing is to be sent or may be.

    Called by the only sender, once it sends no more. A disk that is full keeps nobody from locking: then nothing is
    sent until the unit is unlocked.
    """
    if store.settings.get(SETTING, ON) != ON:
        return ""
    try:
        key = store.hand_out()
    except StoreError:
        return ""
    return key.text() if key else ""


def locked_thread(unit: LockedUnit, poll_seconds: float = POLL_SECONDS) -> SyncThread:
    """The send-only thread of one locked unit, not started; it ends by itself when another program sends for it."""
    key = SendKey.read(unit.send_key)

    def build(meter: Meter) -> Line:
        with ExitStack() as stack:
            queue = stack.enter_context(SendQueue.open(unit.folder, key))
            config = queue.device()
            if config is None:
                raise NotEnrolled("not_enrolled", "Máy này chưa đăng ký với Kho bạc. Mở khóa rồi đăng ký máy.")
            wire = make_wire(config, meter)
            stack.callback(wire.close)
            verifier = TreasuryVerifier(config.statement_keys)
            engine = Engine(queue, wire, verifier, SystemClock(), random.SystemRandom(), reads_feed=False)
            return Line(engine, queue, stack.pop_all().close, lambda: wire.skew_seconds, lambda: wire.rate_bps)

    return SyncThread(build, SystemClock(), random.SystemRandom(), poll_seconds)


@dataclass
class LockedSenders:
    """The send-only threads of all units that are locked in this process; one ends when its unit is unlocked."""

    _running: dict[Path, tuple[LockedUnit, SyncThread]] = field(default_factory=dict)

    def start(self, units: Sequence[LockedUnit]) -> None:
        """Begin to send for each; one whose key cannot be read is left until it is unlocked."""
        for unit in units:
            self.end(unit.folder)
            try:
                thread = locked_thread(unit)
            except StoreError:
                continue
            thread.start()
            self._running[_place(unit.folder)] = (unit, thread)

    def end(self, folder: Path) -> None:
        """Stop sending for one unit, because it is unlocked; returns when its thread has ended."""
        found = self._running.pop(_place(folder), None)
        if found is not None:
            found[1].stop()

    def stop(self) -> tuple[LockedUnit, ...]:
        """Stop all, and say which they were, for whoever goes on with them."""
        units = tuple(unit for unit, _ in self._running.values())
        for unit in units:
            self.end(unit.folder)
        return units

    def status(self, folder: Path) -> LinkStatus | None:
        """How the link of one locked unit fares; None when nothing is sent for it here."""
        found = self._running.get(_place(folder))
        return found[1].status() if found is not None else None

    def waiting(self, folder: Path) -> int:
        """How many packages of one locked unit still wait; 0 too while that cannot be read."""
        found = self._running.get(_place(folder))
        if found is None:
            return 0
        try:
            return SendQueue.count(folder, SendKey.read(found[0].send_key))
        except StoreError:
            return 0


def _place(folder: Path) -> Path:
    return folder.resolve()
