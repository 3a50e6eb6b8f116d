"""The steps of a draft outlive the program, however it ended: kill -9 after the autosave, open again, Ctrl+Z."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.demo.pki import DemoToken
from desktop.demo.unit import UNIT
from desktop.opened import open_unit
from desktop.store.keys import KdfParameters
from desktop.store.store import Store
from desktop.ui.editor.draft import STEPS
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow

CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
PASSWORD = "một mật khẩu đủ dài"
MORE = 7
"""Steps beyond those that are kept."""


def killed_after_saving(home: Path, local_id: str) -> None:
    """Let another process edit the draft and kill it as soon as it says that it saved."""
    command = [sys.executable, "-m", "tests.ui.writer", str(home), local_id, str(STEPS + MORE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write(f"{PASSWORD}\n")
        writer.stdin.flush()
        assert writer.stdout.readline() == "saved\n"
        writer.kill()


def undone(window: MainWindow, local_id: str, qtbot: QtBot) -> list[str]:
    """Press Ctrl+Z more often than there are steps and read the title after each."""
    window.open_dossier(local_id)
    page = window.page()
    assert isinstance(page, EditorPage)
    titles = [page.draft.dossier.title]
    for _ in range(STEPS + MORE):
        qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        titles.append(page.draft.dossier.title)
    return titles


def test_fifty_steps_are_undone_after_the_program_was_killed(
    qtbot: QtBot, tmp_path: Path, demo_tokens: list[DemoToken]
) -> None:
    people = [token.person for token in demo_tokens]
    store = Store.create(tmp_path / "unit", PASSWORD, UNIT, people, kdf=CHEAP)
    with closing(open_unit(store, people[0], send=False)) as before:
        local_id = before.window.context.services.desk.create("C2-02a/NS")
    killed_after_saving(tmp_path / "unit", local_id)
    with closing(open_unit(Store.open(tmp_path / "unit", PASSWORD), people[0], send=False)) as after:
        with qtbot.waitActive(after.window):
            after.window.show()
            after.window.activateWindow()
        titles = undone(after.window, local_id, qtbot)
        assert titles[: STEPS + 1] == [f"Bước {step}" for step in range(STEPS + MORE, MORE - 1, -1)]
        assert set(titles[STEPS:]) == {f"Bước {MORE}"}
