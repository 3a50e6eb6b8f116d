"""Whole processes from their start, against the least such a process can do."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from desktop.store.store import Store
from tests.bench.measure import Line
from tests.bench.people import beneficiaries
from tests.bench.workbench import Workbench
from tests.contract.store_kit import CHEAP, PASSWORD, PEOPLE, UNIT, dossier
from tests.unit.dossier.samples import WITHDRAWAL

VUNGXA = str(Path(sys.executable).with_name("vungxa"))
NOTHING = [sys.executable, "-c", "pass"]
WINDOW = [sys.executable, "-m", "tests.bench.window"]
DRAFTS = 500


def lines(bench: Workbench) -> Iterator[Line]:
    """The command line, then the window."""
    small, long = bench.folder / "m13.json", bench.folder / "m20.json"
    small.write_text(WITHDRAWAL.model_dump_json(), "utf-8")
    long.write_text(beneficiaries(1_000).model_dump_json(), "utf-8")
    for what, words in (
        ("vungxa --version", ["--version"]),
        ("vungxa check, one Mẫu 13", ["check", str(small)]),
        ("vungxa check, a Mẫu 20 of 1,000 lines", ["check", str(long)]),
        ("vungxa print, one Mẫu 13", ["print", str(small), "--pdf", str(bench.folder / "m13.pdf")]),
    ):
        yield _compare(bench, what, partial(_run, [VUNGXA, *words]), "python -c pass", partial(_run, NOTHING))
    home = bench.folder / "window"
    _unit(home)
    yield _compare(
        bench,
        f"first paint of the window, {DRAFTS} drafts",
        partial(_until_painted, [*WINDOW, str(home)]),
        "first paint of a bare QMainWindow",
        partial(_until_painted, WINDOW),
    )


def _unit(home: Path) -> None:
    """A store whose password costs nothing, since the price of a password is measured by itself."""
    with Store.create(home, PASSWORD, UNIT, PEOPLE, kdf=CHEAP) as store, store.transaction():
        for number in range(DRAFTS):
            store.drafts.save(dossier(f"d{number}"), "hanh")


def _compare(
    bench: Workbench, what: str, this: Callable[[], float], against: str, baseline: Callable[[], float]
) -> Line:
    """Take turns; the first of each fills the disk's cache and is not counted."""
    taken = [(this(), baseline()) for _ in range(1 + bench.pace.rounds)][1:]
    ours, plain = (statistics.median(side) * 1000 for side in zip(*taken, strict=True))
    return Line(what, ours, plain, "ms", against)


def _run(words: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, timeout=60)
    return time.perf_counter() - start


def _until_painted(words: Sequence[str]) -> float:
    """Seconds until the process says on standard output that its window has been painted."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    start = time.perf_counter()
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(PASSWORD.encode() + b"\n")
        process.stdin.close()
        said = process.stdout.readline()
        taken = time.perf_counter() - start
        trouble = process.stderr.read().decode()
    assert (said, process.returncode) == (b"painted\n", 0), trouble
    return taken
