"""The delivery page's side of the queue: what is on its way, what the machine did, and what the user wishes."""

from __future__ import annotations

from desktop.dossier.views import LogLine, QueueItem, ReceivedLine
from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.errors import fault
from desktop.store.handed import handed
from desktop.store.projection import Projection

_QUEUE = """
SELECT package_id, local_id, priority, size, core_size, core_arrived, parts_sent, paused, text FROM deliveries
WHERE state NOT IN ('delivered', 'refused') AND NOT cancelled
ORDER BY hurried IS NOT NULL DESC, priority, size, queued_at, package_id LIMIT ?
"""
_LOOKS = {
    "info": ("info", "slate"),
    "good": ("circle-check", "green"),
    "wait": ("hourglass", "amber"),
    "bad": ("circle-alert", "red"),
}


class Deliveries:
    """Reads the queue for people and writes their wishes; each wish is one row and nothing else."""

    def __init__(self, database: Database, clock: Clock, projection: Projection) -> None:
        self._database = database
        self._clock = clock
        self._projection = projection

    def queue(self, limit: int = 500) -> list[QueueItem]:
        """Return the first `limit` packages still on their way, in the order they are sent."""
        return [self._item(row) for row in self._database.rows(_QUEUE, (limit,))]

    def log(self, limit: int = 100) -> list[LogLine]:
        """Return what the machine did, the newest first."""
        rows = self._database.rows("SELECT at, kind, text FROM sync_log ORDER BY id DESC LIMIT ?", (limit,))
        return [LogLine(row["at"], *_LOOKS.get(row["kind"], _LOOKS["info"]), row["text"]) for row in rows]

    def log_after(self, last: int) -> tuple[int, list[LogLine]]:
        """Return the lines after line number `last`, the oldest first, and the number to ask with next time."""
        rows = self._database.rows("SELECT id, at, kind, text FROM sync_log WHERE id > ? ORDER BY id", (last,))
        lines = [LogLine(row["at"], *_LOOKS.get(row["kind"], _LOOKS["info"]), row["text"]) for row in rows]
        return (rows[-1]["id"] if rows else last), lines

    def received(self, since: str = "") -> list[ReceivedLine]:
        """Return how much of each kind came back from the Treasury since an instant."""
        receipts = self._database.value("SELECT count(*) FROM receipts WHERE at >= ?", (since,))
        newest = self._database.value(
            "SELECT receipt_no FROM receipts WHERE at >= ? ORDER BY at DESC, rowid DESC LIMIT 1", (since,)
        )
        count = "SELECT count(*) FROM feed_events WHERE kind = ? AND applied_at >= ?"
        return [
            ReceivedLine("receipt-text", "Biên nhận", receipts, newest or ""),
            ReceivedLine("landmark", "Kết quả", self._database.value(count, ("decision", since)), ""),
            ReceivedLine("wallet", "Thay đổi số dư", self._database.value(count, ("balance", since)), ""),
        ]

    def unsettled(self) -> int:
        """Return of how many packages it is not known whether the gateway asked last has them.

        What a locked program holds is among them: it may have sent it by now.
        """
        open_states = "('sending', 'doubtful', 'parts')"
        known = self._database.rows(f"SELECT package_id FROM deliveries WHERE state IN {open_states}")  # noqa: S608
        given = handed(self._database)
        return len({str(row["package_id"]) for row in known} | set(given.packages if given else ()))

    def paused(self) -> bool:
        """Tell whether the user paused all sending."""
        return bool(self._database.value("SELECT paused FROM all_paused"))

    def pause(self, actor: str = "") -> None:
        """Hold all sending back until resumed, over restarts too."""
        self._wish("pause", None, actor)

    def resume(self, actor: str = "") -> None:
        """Let sending go on."""
        self._wish("resume", None, actor)

    def pause_item(self, package_id: str, actor: str = "") -> None:
        """Hold one package back."""
        self._wish("pause", package_id, actor)

    def resume_item(self, package_id: str, actor: str = "") -> None:
        """Let one package go on."""
        self._wish("resume", package_id, actor)

    def send_now(self, package_id: str, actor: str = "") -> None:
        """Put one package first and end its waiting; it also resumes it."""
        with self._database.transaction():
            self._wish("resume", package_id, actor)
            self._wish("send_now", package_id, actor)

    def _wish(self, kind: str, package_id: str | None, actor: str) -> None:
        with self._database.transaction():
            if package_id is not None and not self._database.value(
                "SELECT 1 FROM outbox WHERE package_id = ?", (package_id,)
            ):
                raise fault("not_found")
            last = self._database.value("SELECT max(id) FROM attempts WHERE package_id = ?", (package_id,)) or 0
            self._database.insert(
                "wishes", kind=kind, package_id=package_id, at=self._clock(), actor=actor, after_event=last
            )

    def _item(self, row: Row) -> QueueItem:
        dossier, urgent = self._projection.row(row["local_id"]), row["priority"] == 0
        return QueueItem(
            row["package_id"], row["local_id"], dossier.number, dossier.title, dossier.amount,
            "Gấp" if urgent else "Thường", row["size"],
            row["parts_sent"] + (row["core_size"] if row["core_arrived"] else 0),
            dossier.status, row["text"] or "", urgent, bool(row["paused"]),
        )  # fmt: skip
