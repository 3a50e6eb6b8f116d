"""Which stored contents a draft refers to, its steps of undoing included, so that none of them is ever swept away."""

from __future__ import annotations

import re
import zlib

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


def note_all(database: Database) -> None:
    """Read all drafts and their steps of undoing; for a store of an older program."""
    for row in database.rows("SELECT local_id, body FROM drafts"):
        note(database, row["local_id"], row["body"])
    for row in database.rows("SELECT local_id, body FROM draft_history"):
        note(database, row["local_id"], zlib.decompress(row["body"]).decode())
