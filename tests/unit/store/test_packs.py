"""Downloads of packs go on where they stopped, and where the machine keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store.machine import data_folder
from desktop.store.packs import PackFolder

NAME = "a" * 64


@pytest.fixture
def folder(tmp_path: Path) -> PackFolder:
    return PackFolder(tmp_path / "packs")


def test_a_download_grows_from_its_end(folder: PackFolder) -> None:
    assert (folder.held(NAME), folder.downloaded(NAME, 9)) == (0, b"")
    folder.append(NAME, 0, b"abc")
    folder.append(NAME, 3, b"de")
    assert (folder.held(NAME), folder.downloaded(NAME, 9), folder.downloaded(NAME, 2)) == (5, b"abcde", b"ab")


def test_a_piece_for_another_place_begins_anew(folder: PackFolder) -> None:
    folder.append(NAME, 0, b"abc")
    folder.append(NAME, 2, b"x")
    assert folder.held(NAME) == 0


def test_a_pack_that_is_kept_is_no_download_any_more(folder: PackFolder) -> None:
    folder.append(NAME, 0, b"abc")
    assert not folder.settled(NAME)
    folder.add(NAME, b"abc")
    assert (folder.held(NAME), folder.settled(NAME), folder.files()) == (0, True, [folder.path(NAME)])


def test_what_was_refused_is_not_fetched_again(folder: PackFolder) -> None:
    folder.append(NAME, 0, b"abc")
    folder.refuse(NAME)
    assert (folder.held(NAME), folder.settled(NAME), folder.files()) == (0, True, [])


@pytest.mark.parametrize(
    ("platform", "environment", "where"),
    [
        ("linux", {"VUNGXA_DATA": "/srv/vx"}, "/srv/vx"),
        ("linux", {"XDG_DATA_HOME": "/home/a/d"}, "/home/a/d/vungxa"),
        ("linux", {"XDG_DATA_HOME": "d"}, str(Path.home() / ".local/share/vungxa")),
        ("win32", {"PROGRAMDATA": "/pd"}, "/pd/VungXa"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Application Support/VungXa"),
    ],
)
def test_the_machine_has_one_place(platform: str, environment: dict[str, str], where: str) -> None:
    assert data_folder(environment, platform) == Path(where)
