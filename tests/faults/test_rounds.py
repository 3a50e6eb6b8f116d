"""Kills, power cuts and failing disks at random points of every write path: nothing acknowledged is lost, nothing is
half there, and work goes on when the disk does.

`make soak` runs a thousand rounds of each kind; the ordinary run a few of every path.
"""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.server import Server
from tests.faults.works import WORKS
from tests.faults.world import World
from tests.rounds import rounds

pytestmark = pytest.mark.soak
SOURCE = Path(__file__).with_name("disk.c")
LIFE = 4 * len(WORKS)
"""Rounds that one unit lives through before a new one begins."""


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("disk") / "disk.so"
    words = ["gcc", "-Wall", "-Werror", "-O1", "-shared", "-fPIC", "-o", str(made), str(SOURCE), "-ldl"]
    subprocess.run(words, check=True, timeout=60)
    return made


@pytest.fixture(scope="module")
def server(shim: Path) -> Iterator[Server]:
    running = Server(shim)
    yield running
    running.close()


@pytest.mark.parametrize("kind", ["killed", "cut", "troubled"])
def test_rounds(server: Server, tmp_path: Path, kind: str) -> None:
    calls: dict[str, int] = {}
    wrong: list[str] = []
    for number, work in zip(range(rounds(len(WORKS), 1_000)), itertools.cycle(WORKS), strict=False):
        if number % LIFE == 0:
            world = World(tmp_path / f"{number}", server, number, calls)
        wrong += [f"round {number}, {work}: {what}" for what in getattr(world, kind)(work)]
    assert wrong == []
