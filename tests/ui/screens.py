"""Draws every page and dialog at 1366x768 into a folder, to be looked at: python -m tests.ui.screens FOLDER"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.dossier.views import SignProgress
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.theme import apply_theme
from desktop.ui.unlock import UnlockDialog
from tests.ui.memory import HANH, NOW, THANG, TUYEN, UNIT
from tests.ui.sample import filled


def settle(milliseconds: int = 500) -> None:
    """Let timers and threads finish what they began."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def views(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Walk the window through its places, then the dialogs."""
    window.dossiers().choose("d0409")
    yield "dossiers", window
    window.go("signing")
    window.pages["signing"].choose_person(THANG)  # type: ignore[attr-defined]
    yield "signing-page", window
    window.go("delivery")
    yield "queue", window
    window.go("balances")
    yield "balances", window
    window.open_dossier("d0442")
    yield "editor", window
    page = window.page()
    assert isinstance(page, EditorPage)
    grid = page.views[0].grids["lines"]
    grid.go_to(2, "econ")
    grid.look_up()
    page._codes.popup.field.setText("van phong")
    yield "lookup", page._codes.popup
    page._codes.popup.hide()
    page.tabs.setCurrentIndex(1)
    yield "editor-list", window
    page.tabs.setCurrentIndex(2)
    yield "editor-files", window
    dialog = SigningDialog(window.context, THANG, window)
    dialog.open()
    settle()
    for item in dialog.model.items[:5]:
        dialog._progressed(SignProgress(item.local_id, "signed", at=NOW))
    dialog._progressed(SignProgress(dialog.model.items[5].local_id, "signing"))
    from desktop.dossier.errors import VungXaError

    dialog._failed(VungXaError("token_gone", "Token bị rút."))
    dialog._failed(
        VungXaError("pin_wrong", "Sai mã PIN. Còn ít lần thử. Sai hết, token tự khóa và phải mang đến nơi cấp để mở.")
    )
    yield "signing", dialog
    dialog.accept()
    unlock = UnlockDialog(lambda _password: None, UNIT, (HANH, TUYEN, THANG), "7 gói đang chờ mạng")
    unlock.show()
    yield "unlock", unlock
    unlock.reject()


def main(folder: str, scale: float = 1.0, size: str = "1366x768") -> None:
    """Write one PNG per view."""
    app = QApplication([])
    apply_theme(app, scale)
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    window = MainWindow(filled().services())
    window.resize(*(int(part) for part in size.split("x")))
    window.show()
    for name, widget in views(window):
        settle()
        widget.grab().save(str(out / f"{name}.png"))
    window.close()


if __name__ == "__main__":
    main(
        sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 1.0, sys.argv[3] if len(sys.argv) > 3 else "1366x768"
    )
