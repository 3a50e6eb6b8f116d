"""The shim over the disk, and a process that waits with it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.server import Server

SOURCE = Path(__file__).with_name("disk.c")


def build_shim(folder: Path) -> Path:
    """Compile disk.c."""
    made = folder / "disk.so"
    words = ["gcc", "-Wall", "-Werror", "-O1", "-shared", "-fPIC", "-o", str(made), str(SOURCE), "-ldl"]
    subprocess.run(words, check=True, timeout=60)
    return made


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(build_shim(tmp_path_factory.mktemp("disk")))
    yield running
    running.close()
