"""kill -9 at any moment loses nothing that was acknowledged, and what lies on the disk is always whole."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store.store import Store
from tests.contract.store_kit import PASSWORD, make

ROUNDS = 20
WHEN = "2030-01-01T00:00:00Z"


def run_and_kill(folder: Path, mark: str, lines: int) -> list[tuple[str, str]]:
    """Let a writer run until it acknowledged `lines` commits, kill it, and return all it had acknowledged."""
    return run_as("crash_writer", folder, mark, lines)


def run_as(writer_name: str, folder: Path, mark: str, lines: int) -> list[tuple[str, str]]:
    """Do so with one of the writers of this folder."""
    command = [sys.executable, "-m", f"tests.contract.{writer_name}", str(folder), mark]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        acknowledged += writer.stdout.readlines()
    return [
        (what, name) for what, _, name in (line.strip().partition(" ") for line in acknowledged if line.endswith("\n"))
    ]


def holds(store: Store, what: str, name: str) -> bool:
    if what == "draft":
        return store.drafts.get(name).local_id == name
    if what == "attachment":
        return len(store.attachments.open_bytes(name)) > 9_000
    due = {item.package_id for item in store.outbox.due(WHEN)}
    delivered = store.packages.receipt(name) is not None
    return delivered and name not in due if what == "delivered" else store.packages.get(name).core == b"core"


@pytest.mark.slow
def test_no_acknowledged_write_is_lost(folder: Path) -> None:
    make(folder).close()
    dice, acknowledged = random.Random(7), list[tuple[str, str]]()
    for number in range(ROUNDS):
        acknowledged += run_and_kill(folder, f"r{number}", dice.randrange(1, 60))
        with Store.open(folder, PASSWORD) as store:
            assert store.check() == []
            assert [pair for pair in acknowledged if not holds(store, *pair)] == []
    assert len(acknowledged) > ROUNDS * 10
