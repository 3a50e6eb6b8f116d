"""Carry the periods that people write into texts on to another month: «tháng 10/2026» becomes «tháng 11/2026»."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

_MONTH = re.compile(r"\b(th[áa]ng|T)(\s*)(0?[1-9]|1[0-2])(\s*[/-]\s*|\s+năm\s+)(20\d\d)\b", re.IGNORECASE)
_BARE = re.compile(r"\b(th[áa]ng)(\s+)(0?[1-9]|1[0-2])\b(?!\s*[/-]?\s*\d|\s+năm\s+20)", re.IGNORECASE)
_ROMAN = ("I", "II", "III", "IV")
_QUARTER = re.compile(r"\b(qu[ýy])(\s+)(IV|III|II|I|[1-4])(?:(\s*[/-]\s*|\s+năm\s+)(20\d\d))?\b", re.IGNORECASE)


def move_text(text: str, months: int) -> str:
    """Return text with its months, and its quarters when a whole number of them passes, moved on."""
    moved = _BARE.sub(lambda match: _bare(match, months), _MONTH.sub(lambda match: _month(match, months), text))
    return moved if months % 3 else _QUARTER.sub(lambda match: _quarter(match, months // 3), moved)


def month_in(text: str) -> str:
    """Return the first month that text names with its year ("2026-11"); "" when it names none."""
    found = _MONTH.search(text)
    return f"{found[5]}-{int(found[3]):02}" if found else ""


def _month(match: re.Match[str], months: int) -> str:
    word, space, month, between, year = match.groups()
    later, at = divmod(int(year) * 12 + int(month) - 1 + months, 12)
    return f"{word}{space}{_as_wide(at + 1, month)}{between}{later}"


def _bare(match: re.Match[str], months: int) -> str:
    word, space, month = match.groups()
    return f"{word}{space}{_as_wide((int(month) - 1 + months) % 12 + 1, month)}"


def _as_wide(value: int, before: str) -> str:
    return f"{value:02d}" if before.startswith("0") else str(value)


def _quarter(match: re.Match[str], quarters: int) -> str:
    word, space, quarter, between, year = match.groups()
    roman = quarter.upper() in _ROMAN
    before = _ROMAN.index(quarter.upper()) if roman else int(quarter) - 1
    later, at = divmod((int(year) if year else 0) * 4 + before + quarters, 4)
    return f"{word}{space}{_ROMAN[at] if roman else at + 1}" + (f"{between}{later}" if year else "")


def move_date(date: str, months: int) -> str:
    """Return a date ("YYYY-MM-DD") so many months on, the last day of a shorter month; other text as it is."""
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        return date
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return date
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last)).isoformat()


def months_between(earlier: str, later: str) -> int:
    """Return how many months lie between two days or months ("2026-10", "2026-11-05")."""
    return (int(later[:4]) - int(earlier[:4])) * 12 + int(later[5:7]) - int(earlier[5:7])


def next_number(number: str, taken: Callable[[str], bool] = lambda _number: False) -> str:
    """Return the next number of a pattern that is not taken: "RDT0019" gives "RDT0020"; "" for one without digits.

    The last run of digits counts on; one that is a year ("12/2026") is left alone when there is another.
    """
    runs = list(re.finditer(r"\d+", number))
    if not runs:
        return ""
    run = runs[-1]
    if len(runs) > 1 and re.fullmatch(r"20\d\d", run[0]):
        run = runs[-2]
    value = int(run[0])
    while True:
        value += 1
        made = f"{number[: run.start()]}{value:0{len(run[0])}d}{number[run.end() :]}"
        if not taken(made):
            return made
