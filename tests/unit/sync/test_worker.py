"""The sync thread: wakes, waits, pauses, stops, and lives through what goes wrong."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import pytest

from desktop.dossier.errors import VungXaError
from desktop.signing.device import DeviceKey, verify_statement
from desktop.sync.client import HttpWire
from desktop.sync.engine import Engine
from desktop.sync.protocol import SignedStatement
from desktop.sync.tls import Meter
from desktop.sync.worker import Line, SyncThread
from tests.fixtures.memory_outbox import Entry, MemoryOutbox
from tests.toyserver import tricks
from tests.toyserver.server import ToyServer
from tests.toyserver.treasury import package_id_of, toy_core
from tests.unit.sync.conftest import QUICK


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Rig:
    """A thread on the toy server, its outbox, and what it owned."""

    def __init__(self, toy: ToyServer, poll: float = 30.0, outbox: MemoryOutbox | None = None) -> None:
        self.toy = toy
        self.outbox = outbox or MemoryOutbox()
        self.skew = 0
        self.owners: list[str] = []
        self.closed = threading.Event()
        self.thread = SyncThread(self.build, RealClock(), random.Random(1), poll)

    def build(self, meter: Meter) -> Line:
        self.owners.append(threading.current_thread().name)
        keys = {self.toy.treasury.key.key_id: self.toy.treasury.key.public_b64}
        device = DeviceKey.generate()
        wire = HttpWire(self.toy.url, self.toy.certificate.pin, "d1", device, RealClock(), meter, QUICK)

        def verifier(statement: SignedStatement, context: str) -> bytes:
            return verify_statement(statement, context, keys)

        engine = Engine(self.outbox, wire, verifier, RealClock(), random.Random(1))

        def close() -> None:
            wire.close()
            self.closed.set()

        return Line(engine, self.outbox, close, lambda: self.skew)

    def seal(self, text: str, parts: dict[str, bytes] | None = None) -> str:
        core = toy_core(text, list((parts or {}).values()))
        self.outbox.seal(package_id_of(core), core, parts)
        return package_id_of(core)


@pytest.fixture
def rig(toy: ToyServer) -> Iterator[Rig]:
    made = Rig(toy)
    yield made
    assert made.thread.stop()


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        threading.Event().wait(0.01)


def test_delivers_in_its_own_thread_and_closes_what_it_owned(rig: Rig) -> None:
    package_id = rig.seal("gói")
    rig.thread.start()
    until(lambda: rig.outbox.state(package_id) == "delivered")
    until(lambda: rig.thread.status().passes)
    assert rig.thread.status().state == "good"
    assert rig.thread.stop()
    assert (rig.owners, rig.closed.is_set()) == (["sync"], True)


def test_wake_sends_at_once_what_was_sealed(rig: Rig) -> None:
    rig.thread.start()
    until(lambda: rig.thread.status().passes == 1)
    package_id = rig.seal("mới")
    rig.thread.wake()
    until(lambda: rig.outbox.state(package_id) == "delivered", 5)


def test_comes_back_by_itself_when_something_falls_due(rig: Rig) -> None:
    package_id = rig.seal("đang xử lý")
    rig.toy.treasury.slow[package_id] = 1
    rig.thread.start()
    until(lambda: rig.outbox.state(package_id) == "delivered", 8)


def test_link_death_is_shown_and_survived(rig: Rig) -> None:
    package_id = rig.seal("gói")
    rig.toy.trick("POST /v1/packages", tricks.drop)
    rig.thread.start()
    until(lambda: rig.outbox.state(package_id) == "delivered")
    until(lambda: rig.thread.status().state == "good")
    assert rig.thread.status().deaths == 1


@pytest.mark.parametrize(
    ("trick", "state"),
    [(tricks.HTML, "captive"), (tricks.error(503, "busy"), "weak"), (tricks.error(401, "device_revoked"), "offline")],
)
def test_the_state_shown_says_what_is_wrong(rig: Rig, trick: object, state: str) -> None:
    rig.toy.always("GET /v1/feed", trick)  # type: ignore[arg-type]
    rig.thread.start()
    until(lambda: rig.thread.status().passes)
    status = rig.thread.status()
    assert status.state == state
    assert status.text.endswith(".")


def test_waking_over_and_over_does_not_hurry_a_busy_gateway(rig: Rig) -> None:
    rig.toy.always("GET /v1/feed", tricks.error(503, "busy"))
    rig.thread.start()
    until(lambda: rig.thread.status().passes)
    for _ in range(50):
        rig.thread.wake()
        threading.Event().wait(0.01)
    assert rig.toy.count("GET /v1/feed") == 1


def test_pause_stops_between_chunks_and_resume_goes_on(rig: Rig) -> None:
    content = random.Random(1).randbytes(200_000)
    package_id = rig.seal("có bản quét", {hashlib.sha256(content).hexdigest(): content})

    def pause(_handler: object) -> bool:
        rig.thread.pause()
        return False

    rig.toy.trick("PATCH", pause)
    rig.thread.start()
    until(lambda: rig.thread.status().passes)
    assert rig.toy.count("PATCH") == 1
    rig.thread.resume()
    until(lambda: rig.outbox.state(package_id) == "delivered")


def test_stop_is_quick_even_in_a_silent_exchange(rig: Rig) -> None:
    rig.seal("gói")
    rig.toy.always("POST /v1/packages", tricks.silence)
    rig.thread.start()
    until(lambda: rig.toy.count("POST /v1/packages"))
    began = time.monotonic()
    assert rig.thread.stop()
    assert time.monotonic() - began < 3


def test_stop_before_start_and_twice(rig: Rig) -> None:
    assert rig.thread.stop()
    assert rig.thread.stop()


class FullOutbox(MemoryOutbox):
    def paused(self) -> bool:
        raise VungXaError("disk_full", "Ổ đĩa đầy. Hãy xóa bớt tệp.")


class BuggyOutbox(MemoryOutbox):
    def paused(self) -> bool:
        return bool(1 / len(self.entries))


@pytest.mark.parametrize(
    ("outbox", "log", "text"),
    [
        (FullOutbox(), "pass ended by the store: disk_full", "Ổ đĩa đầy. Hãy xóa bớt tệp."),
        (BuggyOutbox(), "pass ended by a bug: ZeroDivisionError in paused:", "Chương trình gặp lỗi khi gửi."),
    ],
)
def test_trouble_in_a_pass_is_said_and_the_thread_goes_on(
    toy: ToyServer, expected_log: list[str], outbox: MemoryOutbox, log: str, text: str
) -> None:
    expected_log.append(log)
    rig = Rig(toy, outbox=outbox)
    rig.thread.start()
    until(lambda: rig.thread.status().passes)
    assert rig.thread.status().text.startswith(text)
    assert not rig.closed.is_set()
    assert rig.thread.stop()


class FullNow(MemoryOutbox):
    """A disk that fails in what the thread does between two passes."""

    full = True

    def log(self, kind: str, text: str, package_id: str | None, at: str) -> None:
        if self.full:
            raise VungXaError("disk_full", "Ổ đĩa đầy. Hãy xóa bớt tệp.")
        super().log(kind, text, package_id, at)

    def due(self, now: str) -> Sequence[Entry]:
        if self.full and now.startswith("9999"):
            raise VungXaError("disk_gone", "Cắm lại USB.")
        return super().due(now)


def test_a_disk_that_fails_between_two_passes_does_not_end_the_thread(toy: ToyServer) -> None:
    outbox = FullNow()
    rig = Rig(toy, 0.1, outbox)
    rig.skew = 3600
    assert rig.thread._until_due(outbox) == 0.1
    with pytest.raises(VungXaError):
        rig.thread._mention_skew(rig.build(Meter()))
    outbox.full = False
    rig.thread.start()
    until(lambda: rig.thread.status().passes)
    assert rig.thread.stop()
    assert [kind for kind, text, _ in outbox.lines if "Đồng hồ" in text] == ["bad"]


def test_a_wrong_clock_is_mentioned_once(toy: ToyServer) -> None:
    rig = Rig(toy, poll=0.5)
    rig.skew = 3600
    rig.thread.start()
    until(lambda: rig.thread.status().passes >= 2)
    assert rig.thread.stop()
    said = [text for _, text, _ in rig.outbox.lines if "Đồng hồ" in text]
    assert said == ["Đồng hồ máy chậm 1 giờ so với Kho bạc. Hãy chỉnh lại giờ máy."]


def test_a_line_that_cannot_be_built_is_shown(toy: ToyServer) -> None:
    def build(_meter: Meter) -> Line:
        raise VungXaError("not_enrolled", "Máy này chưa đăng ký với Kho bạc.")

    thread = SyncThread(build, RealClock(), random.Random(1))
    thread.start()
    until(lambda: thread.status().passes)
    assert thread.stop()
    assert thread.status().text == "Máy này chưa đăng ký với Kho bạc."


def test_a_disk_that_fails_at_the_start_is_waited_for(toy: ToyServer) -> None:
    rig, gone = Rig(toy), [VungXaError("disk_gone", "Cắm lại USB.")]

    def build(meter: Meter) -> Line:
        if gone:
            raise gone.pop()
        return rig.build(meter)

    thread = SyncThread(build, RealClock(), random.Random(1))
    package_id = rig.seal("gói")
    thread.start()
    until(lambda: rig.outbox.state(package_id) == "delivered")
    assert thread.stop()
