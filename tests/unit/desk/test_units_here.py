"""The list of units on this machine: short, harmless, and never in the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.demo.unit import UNIT
from desktop.desk.errors import DeskError
from desktop.desk.units_here import COLOURS, MOST, UnitsHere, own_folder

OTHER = UNIT.model_copy(update={"code": "1027645", "name": "Trường Tiểu học Sín Chéng"})


@pytest.fixture
def units(tmp_path: Path) -> UnitsHere:
    return UnitsHere(tmp_path / "machine")


def test_the_unit_opened_last_comes_first(units: UnitsHere, tmp_path: Path) -> None:
    units.remember(tmp_path / "a", UNIT, "2026-11-23T01:00:00Z")
    units.remember(tmp_path / "b", OTHER, "2026-11-23T02:00:00Z")
    assert [unit.code for unit in units.all()] == ["1027645", UNIT.code]
    units.remember(tmp_path / "a", UNIT, "2026-11-23T03:00:00Z")
    assert [(unit.name, unit.folder.name) for unit in units.all()] == [(UNIT.name, "a"), (OTHER.name, "b")]


def test_each_unit_keeps_a_colour_of_its_own(units: UnitsHere, tmp_path: Path) -> None:
    made = [units.remember(tmp_path / f"{number}", UNIT) for number in range(len(COLOURS))]
    assert {unit.colour for unit in made} == set(COLOURS)
    assert units.remember(tmp_path / "2", OTHER, "2026-11-23T03:00:00Z").colour == made[2].colour


def test_nothing_but_folder_code_name_colour_and_time_is_kept(units: UnitsHere, tmp_path: Path) -> None:
    units.remember(tmp_path / "a", UNIT, "2026-11-23T01:00:00Z")
    kept = json.loads((tmp_path / "machine" / "units.json").read_text("utf-8"))
    assert [set(unit) for unit in kept] == [{"folder", "code", "name", "colour", "last_opened"}]


def test_a_forgotten_unit_keeps_its_data(units: UnitsHere, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "keys.json").touch()
    units.remember(tmp_path / "a", UNIT)
    units.remember(tmp_path / "gone", OTHER)
    assert [unit.code for unit in units.there()] == [UNIT.code]
    units.forget(tmp_path / "a")
    assert ([unit.code for unit in units.all()], (tmp_path / "a").is_dir()) == ([OTHER.code], True)
    with pytest.raises(DeskError, match="không có trong danh sách"):
        units.forget(tmp_path / "a")


@pytest.mark.parametrize("content", [b"", b"[{]", b'{"folder": 1}', b'[{"folder": "/a"}]', b"[" * 300_000])
def test_a_list_that_cannot_be_read_is_an_empty_one(units: UnitsHere, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "machine").mkdir()
    (tmp_path / "machine" / "units.json").write_bytes(content)
    assert units.all() == ()
    units.remember(tmp_path / "a", UNIT)
    assert len(units.all()) == 1


def test_the_list_stays_short(units: UnitsHere, tmp_path: Path) -> None:
    for number in range(MOST + 2):
        units.remember(tmp_path / f"{number}", UNIT, f"2026-11-23T01:{number // 60:02}:{number % 60:02}Z")
    names = {unit.folder.name for unit in units.all()}
    assert (len(names), "0" in names, f"{MOST + 1}" in names) == (MOST, False, True)


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeskError) as raised:
        UnitsHere(tmp_path / "file" / "below").remember(tmp_path, UNIT)
    assert raised.value.code == "not_writable"


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"LOCALAPPDATA": "/u/local", "PROGRAMDATA": "/p"}, "win32", "/u/local/VungXa"),
        ({"LOCALAPPDATA": "/u/local", "VUNGXA_DATA": "/x"}, "win32", "/x"),
        ({"XDG_DATA_HOME": "/h/share"}, "linux", "/h/share/vungxa"),
    ],
)
def test_the_list_lies_with_the_system_user(environment: dict[str, str], platform: str, folder: str) -> None:
    assert own_folder(environment, platform) == Path(folder)
