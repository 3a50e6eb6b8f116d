"""Entries of the estimate: take what was proposed once it is confirmed, add one, take one back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from desktop.desk.allowing import needs
from desktop.desk.entry_judging import Line, counter_of, fault_of, too_low
from desktop.desk.entry_proposing import EntryProposing
from desktop.desk.errors import DeskError
from desktop.desk.sheet_columns import remember_columns
from desktop.dossier.book import EntryProposal, EstimateEntry
from desktop.dossier.duties import Act
from desktop.dossier.views import EstimateView
from desktop.exchange.inspect_list import chosen_letters
from desktop.exchange.sheet_kinds import ESTIMATE
from desktop.exchange.spreadsheet import open_sheet

Told = Callable[[int, int], None]
"""Hears how many entries are written, and of how many."""


class EstimateEntries(EntryProposing):
    """What a unit was given, entry by entry."""

    @needs(Act.MONEY)
    def remember_columns(self, path: Path, letters: str, columns: Mapping[int, str]) -> None:
        """Keeps which column is what for the next estimate with the same heading. Raises SpreadsheetError."""
        sheet = open_sheet(path, ESTIMATE, chosen_letters(letters))
        remember_columns(self._context.store, sheet, columns, str(sheet.book.reading.letters))

    @needs(Act.MONEY)
    def take_entries(
        self,
        proposal: EntryProposal,
        *,
        told: Told = lambda _done, _of: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> int:
        """Writes the entries of a proposal, all or none, and gives how many.

        `stopped` is asked before each: then nothing is written. Raises DeskError bad_list while it has problems,
        estimate_below_used, estimate_below_zero, stopped.
        """
        if proposal.problems or not proposal.entries:
            fault = proposal.problems[0] if proposal.problems else "Tệp không có dòng dự toán nào."
            raise DeskError("bad_list", f"Chưa nhập được. {fault} Sửa tệp rồi nhập lại, chưa có gì được ghi.")
        self._write(proposal.entries, told, stopped)
        return len(proposal.entries)

    @needs(Act.MONEY)
    def add_entry(self, entry: EstimateEntry) -> int:
        """Writes one entry and gives its number; «Giao đầu năm» takes the place of what was provisional on its line.

        Raises DeskError bad_entry, estimate_below_used, estimate_below_zero.
        """
        fault = fault_of(entry, self._context.store.unit.get().deposit_account)
        if fault:
            raise DeskError("bad_entry", f"Chưa ghi bút toán: {fault}.")
        return self._write((entry,))

    @needs(Act.MONEY)
    def undo_entry(self, entry_id: int) -> int:
        """Writes the counter-entry of an entry and gives its number; the entry stays.

        Raises DeskError estimate_below_used; StoreError entry_unknown, entry_undone, entry_counter, entry_of_treasury,
        estimate_below_zero (the store's own look, before ours).
        """
        with self._context.store.transaction():
            lines = self._lines()
            number = self._context.store.estimates.undo(entry_id, self._context.user.person_id)
            self._refuse_too_low((self._context.store.estimates.entry(number).entry,), lines)
        return number

    def _write(
        self,
        entries: Sequence[EstimateEntry],
        told: Told = lambda _done, _of: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> int:
        """Write entries in one transaction and give the number of the last."""
        store, actor, number = self._context.store, self._context.user.person_id, 0
        with store.transaction():
            replaced = self._provisional(entries)
            self._refuse_too_low((*entries, *map(counter_of, replaced)), self._lines())
            for done, entry in enumerate(entries, 1):
                if stopped():
                    raise DeskError("stopped", "Đã dừng, chưa có gì được ghi. Nhập lại khi cần.")
                number = store.estimates.add(entry, actor)
                told(done, len(entries))
            for row in replaced:
                store.estimates.undo(row.entry_id, actor)
        return number

    def _refuse_too_low(self, entries: Sequence[EstimateEntry], lines: Mapping[Line, EstimateView]) -> None:
        """Let nothing be given below what is used and held, nor below nothing."""
        for fault in too_low(entries, lines):
            raise DeskError(fault.code, f"{fault.message} Xem lại số tiền, hoặc chờ hồ sơ xong; chưa có gì được ghi.")
