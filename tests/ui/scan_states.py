"""The tab of attachments with scans, and a scan before and after it is made smaller."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.dossier.document import Attachment
from tests.fixtures.scans import scan
from tests.ui.stage import Stage, until


def listed(stage: Stage) -> QWidget:
    """One scan as it came, one made smaller."""
    scans = stage.memory.scans
    page = stage.editor(tab=2)
    small = scans.take(scans.propose(scans.sealed("Biên bản nghiệm thu.jpg")))
    for file in (scans.sealed(), small):
        page.draft.add_attachment(file)
    return stage.window


def compared(make: Callable[[Stage], Attachment]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        page = stage.editor(tab=2)
        file = make(stage)
        page.draft.add_attachment(file)
        buttons = page._files.scans
        assert buttons is not None
        buttons.propose(file)
        until(lambda: buttons.dialog is not None)
        assert buttons.dialog is not None
        return buttons.dialog

    return show


def book(stage: Stage) -> Attachment:
    """A scanned PDF of four pages, without colour."""
    return stage.memory.scans.keep(scan("PDF", pages=4), "Hợp đồng 17-2026.pdf", "application/pdf")


SCAN_STATES = {
    "scan-listed": listed,
    "scan-picture": compared(lambda stage: stage.memory.scans.sealed()),
    "scan-pdf": compared(book),
}
