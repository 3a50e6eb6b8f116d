"""Whether the unit's data is whole, as the window shows it and lets it be examined (docs/surviving.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext, ThreadStores
from desktop.dossier.data_views import ArchivedYear, CheckView, DataView
from desktop.dossier.duties import Act
from desktop.signing.asice import package_id, read
from desktop.signing.errors import ContainerError


class DataDesk:
    """The window's DataService; every call may be slow."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def view(self) -> DataView:
        """Everything the section shows. Raises StoreError."""
        checks = self._context.store.checks
        return DataView(checks.last("start"), checks.last("full"), checks.due(self._context.clock()))

    @reading
    def check(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> CheckView | None:
        """Makes the full check and keeps what it found; None when it was cancelled. Raises StoreError."""
        return self._context.store.checks.weekly(progress, cancelled, has_its_id)

    @reading
    def look(self) -> CheckView:
        """Makes the cheap check of each start and keeps it. Raises StoreError store_damaged."""
        return self._context.store.checks.start()

    @reading
    def years(self) -> tuple[ArchivedYear, ...]:
        """The years put away, the newest first."""
        found = self._context.store.archives.years()
        return tuple(
            ArchivedYear(item.year, item.file, item.dossiers, item.size, item.at, item.actor) for item in found
        )

    @reading
    def closed_years(self) -> dict[int, int]:
        """How many dossiers each year could put away now."""
        return self._context.store.archives.closed()

    @needs(Act.ARCHIVE)
    def put_away(self, year: int, progress: Callable[[int, int], None] | None = None) -> ArchivedYear:
        """Moves a closed year's dossiers into its file. Raises StoreError archive_open_year, archive_nothing, …"""
        self._context.store.archives.put_away(year, self._context.user.person_id, progress)
        return next(item for item in self.years() if item.year == year)

    @needs(Act.ARCHIVE)
    def take_out(self, year: int) -> int:
        """Brings a year's dossiers back and says how many. Raises StoreError archive_unknown, archive_damaged, …"""
        return self._context.store.archives.taken_out(year, self._context.user.person_id)

    @reading
    @contextmanager
    def looking_into(self, year: int) -> Iterator[DeskContext]:
        """A desk over the file of a year put away, for `Lists` and `SignedPapers`; nobody may do anything else there.

        Raises StoreError archive_unknown, archive_damaged.
        """
        with self._context.store.closed_year(year) as store:
            yield replace(self._context, stores=ThreadStores(store))


def has_its_id(known_as: str, core: bytes) -> bool:
    """Whether a sealed package's core still has the id that outbox, wire and receipt know it by."""
    try:
        return package_id(read(core)) == known_as
    except ContainerError:
        return False
