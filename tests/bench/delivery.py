"""Bytes of a batch, and twelve packages over a slow link to a real gateway, against one POST for each package."""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import zstandard

from desktop.demo.linkmodel import PROFILES, LinkModel
from desktop.demo.linkpipe import Link
from desktop.demo.linksim import LinkServer
from desktop.demo.processes import wait_until
from desktop.desk.connection import SystemClock, TreasuryVerifier
from desktop.dossier.people import Unit
from desktop.signing.asice import Package, package_id, split
from desktop.signing.device import DeviceKey
from desktop.sync.client import HttpWire
from desktop.sync.engine import Engine
from desktop.sync.enrol import enrol
from desktop.sync.framing import LEVEL, pack_batch
from tests.bench.measure import Line
from tests.bench.workbench import Workbench
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.fixtures.memory_outbox import Entry, MemoryOutbox

BATCH, SENT = 25, 12
LONGEST = 60.0
ALONE = "one POST for each package"


def lines(bench: Workbench) -> Iterator[Line]:
    """Sizes first, then the link."""
    yield from _sizes(bench.packages(BATCH))
    gateway = GatewayProcess(bench.folder / "gateway", bench.pki).start()
    bench.stack.callback(gateway.stop)
    model = LinkModel(replace(PROFILES["demo"], death_bytes=None), random.Random(1))
    with _link(model, gateway.port, bench.folder / "link.json") as port:
        yield from _deliveries(bench, gateway, model, port)


def _sizes(packages: Sequence[Package]) -> Iterator[Line]:
    cores = [(package_id(package), split(package)[0]) for package in packages]
    batch = len(pack_batch(cores)) / 1000
    raw = sum(len(core) for _, core in cores) / 1000
    alone = sum(len(zstandard.ZstdCompressor(level=LEVEL).compress(core)) for _, core in cores) / 1000
    yield Line(f"{BATCH} small packages in one batch", batch, raw, "kB", "not compressed")
    yield Line(f"{BATCH} small packages in one batch", batch, alone, "kB", "each compressed alone")


@dataclass(frozen=True)
class Trip:
    """What delivering took, the proof of the device, receipts and first feed page included; `up`, `down` in bytes."""

    seconds: float
    up: int
    down: int


class OneByOne(MemoryOutbox):
    """Shows the engine one package at a time, so that every batch is of one."""

    def due(self, now: str) -> Sequence[Entry]:
        found = super().due(now)
        queued = [item for item in found if item.state == "queued"]
        return [item for item in found if item.state != "queued"] + queued[:1]


def _deliveries(bench: Workbench, gateway: GatewayProcess, model: LinkModel, port: int) -> Iterator[Line]:
    trips: dict[type[MemoryOutbox], list[Trip]] = {MemoryOutbox: [], OneByOne: []}
    for _ in range(1 if bench.quick else 3):
        for kind, found in trips.items():
            found.append(_trip(bench, gateway, model, port, kind()))
    for what, unit, scale in (("seconds", "s", 1.0), ("up", "kB", 1e-3), ("down", "kB", 1e-3)):
        ours, alone = (statistics.median(getattr(trip, what) for trip in found) * scale for found in trips.values())
        label = {"seconds": "until all receipts are in", "up": "bytes sent", "down": "bytes received"}[what]
        yield Line(f"{SENT} packages, {_speed(model)}: {label}", ours, alone, unit, ALONE)


def _speed(model: LinkModel) -> str:
    return f"{model.profile.bits_per_second // 1000} kbit/s, {model.profile.round_trip * 1000:.0f} ms"


def _trip(bench: Workbench, gateway: GatewayProcess, model: LinkModel, port: int, outbox: MemoryOutbox) -> Trip:
    unit = new_unit()
    engine, wire = _engine(bench, gateway, unit, port, outbox)
    for package in bench.packages(SENT, unit):
        outbox.seal(package_id(package), split(package)[0])
    up, down, start = model.counters.bytes_up, model.counters.bytes_down, time.monotonic()
    try:
        while len(outbox.receipts) < SENT:
            result = engine.run_pass(lambda: False)
            assert result.fault is None, result.message
            assert not outbox.refusals, outbox.refusals
            assert time.monotonic() - start < LONGEST, "the packages did not arrive"
        return Trip(time.monotonic() - start, model.counters.bytes_up - up, model.counters.bytes_down - down)
    finally:
        wire.close()


def _engine(
    bench: Workbench, gateway: GatewayProcess, unit: Unit, port: int, outbox: MemoryOutbox
) -> tuple[Engine, HttpWire]:
    """Register a unit, enrol a device straight at the gateway, and send through the link."""
    code = gateway.register(unit, [token.person for token in bench.tokens], estimates(unit, 10**12))
    key = DeviceKey.generate()
    known = enrol(gateway.url, gateway.pin, code, key)
    wire = HttpWire(f"https://127.0.0.1:{port}", gateway.pin, known.device_id, key, SystemClock())
    verifier = TreasuryVerifier(known.statement_keys)
    return Engine(outbox, wire, verifier, SystemClock(), random.Random(1)), wire


@contextmanager
def _link(model: LinkModel, target: int, ready: Path) -> Iterator[int]:
    """The link simulator in a thread of its own, since a profile without deaths is none of its own; gives its port."""
    runner, stop = asyncio.Runner(), asyncio.Event()
    loop = runner.get_loop()
    server = LinkServer(Link(model, ("127.0.0.1", target)))
    thread = threading.Thread(target=runner.run, args=[server.run(ready, stop)])
    thread.start()
    try:
        wait_until(ready.exists, 10, "the link did not start")
        yield int(json.loads(ready.read_text("utf-8"))["port"])
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        runner.close()
