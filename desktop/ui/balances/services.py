"""What the page of balances asks of the book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from desktop.dossier.book import (
    BookLine,
    ContractLine,
    DepositLine,
    Difference,
    Drawn,
    EntryProposal,
    EntryRow,
    EstimateEntry,
    MonthUse,
    Movement,
    OpenAdvanceLine,
    ReconciliationState,
)
from desktop.dossier.list_views import ListProposal


class BookService(Protocol):
    """The unit's book. Called on the GUI thread, under 50 ms each, except where «slow» is said.

    Errors meant for people are VungXaError. Whatever changes the book may raise `not_allowed`.
    """

    def years(self) -> Sequence[int]:
        """Give the budget years of the book, the newest first; () before the first estimate."""
        ...

    def lines(self, year: int) -> Sequence[BookLine]:
        """Give the estimates: each source, its sectors, the items that were given by item, and the total last."""
        ...

    def months(self, year: int) -> Sequence[MonthUse]:
        """Give the twelve months of a year."""
        ...

    def even_share(self, year: int) -> int:
        """Give what each month would have if the estimates of the year were divided evenly, in VND."""
        ...

    def deposits(self, year: int) -> Sequence[DepositLine]:
        """Give the deposit accounts."""
        ...

    def movements(self, account: str, year: int, text: str = "") -> Sequence[Movement]:
        """Give what moved on an account in a year, the newest first; `text` needs no diacritics. Slow."""
        ...

    def advances(self) -> Sequence[OpenAdvanceLine]:
        """Give the advances still open, the oldest first. Slow."""
        ...

    def contracts(self, text: str = "") -> Sequence[ContractLine]:
        """Give the contracts, the one paid last first; `text` looks in number and party. Slow."""
        ...

    def drawn(self, year: int, source: str, sector: str, econ: str = "", program: str = "") -> Sequence[Drawn]:
        """Give the dossiers that drew on a line of the estimate ("" for any code), those on their way first. Slow."""
        ...

    def export(self, path: Path, year: int) -> None:
        """Write all tables of a year into one workbook. Slow; raises VungXaError not_writable."""
        ...

    def print_book(self, path: Path, year: int) -> None:
        """Write estimates and deposit accounts of a year as PDF. Slow; raises VungXaError not_writable."""
        ...

    def entries(self, year: int) -> Sequence[EntryRow]:
        """Give the entries of the estimate of a year, the newest first."""
        ...

    def propose_columns(self, path: Path, letters: str = "") -> ListProposal:
        """Say which column of a spreadsheet would be what, with its first rows. Slow; raises VungXaError."""
        ...

    def propose_entries(self, path: Path, letters: str = "", columns: Mapping[int, str] | None = None) -> EntryProposal:
        """Read a spreadsheet (xlsx, xls, ods, csv) of entries; nothing is written. Slow; raises VungXaError."""
        ...

    def take_entries(
        self, proposal: EntryProposal, *, told: Callable[[int, int], None], stopped: Callable[[], bool]
    ) -> int:
        """Write the entries of a proposal, all or none, and give how many there were. Raises VungXaError.

        `told` hears how many are written and of how many, `stopped` is asked before each.
        """
        ...

    def remember_columns(self, path: Path, letters: str, columns: Mapping[int, str]) -> None:
        """Keep which column is what for the next estimate with the same heading. Raises VungXaError."""
        ...

    def add_entry(self, entry: EstimateEntry) -> int:
        """Write one entry and give its number. Raises VungXaError."""
        ...

    def undo_entry(self, entry_id: int) -> int:
        """Write the counter-entry of an entry and give its number; the entry stays. Raises VungXaError."""
        ...

    def reconciliation(self, year: int) -> ReconciliationState:
        """Tell how reconciliation of a year stands."""
        ...

    def begin_reconciliation(self, form: str, year: int, period: int = 0) -> str:
        """Make a draft of the tables filled from the book and give its local_id; slow.

        `form` is "M26" to "M32"; `period` is a quarter for Mẫu 26 to 29, a month for Mẫu 32, and means nothing for
        Mẫu 30 and 31. Raises VungXaError.
        """
        ...

    def compare(self, local_id: str) -> Sequence[Difference]:
        """Set a table against the Treasury's figures, with likely causes; () when they agree. Slow."""
        ...
