"""Names the dossiers that drew on a line of the estimate: what was used by them and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.desk.allowing import reading
from desktop.desk.context import DeskContext
from desktop.dossier.book import Drawn
from desktop.dossier.reconciling import Spent
from desktop.store.book import Waiting


class BookDrawn:
    """Goes from a sum of the book to its dossiers."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def drawn(self, year: int, source: str, sector: str, econ: str = "", program: str = "") -> Sequence[Drawn]:
        """The dossiers that drew on codes ("" for any), those on their way first; no deposits."""
        wanted = source, sector, econ, program
        book = self._context.store.book
        held = [one for one in book.waiting(year) if one.sector and _on(one, wanted)]
        used = [one for one in book.spent(year) if one.sector and one.local_id and _on(one, wanted)]
        used.sort(key=lambda one: one.day, reverse=True)
        return [*self._named(held), *self._named(used)]

    def _named(self, items: Sequence[Spent | Waiting]) -> Iterator[Drawn]:
        for one in items:
            row = self._context.store.projection.row(one.local_id)
            held = isinstance(one, Waiting)
            day = "" if isinstance(one, Waiting) else one.day.isoformat()
            yield Drawn(one.local_id, row.number, row.title, day, one.amount, held)


def _on(one: Spent | Waiting, wanted: tuple[str, str, str, str]) -> bool:
    named = one.source, one.sector, one.econ, one.program
    return all(code in ("", theirs) for code, theirs in zip(wanted, named, strict=True))
