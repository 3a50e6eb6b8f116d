"""The store under test: fresh, real, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.store import Store
from tests.contract import store_kit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "unit"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with store_kit.make(folder) as opened:
        yield opened
