"""Dossiers handed in on paper: frozen like those that are sent, with the printed pack in place of what is signed."""

from __future__ import annotations

from desktop.store.clock import Clock
from desktop.store.database import Database
from desktop.store.errors import FactError
from desktop.store.journal import Journal
from desktop.store.places import refuse_guest
from desktop.store.submissions import Named, Submissions


class PaperFilings:
    """Records that a dossier went on paper, which ends its electronic way; withdrawing the submission takes it back."""

    def __init__(self, database: Database, clock: Clock, journal: Journal, submissions: Submissions) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        self._submissions = submissions

    def file(self, local_id: str, pack: Named, reason: str, actor: str) -> None:
        """Freeze a draft with its printed pack and record why it goes on paper.

        A dossier that waits for signatures stays as frozen; they are not asked for any more.
        Raises FactError already_sealed, already_on_paper, guest_here, number_used, already_replaced, StoreError
        not_found.
        """
        with self._database.transaction():
            number = self._standing(local_id)
            if number is None:
                number = self._submissions.freeze(local_id, [pack], [], actor)
            refuse_guest(self._database, number)
            self._database.insert("paper_filings", submission_id=number, at=self._clock(), actor=actor, reason=reason)
            self._journal.append(actor, "file_on_paper", None, local_id)

    def reason(self, local_id: str) -> str | None:
        """Return why a dossier went on paper, None when it did not."""
        value = self._database.value(
            "SELECT f.reason FROM paper_filings f JOIN active_submissions s USING (submission_id) WHERE s.local_id = ?",
            (local_id,),
        )
        return None if value is None else str(value)

    def _standing(self, local_id: str) -> int | None:
        row = self._database.one(
            "SELECT s.submission_id, p.package_id, f.at AS filed FROM active_submissions s"
            " LEFT JOIN packages p USING (submission_id) LEFT JOIN paper_filings f USING (submission_id)"
            " WHERE s.local_id = ?",
            (local_id,),
        )
        if row is None:
            return None
        if row["package_id"] is not None:
            raise FactError(
                "already_sealed", "Hồ sơ đã đóng gói để gửi điện tử. Chờ Kho bạc trả lời, hoặc tạo bản sửa rồi in giấy."
            )
        if row["filed"] is not None:
            raise FactError(
                "already_on_paper", "Hồ sơ đã ghi là nộp giấy. Rút lại về bước soạn nếu muốn nộp cách khác."
            )
        return int(row["submission_id"])
