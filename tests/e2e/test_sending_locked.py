"""What is sealed goes on while the unit is locked: over a real gateway, exactly once, through kills and unlocking."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.demo import link as links
from desktop.demo.processes import Processes, wait_until
from desktop.desk.connection import sync_thread
from desktop.desk.queue_receipts import ReceiptProof
from desktop.desk.sending_locked import SETTING, LockedSenders, LockedUnit, hand_out
from desktop.store.send_key import SendKey
from desktop.store.send_queue import SendQueue
from tests.e2e.world import WAIT, World
from tests.fixtures.gateway import GatewayProcess
from tests.fixtures.softkeys import SoftPerson


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    with Processes(tmp_path / "logs") as running:
        yield running


@pytest.fixture
def world(
    tmp_path: Path, processes: Processes, shared_gateway: GatewayProcess, soft_people: list[SoftPerson]
) -> Iterator[World]:
    link = links.start(processes, tmp_path, f"127.0.0.1:{shared_gateway.port}", "good", seed=11)
    built = World.build(tmp_path, shared_gateway, link, processes, soft_people)
    yield built
    built.store.close()


def lock(world: World) -> LockedUnit:
    with world.store.lock_for_sync():
        return LockedUnit(world.store.folder, hand_out(world.store))


def waiting(unit: LockedUnit) -> int:
    """How many packages of a locked unit have no receipt yet, read beside its sender."""
    queue = SendQueue(unit.folder, SendKey.read(unit.send_key))
    try:
        return queue.waiting()
    finally:
        queue.close()


def unlock_and_finish(world: World, packages: list[str]) -> None:
    with world.store.lock_for_sync(ReceiptProof(world.store)):
        sync = sync_thread(world.store.reopen)
        sync.start()
        wait_until(lambda: all(map(world.delivered, packages)), WAIT, "chưa đủ biên nhận")
        assert sync.stop()
    world.compare(packages)
    world.store.journal.verify()


def test_a_locked_unit_delivers_and_its_receipts_come_back(world: World) -> None:
    packages = world.make_packages(random.Random(2), 3, 60_000)
    unit, senders = lock(world), LockedSenders()
    senders.start([unit])
    world.link.command("up")
    wait_until(lambda: not waiting(unit), WAIT, "the locked unit did not deliver")
    assert not any(map(world.delivered, packages)), "the store was locked"
    senders.end(unit.folder)
    with world.store.lock_for_sync(ReceiptProof(world.store)):
        assert all(map(world.delivered, packages))
    world.compare(packages)
    assert world.store.feed.cursor == 0


def test_killed_while_it_sends_nothing_is_sent_twice(world: World) -> None:
    packages = world.make_packages(random.Random(3), 2, 120_000)
    world.link.command("drop_next_answer")
    world.link.command("up")
    for bytes_up in (4_000, 40_000):
        kill_after(world, lock(world), bytes_up)
    unlock_and_finish(world, packages)


def kill_after(world: World, unit: LockedUnit, bytes_up: int) -> None:
    """Send for a locked unit in a process of its own, and kill it when so many bytes have left."""
    command = [sys.executable, "-m", "tests.e2e.locked_process", str(unit.folder)]
    goal = int(world.link.stats()["bytes_up"]) + bytes_up
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as client:
        assert client.stdin is not None
        client.stdin.write(unit.send_key + "\n")
        client.stdin.flush()
        wait_until(lambda: int(world.link.stats()["bytes_up"]) >= goal, WAIT, "nothing was sent")
        client.kill()


def test_the_others_go_on_while_one_is_unlocked(
    world: World, tmp_path: Path, shared_gateway: GatewayProcess, soft_people: list[SoftPerson]
) -> None:
    other = World.build(tmp_path / "other", shared_gateway, world.link, world.processes, soft_people)
    packages = [each.make_packages(random.Random(4), 1, 0) for each in (world, other)]
    units, senders = [lock(world), lock(other)], LockedSenders()
    senders.start(units)
    senders.end(world.store.folder)
    with world.store.lock_for_sync():
        world.link.command("up")
        wait_until(lambda: not waiting(units[1]), WAIT, "the other unit did not deliver")
        assert not any(map(world.delivered, packages[0]))
    assert senders.stop() == (units[1],)
    with other.store.lock_for_sync(ReceiptProof(other.store)):
        other.compare(packages[1])
    other.store.close()


@pytest.mark.parametrize("setting", ["0", ""])
def test_nobody_sends_while_locked_when_the_unit_does_not_want_it(world: World, setting: str) -> None:
    world.make_packages(random.Random(5), 1, 0)
    world.store.settings.set(SETTING, setting)
    assert lock(world).send_key == ""
