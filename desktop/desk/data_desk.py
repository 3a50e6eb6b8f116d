"""Whether the unit's data is whole, as the window shows it and lets it be examined (docs/surviving.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from desktop import __version__
from desktop.desk.allowing import by_itself, needs, reading
from desktop.desk.context import DeskContext, ThreadStores
from desktop.desk.journal_words import JournalWords
from desktop.desk.lists import Lists
from desktop.desk.signed_paper import SignedPapers
from desktop.dossier.data_views import ArchivedYear, CheckView, DataView
from desktop.dossier.duties import Act
from desktop.dossier.finding import Hit, Kind
from desktop.dossier.sign_views import SignedPage
from desktop.dossier.views import DossierDetail
from desktop.exchange.pages import PageImage
from desktop.signing.asice import package_id, read
from desktop.signing.errors import ContainerError

MOST = 200
"""Dossiers put away that are listed at a time."""
Progress = Callable[[int, int], None]
_AWAY: tuple[Kind, ...] = ("archive",)


class DataDesk:
    """The window's DataService; every call may be slow."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def view(self) -> DataView:
        """Everything the section shows. Raises StoreError."""
        store, checks = self._context.store, self._context.store.checks
        names = JournalWords(store).names
        years = tuple(replace(year, actor=names.get(year.actor, year.actor)) for year in self.years())
        return DataView(
            checks.last("start"), checks.last("full"), checks.due(self._context.clock()), years,
            tuple(sorted(self.closed_years().items())), store.room(), __version__,
        )  # fmt: skip

    @reading
    def check(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> CheckView | None:
        """Makes the full check and keeps what it found; None when it was cancelled. Raises StoreError."""
        return self._context.store.checks.weekly(progress, cancelled, has_its_id)

    @by_itself
    def check_if_due(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> CheckView | None:
        """Makes the full check once a week has passed; None when it is not due or was cancelled. Raises StoreError."""
        due = self._context.store.checks.due(self._context.clock())
        return self.check(progress, cancelled) if due else None

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
    def put_away(
        self, year: int, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> ArchivedYear:
        """Moves a closed year's dossiers into its file. Raises StoreError archive_open_year, archive_nothing, …"""
        self._context.store.archives.put_away(year, self._context.user.person_id, progress, cancelled)
        return next(item for item in self.years() if item.year == year)

    @needs(Act.ARCHIVE)
    def take_out(self, year: int, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> int:
        """Brings a year's dossiers back and says how many. Raises StoreError archive_unknown, archive_damaged, …"""
        return self._context.store.archives.taken_out(year, self._context.user.person_id, progress, cancelled)

    @reading
    @contextmanager
    def looking_into(self, year: int) -> Iterator[DeskContext]:
        """A desk over the file of a year put away, for `Lists` and `SignedPapers`; nobody may do anything else there.

        Raises StoreError archive_unknown, archive_damaged.
        """
        with self._context.store.closed_year(year) as store:
            yield replace(self._context, stores=ThreadStores(store))

    @reading
    def archived(self, text: str = "", limit: int = MOST) -> Sequence[Hit]:
        """Dossiers put away that hold every word, best first; without words the newest."""
        find = self._context.store.find
        return find.search(text, limit, _AWAY) if text.strip() else find.archived(limit)

    @reading
    def archived_detail(self, ref: str) -> DossierDetail:
        """All that is known of a dossier put away, by the `ref` of its hit. Raises as `looking_into`; no_dossier."""
        with self._looking_at(ref) as (context, local_id):
            return Lists(context).detail(local_id)

    @reading
    def paper(self, ref: str) -> Sequence[SignedPage]:
        """Its signed files that can be looked at. Raises as `SignedPapers.paper` too."""
        with self._looking_at(ref) as (context, local_id):
            return SignedPapers(context).paper(local_id)

    @reading
    def draw_signed(self, ref: str, place: int, width: int) -> Sequence[PageImage]:
        """Pages of one of them, `width` pixels wide. Raises as `SignedPapers.draw_signed` too."""
        with self._looking_at(ref) as (context, local_id):
            return SignedPapers(context).draw_signed(local_id, place, width)

    @contextmanager
    def _looking_at(self, ref: str) -> Iterator[tuple[DeskContext, str]]:
        year, _, local_id = ref.partition("/")
        with self.looking_into(int(year)) as context:
            yield context, local_id


def has_its_id(known_as: str, core: bytes) -> bool:
    """Whether a sealed package's core still has the id that outbox, wire and receipt know it by."""
    try:
        return package_id(read(core)) == known_as
    except ContainerError:
        return False
