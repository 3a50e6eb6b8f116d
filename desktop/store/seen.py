"""What this machine has seen: certificates of tokens that were plugged in, and the newest instant written down."""

from __future__ import annotations

from typing import NamedTuple

from desktop.store.database import Database

_NEWEST = """
SELECT max(at) FROM (
    SELECT max(at) AS at FROM (
        SELECT g.at FROM signatures g JOIN active_submissions s USING (submission_id)
        LEFT JOIN packages p USING (submission_id)
        WHERE NOT EXISTS (SELECT 1 FROM cancellations c WHERE c.package_id = p.package_id)
        ORDER BY g.submission_id DESC LIMIT 60)
    UNION ALL SELECT max(received_at) FROM (SELECT received_at FROM receipts ORDER BY rowid DESC LIMIT 20)
    UNION ALL SELECT max(at) FROM (SELECT at FROM feed_events ORDER BY seq DESC LIMIT 20))
"""
"""A signature made under a wrong clock no longer counts once its dossier is withdrawn or its package cancelled."""


class SeenToken(NamedTuple):
    """A signing certificate seen on a token; `at` is when it was seen last."""

    certificate_sha256: str
    der: bytes
    serial: str
    label: str
    module: str
    at: str


class Seen:
    """Remembers tokens, so that an expiry can be announced while none is plugged in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, token: SeenToken) -> None:
        """Keep a token's certificate and that it was seen now."""
        with self._database.transaction():
            self._database.run(
                "INSERT OR REPLACE INTO tokens_seen (certificate_sha256, der, serial, label, module, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                tuple(token),
            )

    def tokens(self) -> tuple[SeenToken, ...]:
        """Return every certificate seen, the one seen last first."""
        rows = self._database.rows(
            "SELECT certificate_sha256, der, serial, label, module, at FROM tokens_seen ORDER BY at DESC"
        )
        return tuple(SeenToken(*row) for row in rows)

    def newest_instant(self) -> str:
        """Return the newest instant of a signature, receipt or message of the Treasury; "" before the first."""
        return str(self._database.value(_NEWEST) or "")
