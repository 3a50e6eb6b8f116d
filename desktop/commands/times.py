"""`vungxa status` and `calendar`: where every dossier stands, what is due when, and by which calendar."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from desktop.commands.answer import Answer, to_json
from desktop.commands.opening import opened, opened_store
from desktop.commands.reading import read_json_object
from desktop.desk.context import DeskContext, utc_now
from desktop.desk.duties import Duties
from desktop.desk.evidence import warning
from desktop.desk.people import People
from desktop.desk.timing import AT_TREASURY, Timing
from desktop.dossier.dates import format_date
from desktop.dossier.duties import Act
from desktop.dossier.lifecycle import State
from desktop.dossier.periodic_duties import UNIT_KINDS
from desktop.dossier.views import DossierRow, RowQuery
from desktop.store.store import Store

ALL_ROWS = 100_000


def status(args: Namespace) -> Answer:
    """Every dossier with its state, newest first, the hour to send by and what is due. Raises StoreError."""
    with opened(args, Act.READ) as context:
        store = context.store
        rows = store.projection.rows(RowQuery(limit=ALL_ROWS))
        timing = Timing(store, utc_now)
        notes = {row.local_id: _deadline(store, timing, row) for row in rows}
        intake, duties, warnings = timing.intake_note(), Duties(store, utc_now).open(), list(_warnings(context))
    items = [
        {
            "local_id": row.local_id,
            "number": row.number,
            "title": row.title,
            "amount": row.amount,
            "state": row.status.state.value,
            "label": row.status.label,
            "deadline": notes[row.local_id],
        }
        for row in rows
    ]
    lines = []
    for row in rows:
        note = notes[row.local_id]
        lines.append(f"{row.number}  {row.status.label:28} {row.title}")
        lines += [f"      {note['title']}: {note['text']}."] if note else []
    lines += [f"{intake.text}.", *(f"{format_date(duty.date)}  {duty.title}: {duty.detail}" for duty in duties)]
    lines += warnings
    payload = {"ok": True, "dossiers": items, "intake": intake._asdict(), "duties": [duty._asdict() for duty in duties]}
    payload["warnings"] = warnings
    return Answer(payload, lines)


def _changes(args: Namespace) -> bool:
    return any(given is not None for given in (args.cutoff, args.workdays, args.unit_kind))


def _warnings(context: DeskContext) -> Iterator[str]:
    """Packages without a time-stamp for too long, certificates that run out, signers nobody knows yet."""
    people = People(context)
    yield from filter(None, (warning(context.store, utc_now()),))
    yield from (notice.text for notice in people.notices(utc_now()))
    yield from (task.text for task in people.tasks())


def _deadline(store: Store, timing: Timing, row: DossierRow) -> dict[str, Any] | None:
    """What the Treasury, or after a mismatch the unit, must do by when; only dossiers that left have such a day."""
    if row.status.state not in (*AT_TREASURY, State.RETURNED):
        return None
    note = timing.note(store.drafts.get(row.local_id), row.status.state)
    return None if note is None else note._asdict()


def calendar(args: Namespace) -> Answer:
    """Changes what is given of the unit's hour, moved days and kind, and tells all three.

    Raises CutoffError, WorkdayError, DutyError, FileProblem, StoreError; nothing is kept when one is wrong.
    """
    moved = None if args.workdays is None else to_json(read_json_object(args.workdays))
    with opened_store(args, Act.SETTINGS if _changes(args) else Act.READ) as store:
        timing, duties = Timing(store, utc_now), Duties(store, utc_now)
        with store.transaction():
            if args.cutoff is not None:
                timing.set_cutoff(args.cutoff)
            if moved is not None:
                timing.set_workdays(moved)
            if args.unit_kind is not None:
                duties.set_kind(args.unit_kind)
        hour, kind, days = f"{timing.cutoff():%H:%M}", duties.kind(), timing.moved()
    payload = {"ok": True, "cutoff": hour, "unit_kind": kind.value, "workdays": days}
    lines = [f"Kho bạc nhận hồ sơ đến {hour}. Loại đơn vị: {UNIT_KINDS[kind]}."]
    for year, table in days.items():
        lines += [f"{format_date(day)}  nghỉ: {why}" for day, why in table["off"].items()]
        lines += [f"{format_date(day)}  làm việc: {why}" for day, why in table["work"].items()]
        lines += [f"Năm {year} theo {table['source']}."] if table["source"] else []
    return Answer(payload, lines)
