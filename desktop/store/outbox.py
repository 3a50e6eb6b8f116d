"""The durable queue as the sync engine needs it (its `Outbox` protocol): every mark is a fact on the disk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.errors import FactError, fault

LOG_LINES = 2000
_DUE = """
SELECT v.*, v.hurried IS NOT NULL AS hurry,
    (SELECT count(*) FROM attempts t
     WHERE t.package_id = v.package_id AND t.kind IN ('sending', 'later') AND t.id > max(
        COALESCE((SELECT max(id) FROM attempts w WHERE w.package_id = v.package_id AND w.kind = 'working'), 0),
        COALESCE((SELECT max(after_event) FROM part_progress g WHERE g.package_id = v.package_id), 0))) AS attempts,
    v.size - v.parts_sent - CASE WHEN v.core_arrived THEN v.core_size ELSE 0 END AS left
FROM deliveries v, all_paused
WHERE v.state NOT IN ('delivered', 'refused') AND NOT v.paused AND NOT v.cancelled AND NOT all_paused.paused
    AND (v.next_at IS NULL OR v.next_at <= ? OR v.hurried >= v.last_id)
ORDER BY hurry DESC, v.priority, left, v.queued_at, v.package_id
"""


@dataclass(frozen=True)
class QueuedPackage:
    """One unfinished package; fields as the engine's `Queued` says."""

    package_id: str
    priority: int
    size: int
    parts: tuple[tuple[str, int], ...]
    state: str
    attempts: int
    next_at: str | None


class Noting(Protocol):
    """The journal, as far as the queue writes it."""

    def append(self, actor: str, action: str, package_id: str | None, detail: str) -> int:
        """Add an entry."""
        ...


class Reading(Protocol):
    """Stored parts, as far as the queue reads them."""

    def has(self, sha256: str) -> bool:
        """Tell whether this content is stored."""
        ...

    def read_at(self, sha256: str, offset: int, size: int) -> bytes:
        """Return at most `size` bytes from `offset`."""
        ...


class Feeding(Protocol):
    """Events of the Treasury, as far as the queue keeps them."""

    @property
    def cursor(self) -> int:
        """The number of the last applied event."""
        ...

    def apply_page(self, events: Sequence[tuple[int, bytes, str]], cursor: int, at: str | None = None) -> int:
        """Store events with the cursor, in one transaction."""
        ...


class StoreOutbox:
    """Implements the engine's `Outbox` on the store.

    A package found `sending` that this object did not send itself was left so by a crash: it is offered as `doubtful`.
    """

    def __init__(self, database: Database, clock: Clock, journal: Noting, attachments: Reading, feed: Feeding) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        self._attachments = attachments
        self._feed = feed
        self._own: set[str] = set()

    def due(self, now: str) -> Sequence[QueuedPackage]:
        """Return what is unfinished, not held back, not to wait past `now`: hurried ones, urgent, then small."""
        return [self._queued(row) for row in self._database.rows(_DUE, (now,))]

    def core(self, package_id: str) -> bytes:
        """Return the package's core as sealed. Raises StoreError not_found."""
        value = self._database.value("SELECT core FROM packages WHERE package_id = ?", (package_id,))
        if value is None:
            raise fault("not_found")
        return bytes(value)

    def part(self, sha256: str, offset: int, size: int) -> bytes:
        """Return at most `size` bytes of a part from `offset`, from the attachment or the frozen document itself."""
        if self._attachments.has(sha256):
            return self._attachments.read_at(sha256, offset, size)
        value = self._database.value(
            "SELECT substr(content, ?, ?) FROM submission_objects WHERE sha256 = ? AND content IS NOT NULL LIMIT 1",
            (offset + 1, size, sha256),
        )
        if value is None:
            raise fault("not_found")
        return bytes(value)

    def mark_sending(self, package_ids: Sequence[str], at: str) -> None:
        """Say that bytes of these may leave from now on; durable before the first one does.

        Raises FactError cancelled when one was cancelled since it was offered; then nothing is marked.
        """
        with self._database.transaction():
            for package_id in package_ids:
                if self._database.value("SELECT 1 FROM cancellations WHERE package_id = ?", (package_id,)):
                    raise FactError("cancelled", "Gói vừa được hủy nên không gửi nữa. Máy gửi tiếp các gói khác.")
                self._mark(package_id, "sending", "sending", at)
        self._own.update(package_ids)

    def mark_doubtful(self, package_ids: Sequence[str], at: str, why: str) -> None:
        """Say that it is not known what became of these."""
        with self._database.transaction():
            for package_id in package_ids:
                self._mark(package_id, "doubtful", "doubtful", at, text=why)

    def mark_working(self, package_id: str, missing: Sequence[str], at: str) -> None:
        """Say that the gateway holds the core and still wants `missing` parts."""
        with self._database.transaction():
            self._mark(package_id, "working", "parts", at, missing=json.dumps(list(missing)))

    def mark_progress(self, package_id: str, sha256: str, offset: int) -> None:
        """Note how many bytes of a part the gateway confirmed; 0 when it dropped the part."""
        with self._database.transaction():
            last = self._database.value("SELECT max(id) FROM attempts WHERE package_id = ?", (package_id,)) or 0
            self._database.run(
                "INSERT OR REPLACE INTO part_progress (sha256, package_id, offset, after_event) VALUES (?, ?, ?, ?)",
                (sha256, package_id, offset, last),
            )

    def mark_delivered(self, package_id: str, receipt_statement_json: str, receipt_payload: bytes, at: str) -> None:
        """Store the verified receipt and finish, in one transaction; a second receipt changes nothing.

        Raises FactError receipt_foreign when the receipt names another package.
        """
        receipt = json.loads(receipt_payload)
        if receipt.get("package_id") != package_id:
            raise FactError(
                "receipt_foreign", "Biên nhận không phải của gói này nên không được tính. Máy sẽ hỏi lại Kho bạc."
            )
        with self._database.transaction():
            if self._database.value("SELECT 1 FROM receipts WHERE package_id = ?", (package_id,)):
                return
            self._database.insert(
                "receipts", package_id=package_id, receipt_no=str(receipt["receipt_no"]),
                received_at=str(receipt["received_at"]), statement=receipt_statement_json,
                payload=receipt_payload, at=at,
            )  # fmt: skip
            self._mark(package_id, "delivered", "delivered", at)
            self._journal.append("", "receipt", package_id, str(receipt["receipt_no"]))

    def mark_refused(self, package_id: str, code: str, message: str, at: str) -> None:
        """Finish as refused for ever; a receipt already held stays stronger."""
        with self._database.transaction():
            if self._mark(package_id, "refused", "refused", at, code=code, text=message):
                self._journal.append("", "refused", package_id, code)

    def mark_later(self, package_id: str, next_at: str, why: str) -> None:
        """Leave it alone until `next_at`: `sending` becomes `queued`, `doubtful` and `parts` stay.

        A package that a crash left `sending` becomes `doubtful`.
        """
        with self._database.transaction():
            row = self._database.one("SELECT state, missing FROM deliveries WHERE package_id = ?", (package_id,))
            if row is None:
                raise fault("not_found")
            after_sending = "queued" if package_id in self._own else "doubtful"
            state = after_sending if row["state"] == "sending" else row["state"]
            self._mark(package_id, "later", state, self._clock(), next_at=next_at, text=why, missing=row["missing"])

    def is_paused(self, package_id: str) -> bool:
        """Tell whether the user holds this package back."""
        return bool(self._database.value("SELECT paused FROM deliveries WHERE package_id = ?", (package_id,)))

    def paused(self) -> bool:
        """Tell whether the user paused all sending."""
        return bool(self._database.value("SELECT paused FROM all_paused"))

    def feed_cursor(self) -> int:
        """Return the number of the last applied event, 0 at the beginning."""
        return self._feed.cursor

    def apply_feed(self, events: Sequence[tuple[int, bytes, str]], cursor: int, at: str) -> None:
        """Store events and the cursor in one transaction."""
        self._feed.apply_page(events, cursor, at)

    def log(self, kind: str, text: str, package_id: str | None, at: str) -> None:
        """Keep one plain line of what the machine did; `kind` is info, good, wait or bad; the newest stay."""
        with self._database.transaction():
            line = self._database.insert("sync_log", at=at, kind=kind, package_id=package_id, text=text)
            self._database.run("DELETE FROM sync_log WHERE id <= ?", (line - LOG_LINES,))

    def take_attempt(self, row: Row, receipt: Row | None) -> int:
        """Take a mark that a locked program made, with the proved receipt it came by, and return its number here.

        Inside a transaction; `at` and state stay as they were marked.
        """
        package_id = str(row["package_id"])
        if receipt is not None and row["kind"] == "delivered":
            self.mark_delivered(package_id, receipt["statement"], bytes(receipt["payload"]), row["at"])
        elif row["kind"] == "refused":
            self.mark_refused(package_id, row["code"], row["text"], row["at"])
        else:
            fields = ("kind", "state", "at", "next_at", "missing", "code", "text")
            self._mark(package_id, **{name: row[name] for name in fields})
        return self._last_id(package_id)

    def take_doubt(self, package_id: str, at: str, why: str) -> int:
        """Ask about a package in the place of a mark that is not believed, and return the number of that mark."""
        self.mark_doubtful([package_id], at, why)
        return self._last_id(package_id)

    def _mark(self, package_id: str, kind: str, state: str, at: str, **more: str | None) -> bool:
        """Append one attempt; False when the package was already finished and the trigger ignored it."""
        before = self._last_id(package_id)
        self._database.insert("attempts", package_id=package_id, kind=kind, state=state, at=at, **more)
        return self._last_id(package_id) != before

    def _last_id(self, package_id: str) -> int:
        return self._database.value("SELECT max(id) FROM attempts WHERE package_id = ?", (package_id,)) or 0

    def _queued(self, row: Row) -> QueuedPackage:
        parts = self._database.rows(
            "SELECT sha256, size FROM package_parts WHERE package_id = ? ORDER BY position", (row["package_id"],)
        )
        left_by_crash = row["state"] == "sending" and row["package_id"] not in self._own
        return QueuedPackage(
            row["package_id"], 0 if row["hurry"] else row["priority"], max(0, row["left"]),
            tuple((part["sha256"], part["size"]) for part in parts),
            "doubtful" if left_by_crash else row["state"], row["attempts"], row["next_at"],
        )  # fmt: skip
