"""Brings accepted Mẫu 24 into the register of signers, or says whom it names that nobody here knows yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from desktop.dossier.dates import VIETNAM
from desktop.dossier.document import Dossier
from desktop.dossier.pack import SHELF, under
from desktop.dossier.registration import AWAITING, Register
from desktop.dossier.registration_form import RegisterChange, change_of, named_signers
from desktop.store.database import Database

TAKEN = "register_by_form"
"""Journal action that marks the package of a Mẫu 24 as brought into the register."""

_ACCEPTED = """
SELECT p.package_id, d.body, f.at FROM feed_events f
JOIN packages p ON p.package_id = f.package_id
JOIN submissions s ON s.submission_id = p.submission_id
JOIN drafts d ON d.local_id = s.local_id
WHERE f.kind = 'decision' AND f.decision = 'paid' AND json_extract(d.body, '$.procedure') = 'P5'
    AND f.applied_at >= (SELECT min(at) FROM registrations)
    AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.action = ? AND j.package_id = p.package_id)
ORDER BY f.seq
"""
"""What was accepted before there was a register is in it already, as the unit's people then were."""


class AcceptedForm(NamedTuple):
    """A Mẫu 24 the Treasury accepted: its package, its dossier's number, when, what it changes, whom nobody knows."""

    package_id: str
    number: str
    at: str
    changes: tuple[RegisterChange, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names without a person with a certificate here."""
        return tuple(name for change in self.changes for name in change.unknown)


def accepted_forms(database: Database, register: Register) -> Iterator[AcceptedForm]:
    """Yield the accepted Mẫu 24 that are not in the register yet, the oldest first, held against it as it stands."""
    for row in database.rows(_ACCEPTED, (TAKEN,)):
        dossier = Dossier.model_validate_json(row["body"])
        if dossier.pack in SHELF.versions():
            yield AcceptedForm(row["package_id"], dossier.number, row["at"], _changes(dossier, register, row["at"]))


def _changes(dossier: Dossier, register: Register, at: str) -> tuple[RegisterChange, ...]:
    open_ones = [item for item in register.registrations if not item.until]
    waiting = {item.person_id for item in open_ones if item.source == AWAITING}
    day = datetime.fromisoformat(at).astimezone(VIETNAM).date().isoformat()
    with under(dossier.pack):
        named = named_signers(dossier.documents)
    return tuple(
        change_of(
            one,
            [person for person in register.people if person.person_id not in waiting],
            [person for person in register.people if person.person_id in waiting],
            register.delegations,
            day,
            dossier.number,
        )
        for one in named
    )
