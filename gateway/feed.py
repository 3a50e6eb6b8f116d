"""The feed of a unit: signed events, read from a cursor and never edited (docs/protocol.md, section 6)."""

from __future__ import annotations

import sqlite3

from desktop.sync.protocol import FeedPage, KnownEvent, SignedStatement
from gateway.clock import now
from gateway.statements import StatementKey

MAX_PAGE = 100
MAX_PAGE_BYTES = 256 * 1024
"""A page ends before its statements are longer than this; one event alone may be."""


def next_seq(connection: sqlite3.Connection, unit_code: str) -> int:
    """Give the number of the unit's next event: milliseconds since 1970, or one more than the last.

    A gateway put back from a backup has forgotten what it told; with numbers from the clock its next word still lies
    ahead of every cursor.
    """
    last = connection.execute("SELECT coalesce(max(seq), 0) FROM feed WHERE unit_code = ?", (unit_code,)).fetchone()[0]
    return max(int(last) + 1, int(now().timestamp() * 1000))


def publish(connection: sqlite3.Connection, unit_code: str, key: StatementKey, event: KnownEvent) -> None:
    """Sign an event and add it to the unit's feed."""
    signed = key.sign(event, "event")
    connection.execute(
        "INSERT INTO feed VALUES (?, ?, ?, ?, ?)",
        (unit_code, event.seq, signed.payload, signed.key_id, signed.signature),
    )


def read_feed(connection: sqlite3.Connection, unit_code: str, after: int, limit: int) -> FeedPage:
    """Give a page of a unit's signed events after a cursor, oldest first."""
    rows = connection.execute(
        "SELECT * FROM feed WHERE unit_code = ? AND seq > ? ORDER BY seq LIMIT ?", (unit_code, after, limit + 1)
    ).fetchall()
    page = _that_fit(rows[:limit])
    events = [SignedStatement(payload=r["payload"], key_id=r["key_id"], signature=r["signature"]) for r in page]
    return FeedPage(events=events, cursor=page[-1]["seq"] if page else after, more=len(rows) > len(page))


def _that_fit(rows: list[sqlite3.Row]) -> list[sqlite3.Row]:
    left = MAX_PAGE_BYTES
    for number, row in enumerate(rows):
        left -= len(row["payload"].encode())
        if left < 0 and number:
            return rows[:number]
    return rows
