"""Dossiers that travel between two machines of a unit for signatures: what went out, came in, went back, came home."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.dossier.acknowledgements import PayeeTold
from desktop.dossier.document import Dossier
from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.drafts import Drafts
from desktop.store.errors import FactError, fault
from desktop.store.frozen import Named, StepData
from desktop.store.journal import Journal
from desktop.store.places import is_away, is_guest, refuse_away, was_guest
from desktop.store.submissions import Submissions

Kind = Literal["out", "taken_back", "returned", "in", "back"]


@dataclass(frozen=True)
class HandoverFact:
    """One thing that happened; `bundle` names the file, `machine` the other side, `signed` the signatures it had."""

    local_id: str
    submission_id: int
    kind: Kind
    bundle: str
    machine: str
    signed: int
    at: str
    standing: bool
    """Whether the submission it is about still stands (False once it was withdrawn)."""


@dataclass(frozen=True)
class Guest:
    """A submission that lives on `machine`; `told` is what that machine says of its payees, `at` when, by its clock.

    `machine_id` is the machine's random name. The file said all this, and no signature covers it.
    """

    machine: str
    machine_id: str
    told: tuple[PayeeTold, ...]
    at: str


class Handovers:
    """Facts of hand-overs; a dossier that is away is not signed here, a guest is not sent from here."""

    def __init__(
        self, database: Database, clock: Clock, journal: Journal, drafts: Drafts, submissions: Submissions
    ) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        self._drafts = drafts
        self._submissions = submissions

    def away(self, local_id: str) -> bool:
        """Tell whether a submitted dossier is on another machine, or went back to the one it lives on."""
        number = self._number(local_id)
        return number is not None and is_away(self._database, number)

    def guest(self, local_id: str) -> Guest | None:
        """Return where a dossier lives when that is not here; None for this machine's own and for drafts."""
        row = self._database.one(
            "SELECT g.* FROM guests g JOIN active_submissions s USING (submission_id) WHERE s.local_id = ?", (local_id,)
        )
        if row is None:
            return None
        told = tuple(PayeeTold.model_validate(one) for one in json.loads(row["told"]))
        return Guest(row["home_machine"], row["home_id"], told, row["at"])

    def was_guest(self, local_id: str) -> bool:
        """Tell whether a dossier ever was here as a guest, so that it may come again after it was dropped."""
        return was_guest(self._database, local_id)

    def facts(self, local_id: str) -> list[HandoverFact]:
        """Return all that happened to a dossier, the newest first, withdrawn submissions included."""
        return [_fact(row) for row in self._database.rows(f"{_FACTS} WHERE s.local_id = ? {_NEWEST}", (local_id,))]

    def newest(self) -> list[HandoverFact]:
        """Return the last thing that happened to each standing submission that ever travelled, the newest first."""
        return [_fact(row) for row in self._database.rows(f"{_FACTS} WHERE {_LAST} AND w.at IS NULL {_NEWEST}")]

    def went(self, local_id: str, bundle: str, actor: str) -> Kind:
        """Record that a dossier went into a file: "out" for this machine's own, "back" for a guest; return which.

        Raises FactError handed_out while it is away already (a guest may go back again), already_sealed,
        already_on_paper, StoreError not_found for a draft.
        """
        with self._database.transaction():
            number = self._required(local_id)
            guest = self.guest(local_id)
            if guest is None:
                self._refuse_finished(number)
                refuse_away(self._database, number)
            kind: Kind = "out" if guest is None else "back"
            self._record(number, local_id, kind, bundle, guest.machine if guest else "", actor)
        return kind

    def take_back(self, local_id: str, actor: str) -> None:
        """Record that nobody waits for the other machine any more. Raises FactError not_away, StoreError not_found."""
        with self._database.transaction():
            number = self._required(local_id)
            if not is_away(self._database, number):
                raise FactError("not_away", "Hồ sơ này đang ở máy này, không phải lấy về. Ký hoặc chuyển đi từ đây.")
            guest = self.guest(local_id)
            self._record(number, local_id, "taken_back", "", guest.machine if guest else "", actor)

    def came_home(self, local_id: str, bundle: str, machine: str, actor: str) -> None:
        """Record that a dossier of this machine is back from another, before its new signatures are added."""
        with self._database.transaction():
            self._record(self._required(local_id), local_id, "returned", bundle, machine, actor)

    def came_in(self, local_id: str, bundle: str, actor: str) -> None:
        """Record that a guest that is here already came once more. Raises FactError not_guest."""
        with self._database.transaction():
            guest = self.guest(local_id)
            if guest is None:
                raise FactError("not_guest", "Hồ sơ này không phải của máy khác chuyển sang. Làm mới danh sách.")
            self._record(self._required(local_id), local_id, "in", bundle, guest.machine, actor)

    def take_in(
        self,
        dossier: Dossier,
        objects: Sequence[Named],
        steps: Sequence[StepData],
        guest: Guest,
        bundle: str,
        actor: str,
    ) -> None:
        """Keep a dossier of another machine as a guest: frozen, with its draft for the screens, holding no money.

        Raises FactError draft_frozen while a submission of it stands here.
        """
        with self._database.transaction():
            if self.was_guest(dossier.local_id):
                self._drafts.undelete(dossier.local_id, actor)
            self._drafts.save(dossier, actor)
            number = self._submissions.freeze_guest(dossier, objects, steps, actor)
            told = json.dumps([one.model_dump() for one in guest.told], ensure_ascii=False)
            self._database.insert(
                "guests", submission_id=number, home_machine=guest.machine, home_id=guest.machine_id, told=told,
                at=guest.at,
            )  # fmt: skip
            self._record(number, dossier.local_id, "in", bundle, guest.machine, actor)

    def drop_guest(self, local_id: str, actor: str) -> None:
        """Take a guest off this machine; signatures made on it lapse here. Raises FactError not_guest."""
        with self._database.transaction():
            number = self._required(local_id)
            if not is_guest(self._database, number):
                raise FactError("not_guest", "Hồ sơ này của chính máy này nên không bỏ được. Rút về bước soạn nếu cần.")
            self._database.insert("withdrawals", submission_id=number, at=self._clock(), actor=actor)
            self._journal.append(actor, "drop_guest", None, local_id)
            self._drafts.delete(local_id, actor)

    def _record(self, number: int, local_id: str, kind: Kind, bundle: str, machine: str, actor: str) -> None:
        signed = self._database.value("SELECT count(*) FROM signatures WHERE submission_id = ?", (number,))
        self._database.insert(
            "handovers", submission_id=number, kind=kind, bundle=bundle, machine=machine, signed=signed,
            at=self._clock(), actor=actor,
        )  # fmt: skip
        self._journal.append(actor, f"handover_{kind}", None, f"{local_id} {signed} {machine}".rstrip())

    def _refuse_finished(self, number: int) -> None:
        if self._database.value("SELECT 1 FROM paper_filings WHERE submission_id = ?", (number,)):
            raise FactError("already_on_paper", "Hồ sơ đã ghi là nộp giấy nên không chuyển máy khác ký nữa.")
        if self._database.value("SELECT 1 FROM packages WHERE submission_id = ?", (number,)):
            raise FactError("already_sealed", "Hồ sơ đã ký đủ và đóng gói nên không phải chuyển máy khác ký nữa.")

    def _number(self, local_id: str) -> int | None:
        found = self._database.value("SELECT submission_id FROM active_submissions WHERE local_id = ?", (local_id,))
        return None if found is None else int(found)

    def _required(self, local_id: str) -> int:
        number = self._number(local_id)
        if number is None:
            raise fault("not_found")
        return number


_FACTS = """
SELECT h.*, s.local_id, w.at AS withdrawn FROM handovers h JOIN submissions s USING (submission_id)
LEFT JOIN withdrawals w ON w.submission_id = s.submission_id
"""
_LAST = """NOT EXISTS (SELECT 1 FROM handovers x
    WHERE x.submission_id = h.submission_id AND x.handover_id > h.handover_id)"""
_NEWEST = "ORDER BY h.handover_id DESC"


def _fact(row: Row) -> HandoverFact:
    return HandoverFact(
        row["local_id"], row["submission_id"], row["kind"], row["bundle"], row["machine"], row["signed"], row["at"],
        row["withdrawn"] is None,
    )  # fmt: skip
