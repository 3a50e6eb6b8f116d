"""Which days the Treasury works: Monday to Friday without public holidays, and what the Government moves each year.

Public holidays, the lunar ones too, come from the `holidays` library. What it cannot know in advance (days swapped by a
yearly decision) is a table: `workdays.json` here, and the unit's own setting over it, year by year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError, model_validator

from desktop.dossier.errors import VungXaError

if TYPE_CHECKING:
    from holidays import HolidayBase

SETTING = "workdays"
"""Name of the unit's setting: a table like `workdays.json`; a year in it replaces the packaged one."""

_DAY = dt.timedelta(days=1)
_WEEKEND = frozenset({5, 6})
_YEARS = range(2000, 2101)


class WorkdayError(VungXaError):
    """Says that a table of moved days cannot be used; code "bad_workdays"."""


class YearDays(BaseModel):
    """What one year has besides its public holidays: days `off`, weekend days at `work`, each with its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = ""
    off: dict[dt.date, str] = {}
    work: dict[dt.date, str] = {}


class Moved(RootModel[dict[int, YearDays]]):
    """The table of moved days by year."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _days_fit(self) -> Self:
        for year, days in self.root.items():
            if (
                year not in _YEARS
                or any(day.year != year for day in (*days.off, *days.work))
                or days.off.keys() & days.work.keys()
            ):
                raise ValueError(str(year))
        return self


class WorkCalendar:
    """Answers what is a working day, and counts in them. Pure: it knows no today."""

    def __init__(self, moved: Mapping[int, YearDays]) -> None:
        self._off = {day: name for days in moved.values() for day, name in days.off.items()}
        self._work = frozenset(day for days in moved.values() for day in days.work)
        self._holidays = _public_holidays()

    def is_working(self, day: dt.date) -> bool:
        """Tell whether offices are open on a day."""
        return not self.why_off(day)

    def why_off(self, day: dt.date) -> str:
        """Say in words why a day is off ("Ngày Quốc khánh", "Thứ Bảy"); "" for a working day."""
        if day in self._work:
            return ""
        if day in self._off:
            return self._off[day]
        if day in self._holidays:
            return str(self._holidays[day])
        if day in self._holidays.weekend_workdays:
            return ""
        return WEEKDAYS[day.weekday()] if day.weekday() in _WEEKEND else ""

    def first(self, day: dt.date) -> dt.date:
        """Return the day itself if offices are open, else the next day they are."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add(self, day: dt.date, count: int) -> dt.date:
        """Return the count-th working day after a day; day 1 is the first working day after it, count 0 the day."""
        for _ in range(count):
            day = self.first(day + _DAY)
        return day

    def between(self, start: dt.date, end: dt.date) -> int:
        """Count the working days after `start` up to and with `end`; negative when `end` comes before `start`."""
        if end < start:
            return -self.between(end, start)
        return sum(self.is_working(start + _DAY * step) for step in range(1, (end - start).days + 1))


WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
"""Names of the days of the week, Monday first, as `date.weekday` counts."""


def long_date(day: dt.date) -> str:
    """Write a day with its weekday inside a sentence: "thứ Sáu 25/12/2026"."""
    name = WEEKDAYS[day.weekday()]
    return f"{name[0].lower()}{name[1:]} {day:%d/%m/%Y}"


def moved_days(text: str) -> dict[int, YearDays]:
    """Read a table of moved days from JSON as `workdays.json` has it; "" is an empty one. Raises WorkdayError."""
    if not text.strip():
        return {}
    try:
        return Moved.model_validate_json(text).root
    except ValidationError as error:
        raise WorkdayError(
            "bad_workdays",
            "Bảng ngày nghỉ và ngày làm bù không đọc được. Mỗi năm ghi «off» và «work», mỗi ngày dạng 2026-01-02, "
            "thuộc đúng năm đó và chỉ ở một bên.",
        ) from error


def packaged_days() -> dict[int, YearDays]:
    """Return the table that comes with the program."""
    return moved_days((files("desktop.dossier") / "workdays.json").read_text("utf-8"))


@lru_cache(maxsize=8)
def work_calendar(setting: str = "") -> WorkCalendar:
    """Return the calendar with the packaged table and the unit's setting over it, year by year; raises WorkdayError."""
    return WorkCalendar(packaged_days() | moved_days(setting))


def _public_holidays() -> HolidayBase:
    # Loading the library takes a tenth of a second; most commands never ask for a day.
    from holidays import country_holidays

    return country_holidays("VN", language="vi")
