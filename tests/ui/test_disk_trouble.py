"""A window on a disk that fills up, closes, is held or pulled out: it says so, words stay, and work goes on after."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.opened import OpenUnit
from desktop.store.errors import MESSAGES
from desktop.store.store import Store
from tests.contract.store_kit import PASSWORD, dossier, make
from tests.faults.conftest import build_shim

CODES = {
    "ENOSPC": "disk_full", "EROFS": "read_only", "EACCES": "read_only", "EBUSY": "file_locked", "EIO": "disk_error",
}  # fmt: skip
WORKS = ("attach", "submit", "sign", "backup", "unlock")


@pytest.mark.slow
def test_autosave_through_every_trouble(tmp_path: Path) -> None:
    home, trouble = tmp_path / "unit", tmp_path / "trouble"
    with make(home) as store:
        store.drafts.save(dossier(), "hanh")
    shim = build_shim(tmp_path)
    command = [sys.executable, "-m", "tests.ui.troubled_process", str(home), str(trouble), PASSWORD]
    own = {"LD_PRELOAD": str(shim), "DISK_ROOT": str(home), "DISK_TROUBLE": str(trouble)}
    done = subprocess.run(command, env={**os.environ, **own}, capture_output=True, timeout=120, check=False, text=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    typed, worked = told[: len(CODES)], told[len(CODES) :]
    assert [row[0] for row in typed] == list(CODES), done.stderr
    for name, said, stayed, shown, line, after, title in typed:
        assert said == MESSAGES[CODES[name]]
        assert (stayed, shown, line, after) == (True, True, "Chưa lưu được, đang tự thử lại", False)
        assert title == f"Tên {getattr(errno, name)}"
    assert worked == [
        [name, work, MESSAGES[code_of(name, work)], True] for name in (*CODES, "ENODEV") for work in WORKS
    ]
    with Store.open(home, PASSWORD) as store:
        assert (store.check(), store.drafts.get("d1").title) == ([], title)


def code_of(trouble: str, work: str) -> str:
    """Whoever unlocks a unit whose disk is gone has none open."""
    return CODES.get(trouble) or ("no_store" if work == "unlock" else "disk_gone")


def test_what_fails_every_second_is_told_once_until_it_went_well(unit: OpenUnit) -> None:
    """The file is spoiled under the open window, brought back, and spoiled again."""
    heard, window, folder = list[str](), unit.window, unit.store.folder
    window.context.bus.failed.connect(heard.append)
    whole = {name: (folder / name).read_bytes() for name in ("unit.vx", "unit.vx-wal")}
    for beats in (1, 2):
        with unit.store.reopen() as other:
            other.settings.set("touched", str(beats))
            whole["unit.vx-wal"] = (folder / "unit.vx-wal").read_bytes()
        for name, content in whole.items():
            (folder / name).write_bytes(bytes(len(content)))
        window.poll()
        window.poll()
        assert len(heard) == 2 * beats - 1
        window.go("papers" if beats == 1 else "dossiers")
        assert len(heard) == 2 * beats
        for name, content in whole.items():
            (folder / name).write_bytes(content)
        window.poll()
    assert set(heard) == {MESSAGES["store_damaged"]}
