"""Scans made smaller, the originals they were made of, and the contents that nobody refers to any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.dossier.dates import instant
from desktop.dossier.document import Attachment
from desktop.store.attachments import Attachments
from desktop.store.clock import Clock
from desktop.store.database import Database
from desktop.store.draft_files import named
from desktop.store.errors import StoreError
from desktop.store.journal import Journal

_SETTING = "attachments_swept_at"
EVERY = timedelta(days=7)
KEPT = timedelta(days=1)
"""A content just added may be on its way into a draft."""

_UNUSED = """
NOT EXISTS (SELECT 1 FROM submission_objects o WHERE o.sha256 = a.sha256)
AND NOT EXISTS (SELECT 1 FROM package_parts p WHERE p.sha256 = a.sha256)
AND NOT EXISTS (SELECT 1 FROM draft_files f WHERE f.sha256 = a.sha256)
"""
_UNSIGNED = """
SELECT 1 FROM draft_files f WHERE f.sha256 = s.sha256 AND NOT EXISTS (
    SELECT 1 FROM active_submissions x JOIN signatures g USING (submission_id) WHERE x.local_id = f.local_id)
"""
_DONE_WITH = f"""
SELECT DISTINCT a.sha256 FROM scans s CROSS JOIN attachments a ON a.sha256 = s.original
WHERE {_UNUSED} AND NOT EXISTS (SELECT 1 FROM scans s WHERE s.original = a.sha256 AND EXISTS ({_UNSIGNED}))
"""  # noqa: S608 - ours
_LEFT_OVER = f"""
SELECT a.sha256 FROM attachments a WHERE a.added_at < ? AND {_UNUSED}
AND NOT EXISTS (SELECT 1 FROM scans s WHERE s.original = a.sha256 AND EXISTS ({_UNSIGNED}))
"""  # noqa: S608 - ours


class Scans:
    """Takes in smaller scans, gives originals back, and sweeps away what no draft, signature or package needs."""

    def __init__(self, database: Database, clock: Clock, journal: Journal, attachments: Attachments) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        self._attachments = attachments

    def take(self, original: Attachment, content: bytes, name: str, made_by: str, actor: str) -> Attachment:
        """Keep a smaller scan beside its original, and return it as the attachment that takes the other's place.

        `made_by` says with what it was made. Raises as Attachments.add.
        """
        with self._database.transaction():
            made = self._attachments.add(content, name)
            self._database.run(
                "INSERT OR REPLACE INTO scans (sha256, original, made_by, at, actor) VALUES (?, ?, ?, ?, ?)",
                (made.sha256, original.sha256, made_by, self._clock(), actor),
            )
            self._journal.append(actor, "shrink_scan", None, f"{original.sha256[:16]} {original.size} {made.size}")
        return made.model_copy(update={"component": original.component})

    def original(self, sha256: str) -> Attachment | None:
        """Return the original that a scan was made of, without a name; None for other files and when it is gone."""
        row = self._database.one(
            "SELECT a.sha256, a.size, a.media_type FROM scans s JOIN attachments a ON a.sha256 = s.original"
            " WHERE s.sha256 = ?",
            (sha256,),
        )
        return None if row is None else Attachment(name="", **row)

    def put_back(self, smaller: Attachment, actor: str) -> Attachment:
        """Return the original as the attachment to take the smaller one's place again, under the smaller one's name.

        Raises StoreError original_gone.
        """
        found = self.original(smaller.sha256)
        if found is None:
            raise StoreError(
                "original_gone", "Bản quét gốc không còn được giữ vì hồ sơ đã ký. Muốn đổi, đính kèm lại tệp gốc."
            )
        with self._database.transaction():
            self._journal.append(actor, "put_back_scan", None, f"{found.sha256[:16]} {smaller.size} {found.size}")
        return found.model_copy(update={"name": smaller.name, "component": smaller.component})

    def sweep(self) -> list[str]:
        """Delete originals whose dossiers are signed and, once a week, all that nobody refers to; return their digests.

        Run when a store is opened; while there is nothing to do it writes nothing. Raises StoreError.
        """
        weekly = self._due()
        if not weekly and not self._database.rows(_DONE_WITH):
            return []
        with self._database.transaction():
            gone = {str(row["sha256"]) for row in self._database.rows(_DONE_WITH)}
            if weekly:
                before = instant(datetime.fromisoformat(self._clock()) - KEPT)
                gone |= {str(row["sha256"]) for row in self._database.rows(_LEFT_OVER, (before,))}
                self._attachments.sweep()
                self._database.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", (_SETTING, self._clock()))
            gone -= named(self._database, gone)
            for digest in gone:
                self._database.run("DELETE FROM scans WHERE sha256 = ?", (digest,))
            files = self._attachments.forget(sorted(gone))
        self._attachments.erase(files)
        return sorted(gone)

    def _due(self) -> bool:
        last = self._database.value("SELECT value FROM settings WHERE name = ?", (_SETTING,))
        return last is None or datetime.fromisoformat(self._clock()) - datetime.fromisoformat(last) >= EVERY
