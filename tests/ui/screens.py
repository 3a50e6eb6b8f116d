"""Draws every state of tests.ui.states into a folder, to be looked at.

python -m tests.ui.screens FOLDER [SCALE] [WIDTHxHEIGHT] [light|dark] [NAME_BEGINS]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.theme import apply_theme
from desktop.ui.tokens import DARK, LIGHT
from tests.ui.stage import put_away, staged
from tests.ui.states import STATES

SETTLE_MS = 350
"""Long enough for the pause before the paper is drawn."""


def main(folder: str, scale: str = "1.0", size: str = "1366x768", look: str = "light", begins: str = "") -> None:
    """Write one PNG per state."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, float(scale), DARK if look == "dark" else LIGHT)
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    width, height = (int(part) for part in size.split("x"))
    for name, show in STATES.items():
        if name.startswith(begins):
            stage = staged()
            stage.window.resize(width, height)
            stage.window.show()
            widget = show(stage)
            QTest.qWait(SETTLE_MS)
            widget.grab().save(str(out / f"{name}.png"))
            put_away(stage, widget)


if __name__ == "__main__":
    main(*sys.argv[1:])
