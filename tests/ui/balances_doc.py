"""Draws the pictures of «Số dư & dự toán» for docs/ledger.md.

`python -m tests.ui.balances_doc` renews them.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage

from tests.ui.screens import main as draw
from tests.ui.signing_doc import shrunk

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "balances"
SHOWN = ("balances", "balances-differences", "balances-drawn")


def renew() -> None:
    """Draw every picture anew, small and in few colours."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        draw(folder, begins="balances")
        for name in SHOWN:
            shrunk(QImage(f"{folder}/{name}.png")).save(str(PICTURES / f"{name}.png"))


if __name__ == "__main__":
    renew()
