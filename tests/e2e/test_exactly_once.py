"""Mornings on a dying link with a client that is killed at random: everything arrives once, byte for byte."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator

import pytest

from desktop.demo import link as links
from desktop.demo.processes import Part, Processes, wait_until
from tests.e2e.world import World
from tests.fixtures.gateway import GatewayProcess
from tests.fixtures.softkeys import SoftPerson
from tests.rounds import rounds

ROUNDS = rounds(10, 30)
SEEN: list[str] = []
pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory, shared_gateway: GatewayProcess, soft_people: list[SoftPerson]
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("e2e")
    with Processes(folder / "logs") as processes:
        link = links.start(processes, folder, f"127.0.0.1:{shared_gateway.port}", "rough", seed=7)
        built = World.build(folder, shared_gateway, link, processes, soft_people)
        yield built
        built.store.close()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_round_of_kills_and_deaths(world: World, seed: int) -> None:
    rng = random.Random(seed)
    packages = world.make_packages(rng, count=rng.randint(2, 4), scan_bytes=rng.randrange(20_000, 160_000))
    if rng.random() < 0.4:
        world.link.command("drop_next_answer")
    world.link.command("up")
    client = world.client()
    for _ in range(rng.randint(1, 2)):
        client = kill_somewhere(world, client, rng)
    world.wait_delivered(packages, client)
    assert client.stop() in (0, -signal.SIGTERM), client.tail()  # the latter when it was still starting
    world.link.command("down")
    world.compare(packages)
    SEEN.extend(packages)


def test_nothing_was_lost_or_doubled_over_all_rounds(world: World) -> None:
    world.compare(SEEN)
    stats = world.link.stats()
    assert stats["deaths"] >= ROUNDS, "the link died too seldom for this test to say anything"
    assert stats["answers_dropped"] >= ROUNDS // 10
    world.store.journal.verify()
    assert world.store.check() == []


def kill_somewhere(world: World, client: Part, rng: random.Random) -> Part:
    """Kills the client after a random number of bytes have left, or when it is done, and starts another."""
    goal = int(world.link.stats()["bytes_up"]) + rng.randrange(500, 60_000)

    def enough() -> bool:
        return int(world.link.stats()["bytes_up"]) >= goal or not world.store.projection.counts()["ready"]

    wait_until(lambda: enough() or not client.running, 60, "nothing was sent")
    assert client.running, client.tail()
    client.kill()
    return world.client()
