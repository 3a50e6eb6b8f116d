"""Draws every state of tests.ui.states into a folder, to be looked at.

python -m tests.ui.screens FOLDER [SCALE] [WIDTHxHEIGHT] [light|dark] [NAME_BEGINS]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.exchange.pages import render_pages
from desktop.exchange.printing import print_document
from desktop.ui.editor.preview import Sheets
from desktop.ui.theme import apply_theme
from desktop.ui.tokens import DARK, LIGHT
from tests.ui.sample import VOUCHER
from tests.ui.stage import put_away, staged
from tests.ui.states import STATES

SETTLE_MS = 350
"""Long enough for what moves to stand still."""
PAPER_MS = 10_000
"""The paper is drawn on another thread; on a busy machine that takes a while."""


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
            stage.memory.desk.paint = lambda document, wide: render_pages(print_document(document), wide)
            stage.memory.signing.paint = lambda _name, wide: render_pages(print_document(VOUCHER), wide)
            stage.memory.settings.data.draw = lambda wide: render_pages(print_document(VOUCHER), wide)
            stage.window.resize(width, height)
            stage.window.show()
            widget = show(stage)
            QTest.qWait(SETTLE_MS)
            wait_for_paper(widget)
            widget.grab().save(str(out / f"{name}.png"))
            put_away(stage, widget)


def wait_for_paper(widget: QWidget) -> None:
    """Let the paper beside a form appear; a picture of a grey desk shows nobody anything."""
    clock = QElapsedTimer()
    clock.start()
    while any(not sheets.pages for sheets in widget.findChildren(Sheets) if sheets.isVisible()):
        if clock.hasExpired(PAPER_MS):
            sys.stderr.write(f"no paper on {widget.windowTitle()}\n")
            return
        QTest.qWait(20)


if __name__ == "__main__":
    main(*sys.argv[1:])
