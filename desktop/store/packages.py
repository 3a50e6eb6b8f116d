"""Sealed packages: immutable from the moment they have an id, queued in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.errors import FactError, fault
from desktop.store.handed import handed
from desktop.store.journal import Journal
from desktop.store.places import refuse_guest


@dataclass(frozen=True)
class SealedPackage:
    """What was sealed: `core` the package without its large objects, `parts` those as (sha256, size)."""

    package_id: str
    local_id: str
    core: bytes
    parts: tuple[tuple[str, int], ...]
    sealed_at: str


class Packages:
    """Seal, look up, cancel; the queue itself is the Outbox."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal

    def seal(self, local_id: str, package_id: str, core: bytes, parts: Sequence[tuple[str, int]]) -> None:
        """Store the package and queue it, in one transaction; sealing the same again changes nothing.

        Raises FactError not_complete while a signature is missing, other_package when it was sealed with another id,
        part_missing when a part is not in the store, guest_here for what lives on another machine; StoreError not_found
        for a draft.
        """
        with self._database.transaction():
            row = self._submission(local_id)
            if row["package_id"] is not None:
                if row["package_id"] != package_id:
                    raise FactError("other_package", "Hồ sơ này đã đóng gói rồi. Làm mới danh sách để xem gói đã có.")
                return
            if row["signed"] < row["steps"]:
                raise FactError("not_complete", "Hồ sơ còn thiếu chữ ký nên chưa đóng gói được. Ký đủ rồi gửi.")
            refuse_guest(self._database, row["submission_id"])
            self._insert(row, package_id, core, parts)
            self._journal.append("", "seal", package_id, local_id)

    def get(self, package_id: str) -> SealedPackage:
        """Return a package as sealed. Raises StoreError not_found."""
        row = self._database.one("SELECT * FROM packages WHERE package_id = ?", (package_id,))
        if row is None:
            raise fault("not_found")
        return self._read(row)

    def by_local(self, local_id: str) -> SealedPackage | None:
        """Return a dossier's package, None before it is sealed."""
        row = self._database.one("SELECT * FROM packages WHERE local_id = ?", (local_id,))
        return None if row is None else self._read(row)

    def receipt(self, package_id: str) -> str | None:
        """Return the receipt's SignedStatement as JSON, as received; None before it."""
        value = self._database.value("SELECT statement FROM receipts WHERE package_id = ?", (package_id,))
        return None if value is None else str(value)

    def cancel(self, local_id: str, actor: str, reason: str) -> None:
        """Take a package out of the queue for good. Raises FactError already_sent once a byte of it may have left."""
        with self._database.transaction():
            row = self._database.one(
                "SELECT package_id, tried, cancelled FROM deliveries WHERE local_id = ?", (local_id,)
            )
            if row is None:
                raise fault("not_found")
            if row["tried"]:
                raise FactError("already_sent", "Gói đã bắt đầu gửi nên không hủy được. Chờ Kho bạc trả lời.")
            given = handed(self._database)
            if given is not None and row["package_id"] in given.packages:
                raise FactError(
                    "sending_locked",
                    "Màn hình khóa đang giữ gói này để gửi nên chưa hủy được. Mở khóa cửa sổ Vùng Xa rồi hủy lại.",
                )
            if not row["cancelled"]:
                self._database.insert(
                    "cancellations", package_id=row["package_id"], at=self._clock(), actor=actor, reason=reason
                )
                self._journal.append(actor, "cancel", row["package_id"], local_id)

    def _submission(self, local_id: str) -> Row:
        row = self._database.one(
            "SELECT s.submission_id, s.local_id, s.steps, s.urgent, p.package_id,"
            " (SELECT count(*) FROM signatures g WHERE g.submission_id = s.submission_id) AS signed"
            " FROM active_submissions s LEFT JOIN packages p USING (submission_id) WHERE s.local_id = ?",
            (local_id,),
        )
        if row is None:
            raise fault("not_found")
        return row

    def _insert(self, row: Row, package_id: str, core: bytes, parts: Sequence[tuple[str, int]]) -> None:
        at, number = self._clock(), row["submission_id"]
        self._database.insert(
            "packages", package_id=package_id, submission_id=number, local_id=row["local_id"], core=core, sealed_at=at
        )
        for position, (sha256, size) in enumerate(parts):
            if not self._holds(number, sha256, size):
                raise FactError(
                    "part_missing", "Thiếu một tệp của hồ sơ trong máy. Rút hồ sơ lại, đính kèm lại tệp rồi trình ký."
                )
            self._database.insert("package_parts", package_id=package_id, position=position, sha256=sha256, size=size)
        size = len(core) + sum(size for _, size in parts)
        self._database.insert(
            "outbox",
            package_id=package_id,
            priority=0 if row["urgent"] else 1,
            core_size=len(core),
            size=size,
            queued_at=at,
        )

    def _holds(self, number: int, sha256: str, size: int) -> bool:
        found = self._database.value(
            "SELECT 1 FROM submission_objects WHERE submission_id = ? AND sha256 = ? AND size = ?",
            (number, sha256, size),
        )
        return found is not None

    def _read(self, row: Row) -> SealedPackage:
        parts = self._database.rows(
            "SELECT sha256, size FROM package_parts WHERE package_id = ? ORDER BY position", (row["package_id"],)
        )
        return SealedPackage(
            row["package_id"], row["local_id"], bytes(row["core"]),
            tuple((part["sha256"], part["size"]) for part in parts), row["sealed_at"],
        )  # fmt: skip
