"""Finds the fonts and icons shipped with the program, frozen or from source; system fonts are never relied on."""

import re
import sys
from pathlib import Path

_ICON_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class AssetMissingError(FileNotFoundError):
    """Raised so that a copy installed without its fonts or icons says so at once, in words a user can act on."""

    code = "asset_missing"


def assets_root() -> Path:
    """Give the folder that holds `fonts/`, `icons/` and `licences/`: the frozen bundle's, else the source tree's."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "assets"
    return Path(__file__).resolve().parents[1] / "build" / "assets"


def font_dir() -> Path:
    """Give the folder of TTF files for window and paper: Inter (400, 500, 600, 700) and Liberation Serif 2.1.5.

    Raises AssetMissingError when set-up has not collected them.
    """
    return _existing(assets_root() / "fonts")


def icon_path(name: str) -> Path:
    """Give the SVG (24 x 24, stroke `currentColor`) of a Lucide icon named as in installer/assets.toml.

    Raises ValueError for a name that cannot be an icon's, AssetMissingError for one that was not collected.
    """
    if not _ICON_NAME.fullmatch(name):
        raise ValueError(f"not an icon name: {name!r}")
    return _existing(assets_root() / "icons" / f"{name}.svg")


def licence_dir() -> Path:
    """Give the folder of licence texts of the fonts and icons, which must be shown wherever they are shipped.

    Raises AssetMissingError when set-up has not collected them.
    """
    return _existing(assets_root() / "licences")


def _existing(path: Path) -> Path:
    if path.exists():
        return path
    raise AssetMissingError(
        f"Thiếu tệp giao diện «{path.name}» của chương trình. "
        "Hãy cài đặt lại Vùng Xa; nếu chạy từ mã nguồn, hãy chạy lệnh make setup."
    )
