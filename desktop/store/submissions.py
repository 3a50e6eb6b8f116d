"""Submitted dossiers: frozen bytes waiting for their signatures, in order, one person a step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from desktop.dossier.document import Dossier
from desktop.store.attachments import Attachments
from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.drafts import Drafts
from desktop.store.errors import FactError, fault
from desktop.store.finding_facts import find_submitted
from desktop.store.frozen import FrozenObject as FrozenObject
from desktop.store.frozen import Named as Named
from desktop.store.frozen import ObjectInfo, Signature, Signing
from desktop.store.frozen import StepData as StepData
from desktop.store.frozen import Submission as Submission
from desktop.store.journal import Journal
from desktop.store.places import refuse_away, refuse_former_guest, refuse_guest
from desktop.store.recording import record
from desktop.store.rivals import keys_of, refuse_rivals


class Submissions:
    """Freeze, sign, withdraw; a dossier has at most one submission that is not withdrawn."""

    def __init__(
        self, database: Database, clock: Clock, journal: Journal, drafts: Drafts, attachments: Attachments
    ) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        self._drafts = drafts
        self._attachments = attachments

    def freeze(self, local_id: str, objects: Sequence[Named], steps: Sequence[StepData], actor: str) -> int:
        """Freeze the saved draft with the exact bytes to sign, hold its money, and return the submission's number.

        Without steps it is signed in ink: one signature that nobody is asked for here.

        Raises FactError draft_frozen when it is already submitted, number_used or already_replaced when another dossier
        has its voucher's number or corrects the same package, guest_here when it came from another machine, which alone
        may send it, StoreError not_found.
        """
        with self._database.transaction():
            if self._active(local_id) is not None:
                raise fault("draft_frozen")
            refuse_former_guest(self._database, local_id)
            dossier = self._drafts.get(local_id)
            if self._database.value("SELECT deleted_at FROM drafts WHERE local_id = ?", (local_id,)):
                raise fault("not_found")
            refuse_rivals(self._database, dossier)
            number = self._freeze(dossier, objects, steps, actor, dossier.replaces)
            record(self._database, number, dossier)
            find_submitted(self._database, number)
            for position, voucher in enumerate(keys_of(dossier)):
                self._database.insert("vouchers", submission_id=number, position=position, **vars(voucher))
            self._journal.append(actor, "submit", None, local_id)
        return number

    def freeze_guest(self, dossier: Dossier, objects: Sequence[Named], steps: Sequence[StepData], actor: str) -> int:
        """Freeze what lives on another machine and is saved here to be signed, and return the submission's number.

        It holds no money, no voucher number and no place of a correction. Raises FactError draft_frozen.
        """
        with self._database.transaction():
            if self._active(dossier.local_id) is not None:
                raise fault("draft_frozen")
            return self._freeze(dossier, objects, steps, actor, None)

    def _freeze(
        self, dossier: Dossier, objects: Sequence[Named], steps: Sequence[StepData], actor: str, replaces: str | None
    ) -> int:
        number = self._database.insert(
            "submissions", local_id=dossier.local_id, at=self._clock(), actor=actor, urgent=dossier.urgent,
            steps=max(len(steps), 1), replaces=replaces,
        )  # fmt: skip
        for position, item in enumerate(objects):
            self._keep(number, position, item)
        for step in steps:
            self._ask(number, step)
        self._drafts.forget_steps(dossier.local_id)
        return number

    def get(self, local_id: str) -> Submission:
        """Return the submission with all its bytes. Raises StoreError not_found."""
        row = self._required(local_id)
        number = int(row["submission_id"])
        return Submission(
            number, local_id, row["at"], row["actor"], bool(row["urgent"]),
            self._objects(number), self.steps(local_id), self._signatures(number),
        )  # fmt: skip

    def texts(self, submission_id: int) -> tuple[FrozenObject, ...]:
        """Return what a submission says of itself, dossier.json and the documents, without attachments."""
        rows = self._database.rows(
            "SELECT * FROM submission_objects WHERE submission_id = ? AND name NOT LIKE 'attachments/%'"
            " ORDER BY position",
            (submission_id,),
        )
        return tuple(map(self._object, rows))

    def object(self, local_id: str, name: str) -> FrozenObject:
        """Return one frozen object with its bytes. Raises StoreError not_found."""
        number = self.number(local_id)
        row = self._database.one(
            "SELECT * FROM submission_objects WHERE submission_id = ? AND name = ?", (number, name)
        )
        if row is None:
            raise fault("not_found")
        return self._object(row)

    def signings(self, submission_id: int) -> tuple[Signing, ...]:
        """Return who signed when and where, in order."""
        rows = self._database.rows(
            "SELECT step, person_id, at, session, machine, machine_name FROM signatures WHERE submission_id = ?"
            " ORDER BY step",
            (submission_id,),
        )
        return tuple(Signing(*row) for row in rows)

    def number(self, local_id: str) -> int:
        """Return the number of a dossier's submission. Raises StoreError not_found."""
        return int(self._required(local_id)["submission_id"])

    def infos(self, local_id: str) -> tuple[ObjectInfo, ...]:
        """Return the frozen objects without their bytes; empty for a draft."""
        rows = self._database.rows(
            "SELECT o.name, o.media_type, o.sha256, o.size FROM submission_objects o"
            " JOIN active_submissions s USING (submission_id) WHERE s.local_id = ? ORDER BY o.position",
            (local_id,),
        )
        return tuple(ObjectInfo(*row) for row in rows)

    def steps(self, local_id: str) -> tuple[StepData, ...]:
        """Return the signatures asked for, in order; empty for a draft."""
        rows = self._database.rows(
            "SELECT t.* FROM submission_steps t JOIN active_submissions s USING (submission_id)"
            " WHERE s.local_id = ? ORDER BY t.step",
            (local_id,),
        )
        return tuple(_step(row) for row in rows)

    def signed_at(self, local_id: str) -> dict[int, str]:
        """Return when each step was signed, by its order."""
        rows = self._database.rows(
            "SELECT g.step, g.at FROM signatures g JOIN active_submissions s USING (submission_id)"
            " WHERE s.local_id = ?",
            (local_id,),
        )
        return {int(row["step"]): str(row["at"]) for row in rows}

    def add_signature(
        self,
        local_id: str,
        order: int,
        manifest: bytes,
        cms: bytes,
        person_id: str,
        at: str,
        *,
        session: str = "",
        machine: str = "",
        machine_name: str = "",
    ) -> None:
        """Keep one signature and where it was made (see Signature).

        Raises FactError not_your_turn unless it is this person's step and the next one, handed_out while it is on
        another machine, already_on_paper for a dossier that was handed in on paper.
        """
        with self._database.transaction():
            number = int(self._required(local_id)["submission_id"])
            if self._database.value("SELECT 1 FROM paper_filings WHERE submission_id = ?", (number,)):
                raise FactError(
                    "already_on_paper", "Hồ sơ đã ghi là nộp giấy nên không ký điện tử nữa. Bỏ chọn hồ sơ này."
                )
            refuse_away(self._database, number)
            step = self._next_step(number)
            if step is None or (step["step"], step["person_id"]) != (order, person_id):
                raise FactError("not_your_turn", "Chưa đến lượt người này ký hồ sơ. Làm mới danh sách ký rồi ký lại.")
            self._database.insert(
                "signatures", submission_id=number, step=order, person_id=person_id, at=at, manifest=manifest, cms=cms,
                session=session, machine=machine, machine_name=machine_name,
            )  # fmt: skip
            self._journal.append(person_id, "sign", None, f"{local_id} {order}")

    def withdraw(self, local_id: str, actor: str) -> None:
        """Take it back to draft; its signatures lapse.

        Raises FactError already_sealed once it is a package, guest_here for what lives on another machine.
        """
        with self._database.transaction():
            number = int(self._required(local_id)["submission_id"])
            refuse_guest(self._database, number)
            if self._database.value("SELECT 1 FROM packages WHERE submission_id = ?", (number,)):
                raise FactError(
                    "already_sealed", "Hồ sơ đã đóng gói để gửi nên không rút lại được. Hãy hủy gói hoặc tạo bản sửa."
                )
            self._database.insert("withdrawals", submission_id=number, at=self._clock(), actor=actor)
            self._journal.append(actor, "withdraw", None, local_id)

    def to_sign(self, person_id: str) -> list[str]:
        """Return the dossiers whose next signature is this person's, the one submitted first first."""
        rows = self._database.rows(_TO_SIGN, (person_id,))
        return [str(row["local_id"]) for row in rows]

    def _keep(self, number: int, position: int, item: Named) -> None:
        digest = hashlib.sha256(item.content).hexdigest()
        content = None if self._attachments.has(digest) else item.content
        self._database.insert(
            "submission_objects", submission_id=number, position=position, name=item.name, media_type=item.media_type,
            sha256=digest, size=len(item.content), content=content,
        )  # fmt: skip

    def _ask(self, number: int, step: StepData) -> None:
        self._database.insert(
            "submission_steps", submission_id=number, step=step["order"], roles=json.dumps(list(step["roles"])),
            title=step["title"], name=step["name"], person_id=step["person_id"],
            certificate_sha256=step["certificate_sha256"],
        )  # fmt: skip

    def _objects(self, number: int) -> tuple[FrozenObject, ...]:
        rows = self._database.rows(
            "SELECT * FROM submission_objects WHERE submission_id = ? ORDER BY position", (number,)
        )
        return tuple(map(self._object, rows))

    def _object(self, row: Row) -> FrozenObject:
        return FrozenObject(row["name"], row["media_type"], row["sha256"], row["size"], self._content(row))

    def _content(self, row: Row) -> bytes:
        return self._attachments.open_bytes(row["sha256"]) if row["content"] is None else bytes(row["content"])

    def _signatures(self, number: int) -> tuple[Signature, ...]:
        rows = self._database.rows("SELECT * FROM signatures WHERE submission_id = ? ORDER BY step", (number,))
        return tuple(
            Signature(
                r["step"], r["person_id"], r["at"], r["manifest"], r["cms"], r["session"], r["machine"],
                r["machine_name"],
            )
            for r in rows
        )  # fmt: skip

    def _next_step(self, number: int) -> Row | None:
        return self._database.one(
            "SELECT step, person_id FROM submission_steps t WHERE submission_id = ? AND NOT EXISTS"
            " (SELECT 1 FROM signatures g WHERE g.submission_id = t.submission_id AND g.step = t.step)"
            " ORDER BY step LIMIT 1",
            (number,),
        )

    def _active(self, local_id: str) -> Row | None:
        return self._database.one("SELECT * FROM active_submissions WHERE local_id = ?", (local_id,))

    def _required(self, local_id: str) -> Row:
        row = self._active(local_id)
        if row is None:
            raise fault("not_found")
        return row


_TO_SIGN = """
SELECT s.local_id FROM active_submissions s
JOIN submission_steps t ON t.submission_id = s.submission_id AND t.step = (
    SELECT min(x.step) FROM submission_steps x WHERE x.submission_id = s.submission_id AND NOT EXISTS (
        SELECT 1 FROM signatures g WHERE g.submission_id = x.submission_id AND g.step = x.step))
WHERE t.person_id = ? AND NOT EXISTS (SELECT 1 FROM packages p WHERE p.submission_id = s.submission_id)
    AND NOT EXISTS (SELECT 1 FROM paper_filings f WHERE f.submission_id = s.submission_id)
    AND s.submission_id NOT IN (SELECT submission_id FROM away)
ORDER BY s.submission_id
"""


def _step(row: Row) -> StepData:
    return StepData(
        order=row["step"], roles=json.loads(row["roles"]), title=row["title"], name=row["name"],
        person_id=row["person_id"], certificate_sha256=row["certificate_sha256"],
    )  # fmt: skip
