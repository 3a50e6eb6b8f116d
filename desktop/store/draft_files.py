"""Which stored contents a draft refers to, its steps of undoing included, so that none of them is ever swept away."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable

from desktop.store.database import Database

_DIGEST = re.compile(r'"([0-9a-f]{64})"')


def note(database: Database, local_id: str, body: str) -> None:
    """Add what a draft's JSON names to what is known of it; call it in the transaction that writes the JSON."""
    named = set(_DIGEST.findall(body))
    if not named:
        return
    known = {row[0] for row in database.rows("SELECT sha256 FROM draft_files WHERE local_id = ?", (local_id,))}
    for digest in named - known:
        database.insert("draft_files", sha256=digest, local_id=local_id)


def settle(database: Database, local_id: str) -> None:
    """Keep only what the draft names as it stands; call it when its steps of undoing are forgotten."""
    body = database.value("SELECT body FROM drafts WHERE local_id = ?", (local_id,))
    database.run("DELETE FROM draft_files WHERE local_id = ?", (local_id,))
    if body is not None:
        note(database, local_id, body)


def keep(database: Database, owner: str, digests: Iterable[str]) -> None:
    """Keep contents for what is no draft here, such as a year put away, in a transaction; `owner` names it.

    `DELETE FROM draft_files WHERE local_id = owner` lets go of them.
    """
    for digest in digests:
        database.run("INSERT OR IGNORE INTO draft_files (sha256, local_id) VALUES (?, ?)", (digest, owner))


def named(database: Database, digests: Collection[str]) -> set[str]:
    """Return which contents some draft names all the same; it reads every draft: the last look before a loss."""
    left = set(digests)
    if not left:
        return set()
    found: set[str] = set()
    for row in database.rows("SELECT body FROM drafts"):
        found |= left.intersection(_DIGEST.findall(row["body"]))
    return found


def note_all(database: Database) -> None:
    """Read all drafts and their steps of undoing; for a store of an older program."""
    for row in database.rows("SELECT local_id, body FROM drafts"):
        note(database, row["local_id"], row["body"])
    for row in database.rows("SELECT local_id, body FROM draft_history"):
        note(database, row["local_id"], zlib.decompress(row["body"]).decode())
