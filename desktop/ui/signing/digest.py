"""Writes «Bảng kê trình ký»: the account holder reads on paper what waits for the signature."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person
from desktop.ui.background import Worker
from desktop.ui.context import Context

NAME = "bang-ke-trinh-ky.pdf"


class Digest:
    """Asks for a path and writes there on the paper thread; `failed` is told when it did not work."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self._context, self._owner = context, owner
        self._worker: Worker = context.workers.paper

    def ask(self, person: Person, local_ids: Sequence[str]) -> None:
        """Ask where to write the digest of these dossiers."""
        name, _ = QFileDialog.getSaveFileName(self._owner, "Lưu bảng kê trình ký", NAME, "PDF (*.pdf)")
        if name:
            self.write(Path(name), person, local_ids)

    def write(self, path: Path, person: Person, local_ids: Sequence[str]) -> None:
        """Write the digest of these dossiers."""
        bus, signing, ids = self._context.bus, self._context.services.signing, tuple(local_ids)

        def failed(error: VungXaError) -> None:
            bus.failed.emit(error.message)

        self._worker.submit(
            self._owner,
            lambda: signing.write_digest(path, person.person_id, ids),
            lambda _none: bus.said.emit(f"Đã ghi bảng kê trình ký {path.name}, {len(ids)} hồ sơ.", None),
            failed,
        )
