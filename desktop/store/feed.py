"""The Treasury's words as they arrived: verified statements, stored once with the cursor, never edited."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from desktop.store.clock import Clock
from desktop.store.database import Database
from desktop.store.journal import Journal

_COPIED = (
    "decision", "official_code", "reason", "amount", "budget_year", "account", "source", "sector", "delta", "remaining",
)  # fmt: skip
"""Payload fields kept in columns so that projections can read them."""


class Feed:
    """Applies pages of events and remembers where to ask next."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal

    @property
    def cursor(self) -> int:
        """The number of the last applied event, 0 at the beginning."""
        return int(self._database.value("SELECT cursor FROM feed_cursor WHERE id = 1") or 0)

    def apply_page(self, events: Sequence[tuple[int, bytes, str]], cursor: int, at: str | None = None) -> int:
        """Store (seq, payload, statement JSON) of verified events with the cursor, in one transaction.

        An event already stored is skipped and the cursor never goes back. Returns how many were new.
        """
        at = at or self._clock()
        with self._database.transaction():
            added = sum(self._apply(seq, payload, statement, at) for seq, payload, statement in events)
            self._database.run(
                "INSERT INTO feed_cursor VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE"
                " SET cursor = max(cursor, excluded.cursor), at = excluded.at",
                (cursor, at),
            )
        return added

    def _apply(self, seq: int, payload: bytes, statement: str, at: str) -> bool:
        if self._database.value("SELECT 1 FROM feed_events WHERE seq = ?", (seq,)):
            return False
        event: dict[str, Any] = json.loads(payload)
        self._database.insert(
            "feed_events", seq=seq, kind=event["kind"], package_id=event.get("package_id"), at=event["at"],
            applied_at=at, statement=statement, payload=payload, **{name: event.get(name) for name in _COPIED},
        )  # fmt: skip
        self._journal.append("", event["kind"], event.get("package_id"), event.get("decision") or f"event {seq}")
        return True
