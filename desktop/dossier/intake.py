"""Until what hour a Treasury office takes dossiers on a day, and on which day a dossier counts as received."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from desktop.dossier.dates import VIETNAM
from desktop.dossier.errors import VungXaError
from desktop.dossier.workdays import WorkCalendar, long_date, work_calendar

SETTING = "cutoff"
"""Name of the unit's setting: the hour its own Treasury office takes dossiers until ("16:00"); "" for the table's."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\Z", re.ASCII)


class CutoffError(VungXaError):
    """Says that a text is no hour of the day; code "bad_cutoff"."""


class Cutoffs(BaseModel):
    """The table `cutoffs.json`: the usual hour, and that of offices known to differ, by Treasury code (mã KBNN)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    default: str
    treasuries: dict[str, str] = {}


class Intake(NamedTuple):
    """Whether dossiers are still taken today: `minutes_left` is None when not.

    `counts_as` is the day a dossier sent now counts as received, `reason` says why today is off, "" on a working day.
    """

    cutoff: dt.time
    minutes_left: int | None
    counts_as: dt.date
    reason: str = ""


def cutoff(treasury_code: str, setting: str = "") -> dt.time:
    """Return the hour an office takes dossiers until: the unit's setting, else the table's; raises CutoffError."""
    table = _table()
    text = setting.strip() or table.treasuries.get(treasury_code, table.default)
    found = _CLOCK.match(text)
    if found is None:
        raise CutoffError("bad_cutoff", "Giờ nhận hồ sơ ghi bốn chữ số giờ và phút, ví dụ 15:00.")
    return dt.time(int(found.group(1)), int(found.group(2)))


def intake(now: dt.datetime, until: dt.time, calendar: WorkCalendar | None = None) -> Intake:
    """Say how an office stands at an aware moment: how long it still takes dossiers, or on which day it next does."""
    days = calendar or work_calendar()
    local = now.astimezone(VIETNAM)
    today = local.date()
    reason = days.why_off(today)
    if reason:
        return Intake(until, None, days.first(today), reason)
    left = dt.datetime.combine(today, until, VIETNAM) - local
    if left <= dt.timedelta():
        return Intake(until, None, days.add(today, 1))
    return Intake(until, -(-left // dt.timedelta(minutes=1)), today)


def intake_in_words(found: Intake) -> str:
    """Write it for the screen: "Kho bạc nhận hồ sơ hôm nay đến 15:00, còn 2 giờ 10 phút"."""
    if found.minutes_left is not None:
        return f"Kho bạc nhận hồ sơ hôm nay đến {found.cutoff:%H:%M}, còn {minutes_in_words(found.minutes_left)}"
    why = f"Hôm nay Kho bạc nghỉ ({found.reason})" if found.reason else f"Đã quá {found.cutoff:%H:%M} hôm nay"
    return f"{why}. Hồ sơ gửi lúc này tính là nhận {long_date(found.counts_as)}"


def minutes_in_words(minutes: int) -> str:
    """Write minutes as hours and minutes: "2 giờ 10 phút", "1 giờ", "45 phút"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} giờ" if hours else "", f"{rest} phút" if rest or not hours else "")))


@cache
def _table() -> Cutoffs:
    return Cutoffs.model_validate_json((files("desktop.dossier") / "cutoffs.json").read_text("utf-8"))
