"""The full check: every page, every reference, every entry, every attachment and every frozen object."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from desktop.dossier.data_views import Damage, DamageKind
from desktop.store.check_cheap import look
from desktop.store.check_parts import RESTORE, Parts, hurt_attachment, named
from desktop.store.database import Row
from desktop.store.errors import StoreError
from desktop.store.journal import JournalBroken

_DOSSIER_READS = (
    "SELECT * FROM drafts WHERE local_id = ?",
    "SELECT o.* FROM submission_objects o JOIN submissions s USING (submission_id) WHERE s.local_id = ?",
    "SELECT g.* FROM signatures g JOIN submissions s USING (submission_id) WHERE s.local_id = ?",
    "SELECT p.*, r.statement FROM packages p LEFT JOIN receipts r USING (package_id) WHERE p.local_id = ?",
)
_SEALS = """
SELECT s.seal_id, s.seq FROM journal_seals s LEFT JOIN journal j ON j.seq = s.seq WHERE j.hash IS NOT s.hash
"""
_PARTS_GONE = """
SELECT p.local_id, q.sha256 FROM package_parts q JOIN packages p USING (package_id)
WHERE NOT EXISTS (SELECT 1 FROM submission_objects o WHERE o.submission_id = p.submission_id AND o.sha256 = q.sha256)
"""
_CORE = """
SELECT package_id, core FROM packages WHERE local_id = ? AND local_id NOT IN (SELECT local_id FROM put_away)
"""
"""A package put away has its core in the file of its year."""
Judge = Callable[[str, bytes], bool]
"""Tells whether a package's core has the id it is known by; who knows containers hands it in."""


class Cancelled(Exception):
    """The user stopped the check."""


class Progress(NamedTuple):
    """Where the check stands, and who is told."""

    tell: Callable[[int, int], None]
    cancelled: Callable[[], bool]


class Examination:
    """One full check; steps are counted in dossiers and attachments, pages as one step each."""

    def __init__(
        self,
        parts: Parts,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        judge: Judge | None = None,
    ) -> None:
        self._parts = parts
        self._database = parts.database
        self._progress = Progress(progress, cancelled)
        self._judge = judge
        self._done = 0
        self._total = 4

    def run(self) -> tuple[Damage, ...] | None:
        """Return what is hurt; None when cancelled. Raises StoreError store_damaged when nothing can be read."""
        try:
            return tuple(self._steps())
        except Cancelled:
            return None

    def _steps(self) -> Iterator[Damage]:
        self._step()
        pages = self._pages()
        yield from pages
        yield from self._dossiers(hurt_pages=bool(pages))
        for look_at in (self._glance, self._journal, self._attachments):
            self._step()
            yield from self._read(look_at)

    def _step(self) -> None:
        if self._progress.cancelled():
            raise Cancelled
        self._done += 1
        self._progress.tell(min(self._done, self._total), self._total)

    def _read(self, look_at: Callable[[], Iterator[Damage]]) -> Iterator[Damage]:
        """A table that cannot be read is one more damage, and no reason to stop."""
        try:
            yield from look_at()
        except StoreError as error:
            if error.code != "store_damaged":
                raise
            yield Damage("structure", look_at.__name__.strip("_"), f"Có bảng trong unit.vx không đọc được. {RESTORE}")

    def _pages(self) -> list[Damage]:
        """SQLCipher authenticates each page; only when all hold, SQLite's own check and the references are asked."""
        bad = [str(row[0]).rsplit(" ", 1)[-1] for row in self._database.rows("PRAGMA cipher_integrity_check")]
        if bad:
            words = f"{len(bad)} trang của tệp unit.vx bị hỏng. {RESTORE}"
            return [Damage("pages", ", ".join(bad[:20]), words)]
        return [*self._structure(), *self._references()]

    def _structure(self) -> list[Damage]:
        wrong = [str(row[0]) for row in self._database.rows("PRAGMA integrity_check") if row[0] != "ok"]
        words = f"Cấu trúc tệp unit.vx có {len(wrong)} chỗ sai. {RESTORE}"
        return [Damage("structure", wrong[0][:200], words)] if wrong else []

    def _references(self) -> list[Damage]:
        broken = self._database.rows("PRAGMA foreign_key_check")
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        words = f"{len(broken)} dòng trong kho dữ liệu chỉ đến chỗ không còn. {RESTORE}"
        return [Damage("structure", tables, words)] if broken else []

    def _dossiers(self, *, hurt_pages: bool) -> Iterator[Damage]:
        """Each dossier by itself, so that one that cannot be read does not hide the others."""
        try:
            ids = [str(row["local_id"]) for row in self._database.rows("SELECT local_id FROM drafts ORDER BY local_id")]
            files = int(self._database.value("SELECT count(*) FROM attachments"))
        except StoreError:
            yield Damage("structure", "drafts", f"Danh sách hồ sơ trong unit.vx không đọc được. {RESTORE}")
            return
        self._total += len(ids) + files
        for local_id in ids:
            self._step()
            yield from self._dossier(local_id, hurt_pages)

    def _dossier(self, local_id: str, hurt_pages: bool) -> Iterator[Damage]:
        try:
            if hurt_pages:
                for sql in _DOSSIER_READS:
                    self._database.rows(sql, (local_id,))
            wrong = self._wrong_object(local_id) or self._wrong_package(local_id)
        except StoreError as error:
            if error.code != "store_damaged":
                raise
            wrong = "dossier"
        if wrong is not None:
            yield self._hurt(wrong, local_id)

    def _wrong_object(self, local_id: str) -> DamageKind | None:
        rows = self._database.rows(
            "SELECT o.sha256, o.size, o.content FROM submission_objects o JOIN submissions s USING (submission_id)"
            " WHERE s.local_id = ? AND o.content IS NOT NULL",
            (local_id,),
        )
        return "dossier" if any(not _holds(row) for row in rows) else None

    def _wrong_package(self, local_id: str) -> DamageKind | None:
        row = self._database.one(_CORE, (local_id,))
        if row is None or self._judge is None or self._judge(str(row["package_id"]), bytes(row["core"])):
            return None
        return "package"

    def _hurt(self, kind: DamageKind, local_id: str) -> Damage:
        whose = named(self._database, [local_id])
        words = f"{whose[0].upper()}{whose[1:]} có phần bị hỏng, không dùng được nữa. {RESTORE}"
        return Damage(kind, local_id, words, (local_id,))

    def _glance(self) -> Iterator[Damage]:
        yield from (one for one in look(self._parts) if one.kind not in ("journal", "attachment"))
        for row in self._database.rows(_PARTS_GONE):
            yield self._hurt("package", str(row["local_id"]))

    def _journal(self) -> Iterator[Damage]:
        try:
            self._parts.journal.verify()
        except JournalBroken as error:
            yield Damage("journal", str(error.seq), error.message)
        for row in self._database.rows(_SEALS):
            words = f"Niêm phong nhật ký ở mục {row['seq']} không khớp nhật ký. Báo người phụ trách, giữ nguyên máy."
            yield Damage("seal", str(row["seal_id"]), words)

    def _attachments(self) -> Iterator[Damage]:
        for row in self._database.rows("SELECT sha256, file FROM attachments ORDER BY sha256"):
            self._step()
            sha256, path = str(row["sha256"]), self._parts.attachments_folder / str(row["file"])
            if not path.is_file() or not self._authentic(sha256):
                yield hurt_attachment(self._database, sha256, gone=not path.is_file())

    def _authentic(self, sha256: str) -> bool:
        try:
            self._parts.attachments.open_bytes(sha256)
        except StoreError as error:
            if error.code not in ("attachment_damaged", "store_damaged"):
                raise
            return False
        return True


def _holds(row: Row) -> bool:
    content = row["content"]
    if not isinstance(content, bytes) or len(content) != int(row["size"]):
        return False
    return hashlib.sha256(content).hexdigest() == str(row["sha256"])
