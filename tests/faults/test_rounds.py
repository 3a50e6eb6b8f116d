"""Kills, power cuts and failing disks at random points of every write path: nothing acknowledged is lost, nothing is
half there, and work goes on when the disk does.

`make soak` runs a thousand rounds of each kind; the ordinary run a few of every path.
"""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from desktop.store.store import Store
from tests.contract.store_kit import PASSWORD, make
from tests.faults.power import HEAD, Disk, entries
from tests.faults.server import Server
from tests.faults.works import WORKS
from tests.faults.world import World
from tests.rounds import rounds

pytestmark = pytest.mark.soak
LIFE = 4 * len(WORKS)
"""Rounds that one unit lives through before a new one begins."""


@pytest.mark.parametrize("kind", ["killed", "cut", "troubled"])
def test_rounds(server: Server, tmp_path: Path, kind: str) -> None:
    calls: dict[str, int] = {}
    wrong: list[str] = []
    for number, work in zip(range(rounds(len(WORKS), 1_000)), itertools.cycle(WORKS), strict=False):
        if number % LIFE == 0:
            world = World(tmp_path / f"{number}", server, number, calls)
        wrong += [f"round {number}, {work}: {what}" for what in getattr(world, kind)(work)]
    assert wrong == []


@pytest.mark.parametrize("synced", [True, False])
def test_a_disk_that_never_syncs_is_found_out(server: Server, tmp_path: Path, *, synced: bool) -> None:
    """The proof that the rounds can fail: without its syncs the same work loses what it acknowledged."""
    with make(tmp_path / "unit"):
        pass
    (tmp_path / "usb").mkdir()
    disk = Disk(tmp_path)
    ended = server.run("drafts", tmp_path, "r", PASSWORD)
    acknowledged = [said for said in ended.said if said.what == "did" and said.kind == "draft"]
    disk.cut(ended.log if synced else without_syncs(ended.log), Nothing())
    with Store.open(tmp_path / "unit", PASSWORD) as store:
        held = store._database.value("SELECT title FROM drafts WHERE local_id = 'r-1'")
    assert (held == acknowledged[-1].value) == synced


class Nothing(random.Random):
    """Dice of a disk that keeps nothing it was not told to keep."""

    def choice(self, _seq):  # type: ignore[no-untyped-def]
        return "none"

    def randint(self, a: int, _b: int) -> int:
        return a


def without_syncs(log: bytes) -> bytes:
    """Take the syncs out of a log, as a disk that lies, or synchronous = OFF, would."""
    return b"".join(
        HEAD.pack(op, inode, at, len(data)) + data for op, inode, at, data in entries(log) if op not in b"SD"
    )
