"""The book of a year as a PDF."""

from __future__ import annotations

from pathlib import Path

from desktop.desk.allowing import needs
from desktop.desk.book_reading import BookReading
from desktop.desk.output import write_whole
from desktop.dossier.dates import VIETNAM
from desktop.dossier.duties import Act
from desktop.exchange.book_paper import print_book


class BookPrinting(BookReading):
    """Lays out what is read."""

    @needs(Act.EXPORT)
    def print_book(self, path: Path, year: int) -> None:
        """Writes estimates and deposit accounts of a year as PDF. Raises DeskError not_writable, PrintError."""
        at = self._context.clock().astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M")
        pdf = print_book(self._context.store.unit.get(), year, self.lines(year), self.deposits(year), at)
        write_whole(path, pdf)
