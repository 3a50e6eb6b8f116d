"""The buttons of one attachment that make a scan smaller or put its original back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.dossier.document import Attachment
from desktop.dossier.errors import VungXaError
from desktop.dossier.scan_views import ScanProposal
from desktop.ui.context import Context
from desktop.ui.editor.scan_dialog import ScanDialog
from desktop.ui.editor.scan_service import ScanService
from desktop.ui.kit.basic import button

PICTURES = frozenset({"image/jpeg", "image/png", "application/pdf"})
Replace = Callable[[Attachment, Attachment], None]
"""Puts one attachment in the place of another in the draft."""


class ScanButtons:
    """Makes the button that fits a file; None where nothing can be done."""

    def __init__(self, owner: QWidget, context: Context, scans: ScanService, replace: Replace) -> None:
        self._owner, self._context, self._scans, self._replace = owner, context, scans, replace
        self.dialog: ScanDialog | None = None

    def button_for(self, file: Attachment) -> QWidget | None:
        """Give «Thu nhỏ bản quét», or «Dùng bản gốc» for what was made smaller."""
        if self._scans.has_original(file):
            made = button("Dùng bản gốc", "undo-2", "", lambda: self.put_back(file))
            made.setAccessibleName(f"Dùng bản gốc của {file.name}")
            return made
        if file.media_type not in PICTURES:
            return None
        made = button("Thu nhỏ bản quét", "image", "", lambda: self.propose(file))
        made.setAccessibleName(f"Thu nhỏ bản quét {file.name}")
        return made

    def propose(self, file: Attachment) -> None:
        """Make the scan smaller on another thread, then show both."""
        self._context.workers.paper.submit(self._owner, lambda: self._scans.propose(file), self._show, self._fail)

    def put_back(self, file: Attachment) -> None:
        """Let the original take its place again."""
        try:
            self._replace(file, self._scans.put_back(file))
        except VungXaError as error:
            self._fail(error)

    def _show(self, proposal: ScanProposal) -> None:
        self.dialog = ScanDialog(self._owner, self._context, self._scans, proposal)
        self.dialog.taken.connect(self._replace)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _fail(self, error: VungXaError) -> None:
        self._context.bus.failed.emit(error.message)
