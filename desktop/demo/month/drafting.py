"""Makes the dossiers of the plan at the desks: begun by purpose, filled in, papers attached, checked and submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from desktop.demo.home import DemoHome
from desktop.demo.month.calendar import MonthClock
from desktop.demo.month.entry import Entry
from desktop.demo.month.writing import Begun
from desktop.demo.scan import scan_pdf
from desktop.desk.desk import Desk
from desktop.dossier.dates import VIETNAM
from desktop.dossier.document import Attachment, Dossier, Level
from desktop.dossier.errors import VungXaError
from desktop.dossier.procedures import State
from desktop.store.store import Store


class PlanError(VungXaError):
    """A dossier of the plan does not pass the check (plan_failed)."""


@dataclass(frozen=True)
class Made:
    """A dossier of the plan at its desk; `warnings` were acknowledged by their words."""

    entry: Entry
    local_id: str
    warnings: int


def submit(home: DemoHome, entry: Entry, local_id: str) -> Made:
    """Checks and submits a draft, acknowledging each warning by its words as a person would.

    Raises PlanError naming the first error of the check.
    """
    desk = Desk(home.context(home.people()[0]))
    found = desk.check(desk.dossier(local_id))
    error = next((problem.message for problem in found if problem.level is Level.ERROR), "")
    if error:
        raise PlanError("plan_failed", f"Hồ sơ «{entry.title}» còn lỗi: {error}")
    warnings = [problem.message for problem in found if problem.level is Level.WARNING]
    desk.submit(local_id, warnings)
    return Made(entry, local_id, len(warnings))


def draft(home: DemoHome, clock: MonthClock, entry: Entry, before: Mapping[tuple[str, str], Made], seed: int) -> str:
    """Makes one draft at the clock's instant, filled in and with its papers; gives its local_id.

    `before` are the dossiers made earlier, by unit and title; `seed` makes people and scans.
    """
    desk = Desk(home.context(home.people()[0]))
    local_id = (
        desk.correct(before[entry.unit, entry.corrects].local_id)
        if entry.corrects
        else desk.create_for(entry.purpose, entry.answers)
    )
    dossier = desk.dossier(local_id).model_copy(update={"title": entry.title})
    today = clock().astimezone(VIETNAM).date()
    begun = Begun(desk, home.store, dossier, today, seed, home.folder)
    filled = dossier.model_copy(update={"documents": tuple(entry.write(begun))})
    own = seed + crc32(f"{entry.unit} {entry.title}".encode())
    papers = [*attach_lacking(desk, home.store, filled, entry.scan_bytes, own), *_record(home.store, entry, own)]
    desk.save(filled.model_copy(update={"attachments": (*filled.attachments, *papers)}))
    return local_id


def attach_lacking(desk: Desk, store: Store, dossier: Dossier, size: int, seed: int) -> Sequence[Attachment]:
    """A scan of about `size` bytes for every component that is missing, or that nobody can say is not needed."""
    wanted = [
        item for item in desk.components(dossier) if item.state in (State.MISSING, State.UNKNOWN) and item.attachable
    ]
    made = []
    for place, item in enumerate(wanted):
        key = item.attachable[0]
        kept = store.attachments.add(scan_pdf(size, seed + place), f"{key.replace('_', '-')}.pdf")
        made.append(kept.model_copy(update={"component": key}))
    return made


def _record(store: Store, entry: Entry, seed: int) -> list[Attachment]:
    if not entry.record_bytes:
        return []
    return [store.attachments.add(scan_pdf(entry.record_bytes, seed + 99), "bien-ban-nghiem-thu.pdf")]
