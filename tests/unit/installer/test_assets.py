"""Everything listed is collected, has the right content, and nothing else is shipped."""

import hashlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from desktop.assets import assets_root, font_dir, icon_path
from installer import assets

LISTED = assets.wanted()
VIETNAMESE = (
    "ĂÂĐÊÔƠƯÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ«»−₫"
    "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
)
FONTS = {f"Inter-{style}.ttf" for style in LISTED["inter"]["weights"]} | set(LISTED["liberation"]["files"])


def test_the_icon_list_is_sorted_and_has_no_doubles() -> None:
    assert LISTED["icons"] == sorted(set(LISTED["icons"]))


@pytest.mark.parametrize("name", LISTED["icons"])
def test_every_listed_icon_can_be_tinted(name: str) -> None:
    root = ElementTree.parse(icon_path(name)).getroot()
    assert root.attrib["viewBox"] == "0 0 24 24"
    assert root.attrib["stroke"] == "currentColor"


def test_nothing_but_the_list_is_shipped() -> None:
    assert {path.name for path in font_dir().iterdir()} == FONTS
    assert {path.stem for path in (assets_root() / "icons").iterdir()} == set(LISTED["icons"])


@pytest.mark.parametrize("name", sorted(FONTS))
def test_every_font_writes_vietnamese(name: str) -> None:
    letters = TTFont(font_dir() / name).getBestCmap()
    assert [letter for letter in VIETNAMESE if ord(letter) not in letters] == []


@pytest.mark.parametrize(("style", "weight"), LISTED["inter"]["weights"].items())
def test_each_inter_file_is_one_weight_of_one_family(style: str, weight: int) -> None:
    font = TTFont(font_dir() / f"Inter-{style}.ttf")
    assert (font["name"].getBestFamilyName(), font["OS/2"].usWeightClass) == ("Inter", weight)
    assert "fvar" not in font


@pytest.mark.parametrize(("name", "digest"), LISTED["liberation"]["files"].items())
def test_the_paper_font_is_the_listed_one(name: str, digest: str) -> None:
    assert hashlib.sha256((font_dir() / name).read_bytes()).hexdigest() == digest


def test_another_build_of_the_paper_font_is_refused(tmp_path: Path) -> None:
    name, digest = next(iter(LISTED["liberation"]["files"].items()))
    (tmp_path / name).write_bytes(b"another font")
    assert assets._font_with(tmp_path, ["."], name, digest) is None
    (tmp_path / name).write_bytes((font_dir() / name).read_bytes())
    assert assets._font_with(tmp_path, ["."], name, digest) == (font_dir() / name).read_bytes()


def test_an_icon_that_the_package_lacks_stops_set_up(tmp_path: Path) -> None:
    with pytest.raises(assets.AssetError, match=r"no-such-icon\.svg"):
        assets._write_icons(["no-such-icon"], {}, tmp_path)
