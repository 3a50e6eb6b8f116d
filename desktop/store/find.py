"""Search over everything a unit keeps: dossiers, payees, papers, contracts, attachments, years put away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from desktop.dossier.finding import KIND_LABELS, Hit, Kind
from desktop.dossier.money import format_vnd
from desktop.dossier.vouchers import same_number
from desktop.store import findable
from desktop.store.database import Database, Row
from desktop.store.find_words import Wanted, wanted
from desktop.store.findable import Entry
from desktop.store.finding_facts import headline
from desktop.store.snippets import Snippets

NUMBER, AMOUNT, HEADLINE, ANYWHERE = range(4)
"""Ranks, the best first: the very number, the very amount, all words in the headline, all words somewhere."""

_SHOWN = "SELECT id, kind, ref, title, note, amount, at FROM findable"
_BY_NUMBER = f"""
{_SHOWN} WHERE kind = 'dossier' AND ref IN (
    SELECT * FROM (SELECT local_id FROM drafts WHERE number = :number AND deleted_at IS NULL
                   ORDER BY id DESC LIMIT :limit)
    UNION SELECT * FROM (SELECT s.local_id FROM vouchers v CROSS JOIN submissions s ON s.submission_id = v.submission_id
                         WHERE v.document_no = :upper LIMIT :limit)
    UNION SELECT * FROM (SELECT p.local_id FROM receipts r CROSS JOIN packages p ON p.package_id = r.package_id
                         WHERE r.receipt_no = :upper LIMIT :limit))
UNION ALL {_SHOWN} WHERE kind = 'contract' AND ref = :upper
"""  # noqa: S608 - ours
_BY_AMOUNT = f"{_SHOWN} WHERE amount = ? ORDER BY id DESC LIMIT ?"
_BY_WORDS = f"""
{_SHOWN} WHERE id IN (SELECT rowid FROM find WHERE find MATCH ? ORDER BY rowid DESC LIMIT ?) ORDER BY id DESC
"""  # noqa: S608 - ours
_ANYWHERE = """
SELECT d.id, d.local_id, d.number, d.title, d.payee, d.amount, d.updated_at FROM drafts d
WHERE d.id IN (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?) AND d.deleted_at IS NULL
ORDER BY d.id DESC
"""
SHARE = 5
"""So many hits of each kind are shown before one kind fills the rest."""


class Archived(NamedTuple):
    """A dossier of a year put away, as it is still found; `text` is all of its words, `amount` in VND."""

    local_id: str
    number: str
    title: str
    payee: str
    amount: int
    at: str
    text: str


class Find:
    """Answers what people type; it never fails for what is typed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, text: str, limit: int = 50, kinds: Collection[Kind] = ()) -> list[Hit]:
        """Return what holds every word of `text`, best first; [] when no word is in it. `kinds` () means all.

        Marks, case and đ do not count; a word may be the beginning of one; an amount is 12.500.000 or 12500000.
        """
        asked = wanted(text)
        if not asked.expression or limit <= 0:
            return []
        chosen = [kind for kind in KIND_LABELS if not kinds or kind in kinds]
        best: dict[tuple[str, str], tuple[int, int, Row]] = {}
        for rank, row in self._ranked(asked, limit, chosen):
            best.setdefault((row["kind"], row["ref"]), (rank, -row["id"], row))
        found = sorted(best.values(), key=lambda item: item[:2])
        hits = [_hit(rank, row) for rank, _, row in found if row["kind"] in chosen]
        if "dossier" in chosen:
            hits += self._anywhere(asked, limit, {hit.ref for hit in hits if hit.kind == "dossier"})
        return _cut(hits, limit)

    def archived(self, limit: int) -> list[Hit]:
        """Return what was put away, the newest first."""
        rows = self._database.rows(f"{_SHOWN} WHERE kind = 'archive' ORDER BY at DESC, id DESC LIMIT ?", (limit,))
        return [_hit(ANYWHERE, row) for row in rows]

    def archive(self, year: int, dossiers: Iterable[Archived]) -> None:
        """Let dossiers be found in the file of a year instead of here; call it in the transaction that moves them."""
        with self._database.transaction():
            for item in dossiers:
                self.forget(item.local_id)
                title, words = headline(item.number, item.title), item.text
                entry = Entry("archive", f"{year}/{item.local_id}", title, item.payee, words, item.amount, item.at)
                findable.keep(self._database, entry)

    def unarchive(self, year: int) -> None:
        """Forget a year's file; the dossiers taken out of it are indexed as they are saved."""
        with self._database.transaction():
            for ref in findable.below(self._database, "archive", str(year)):
                findable.drop(self._database, "archive", ref)

    def forget(self, local_id: str) -> None:
        """Find a dossier and its attachments no more."""
        with self._database.transaction():
            findable.drop(self._database, "dossier", local_id)
            for ref in findable.below(self._database, "attachment", local_id):
                findable.drop(self._database, "attachment", ref)

    def _ranked(self, asked: Wanted, limit: int, kinds: Iterable[str]) -> Iterator[tuple[int, Row]]:
        if asked.number:
            values = {"number": asked.number, "upper": same_number(asked.number), "limit": limit}
            yield from ((NUMBER, row) for row in self._database.rows(_BY_NUMBER, values))
        if asked.amount is not None:
            yield from ((AMOUNT, row) for row in self._database.rows(_BY_AMOUNT, (asked.amount, limit)))
        for kind in kinds:
            expression = f"kind : {kind} AND text : ({asked.expression})"
            yield from ((HEADLINE, row) for row in self._database.rows(_BY_WORDS, (expression, limit)))

    def _anywhere(self, asked: Wanted, limit: int, known: set[str]) -> list[Hit]:
        rows = self._database.rows(_ANYWHERE, (asked.expression, limit + len(known)))
        left = [row for row in rows if row["local_id"] not in known][:limit]
        snippets = Snippets(self._database, asked)
        return [
            Hit(
                "dossier", row["local_id"], headline(row["number"], row["title"]),
                snippets.of(row["id"]) or row["payee"], row["amount"], row["updated_at"], ANYWHERE,
            )
            for row in left
        ]  # fmt: skip


def _hit(rank: int, row: Row) -> Hit:
    note = row["note"] or (format_vnd(row["amount"]) if row["amount"] else "")
    return Hit(row["kind"], row["ref"], row["title"], note, row["amount"], row["at"], rank)


def _cut(hits: list[Hit], limit: int) -> list[Hit]:
    """Keep the best of each kind first, then the best of all, and show them by rank."""
    seen: dict[str, int] = {}
    first: list[int] = []
    for place, hit in enumerate(hits):
        seen[hit.kind] = seen.get(hit.kind, 0) + 1
        if hit.score <= AMOUNT or seen[hit.kind] <= SHARE:
            first.append(place)
    rest = (place for place in range(len(hits)) if place not in set(first))
    return [hits[place] for place in sorted([*first, *rest][:limit])]
