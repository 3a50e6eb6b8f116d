"""When a backup is due, which ones are kept, and how far numbers jump after a restore: pure, nothing asks a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from desktop.dossier.dates import VIETNAM
from desktop.dossier.workdays import WorkCalendar

LOOK_BACK = 15
"""Days within which there is always a working day: Tết closes offices for nine or so."""
CLOSING_GAP = dt.timedelta(hours=1)
"""A window opened and closed again and again makes no more than one backup in this time."""
LEAST_GAP = 100
RECENT_DAYS = 30


class Thinning(NamedTuple):
    """The newest of each of so many days, weeks and months stays; those without a backup are not counted."""

    days: int = 14
    weeks: int = 8
    months: int = 24


USUAL = Thinning()


def kept(instants: Iterable[str], thinning: Thinning = USUAL) -> frozenset[str]:
    """Return which of these instants (ISO-8601 UTC) stay; days, weeks and months are those of Việt Nam."""
    newest_first = sorted(set(instants), reverse=True)
    rules: tuple[tuple[Callable[[dt.date], Hashable], int], ...] = (
        (lambda day: day, thinning.days),
        (lambda day: day.isocalendar()[:2], thinning.weeks),
        (lambda day: (day.year, day.month), thinning.months),
    )
    return frozenset(at for period, many in rules for at in _newest_of(newest_first, period, many))


def _newest_of(newest_first: list[str], period: Callable[[dt.date], Hashable], many: int) -> list[str]:
    first: dict[Hashable, str] = {}
    for at in newest_first:
        first.setdefault(period(_day(at)), at)
    return list(first.values())[:many]


def last_evening(now: dt.datetime, cutoff: dt.time, calendar: WorkCalendar) -> dt.datetime | None:
    """Return the newest moment at which a working day's dossiers were closed; None when none was for long."""
    today = now.astimezone(VIETNAM).date()
    days = (today - dt.timedelta(days=back) for back in range(LOOK_BACK))
    evenings = (dt.datetime.combine(day, cutoff, VIETNAM) for day in days if calendar.is_working(day))
    return next((moment for moment in evenings if moment <= now), None)


def next_evening(now: dt.datetime, cutoff: dt.time, calendar: WorkCalendar) -> dt.datetime:
    """Return the next moment at which a working day's dossiers are closed."""
    today = now.astimezone(VIETNAM).date()
    day = today if dt.datetime.combine(today, cutoff, VIETNAM) > now else today + dt.timedelta(days=1)
    return dt.datetime.combine(calendar.first(day), cutoff, VIETNAM)


def due(now: dt.datetime, last_at: str, changed_at: str, cutoff: dt.time, calendar: WorkCalendar) -> bool:
    """Tell whether a backup is due now: a working day ended since the last, and something changed since the last.

    `last_at` is the newest backup's instant ("" for none), `changed_at` that of the newest change: one in the very
    second of the backup may have come after the copy.
    """
    if not last_at or changed_at < last_at:
        return not last_at
    evening = last_evening(now, cutoff, calendar)
    return evening is not None and _moment(last_at) < evening


def due_at_close(now: dt.datetime, last_at: str, changed_at: str) -> bool:
    """Tell whether one is due because the window closes: something changed, and the last is not of this very hour."""
    if not last_at or changed_at < last_at:
        return not last_at
    return now - _moment(last_at) >= CLOSING_GAP


def overdue(now: dt.datetime, last_at: str, changed_at: str, warn_days: int, calendar: WorkCalendar) -> bool:
    """Tell whether the last backup is older than so many working days and something changed since."""
    if not last_at or changed_at < last_at:
        return not last_at
    return calendar.between(_day(last_at), now.astimezone(VIETNAM).date()) > warn_days


def number_after(counter: int, recent: int, backup_at: str, now: dt.datetime) -> int:
    """Return the number that a restored unit counts on from, so that none used after the backup is given again.

    `recent` dossiers were begun in the `RECENT_DAYS` days before the backup. Nobody can say how many were begun after
    it: three times what that pace gives, at least a hundred, up to the next hundred.
    """
    days = max(0, (now - _moment(backup_at)).days) + 1
    gap = max(LEAST_GAP, 3 * recent * days // RECENT_DAYS)
    return -(-(counter + gap) // 100) * 100


def _moment(at: str) -> dt.datetime:
    return dt.datetime.fromisoformat(at)


def _day(at: str) -> dt.date:
    return _moment(at).astimezone(VIETNAM).date()
