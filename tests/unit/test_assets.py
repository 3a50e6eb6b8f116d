"""The program finds its fonts and icons from source and frozen, and says so when they are missing."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.assets import AssetMissingError, assets_root, font_dir, icon_path, licence_dir


@pytest.fixture
def bundle(tmp_path: Path) -> Iterator[Path]:
    """An unpacked frozen bundle without assets, as PyInstaller's boot loader announces it."""
    sys._MEIPASS = str(tmp_path)  # type: ignore[attr-defined]
    yield tmp_path
    del sys._MEIPASS  # type: ignore[attr-defined]


def test_source_tree_has_what_set_up_collected() -> None:
    assert font_dir() == assets_root() / "fonts"
    assert icon_path("pencil-line").read_text(encoding="utf-8").count("<svg") == 1
    assert {path.name for path in licence_dir().iterdir()} == {"Inter-OFL.txt", "Liberation-OFL.txt", "Lucide-ISC.txt"}


def test_frozen_bundle_comes_first(bundle: Path) -> None:
    (bundle / "assets" / "icons").mkdir(parents=True)
    (bundle / "assets" / "icons" / "x.svg").touch()
    assert icon_path("x") == bundle / "assets" / "icons" / "x.svg"


@pytest.mark.usefixtures("bundle")
def test_missing_files_are_named_with_what_to_do() -> None:
    with pytest.raises(AssetMissingError, match=r"fonts.*cài đặt lại"):
        font_dir()
    with pytest.raises(AssetMissingError, match=r"x\.svg.*make setup"):
        icon_path("x")


@pytest.mark.parametrize("name", ["", "../secret", "a/b", "Pen", "pen.svg", "pen--line", "-pen"])
def test_a_name_that_is_no_icon_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not an icon name"):
        icon_path(name)
