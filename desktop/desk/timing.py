"""Times that matter to a unit today: when the Treasury answers, and until when it takes dossiers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal

from desktop.dossier import intake, workdays
from desktop.dossier.dates import VIETNAM
from desktop.dossier.deadlines import Deadline, due, left_in_words, reconcile_again
from desktop.dossier.document import Dossier
from desktop.dossier.lifecycle import State
from desktop.dossier.views import TimeNote
from desktop.dossier.workdays import WorkCalendar, work_calendar
from desktop.store.store import Store

AT_TREASURY = frozenset({State.SENT, State.ACCEPTED})
ON_ITS_WAY = frozenset({State.DRAFT, State.TO_SIGN, State.SEALED, State.SENDING, State.DOUBTFUL})
SOON = 120
"""Minutes before the cut-off from which it is shown as urgent."""


class Timing:
    """Reads the unit's calendar and hour from its settings; `clock` says what time it is."""

    def __init__(self, store: Store, clock: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._clock = clock

    def calendar(self) -> WorkCalendar:
        """The working days with the unit's own table over the packaged one. Raises WorkdayError."""
        return work_calendar(self._store.settings.get(workdays.SETTING))

    def today(self) -> dt.date:
        """Today in Việt Nam."""
        return self._clock().astimezone(VIETNAM).date()

    def cutoff(self) -> dt.time:
        """The hour the unit's Treasury office takes dossiers until. Raises CutoffError."""
        return intake.cutoff(self._store.unit.get().treasury_code, self._store.settings.get(intake.SETTING))

    def set_cutoff(self, text: str) -> None:
        """Keeps the unit's own hour ("16:00"), or the table's again for "". Raises CutoffError."""
        intake.cutoff("", text)
        self._store.settings.set(intake.SETTING, text.strip())

    def set_workdays(self, text: str) -> None:
        """Keeps the unit's own table of moved days (JSON), or none for "". Raises WorkdayError."""
        workdays.moved_days(text)
        self._store.settings.set(workdays.SETTING, text.strip())

    def moved(self) -> dict[int, dict[str, Any]]:
        """The moved days in force by year, as `workdays.json` has them. Raises WorkdayError."""
        table = workdays.packaged_days() | workdays.moved_days(self._store.settings.get(workdays.SETTING))
        return {year: days.model_dump(mode="json") for year, days in sorted(table.items())}

    def intake_note(self) -> TimeNote:
        """Until when the Treasury takes dossiers today, in words. Raises CutoffError, WorkdayError."""
        found = intake.intake(self._clock(), self.cutoff(), self.calendar())
        left = found.minutes_left
        colour = "slate" if left is None or left > SOON else "amber"
        day = found.counts_as.isoformat()
        return TimeNote("Giờ nhận hồ sơ", intake.intake_in_words(found), "", colour, day, left)

    def note(self, dossier: Dossier, state: State) -> TimeNote | None:
        """What time says about one dossier in a state, None when nothing runs. Raises CutoffError, WorkdayError."""
        if state in ON_ITS_WAY:
            return self.intake_note()
        deadline = self.deadline(dossier, state)
        if deadline is None:
            return None
        waiting = state in AT_TREASURY
        title = "Hạn Kho bạc trả kết quả" if waiting else "Hạn đối chiếu lại"
        reason = f"{deadline.reason_vi}. Ngày dự kiến, tính từ lúc gói đến Kho bạc." if waiting else deadline.reason_vi
        left = self.calendar().between(self.today(), deadline.date)
        colour = "red" if self.today() > deadline.date else "amber" if left == 0 else "teal"
        text = left_in_words(deadline, self.today(), self.calendar())
        return TimeNote(title, text, reason, colour, deadline.date.isoformat(), left, deadline.rule)

    def deadline(self, dossier: Dossier, state: State) -> Deadline | None:
        """When the Treasury should answer a dossier it has (R-190 to R-195), or a mismatch be reconciled (R-149)."""
        at = self._store.projection.instants(dossier.local_id)
        if state is State.RETURNED and self._store.projection.facts(dossier.local_id).decision == "mismatch":
            return reconcile_again(_moment(at.decided).date(), self.calendar())
        arrived = at.received or at.tried
        if state not in AT_TREASURY or not arrived:
            return None
        moment = _moment(arrived)
        taken = intake.intake(moment, self.cutoff(), self.calendar()).counts_as
        return due(
            dossier.procedure, dossier.case, moment.date(), _kind(dossier), received=taken, calendar=self.calendar()
        )


def _moment(at: str) -> dt.datetime:
    return dt.datetime.fromisoformat(at).astimezone(VIETNAM)


def _kind(dossier: Dossier) -> Literal["", "advance", "payment"]:
    """Investment money: what Mẫu 04.a/TT asks for; every other procedure has one limit for a unit's dossier."""
    asked = {document.choices.get("request_kind") for document in dossier.documents if document.form == "I04A"}
    if asked == {"advance"}:
        return "advance"
    return "payment" if asked == {"completed"} else ""
