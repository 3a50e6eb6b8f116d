"""A window on services in memory, and what can be put on it before somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QElapsedTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.document import Document, Dossier
from desktop.dossier.errors import VungXaError
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.token_choice import SEARCHING
from tests.fixtures.forms_filled import filled as form_filled
from tests.ui.memory import THANG, Memory
from tests.ui.sample import VOUCHER, delivery, filled

LONG = (
    "Thanh toán hỗ trợ tiền điện cho hộ nghèo, hộ chính sách xã hội quý IV năm 2026 theo Quyết định số 28/2014/QĐ-TTg"
)
WAITED_MS = 5000


@dataclass
class Stage:
    """A window on services in memory, and what stands on it."""

    memory: Memory
    window: MainWindow

    def editor(self, local_id: str = "d0442", tab: int = 0) -> EditorPage:
        self.window.open_dossier(local_id)
        page = self.window.page()
        assert isinstance(page, EditorPage)
        page.tabs.setCurrentIndex(tab)
        return page

    def form(self, form: str, **fields: object) -> MainWindow:
        """Open a dossier of one filled form."""
        document = Document(form=form, fields={**VOUCHER.fields, **fields})  # type: ignore[dict-item]
        self.memory.desk.dossiers["one"] = Dossier(local_id="one", number="0443", title=LONG, documents=(document,))
        self.editor("one")
        return self.window

    def filled(self, *forms: str) -> MainWindow:
        """Open a dossier of forms as a unit fills them."""
        documents = tuple(form_filled(form) for form in forms)
        self.memory.desk.dossiers["one"] = Dossier(local_id="one", number="0443", title=LONG, documents=documents)
        self.editor("one")
        return self.window

    def delivery(self, **change: object) -> MainWindow:
        self.memory.delivery.shown = replace(delivery(), **change)  # type: ignore[arg-type]
        self.window.go("delivery")
        self.window.poll()
        return self.window

    def signing(self) -> SigningDialog:
        """Open the dialog and wait until it knows what is plugged in."""
        dialog = SigningDialog(self.window.context, THANG, self.window)
        dialog.open()
        until(lambda: settled(dialog))
        return dialog

    def with_token(self, *plugged: object) -> SigningDialog:
        self.memory.signing.plugged = list(plugged)  # type: ignore[arg-type]
        return self.signing()

    def typed(self, pin: str = "123456", error: VungXaError | None = None) -> SigningDialog:
        """Sign with a PIN; `error` ends the fourth signature."""
        if error is not None:
            self.memory.signing.fail["d0433"] = error
        dialog = self.signing()
        dialog.pin.setText(pin)
        dialog.sign()
        until(lambda: not dialog.running)
        return dialog


def settled(dialog: SigningDialog) -> bool:
    """Whether a signing dialog has read its dossiers and heard of the tokens."""
    return dialog.loaded and dialog.banner.accessibleName() != SEARCHING


def until(done: Callable[[], bool]) -> None:
    """Let events run until something is so; fail after five seconds."""
    clock = QElapsedTimer()
    clock.start()
    while not done():
        assert clock.elapsed() < WAITED_MS, "this never came about"
        QTest.qWait(2)


def put_away(stage: Stage, widget: QWidget) -> None:
    """Close what a state has opened beside the window."""
    if widget is not stage.window:
        close = widget.reject if isinstance(widget, QDialog) else widget.hide
        close()
    stage.window.close()


def staged() -> Stage:
    memory = filled()
    return Stage(memory, MainWindow(memory.services()))
