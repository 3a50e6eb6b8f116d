"""Which packages a locked program has in hand: until its queue came back, the store does not know what became of them.

The record is written after the queue's file and goes in the transaction that takes its marks, so that marks are taken
once, whatever is cut short.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from desktop.store.database import Database

_SETTING = "queue_handed"


@dataclass(frozen=True)
class Handed:
    """The queue that went out and the ids of its packages."""

    queue_id: str
    packages: tuple[str, ...]


def handed(database: Database) -> Handed | None:
    """Return what is in a locked program's hands, None when nothing is."""
    written = database.value("SELECT value FROM settings WHERE name = ?", (_SETTING,))
    if written is None:
        return None
    known = json.loads(written)
    return Handed(known["queue"], tuple(known["packages"]))


def hand_out(database: Database, given: Handed) -> None:
    """Write down what goes out, inside or outside a transaction."""
    text = json.dumps({"queue": given.queue_id, "packages": given.packages})
    with database.transaction():
        database.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", (_SETTING, text))


def came_back(database: Database) -> None:
    """Forget it, inside the transaction that takes its marks."""
    database.run("DELETE FROM settings WHERE name = ?", (_SETTING,))
