"""The book as the window sees it: one object for one thread, made of the use cases."""

from __future__ import annotations

from desktop.desk.book_drawn import BookDrawn
from desktop.desk.book_export import BookExport
from desktop.desk.book_printing import BookPrinting
from desktop.desk.context import DeskContext
from desktop.desk.estimate_entries import EstimateEntries
from desktop.desk.reconciling_state import ReconcilingState


class BookDesk(BookExport, BookPrinting, BookDrawn, EstimateEntries, ReconcilingState):
    """Estimates, deposits, advances, contracts and reconciliation of one unit (the window's BookService)."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context)
        self._context = context
