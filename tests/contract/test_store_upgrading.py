"""An upgrade survives a kill at every step, a full disk and another window, and a broken file gets its copy back."""

import hashlib
import json
import multiprocessing
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store.clock import system_clock
from desktop.store.database import Database
from desktop.store.errors import StoreError
from desktop.store.keys import unlock
from desktop.store.store import DATABASE, KEYS, Store
from desktop.store.upgrade import STEPS, upgrade
from desktop.store.upgrading import FLAG, Flag, bring_up
from tests.contract.store_kit import PASSWORD, raw
from tests.contract.test_golden_stores import GOLDEN
from tests.contract.test_store_opening import ON_A_SMALL_DISK, can_mount
from tests.contract.upgrade_killer import upgrade_until

SCRIPTS = ["0004.sql", "0005.sql", "0006.sql"]
MOMENTS = ["checkpoint", "copy", "flag", "run", *SCRIPTS, "check", "clear"]
NAMES = {"unit.vx", "unit.vx-wal", "unit.vx-shm", "open.lock", "keys.json", "keys.json.1", "attachments", "told.json"}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Give a store of the third step."""
    return Path(shutil.copytree(GOLDEN / "3", tmp_path / "unit"))


def version(folder: Path) -> int:
    with raw(folder) as database:
        return int(database.value("PRAGMA user_version"))


def assert_whole(folder: Path) -> None:
    with Store.open(folder, PASSWORD) as store:
        assert len(store.projection.counts()) > 0
        assert len(store._database.rows("SELECT local_id FROM dossier_states")) == 18
        assert store.checks.full() == ()
    assert {path.name for path in folder.iterdir()} <= NAMES


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_step(old: Path, moment: str) -> None:
    child = multiprocessing.get_context("fork").Process(target=upgrade_until, args=(old, moment))
    child.start()
    child.join(30)
    assert child.exitcode == -signal.SIGKILL
    assert_whole(old)
    assert version(old) == len(STEPS)


def test_steps_are_told_in_order(old: Path) -> None:
    heard: list[str] = []
    assert bring_up(old / DATABASE, unlock(old / KEYS, PASSWORD), system_clock, heard.append)
    assert heard == MOMENTS
    assert not bring_up(old / DATABASE, unlock(old / KEYS, PASSWORD), system_clock, heard.append)


def test_a_file_that_broke_gets_its_copy_back(old: Path) -> None:
    """As after a power cut on a disk that lied: the flag is there, the file is not whole."""
    before = (old / DATABASE).read_bytes()
    copy = old / f"{DATABASE}.before-3"
    copy.write_bytes(before)
    (old / DATABASE).write_bytes(before[:16] + bytes(len(before) // 2))
    flag_it(old, copy, before)
    assert_whole(old)


def test_a_broken_file_with_a_broken_copy_is_said(old: Path) -> None:
    before = (old / DATABASE).read_bytes()
    copy = old / f"{DATABASE}.before-3"
    copy.write_bytes(before[:-4096])
    (old / DATABASE).write_bytes(before[:16] + bytes(4096))
    flag_it(old, copy, before)
    with pytest.raises(StoreError) as error:
        Store.open(old, PASSWORD)
    assert error.value.code == "store_damaged"
    assert copy.exists(), "whoever salvages may still want it"


def flag_it(folder: Path, copy: Path, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    flag = Flag(before=3, after=6, copy_name=copy.name, sha256=digest, program="0.1.0")
    (folder / FLAG).write_text(flag.model_dump_json(), "utf-8")


@pytest.mark.parametrize("text", ["", "{", json.dumps({"before": 3})])
def test_half_a_flag_means_nothing_ran(old: Path, text: str) -> None:
    (old / FLAG).write_text(text, "utf-8")
    assert_whole(old)


def test_not_while_another_window_has_it_open(old: Path) -> None:
    """An older program knows no lock of ours; SQLite's own lock tells of it."""
    with raw(old) as other:
        other.value("SELECT count(*) FROM drafts")
        with pytest.raises(StoreError) as error:
            Store.open(old, PASSWORD)
    assert error.value.code == "store_in_use"
    assert version(old) == 3
    assert_whole(old)


def test_failing_in_the_middle_leaves_the_old_file_and_nothing_else(old: Path) -> None:
    with raw(old) as database, database.transaction():
        database.run("CREATE TABLE users (a)")  # in the way of step 6
    with pytest.raises(StoreError):
        Store.open(old, PASSWORD)
    assert version(old) == 3
    assert {path.name for path in old.iterdir()} <= NAMES


def test_a_newer_program_is_named(old: Path) -> None:
    with Database(old / DATABASE, unlock(old / KEYS, PASSWORD)) as database:
        upgrade(database)
        with database.transaction():
            database.run("UPDATE settings SET value = '9.9.9' WHERE name = 'written_by'")
            database.run("PRAGMA user_version = 9")
    with pytest.raises(StoreError, match=r"Vùng Xa bản 9\.9\.9 ghi \(bước 9\)"):
        Store.open(old, PASSWORD)


ON_FULL_DISK = """
import pathlib, shutil, sys
from desktop.store.clock import system_clock
from desktop.store.errors import StoreError
from desktop.store.keys import unlock
from desktop.store.store import Store
from desktop.store.upgrading import bring_up
from tests.contract.store_kit import PASSWORD
disk, golden = map(pathlib.Path, sys.argv[1:3])
rest = disk / "rest"

def fill(step, moment):
    if step == moment:
        with rest.open("wb", buffering=0) as stream:
            try:
                while stream.write(bytes(4096)):
                    pass
            except OSError:
                pass

for moment in ("checkpoint", "copy", "flag", "run", "0004.sql"):
    unit = pathlib.Path(shutil.copytree(golden, disk / "unit"))
    try:
        bring_up(unit / "unit.vx", unlock(unit / "keys.json", PASSWORD), system_clock, lambda step: fill(step, moment))
    except StoreError as error:
        print(moment, error.code, *[path.name for path in unit.glob("u*") if path.name[-4:] not in ("-shm", "-wal")])
    rest.unlink()
    with Store.open(unit, PASSWORD) as store:
        print(len(store._database.rows("SELECT local_id FROM dossier_states")), store.checks.full())
    shutil.rmtree(unit)
"""


@pytest.mark.skipif(not can_mount(), reason="a disk of its own cannot be mounted here")
def test_a_disk_that_fills_up_meanwhile(tmp_path: Path) -> None:
    mount = 'mount -t tmpfs -o size=4m tmpfs "$1" && exec "$2" -c "$3" "$1" "$4"'
    asked = ["sh", "-c", mount, "sh", str(tmp_path), sys.executable, ON_FULL_DISK, str(GOLDEN / "3")]
    done = subprocess.run([*ON_A_SMALL_DISK, *asked], check=False, capture_output=True, timeout=60, text=True)
    said = done.stdout.splitlines()
    assert said == [
        line for moment in ("checkpoint", "copy", "flag", "run", "0004.sql")
        for line in (f"{moment} disk_full unit.vx", "18 ()")
    ], done.stderr  # fmt: skip
