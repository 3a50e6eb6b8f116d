"""Keeps what can be found in step with what it leads to: each entry is written in the transaction of its fact.

The words of an entry are folded here and indexed without being stored; its title and note are stored to be shown.
"""

from __future__ import annotations

from typing import NamedTuple

from desktop.dossier.finding import Kind
from desktop.dossier.fold import fold
from desktop.store.database import Database

_KEEP = """
INSERT INTO findable (kind, ref, title, note, amount, at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (kind, ref) DO UPDATE SET
    title = excluded.title, note = excluded.note, amount = excluded.amount, at = excluded.at
"""
_BEFORE = "SELECT id, title, note, amount FROM findable WHERE kind = ? AND ref = ?"
MOST_WORDS = 64 * 1024
"""Characters of one entry that are indexed; a dossier's own text is indexed elsewhere, in full."""


class Entry(NamedTuple):
    """One thing to be found by its title, its note and other `words`; `at` is an instant or ""."""

    kind: Kind
    ref: str
    title: str
    note: str = ""
    words: str = ""
    amount: int | None = None
    at: str = ""


def keep(database: Database, entry: Entry, *, same_words: bool = False) -> None:
    """Write an entry in place of the one of the same kind and ref; call it in the transaction of what it leads to.

    With `same_words`, an entry whose title and note stay is not indexed again.
    """
    before = database.one(_BEFORE, (entry.kind, entry.ref))
    if before is not None and same_words and (before["title"], before["note"]) == (entry.title, entry.note):
        if before["amount"] != entry.amount:
            database.run("UPDATE findable SET amount = ? WHERE id = ?", (entry.amount, before["id"]))
        return
    database.run(_KEEP, (entry.kind, entry.ref, entry.title, entry.note, entry.amount, entry.at))
    number = _number(database, entry.kind, entry.ref)
    if before is not None:
        database.run("DELETE FROM find WHERE rowid = ?", (number,))
    text = fold(" ".join((entry.title, entry.note, entry.words)))[:MOST_WORDS]
    database.run("INSERT INTO find (rowid, kind, text) VALUES (?, ?, ?)", (number, entry.kind, text))


def drop(database: Database, kind: Kind, ref: str) -> None:
    """Let an entry be found no more; nothing happens when it is not there."""
    number = _number(database, kind, ref)
    if number is not None:
        database.run("DELETE FROM find WHERE rowid = ?", (number,))
        database.run("DELETE FROM findable WHERE id = ?", (number,))


def below(database: Database, kind: Kind, place: str) -> set[str]:
    """Return the refs of a kind that begin with `place` and a slash."""
    rows = database.rows(
        "SELECT ref FROM findable WHERE kind = ? AND ref > ? AND ref < ?", (kind, f"{place}/", f"{place}0")
    )
    return {str(row["ref"]) for row in rows}


def _number(database: Database, kind: Kind, ref: str) -> int | None:
    found = database.value("SELECT id FROM findable WHERE kind = ? AND ref = ?", (kind, ref))
    return None if found is None else int(found)
