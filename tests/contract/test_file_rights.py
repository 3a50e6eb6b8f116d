"""Whatever a unit's files are and wherever they go, only their owner may read them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store import rotation
from desktop.store.keys import unlock
from desktop.store.store import KEYS, Store
from tests.contract.backup_kit import attached, back_up, restored, stick
from tests.contract.send_kit import hand_out
from tests.contract.store_kit import PASSWORD, make, seal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")


@pytest.fixture
def careless() -> Iterator[None]:
    """A user whose files anybody may read and write unless a program says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(*folders: Path) -> list[str]:
    """Every file and folder that somebody else may do anything with."""
    return [str(path) for top in folders for path in (top, *top.rglob("*")) if path.stat().st_mode & 0o077]


@pytest.mark.usefixtures("careless")
def test_nobody_else_may_read_anything_of_a_unit(tmp_path: Path) -> None:
    unit = tmp_path / "unit"
    with make(unit) as store:
        attached(store, "d1")
        seal(store, "waiting")
        place = stick(tmp_path, store)
        made = back_up(store, place)
        hand_out(store)
        assert open_to_others(unit, made.path.parent) == []
    restored(made, tmp_path / "again")
    rotation.rotate(unit, unlock(unit / KEYS, PASSWORD))
    with Store.open(unit, PASSWORD):
        assert open_to_others(unit, tmp_path / "again") == []
