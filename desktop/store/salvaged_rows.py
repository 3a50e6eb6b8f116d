"""Put rows read from a damaged file into a new one, and give back the parents that some of them lost.

What one table lost can often be told from another: a package says which submission and dossier it belongs to, a frozen
dossier.json what its draft said. A row whose parent stays unknown is left out and counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from desktop.dossier.document import Dossier
from desktop.dossier.fold import fold
from desktop.store.database import Database
from desktop.store.errors import StoreError
from desktop.store.raw_tables import Named
from desktop.store.summary import summarise

DERIVED = frozenset({"findable", "draft_files", "open_submissions"})
"""Made anew from the others, so that nothing is told of what was lost."""
BOOK = ("postings", "payments", "declarations")
_PACKAGES_ALONE = """
SELECT p.submission_id, p.local_id, p.sealed_at,
    max(1, (SELECT count(*) FROM signatures g WHERE g.submission_id = p.submission_id)) AS steps
FROM packages p WHERE NOT EXISTS (SELECT 1 FROM submissions s WHERE s.submission_id = p.submission_id)
"""
_DRAFTS_GONE = """
SELECT s.local_id, max(s.submission_id) AS submission_id, min(s.at) AS at, max(s.actor) AS actor FROM submissions s
WHERE NOT EXISTS (SELECT 1 FROM drafts d WHERE d.local_id = s.local_id) GROUP BY s.local_id
"""
_OUTBOX_GONE = """
INSERT INTO outbox (package_id, priority, core_size, size, queued_at)
SELECT p.package_id, 1, length(p.core),
    length(p.core) + COALESCE((SELECT sum(q.size) FROM package_parts q WHERE q.package_id = p.package_id), 0),
    p.sealed_at
FROM packages p WHERE length(p.core) > 0
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.package_id = p.package_id)
"""


@contextmanager
def without_triggers(database: Database) -> Iterator[None]:
    """Facts are written as they were, one by one, with nothing that reacts to them; inside a transaction."""
    kept = database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for row in kept:
        database.run(f"DROP TRIGGER {row['name']}")
    yield
    for row in kept:
        database.run(str(row["sql"]))


def put(database: Database, rows: Iterable[tuple[str, Named]]) -> dict[str, int]:
    """Write the rows and return how many of each table did not fit (a duplicate, a value that cannot be)."""
    refused: dict[str, int] = {}
    for table, values in rows:
        try:
            database.insert(table, **values)
        except StoreError as error:
            if error.code not in ("constraint", "store_fault"):
                raise
            refused[table] = refused.get(table, 0) + 1
    return refused


def mend(database: Database) -> int:
    """Give rows their lost parents back where that can be told; return how many had to be left out."""
    for row in database.rows(_PACKAGES_ALONE):
        database.insert(
            "submissions", submission_id=row["submission_id"], local_id=row["local_id"], at=row["sealed_at"],
            actor="", urgent=0, steps=row["steps"],
        )  # fmt: skip
    for row in database.rows(_DRAFTS_GONE):
        _draft(database, str(row["local_id"]), row["submission_id"], str(row["at"]), str(row["actor"]))
    database.run(_OUTBOX_GONE)
    return _orphans(database)


def _draft(database: Database, local_id: str, submission_id: int, at: str, actor: str) -> None:
    text = database.value(
        "SELECT content FROM submission_objects WHERE submission_id = ? AND name = 'dossier.json'", (submission_id,)
    )
    dossier = _dossier(text) or Dossier(local_id=local_id, number="?", title="Hồ sơ cứu được, mất nội dung soạn")
    made, summary = dossier.model_copy(update={"local_id": local_id}), summarise(dossier)
    database.insert(
        "drafts", local_id=local_id, number=made.number, title=made.title, urgent=made.urgent, errors=0,
        body=made.model_dump_json(), created_at=at, created_by=actor, updated_at=at,
        **{name: value for name, value in vars(summary).items() if name != "text"},
    )  # fmt: skip


def index_again(database: Database) -> None:
    """Make every draft findable by its words; a draft that cannot be understood is found by number and title."""
    database.run("DELETE FROM search")
    for row in database.rows("SELECT id, number, title, body FROM drafts"):
        dossier = _dossier(row["body"])
        text = summarise(dossier).text if dossier else fold(f"{row['number']} {row['title']}")
        database.run("INSERT INTO search (rowid, text) VALUES (?, ?)", (row["id"], text))


def _dossier(text: bytes | str | None) -> Dossier | None:
    try:
        return None if text is None else Dossier.model_validate_json(text)
    except ValidationError:
        return None


def _orphans(database: Database) -> int:
    """Leaving one out may leave others without their parent, so it is asked until none is left."""
    gone = 0
    while found := database.rows("PRAGMA foreign_key_check"):
        pairs = {(str(row[0]), row[1]) for row in found}
        keyless = {table for table, rowid in pairs if rowid is None}
        for table in keyless:
            gone += _without_parent(database, table)
        for table, rowid in pairs:
            if rowid is not None:
                gone += database.run(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))  # noqa: S608 - our tables
    return gone


def _without_parent(database: Database, table: str) -> int:
    """A table without row numbers: its rows are told by the columns that refer to another."""
    gone = 0
    for key in _references(database, table):
        ours, parent, theirs = key["from"], key["table"], key["to"]
        match = " AND ".join(f"p.{there} = {table}.{here}" for here, there in zip(ours, theirs, strict=True))
        gone += database.run(
            f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM {parent} p WHERE {match})"  # noqa: S608 - our tables
        )
    return gone


def _references(database: Database, table: str) -> list[dict[str, list[str] | str]]:
    found: dict[int, dict[str, list[str] | str]] = {}
    for row in database.rows(f"PRAGMA foreign_key_list({table})"):
        one = found.setdefault(row["id"], {"table": str(row["table"]), "from": [], "to": []})
        one["from"] = [*one["from"], str(row["from"])]
        one["to"] = [*one["to"], str(row["to"])]
    return list(found.values())


def feed_again(database: Database) -> None:
    """Ask the Treasury for every event anew: what is there already is passed over, what was lost comes back."""
    database.run("UPDATE feed_cursor SET cursor = 0")


def chain_end(database: Database) -> None:
    """Note the last entry there is as the head, so that the journal goes on; gaps before it stay to be seen."""
    row = database.one("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
    head = database.value("SELECT seq FROM journal_head WHERE id = 1")
    if row is not None and head is None:
        database.run("INSERT INTO journal_head VALUES (1, ?, ?)", (row["seq"], row["hash"]))


def lost_words(tables: dict[str, int]) -> str:
    """Return lost rows by table as JSON for the journal: names of ours and numbers, nothing of a dossier."""
    return json.dumps(tables, separators=(",", ":"), sort_keys=True)
