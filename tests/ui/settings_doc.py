"""Draws the pictures of «Danh mục & cài đặt» for docs/people.md, docs/tokens.md and docs/trust.md.

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

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "settings"
SHOWN = (
    *("settings-people", "settings-delegate", "settings-tokens", "settings-trust"),
    *("settings-backup", "settings-restore", "settings-journal", "settings-data-hurt"),
)


def renew() -> None:
    """Draw every picture anew, small and in few colours."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in SHOWN:
            draw(folder, begins=name)
            shrunk(QImage(f"{folder}/{name}.png")).save(str(PICTURES / f"{name}.png"))


if __name__ == "__main__":
    renew()
