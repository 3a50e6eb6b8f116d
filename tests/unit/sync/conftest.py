"""A running toy gateway, an outbox in memory, a clock that only moves when told, and an engine between them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.dossier.dates import instant
from desktop.signing.device import DeviceKey, verify_statement
from desktop.sync.client import HttpWire
from desktop.sync.engine import Engine, PassResult
from desktop.sync.policy import Patience
from desktop.sync.protocol import SignedStatement
from tests.fixtures.memory_outbox import MemoryOutbox
from tests.toyserver.certificate import ServerCertificate, make_certificate
from tests.toyserver.server import ToyServer
from tests.toyserver.treasury import package_id_of, toy_core

QUICK = Patience(silence=0.4, connect=2.0, whole=1.5)


class TestClock:
    """Starts at a fixed moment and moves by `pass_time` only."""

    __test__ = False

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def pass_time(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class Unit:
    """One unit's side: outbox, wire, engine; `restart` is what a kill and a new start of the program leave."""

    def __init__(self, toy: ToyServer, clock: TestClock) -> None:
        self.toy = toy
        self.clock = clock
        self.outbox = MemoryOutbox()
        self.device = DeviceKey.generate()
        self.wire = self._wire()
        self.engine = self._engine()

    def _wire(self, url: str = "", pin: str = "") -> HttpWire:
        url, pin = url or self.toy.url, pin or self.toy.certificate.pin
        return HttpWire(url, pin, "d1", self.device, self.clock, patience=QUICK)

    def _engine(self) -> Engine:
        keys = {self.toy.treasury.key.key_id: self.toy.treasury.key.public_b64}

        def verifier(statement: SignedStatement, context: str) -> bytes:
            return verify_statement(statement, context, keys)

        return Engine(self.outbox, self.wire, verifier, self.clock, random.Random(7))

    def restart(self, url: str = "", pin: str = "") -> None:
        self.wire.close()
        self.wire = self._wire(url, pin)
        self.engine = self._engine()

    def seal(self, text: str, parts: Sequence[bytes] = (), priority: int = 1) -> str:
        core = toy_core(text, parts)
        package_id = package_id_of(core)
        contents = {hashlib.sha256(part).hexdigest(): part for part in parts}
        self.outbox.seal(package_id, core, contents, priority)
        return package_id

    def run(self) -> PassResult:
        """Run one pass."""
        return self.engine.run_pass(lambda: False)

    def settle(self, passes: int = 12) -> None:
        """Run passes, an hour apart, until nothing is left to do."""
        for _ in range(passes):
            self.run()
            if not self.outbox.due("9999-12-31T23:59:59Z"):
                return
            self.clock.pass_time(3600)

    def at(self, seconds: float = 0) -> str:
        return instant(self.clock.now() + timedelta(seconds=seconds))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ServerCertificate:
    return make_certificate(Path(tmp_path_factory.mktemp("toy")))


@pytest.fixture
def toy(certificate: ServerCertificate) -> Iterator[ToyServer]:
    with ToyServer(certificate) as server:
        yield server
    assert not server.broken


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def unit(toy: ToyServer, clock: TestClock) -> Iterator[Unit]:
    made = Unit(toy, clock)
    yield made
    made.wire.close()
