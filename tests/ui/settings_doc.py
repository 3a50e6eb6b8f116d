"""Draws the pictures of «Danh mục & cài đặt» and of the unlock screen for the pages of docs/ that show them.

`python -m tests.ui.settings_doc` renews them.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage

from tests.ui.screens import main as draw
from tests.ui.signing_doc import shrunk

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SHOWN = {
    ".": ("users-viewer",),
    "users": ("settings-users", "settings-users-left", "settings-users-rotate", "settings-users-token-cannot"),
    "settings": (
        *("settings-people", "settings-delegate", "settings-tokens", "settings-trust"),
        *("settings-backup", "settings-restore", "settings-journal", "settings-data-hurt", "settings-data-years"),
    ),
    "unlock": (
        *("unlock", "unlock-first", "unlock-wrong", "unlock-waiting", "unlock-code-mistyped", "unlock-code-new"),
        *("unlock-token", "unlock-token-last", "unlock-units", "unlock-damaged", "unlock-no-unit"),
    ),
}
"""States by the folder their pictures lie in."""


def renew() -> None:
    """Draw every picture anew, small and in few colours."""
    for group, names in SHOWN.items():
        (PICTURES / group).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            for name in names:
                if not Path(folder, f"{name}.png").exists():
                    draw(folder, begins=name)
                shrunk(QImage(f"{folder}/{name}.png")).save(str(PICTURES / group / f"{name}.png"))


if __name__ == "__main__":
    renew()
