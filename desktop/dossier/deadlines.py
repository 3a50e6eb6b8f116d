"""When the Treasury must answer, and when the unit must act: date arithmetic of the decrees, nothing more.

Counting begins when the Treasury has the valid dossier; the unit knows only when it sent it, so every date here is
expected, not promised (R-195). Day 1 is the working day after receipt: the decrees do not say how to count.
All functions are pure: who asks says what day it is and which calendar counts.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from desktop.dossier.errors import VungXaError
from desktop.dossier.workdays import WorkCalendar, long_date, work_calendar

Kind = Literal["", "direct", "electronic", "cash", "cashless", "advance", "payment", "refusal"]
"""What is asked for where a procedure has several limits; "" takes what the case says, else the usual one."""


class DeadlineError(VungXaError):
    """Says that a procedure has no known limit; code "unknown_procedure"."""


class Deadline(NamedTuple):
    """A day something is due, with why in Vietnamese and the rule's id.

    `working_days` is the limit in working days, 0 when it is counted otherwise; `minutes` is set for a limit in
    minutes, which runs on `date` itself.
    """

    date: dt.date
    working_days: int
    reason_vi: str
    rule: str
    minutes: int = 0


class _Limit(NamedTuple):
    working_days: int
    minutes: int
    rule: str
    source: str


_LIMITS: dict[tuple[str, Kind], _Limit] = {
    ("P1", "direct"): _Limit(0, 30, "R-190", "NĐ 347/2025 Điều 4.6.a"),
    ("P1", "electronic"): _Limit(0, 5, "R-190", "NĐ 347/2025 Điều 4.6.b"),
    ("P2", "cash"): _Limit(0, 30, "R-191", "NĐ 347/2025 Điều 5.6.a"),
    ("P2", "cashless"): _Limit(1, 0, "R-191", "NĐ 347/2025 Điều 5.6.b"),
    ("P3", ""): _Limit(1, 0, "R-192", "NĐ 347/2025 Điều 6.5"),
    ("P4", ""): _Limit(2, 0, "R-193", "NĐ 347/2025 Điều 7.5"),
    ("P5", ""): _Limit(1, 0, "R-193", "NĐ 347/2025 Điều 8.5"),
    ("P6", ""): _Limit(1, 0, "R-193", "NĐ 347/2025 Điều 9.5"),
    ("P7", ""): _Limit(1, 0, "R-193", "NĐ 347/2025 Điều 10.5"),
    ("P8", "advance"): _Limit(1, 0, "R-194", "NĐ 254/2025 Điều 12.4, 23.4.a"),
    ("P8", "payment"): _Limit(2, 0, "R-194", "NĐ 254/2025 Điều 12.4, 23.4.b"),
    ("P8", "refusal"): _Limit(2, 0, "R-180", "NĐ 254/2025 Điều 8.9"),
    ("P9", "advance"): _Limit(1, 0, "R-194", "NĐ 254/2025 Điều 24.4"),
    ("P9", "payment"): _Limit(2, 0, "R-194", "NĐ 254/2025 Điều 24.4"),
    ("P9", "refusal"): _Limit(2, 0, "R-180", "NĐ 254/2025 Điều 8.9"),
}
_USUAL: dict[str, Kind] = {"P1": "electronic", "P2": "cashless", "P8": "payment", "P9": "payment"}
_ADVANCE_CASES = frozenset({"P8-1"})
_BUSY_MONTHS = frozenset({1, 12})
_BUSY_FROM = 25


def due(
    procedure: str,
    case: str,
    sent: dt.date,
    kind: Kind = "",
    *,
    received: dt.date | None = None,
    calendar: WorkCalendar | None = None,
) -> Deadline:
    """Return when the Treasury should answer a dossier sent on a day; raises DeadlineError for an unknown procedure.

    `received` is the day it counts as received, `sent` when not given; a day off counts as the next working day.
    P3 gets two days instead of one when *sent* on 25-31 January or December (R-192), whenever it was received.
    """
    days = calendar or work_calendar()
    limit = _limit(procedure, case, kind)
    start = days.first(received or sent)
    if procedure == "P3" and is_busy(sent):
        why = f"2 ngày làm việc vì hồ sơ gửi từ ngày 25 đến hết ngày 31 tháng {sent:%m} ({limit.source})"
        return Deadline(days.add(start, 2), 2, why, limit.rule)
    if limit.minutes:
        return Deadline(start, 0, f"{limit.minutes} phút từ khi nhận đủ ({limit.source})", limit.rule, limit.minutes)
    why = f"{limit.working_days} ngày làm việc từ khi Kho bạc nhận đủ hồ sơ hợp lệ ({limit.source})"
    return Deadline(days.add(start, limit.working_days), limit.working_days, why, limit.rule)


def is_busy(sent: dt.date) -> bool:
    """Tell whether P3 takes two days: sent on 25-31 January or December, of any year (NĐ 347/2025 Điều 6.5)."""
    return sent.month in _BUSY_MONTHS and sent.day >= _BUSY_FROM


def reconcile_again(received: dt.date, calendar: WorkCalendar | None = None) -> Deadline:
    """Return until when the unit reconciles again after a "không khớp đúng" it received (R-149)."""
    days = calendar or work_calendar()
    why = "1 ngày làm việc từ khi nhận xác nhận không khớp đúng (NĐ 347/2025 Điều 10.2.c)"
    return Deadline(days.add(days.first(received), 1), 1, why, "R-149")


def left_in_words(deadline: Deadline, today: dt.date, calendar: WorkCalendar | None = None) -> str:
    """Write a deadline as screens show it: "thứ Sáu 25/12/2026 (còn 1 ngày làm việc)"."""
    left = (calendar or work_calendar()).between(today, deadline.date)
    if today == deadline.date:
        words = "hôm nay"
    elif today > deadline.date:
        words = f"quá {-left} ngày làm việc" if left else "đã qua"
    else:
        words = f"còn {left} ngày làm việc"
    return f"{long_date(deadline.date)} ({words})"


def _limit(procedure: str, case: str, kind: Kind) -> _Limit:
    if not kind:
        kind = "advance" if case in _ADVANCE_CASES else _USUAL.get(procedure, "")
    found = _LIMITS.get((procedure, kind)) or _LIMITS.get((procedure, ""))
    if found is None:
        raise DeadlineError(
            "unknown_procedure", "Thủ tục này không có thời hạn giải quyết. Chọn lại thủ tục P1 đến P9."
        )
    return found
