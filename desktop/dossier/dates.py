"""Days and instants as text, without a clock: who asks says what day or time it is."""

from __future__ import annotations

import datetime as dt
import re

from desktop.dossier.errors import VungXaError

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_TYPED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\Z", re.ASCII)

VIETNAM = dt.timezone(dt.timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Việt Nam has one time zone without summer time; a machine set to another one must not move a date."""


class DateError(VungXaError):
    """Says that a text is no day of the calendar; code "bad_date"."""


def instant(moment: dt.datetime) -> str:
    """Write an aware moment as it is stored, sent and signed: ISO-8601 UTC with "Z", seconds rounded down."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_time(stored: str) -> str:
    """Write a stored instant as people in Việt Nam read it, "05:50 24/11/2026"; "" stays "".

    Raises ValueError for anything that `instant` did not write.
    """
    return dt.datetime.fromisoformat(stored).astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y") if stored else ""


def local_day(stored: str) -> str:
    """Write the day of a stored instant as people in Việt Nam read it, "24/11/2026"; "" stays "".

    Raises ValueError for anything that `instant` did not write.
    """
    return local_time(stored).partition(" ")[2]


def parse_date(text: str) -> str:
    """Read "2026-11-23", "23/11/2026" or "3.1.2026" as "YYYY-MM-DD"; raises DateError if no such day exists."""
    plain = text.strip()
    typed = _TYPED.match(plain)
    if typed is not None:
        day, month, year = typed.groups()
        plain = f"{year}-{month:0>2}-{day:0>2}"
    if not is_date(plain):
        raise DateError("bad_date", "Ngày này không có trong lịch. Ghi ngày/tháng/năm, ví dụ 23/11/2026.")
    return plain


def is_date(text: str) -> bool:
    """Tell whether text is "YYYY-MM-DD" and that day exists."""
    if _ISO.match(text) is None:
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def format_date(text: str) -> str:
    """Write "2026-11-23" as "23/11/2026"; raises DateError if no such day exists."""
    year, month, day = parse_date(text).split("-")
    return f"{day}/{month}/{year}"
