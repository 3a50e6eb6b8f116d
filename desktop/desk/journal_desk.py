"""The journal as people use it: read, search, export, examine, seal (docs/journal.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.desk.allowing import needs
from desktop.desk.connection import enrolled, make_wire
from desktop.desk.context import DeskContext
from desktop.desk.journal_countersigns import read_countersign
from desktop.desk.journal_examining import examine as examine
from desktop.desk.journal_inbox import JournalInbox
from desktop.desk.journal_sealing import seal_journal
from desktop.desk.journal_words import JournalWords, day_span
from desktop.desk.output import write_whole
from desktop.dossier.dates import VIETNAM
from desktop.dossier.duties import Act
from desktop.dossier.journal_views import Column, JournalChoices, JournalReport, JournalRow
from desktop.dossier.journal_words import KINDS
from desktop.exchange.journal import Period, export_journal, print_journal
from desktop.store.seals import Cause, Seal
from desktop.sync.protocol import HeadRequest, JournalHead

_PAGE = 1_000


class JournalDesk:
    """The window's JournalService, and what `vungxa journal` does. Every call raises DeskError not_allowed."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @needs(Act.JOURNAL)
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
        """One page in words: entries that hold every word of `text`, with or without diacritics.

        `before` is the last entry of the page before, 0 for the first page. Words of who and what, numbers of dossiers
        and entries, days («24/11/2026») and details are searched. `who` and `kind` are codes of `choices`, "" for all.
        Raises StoreError.
        """
        words = JournalWords(self._context.store)
        query = words.query(text, sort, descending, before, limit)._replace(
            by=who, actions=tuple(KINDS[kind][1]) if kind else ()
        )
        return [words.row(found) for found in self._context.store.journal_reading.page(query)]

    @needs(Act.JOURNAL)
    def choices(self) -> JournalChoices:
        """By what the list can be narrowed."""
        return JournalWords(self._context.store).choices()

    @needs(Act.JOURNAL)
    def export(self, path: Path, since: str = "", until: str = "") -> int:
        """Writes the entries of some days ("YYYY-MM-DD", "" for open), oldest first, as its ending says; how many.

        .csv, .xlsx, or .pdf with what an examination says. Raises ExchangeError not_writable, journal_too_long.
        """
        rows = _Counted(self._all(since, until))
        if path.suffix.lower() != ".pdf":
            export_journal(path, rows)
        else:
            store, now = self._context.store, self._context.clock().astimezone(VIETNAM)
            at = now.strftime("%Y-%m-%d %H:%M")
            write_whole(path, print_journal(rows, store.unit.get(), Period(since, until), self.verify(), at))
        return rows.count

    @needs(Act.JOURNAL)
    def verify(self, *, online: bool = False) -> JournalReport:
        """Examines the whole journal; `online` also asks the gateway what it was told of this machine's journal.

        Raises StoreError; online WireError, NotEnrolled, StatementError.
        """
        config = self._context.store.device.get()
        heads = self._heads() if online else None
        return examine(self._context.store, config.statement_keys if config else {}, heads)

    @needs(Act.JOURNAL)
    def seal(self, cause: Cause = "asked", *, online: bool = False) -> Seal:
        """Seals the journal as it stands; `online` has the Treasury sign every seal that waits.

        Raises NotEnrolled, StoreError; online WireError, StatementError, DeskError bad_countersign.
        """
        store = self._context.store
        enrolled(store)
        made = seal_journal(store, cause)
        assert made is not None, "an enrolled machine seals"
        if online:
            self._tell()
        return store.seals.get(made.seal_id) or made

    def _tell(self) -> None:
        store = self._context.store
        config = enrolled(store)
        inbox, wire = JournalInbox(store, config.statement_keys, self._context.clock), make_wire(config)
        try:
            while (seal := inbox.waiting()) is not None:
                inbox.keep(
                    seal,
                    wire.journal_head(HeadRequest(seal=seal.text, signature=seal.signature, after=seal.after)),
                )
        finally:
            wire.close()

    def _heads(self) -> list[JournalHead]:
        config = enrolled(self._context.store)
        wire = make_wire(config)
        try:
            page = wire.journal_heads(config.device_id)
        finally:
            wire.close()
        return [read_countersign(statement, config.statement_keys) for statement in page.heads]

    def _all(self, since: str, until: str) -> Iterator[JournalRow]:
        """Every entry of the period, oldest first, a page in memory at a time."""
        words, before = JournalWords(self._context.store), 0
        query = words.query("", "seq", descending=False, before=0, limit=_PAGE)._replace(
            since=day_span(since)[0] if since else "", until=day_span(until)[1] if until else ""
        )
        while page := self._context.store.journal_reading.page(query._replace(before=before)):
            yield from map(words.row, page)
            before = page[-1].entry.seq


class _Counted:
    """Rows that pass by, and how many passed."""

    def __init__(self, rows: Iterator[JournalRow]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[JournalRow]:
        for row in self._rows:
            self.count += 1
            yield row
