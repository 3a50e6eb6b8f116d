"""Where this machine keeps what its units share: never a unit's data, only what the program itself needs."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "VUNGXA_DATA"
"""Environment variable that names another folder, e.g. for an office that prepares machines from an image."""


def data_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Name the program's data folder; it need not exist yet."""
    if environment.get(VARIABLE):
        return Path(environment[VARIABLE])
    if platform == "win32":
        return Path(environment.get("PROGRAMDATA", r"C:\ProgramData")) / "VungXa"
    if platform == "darwin":
        return Path(environment.get("HOME", "~")).expanduser() / "Library" / "Application Support" / "VungXa"
    shared = Path(environment.get("XDG_DATA_HOME", ""))
    return (shared if shared.is_absolute() else Path("~/.local/share").expanduser()) / "vungxa"
