"""Which rows a closed year takes along, and how they go from one file into another and are compared there.

What the book and the rules read stays where it is and goes along too, so that a year's file explains itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.store.database import Database

_LEAVING = "local_id IN (SELECT local_id FROM temp.leaving)"
_SUBMITTED = f"submission_id IN (SELECT submission_id FROM main.submissions WHERE {_LEAVING})"  # noqa: S608 - ours
_SENT = f"package_id IN (SELECT package_id FROM main.packages WHERE {_LEAVING})"  # noqa: S608 - ours
_STAMPED = f"evidence_id IN (SELECT evidence_id FROM main.evidence WHERE {_SENT})"  # noqa: S608 - ours
_FILES = f"""sha256 IN (SELECT sha256 FROM main.draft_files WHERE {_LEAVING}
    UNION SELECT sha256 FROM main.submission_objects WHERE {_SUBMITTED})"""  # noqa: S608 - ours

MOVED = {
    "draft_history": _LEAVING,
    "draft_files": _LEAVING,
    "evidence_cuts": _STAMPED,
    "evidence": _SENT,
    "evidence_waits": _SENT,
    "receipts": _SENT,
    "attempts": _SENT,
    "wishes": _SENT,
    "part_progress": _SENT,
    "outbox": _SENT,
    "package_parts": _SENT,
    "signatures": _SUBMITTED,
    "submission_steps": _SUBMITTED,
    "submission_objects": _SUBMITTED,
}
"""Tables and the rows of them that are in the year's file only, what refers to others first."""

EMPTIED = {"drafts": ("body", "deleted_at"), "packages": ("core",)}
"""Rows that stay, for others refer to them, and the columns of them that do not."""

COPIED = {
    "drafts": _LEAVING,
    "packages": _LEAVING,
    "submissions": _LEAVING,
    "attachments": _FILES,
    "evidence_pieces": f"piece_id IN (SELECT piece_id FROM main.evidence_cuts WHERE {_STAMPED})",  # noqa: S608 - ours
    "feed_events": _SENT,
    "notices": _SENT,
    "cancellations": _SENT,
    **dict.fromkeys(
        (
            "vouchers", "postings", "payments", "declarations", "withdrawals", "paper_filings", "guests", "handovers",
            "payee_stands", "accepted_submissions",
        ),
        _SUBMITTED,
    ),
    **dict.fromkeys(
        ("unit", "people", "settings", "registrations", "registration_ends", "delegations", "delegation_ends"), "true"
    ),
}  # fmt: skip
"""Tables and the rows of them that are in both files; `drafts` and `packages` whole in the year's."""


@contextmanager
def attached(database: Database, path: str, key: bytes) -> Iterator[None]:
    """Have another file at hand as `year`; outside a transaction."""
    database.rows("ATTACH DATABASE ? AS year KEY ?", (path, f"x'{key.hex()}'"))
    try:
        yield
    finally:
        database.rows("DETACH DATABASE year")


def choose(database: Database, local_ids: list[str]) -> None:
    """Say which dossiers the conditions mean; in a transaction, and for this connection only."""
    database.run("CREATE TEMP TABLE IF NOT EXISTS leaving (local_id TEXT PRIMARY KEY) WITHOUT ROWID")
    database.run("DELETE FROM temp.leaving")
    for local_id in local_ids:
        database.run("INSERT INTO temp.leaving VALUES (?)", (local_id,))


@contextmanager
def unguarded(database: Database) -> Iterator[None]:
    """Take the triggers of the tables away and put them back; in a transaction, so that nobody ever sees them gone."""
    guards = database.rows("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    known = [row for row in guards if row["tbl_name"] in {*MOVED, *COPIED}]
    for row in known:
        database.run(f"DROP TRIGGER {row['name']}")
    yield
    for row in known:
        database.run(row["sql"])


def take_along(database: Database, table: str, condition: str) -> None:
    """Copy rows of the store into the year's file, with the numbers they have; in a transaction."""
    names = ", ".join(_columns(database, table))
    database.run(f"INSERT INTO year.{table} ({names}) SELECT {names} FROM main.{table} WHERE {condition}")  # noqa: S608


def bring_back(database: Database, table: str) -> None:
    """Copy all rows of the year's file into the store; in a transaction.

    Where others have their numbers by now, they all get lower ones: rows are read in the order they were written.
    """
    names = _columns(database, table)
    number, owner = ("evidence_id", "evidence") if table == "evidence_cuts" else (_number(database, table), table)
    less = _lowered_by(database, owner, number) if number else 0
    values = ", ".join(f"{name} - {less}" if name == number else name for name in names)
    sql = f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {values} FROM year.{table}"  # noqa: S608 - ours
    database.run(sql)


def _lowered_by(database: Database, table: str, number: str) -> int:
    met = f"SELECT 1 FROM year.{table} WHERE {number} IN (SELECT {number} FROM main.{table})"  # noqa: S608 - ours
    if not database.value(met):
        return 0
    lowest = f"(SELECT min({number}) FROM main.{table})"  # noqa: S608 - ours
    return int(database.value(f"SELECT max({number}) - {lowest} + 1 FROM year.{table}"))  # noqa: S608 - ours


def differing(database: Database, table: str, condition: str) -> int:
    """Count rows of the store that the year's file does not have with each value the same."""
    same = " AND ".join(f"y.{name} IS m.{name}" for name in _columns(database, table))
    return int(
        database.value(
            f"SELECT count(*) FROM main.{table} m WHERE {condition}"  # noqa: S608 - ours
            f" AND NOT EXISTS (SELECT 1 FROM year.{table} y WHERE {same})"
        )
    )


def _columns(database: Database, table: str) -> list[str]:
    """Names of all columns, with the number of the row where the table has one that is nobody's column."""
    names = [str(row["name"]) for row in database.rows("SELECT name FROM pragma_table_info(?)", (table,))]
    return [*(["rowid"] if _number(database, table) == "rowid" else []), *names]


def _number(database: Database, table: str) -> str:
    """What a row's number is called, "" in a table that numbers none."""
    if str(database.value("SELECT sql FROM main.sqlite_master WHERE name = ?", (table,))).endswith("WITHOUT ROWID"):
        return ""
    keys = database.rows("SELECT name, type FROM pragma_table_info(?) WHERE pk", (table,))
    return str(keys[0]["name"]) if len(keys) == 1 and keys[0]["type"] == "INTEGER" else "rowid"
