"""`vungxa check-store` and `salvage` as processes of their own."""

from pathlib import Path

import pytest

from tests.contract.damage_kit import filled, flip, pages
from tests.contract.store_kit import PASSWORD
from tests.e2e.command import vungxa


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
