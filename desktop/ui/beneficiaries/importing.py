"""Takes a spreadsheet into the lines of a form: reads it off the GUI thread, asks only what it cannot know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.list_views import ListProposal, ListTaken
from desktop.ui.beneficiaries.mapping import MappingDialog
from desktop.ui.context import Context

FILES = "Bảng tính (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt)"
Put = Callable[[ListProposal, ListTaken], None]
"""What to do with the rows, once they are read."""


class ListImport:
    """Imports lists for one widget; `failed` shows what went wrong."""

    def __init__(self, owner: QWidget, context: Context, failed: Callable[[str], None]) -> None:
        self._owner, self._desk = owner, context.services.desk
        self._work = context.workers.paper
        self._failed = failed
        self.dialog: MappingDialog | None = None

    def ask(self, form: str, put: Put) -> None:
        """Ask for a file, then import it."""
        name, _ = QFileDialog.getOpenFileName(self._owner, "Nhập danh sách", "", FILES)
        if name:
            self.start(Path(name), form, put)

    def start(self, path: Path, form: str, put: Put) -> None:
        """Import a file: at once when everything about it is known, else after a person confirmed it."""

        def proposed(proposal: ListProposal) -> None:
            if proposal.ready:
                self.take(proposal, proposal.columns, put)
            else:
                self.confirm(proposal, put)

        self._work.submit(self._owner, lambda: self._desk.propose_list(path, form), proposed, self._say)

    def confirm(self, proposal: ListProposal, put: Put) -> None:
        """Let a person look at the letters and columns, and take the list when they agree."""

        def reread(letters: str) -> None:
            again = lambda: self._desk.propose_list(proposal.path, proposal.form, letters)  # noqa: E731
            self._work.submit(dialog, again, dialog.show_proposal, self._say)

        def ended(result: int) -> None:
            self.dialog = None
            if result == QDialog.DialogCode.Accepted:
                self.take(dialog.proposal, dialog.columns(), put)
            dialog.deleteLater()

        dialog = self.dialog = MappingDialog(proposal, reread, self._owner)
        dialog.finished.connect(ended)
        dialog.open()

    def take(self, proposal: ListProposal, columns: Mapping[int, str], put: Put) -> None:
        """Read the rows by these columns and hand them over."""
        chosen = dict(columns)
        done = lambda taken: put(proposal, taken)  # noqa: E731
        self._work.submit(self._owner, lambda: self._desk.take_list(proposal, chosen), done, self._say)

    def _say(self, error: VungXaError) -> None:
        self._failed(error.message)
