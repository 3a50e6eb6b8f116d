"""The Treasury's words as they arrived: verified statements, stored once with the cursor, never edited."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop.dossier.dates import VIETNAM
from desktop.dossier.lifecycle import DECISIONS
from desktop.store.clock import Clock
from desktop.store.database import Database
from desktop.store.estimates import set_given
from desktop.store.finding_facts import find_notice, find_package
from desktop.store.journal import Journal
from desktop.store.recording import record_accepted
from desktop.store.registrations import Registrations
from desktop.store.retold import told_again
from desktop.store.waiting import look_again

_COPIED = (
    "decision", "official_code", "reason", "amount", "budget_year", "account", "source", "sector", "delta", "remaining",
)  # fmt: skip
"""Payload fields kept in columns so that projections can read them."""


class Feed:
    """Applies pages of events and remembers where to ask next."""

    def __init__(self, database: Database, clock: Clock, journal: Journal, registrations: Registrations) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        self._registrations = registrations

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
        event: dict[str, Any] = json.loads(payload)
        decides = event["kind"] == "decision" and event.get("decision") in DECISIONS
        table = "feed_events" if decides or event["kind"] == "balance" else "notices"
        if self._database.value(f"SELECT 1 FROM {table} WHERE seq = ?", (seq,)):  # noqa: S608 - ours
            return False
        stored = {"seq": seq, "kind": event["kind"], "package_id": event.get("package_id"), "at": event["at"]}
        stored |= {"applied_at": at, "statement": statement, "payload": payload}
        if table == "notices":
            self._database.insert(table, subject=_subject(event), **stored)
            find_notice(self._database, seq)
        else:
            self._database.insert(table, **stored, **{name: event.get(name) for name in _COPIED})
            self._follow(event, seq, at)
            if decides:
                find_package(self._database, event["package_id"])
        self._journal.append("", event["kind"], event.get("package_id"), event.get("decision") or f"event {seq}")
        return True

    def _follow(self, event: dict[str, Any], seq: int, at: str) -> None:
        """Write down what follows from an event: cells the Treasury wrote, a line it granted, signers it accepted."""
        if event.get("decision") == "paid":
            self._registrations.take_forms()
        if event.get("decision") == "paid" and event.get("figures"):
            record_accepted(self._database, event["package_id"], event["figures"], seq)
        if event["kind"] == "balance" and event.get("given") is not None:
            year, account, source, sector = (event[name] for name in _COPIED[4:8])
            line = (year, account, source, sector)
            day = datetime.fromisoformat(event["at"]).astimezone(VIETNAM).date().isoformat()
            set_given(self._database, line, event["given"], at, "treasury", day=day)
        told_again(self._database, seq, event.get("package_id"))
        look_again(self._database, event.get("package_id"))


def _subject(event: dict[str, Any]) -> str:
    """Name what a notice is about, so that a later one about the same is found: a refund's order, a pack's version."""
    if event["kind"] == "refund":
        return f"{event.get('order_no', '')} {event.get('order_date', '')}"
    return str(event.get("form") or event.get("version") or "")
