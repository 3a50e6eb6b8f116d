"""`vungxa check-store` and `salvage` as processes of their own."""

import signal
import time
from pathlib import Path

import pytest

from tests.contract.damage_kit import filled, flip, pages
from tests.contract.store_kit import PASSWORD
from tests.e2e.command import finish, start, vungxa


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("data") / "unit")


@pytest.mark.parametrize("words", [[], ["--quick"]])
def test_a_damaged_package_is_exit_1_only_for_the_full_check(unit: Path, words: list[str]) -> None:
    """Its packages hold no signed container, which only the full check looks at."""
    done = vungxa("check-store", "--home", unit, *words, "--password-stdin", stdin=PASSWORD + "\n")
    kinds = {one["kind"] for one in done.answer["found"]}
    assert (done.code, done.answer["ok"], kinds) == ((0, True, set()) if words else (1, False, {"package"}))


def test_salvage_tells_what_came_out(unit: Path, tmp_path: Path) -> None:
    flip(unit, pages(unit) - 3)
    ran = vungxa("salvage", "--home", unit, "--into", tmp_path / "new", "--password-stdin", stdin=PASSWORD + "\n")
    assert ran.code == (0 if ran.answer["whole"] else 1)
    assert ran.answer["dossiers"] == 120
    again = vungxa("salvage", "--home", unit, "--into", tmp_path / "new", "--password-stdin", stdin=PASSWORD + "\n")
    assert again.error == (2, "salvage_folder_used")


def test_ctrl_c_leaves_nothing_of_what_was_to_be_saved(unit: Path, tmp_path: Path) -> None:
    running = start("salvage", "--home", unit, "--into", tmp_path / "new", "--password-stdin")
    assert running.stdin is not None
    running.stdin.write((PASSWORD + "\n").encode())
    running.stdin.flush()
    end = time.monotonic() + 30
    while not any(tmp_path.iterdir()):
        assert time.monotonic() < end
        time.sleep(0.002)
    running.send_signal(signal.SIGINT)
    assert finish(running).error == (2, "cancelled")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("impossible", ["file/new", "n" * 300])
def test_a_folder_that_cannot_be_made(unit: Path, tmp_path: Path, impossible: str) -> None:
    (tmp_path / "file").touch()
    words = ("--into", tmp_path / impossible, "--password-stdin")
    assert vungxa("salvage", "--home", unit, *words, stdin=PASSWORD + "\n").error == (2, "bad_folder")
