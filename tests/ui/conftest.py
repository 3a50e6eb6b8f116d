"""A themed application, and a window on services in memory that ends its threads with the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.demo.unit import UNIT
from desktop.opened import OpenUnit, open_unit
from desktop.store.store import Store
from desktop.ui.background import Workers
from desktop.ui.context import Context
from desktop.ui.editor.page import EditorPage
from desktop.ui.settings.page import SettingsPage
from desktop.ui.shell import MainWindow
from desktop.ui.theme import apply_theme
from tests.contract.store_kit import CHEAP
from tests.ui.memory import HANH, THANG, TUYEN, Memory
from tests.ui.sample import filled

OFFSCREEN_SAYS = "This plugin does not support (propagateSizeHints|raise|grabbing)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform without a screen says what it cannot do; that is no fault of the window."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_SAYS, extend=True))


@pytest.fixture(scope="session", autouse=True)
def _themed(qapp: QApplication) -> None:
    apply_theme(qapp)


@pytest.fixture
def memory() -> Memory:
    return filled()


@pytest.fixture
def window(qtbot: QtBot, memory: Memory) -> Iterator[MainWindow]:
    made = MainWindow(memory.services())
    made.resize(1366, 768)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


@pytest.fixture
def context(memory: Memory) -> Iterator[Context]:
    workers = Workers.start()
    yield Context(memory.services(), workers)
    workers.stop()


@pytest.fixture
def settings(qtbot: QtBot, memory: Memory, context: Context) -> SettingsPage:
    """The place «Danh mục & cài đặt» on its own."""
    made = SettingsPage(context, memory.settings.services())
    context.bus.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1160, 680)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def editor(window: MainWindow) -> EditorPage:
    window.open_dossier("d0442")
    page = window.page()
    assert isinstance(page, EditorPage)
    return page


@pytest.fixture
def unit(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenUnit]:
    """A real unit with one draft, opened with the shared password, that sends nothing."""
    store = Store.create(tmp_path / "unit", "một mật khẩu đủ dài", UNIT, [HANH, TUYEN, THANG], kdf=CHEAP)
    running = open_unit(store, HANH, send=False)
    running.window.context.services.desk.create("C2-02a/NS")
    running.window.show()
    yield running
    running.close()
