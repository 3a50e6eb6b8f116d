"""What «Sao lưu», «Nhật ký» and «Dữ liệu» ask of the rest of the program.

Everything is slow and runs on a background thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from desktop.dossier.backup_views import BackupState, BackupView, Cancelled, Progress, VerifiedView
from desktop.dossier.data_views import ArchivedYear, CheckView, DataView
from desktop.dossier.finding import Hit
from desktop.dossier.journal_views import Column, JournalChoices, JournalReport, JournalRow
from desktop.dossier.sign_views import SignedPage
from desktop.dossier.views import DossierDetail
from desktop.ui.picture import Picture


class DataService(Protocol):
    """Whether the unit's data is whole; may take minutes. All raise VungXaError.

    `progress` is told what is done of how much.
    """

    def view(self) -> DataView:
        """Give everything the section shows."""
        ...

    def check(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> CheckView | None:
        """Make the full check and keep what it found; None when it was cancelled."""
        ...

    def put_away(
        self, year: int, progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> ArchivedYear:
        """Move a closed year's dossiers into a file of its own; archive_cancelled when it was stopped in time."""
        ...

    def take_out(
        self, year: int, progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> int:
        """Bring them back and give how many."""
        ...

    def archived(self, text: str = "", limit: int = 200) -> Sequence[Hit]:
        """Give dossiers put away that hold every word, best first; without words the newest."""
        ...

    def archived_detail(self, ref: str) -> DossierDetail:
        """Give all that is known of one, by its hit's `ref`."""
        ...

    def paper(self, ref: str) -> Sequence[SignedPage]:
        """Give its signed files that can be looked at."""
        ...

    def draw_signed(self, ref: str, place: int, width: int) -> Sequence[Picture]:
        """Draw one of them, `width` pixels wide."""
        ...


class BackupService(Protocol):
    """Where the unit's backups lie and which there are; everything is slow. All raise VungXaError."""

    def state(self) -> BackupState:
        """Give where backups lie, when the last was made, when the next is due, and what to warn of."""
        ...

    def backups(self) -> Sequence[BackupView]:
        """Give the backups of this unit at the place, the newest first; none where it is not there."""
        ...

    def set_place(self, path: Path) -> None:
        """Keep backups in this folder from now on; "." and folders of the unit's own data are refused."""
        ...

    def run(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> BackupView:
        """Make a backup now, verify it by opening it, and thin old ones out."""
        ...

    def verify(self, path: Path, progress: Progress | None = None, cancelled: Cancelled | None = None) -> VerifiedView:
        """Open a backup and look at all of it, attachments too."""
        ...


class JournalService(Protocol):
    """Who did what and when. All raise VungXaError."""

    def entries(
        self,
        text: str = "",
        sort: Column = "seq",
        descending: bool = True,
        before: int = 0,
        limit: int = 200,
        who: str = "",
        kind: str = "",
    ) -> Sequence[JournalRow]:
        """Give one page; `before` is the last entry of the page before it in this order, 0 for the first.

        `who` and `kind` are codes of `choices`, "" for all.
        """
        ...

    def choices(self) -> JournalChoices:
        """Give by whom and by what kind of act the list can be narrowed."""
        ...

    def export(self, path: Path, since: str = "", until: str = "") -> int:
        """Write .csv, .xlsx or .pdf of some days (YYYY-MM-DD, "" for open); give the number of entries. Slow."""
        ...

    def verify(self, *, online: bool = False) -> JournalReport:
        """Examine the whole journal, with the Treasury too. Slow."""
        ...
