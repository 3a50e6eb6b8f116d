"""Dossiers that travel for a signature: out to a file, in from one, and what is away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit

from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.handover_views import HandoverLine, HandoverView
from desktop.dossier.sign_views import SignItem
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.page import Page
from desktop.ui.signing.away_dialog import AwayDialog
from desktop.ui.signing.hand_out_dialog import HandOutDialog, Travelling
from desktop.ui.signing.handover_dialog import HandoverDialog

SUFFIX = ".vxky"
KINDS = "Hồ sơ chuyển ký (*.vxky)"
LOCKED = frozenset({"handover_locked", "handover_passphrase"})
"""A file that wants a passphrase, or another one."""


class Handing:
    """Opens the three dialogs of a hand-over on a page; `offered` tells whether the window has the service."""

    def __init__(self, context: Context, page: Page) -> None:
        self._context, self._page, self._service = context, page, context.services.handover

    @property
    def offered(self) -> bool:
        """Whether dossiers can travel from here."""
        return self._service is not None

    @needs(Act.SIGN)
    def ask_out(self, items: Sequence[SignItem]) -> None:
        """Say what handing these dossiers out means, then write them where the user wants."""
        if self._service is not None and items:
            rows = [Travelling(item.local_id, item.number, item.amount) for item in items]
            HandOutDialog(self._context, self._service, rows, self._page.window()).open()

    @needs(Act.SIGN)
    def ask_in(self) -> None:
        """Ask for a file from another machine."""
        name, _ = QFileDialog.getOpenFileName(self._page, "Nhận hồ sơ từ USB", "", KINDS)
        if name:
            self.look_at(Path(name))

    @needs(Act.SIGN)
    def look_at(self, path: Path, passphrase: str = "") -> None:
        """Read and verify a file, and show what taking it would do; a locked one asks for its passphrase."""
        service = self._service
        if service is None:
            return

        def show(view: HandoverView) -> None:
            HandoverDialog(self._context, service, path, view, self._page.window(), passphrase).open()

        def failed(error: VungXaError) -> None:
            if error.code in LOCKED:
                self._ask_passphrase(path, error)
            else:
                self._page.fail(error.message)

        self._context.workers.paper.submit(self._page, lambda: service.look(path, passphrase), show, failed)

    def _ask_passphrase(self, path: Path, error: VungXaError) -> None:
        box = QInputDialog(self._page.window())
        box.setWindowTitle(f"Mật khẩu của {path.name}")
        box.setLabelText(error.message)
        box.setTextEchoMode(QLineEdit.EchoMode.Password)
        box.setOkButtonText("Mở tệp")
        box.setCancelButtonText("Thôi")
        box.accepted.connect(lambda: self.look_at(path, box.textValue()))
        box.finished.connect(box.deleteLater)
        box.open()

    def show_lines(self, lines: Sequence[HandoverLine]) -> None:
        """Show what is away or here as a guest, with what can be done about each."""
        if self._service is not None:
            waiting = [line for line in lines if line.waiting]
            AwayDialog(self._context, self._service, waiting, self._page.window()).open()
