"""A hand-over that is killed at any moment and done again loses nothing and does nothing twice."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from pathlib import Path

import pytest

from desktop.desk.handing_over import HandingOver
from desktop.store.store import Store
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.handover_kit import Prepared
from tests.unit.desk.kit import PASSWORD, Clock, Office

FIRST, FACTOR = 0.01, 1.8
WAIT = 20.0
SERVER = multiprocessing.get_context("forkserver")
"""Its children begin without the threads that printing starts in this process."""


def attempt(folder: Path, clock: Clock, machine: str, seconds: float, what: str, path: Path, local_id: str) -> None:
    """Hand out or take in a process that dies after so long, without a last word."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with Store.open(folder, PASSWORD) as store:
        over = HandingOver(Office(store, clock, machine=machine).context())
        away = store.handovers.away(local_id)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        if what == "take":
            over.take(path)
        elif not away:
            over.hand_out([local_id], path)
        signal.setitimer(signal.ITIMER_REAL, 0)


def until_done(folder: Path, clock: Clock, machine: str, what: str, path: Path, local_id: str) -> int:
    """Let it be killed later and later until it gets through; gives how often it was killed."""
    seconds, times = FIRST, 0
    while True:
        child = SERVER.Process(target=attempt, args=(folder, clock, machine, seconds, what, path, local_id))
        child.start()
        child.join(WAIT)
        if child.exitcode == 0:
            return times
        assert child.exitcode == -signal.SIGALRM, "it failed instead of being killed"
        with Store.open(folder, PASSWORD) as store:
            assert store.check() == []
        seconds, times = seconds * FACTOR, times + 1


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
def test_killed_at_any_moment_and_done_again(prepared: Prepared, tmp_path: Path, soft_people: list[SoftPerson]) -> None:
    SERVER.set_forkserver_preload([__name__, "desktop.signing.sigcheck", "typst"])
    shutil.copytree(prepared.folder, tmp_path, dirs_exist_ok=True)
    home, away, clock, partly = tmp_path / "home", tmp_path / "away", prepared.clock, prepared.partly
    out, back = tmp_path / "a.vxky", tmp_path / "b.vxky"
    times = [until_done(home, clock, "A", "out", out, partly)]
    times.append(until_done(away, clock, "B", "take", out, partly))
    with Store.open(away, PASSWORD) as store:
        office = Office(store, clock, soft_people, "B")
        office.sign(partly)
        HandingOver(office.context()).hand_out([partly], back)
    times.append(until_done(home, clock, "A", "take", back, partly))
    with Store.open(home, PASSWORD) as store:
        assert store.projection.row(partly).status.label == "Sẵn sàng gửi"
        assert len(store.outbox.due("9999-12-31T23:59:59Z")) == 1
        assert [made.machine_name for made in store.submissions.get(partly).signatures] == ["MAY-KE-TOAN", "B"]
        assert [fact.kind for fact in store.handovers.facts(partly)] == ["returned", "out"]
    assert min(times) > 0
