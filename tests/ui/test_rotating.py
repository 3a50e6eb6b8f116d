"""The small window while the data key is changed, on a real store: refused, stopped or done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from desktop.desk.rotating import Rotating
from desktop.dossier.users_views import RotationProgress
from desktop.store.keys import MasterKey, open_with_password
from desktop.store.store import KEYS, Store
from desktop.ui.rotating import RotationWindow
from tests.ui.memory import HANH, UNIT
from tests.ui.test_real_unit import CHEAP, PASSWORD


@pytest.fixture
def folder(qapp: object, tmp_path: Path) -> Path:
    del qapp
    Store.create(tmp_path / "unit", PASSWORD, UNIT, [HANH], kdf=CHEAP).close()
    return tmp_path / "unit"


def key_of(folder: Path) -> MasterKey:
    return open_with_password(folder / KEYS, PASSWORD).key


def when(ready: Callable[[], bool], do: Callable[[], object]) -> QTimer:
    """Do something in the event loop once it is time."""
    timer = QTimer()
    timer.timeout.connect(lambda: ready() and (timer.stop(), do()))
    timer.start(5)
    return timer


def test_the_key_is_another_and_steps_are_told(folder: Path) -> None:
    before = key_of(folder)
    window = RotationWindow(Rotating(folder, before.copy(), "", HANH).run)
    window.work.told.connect(lambda told: told.stage == "finish" and window.reject())
    assert window.stay() is None
    assert not window.leave.isEnabled()
    assert window.words.text().startswith("Đừng tắt máy")
    assert key_of(folder) != before


def test_where_another_window_has_it_open_it_says_so_and_all_stays(folder: Path) -> None:
    before = key_of(folder)
    window = RotationWindow(Rotating(folder, before.copy(), "", HANH).run)
    with Store.open_with(folder, before):
        timer = when(lambda: window.error is not None, window.leave.click)
        error = window.stay()
    assert not timer.isActive()
    assert error is not None
    assert (error.code, window.words.text()) == ("store_in_use", error.message)
    assert key_of(folder) == before


def test_stopped_in_time_the_old_key_stays(folder: Path) -> None:
    before, begun, stopped = key_of(folder), threading.Event(), threading.Event()
    rotating = Rotating(folder, before.copy(), "", HANH)

    def run(progress: Callable[[RotationProgress], None], cancelled: Callable[[], bool]) -> None:
        begun.set()
        stopped.wait(10)
        rotating.run(progress, cancelled)

    window = RotationWindow(run)
    timer = when(begun.is_set, lambda: (window.reject(), stopped.set()))
    error = window.stay()
    assert not timer.isActive()
    assert error is not None
    assert error.code == "rotation_cancelled"
    assert key_of(folder) == before
