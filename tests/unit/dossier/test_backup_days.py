"""When a backup is due and which stay, case by case; times are those of Việt Nam, written in UTC as they are stored."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.backup_days import (
    Thinning,
    due,
    due_at_close,
    kept,
    last_evening,
    next_evening,
    number_after,
    overdue,
)
from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.workdays import work_calendar

CALENDAR = work_calendar("")
CUTOFF = dt.time(15)


def at(text: str) -> dt.datetime:
    """A moment of Việt Nam, "17/11 16:00"; 17/11/2026 is a Tuesday."""
    return dt.datetime.strptime(f"2026/{text}", "%Y/%d/%m %H:%M").replace(tzinfo=VIETNAM)


def stored(text: str) -> str:
    return instant(at(text)) if text else ""


@pytest.mark.parametrize(
    ("now", "last", "changed", "expected"),
    [
        ("17/11 09:00", "", "17/11 08:00", True),  # never yet
        ("17/11 14:59", "16/11 15:30", "17/11 14:00", False),  # today's hour is not over
        ("17/11 15:00", "16/11 15:30", "17/11 14:00", True),
        ("17/11 15:30", "17/11 15:10", "17/11 15:20", False),  # done this evening, tomorrow's turn
        ("17/11 15:30", "16/11 15:30", "16/11 14:00", False),  # nothing changed
        ("17/11 15:30", "16/11 15:30", "16/11 15:30", True),  # in the second of the copy: perhaps after it
        ("15/11 10:00", "13/11 14:00", "13/11 14:30", True),  # Sunday: Friday's is still owed
        ("15/11 10:00", "13/11 15:30", "14/11 09:00", False),  # Saturday's work waits for Monday's evening
        ("18/11 08:00", "17/11 14:00", "17/11 14:30", True),  # the computer was off in the evening
    ],
)
def test_due_after_each_working_day(now: str, last: str, changed: str, expected: bool) -> None:
    assert due(at(now), stored(last), stored(changed), CUTOFF, CALENDAR) is expected


@pytest.mark.parametrize(
    ("now", "last", "changed", "expected"),
    [
        ("17/11 10:00", "", "", True),
        ("17/11 10:00", "16/11 15:30", "17/11 09:00", True),
        ("17/11 10:00", "16/11 15:30", "16/11 15:00", False),
        ("17/11 10:00", "17/11 09:30", "17/11 09:50", False),
        ("17/11 10:30", "17/11 09:30", "17/11 09:50", True),
    ],
)
def test_due_when_the_window_closes(now: str, last: str, changed: str, expected: bool) -> None:
    assert due_at_close(at(now), stored(last), stored(changed)) is expected


@pytest.mark.parametrize(
    ("now", "last", "changed", "expected"),
    [
        ("17/11 10:00", "", "17/11 09:00", True),
        ("17/11 10:00", "13/11 15:30", "17/11 09:00", False),  # over a weekend: two working days
        ("20/11 10:00", "13/11 15:30", "17/11 09:00", True),
        ("20/11 10:00", "13/11 15:30", "13/11 09:00", False),
    ],
)
def test_overdue_after_working_days(now: str, last: str, changed: str, expected: bool) -> None:
    assert overdue(at(now), stored(last), stored(changed), 3, CALENDAR) is expected


def test_evenings_are_those_of_working_days() -> None:
    assert next_evening(at("13/11 15:00"), CUTOFF, CALENDAR) == at("16/11 15:00")
    assert next_evening(at("13/11 14:00"), CUTOFF, CALENDAR) == at("13/11 15:00")
    assert last_evening(at("16/11 14:00"), CUTOFF, CALENDAR) == at("13/11 15:00")


def test_one_a_day_then_a_week_then_a_month_stays() -> None:
    start = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
    daily = [instant(start + dt.timedelta(days=day, hours=hour)) for day in range(200) for hour in (0, 1)]
    stay = kept(daily, Thinning(days=3, weeks=2, months=4))
    assert sorted(stay) == [
        "2026-04-30T10:00:00Z", "2026-05-31T10:00:00Z", "2026-06-30T10:00:00Z",
        "2026-07-19T10:00:00Z", "2026-07-21T10:00:00Z", "2026-07-22T10:00:00Z", "2026-07-23T10:00:00Z",
    ]  # fmt: skip


def test_a_closed_month_takes_no_daily_backup_away() -> None:
    assert len(kept(["2026-01-05T09:00:00Z", "2026-01-06T09:00:00Z", "2026-06-30T09:00:00Z"])) == 3


INSTANTS = st.lists(st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1)), max_size=60)


@given(INSTANTS)
def test_the_newest_always_stays_and_thinning_again_takes_nothing(moments: list[dt.datetime]) -> None:
    every = [instant(moment.replace(tzinfo=dt.UTC)) for moment in moments]
    stay = kept(every)
    assert stay <= set(every)
    assert not every or max(every) in stay
    assert kept(stay) == stay


@pytest.mark.parametrize(
    ("counter", "recent", "days", "expected"),
    [(0, 0, 0, 100), (443, 10, 0, 600), (443, 300, 30, 1400), (100, 0, 400, 200)],
)
def test_numbers_jump_past_what_may_have_been_given(counter: int, recent: int, days: int, expected: int) -> None:
    made = at("01/10 15:00")
    assert number_after(counter, recent, instant(made), made + dt.timedelta(days=days)) == expected
