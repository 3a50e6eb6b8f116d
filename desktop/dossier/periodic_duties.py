"""What a unit must do every quarter and at the year's end, as a list with dates; who asks says what day it is."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from desktop.dossier.deadlines import Deadline

AHEAD = dt.timedelta(days=100)
"""How far the list looks ahead: always into the next quarter."""


class UnitKind(StrEnum):
    """What a unit does beside spending an estimate; an investor also has every duty of an ordinary unit."""

    ORDINARY = "ordinary"
    INVESTOR = "investor"
    COMPENSATION = "compensation"


UNIT_KINDS: dict[UnitKind, str] = {
    UnitKind.ORDINARY: "đơn vị dự toán",
    UnitKind.INVESTOR: "đơn vị dự toán và chủ đầu tư",
    UnitKind.COMPENSATION: "tổ chức làm nhiệm vụ bồi thường, hỗ trợ, tái định cư",
}


class PeriodicDuty(NamedTuple):
    """One thing to do: `key` names its kind for ever, `period` what it is about ("Quý IV/2026", "Năm 2026")."""

    key: str
    title: str
    period: str
    deadline: Deadline

    def days_left(self, today: dt.date) -> int:
        """Days of the calendar until it is due; negative when it is over."""
        return (self.deadline.date - today).days


_ROMAN = ("I", "II", "III", "IV")
_LATE = dt.timedelta(days=31)


def periodic_duties(today: dt.date, unit_kind: UnitKind | str = UnitKind.ORDINARY) -> tuple[PeriodicDuty, ...]:
    """List what is due within AHEAD days, and what was due within the last month, the nearest first.

    A date without a source in the decrees says so in its reason. Rules: R-086, R-173, R-182, R-183.
    """
    kind = UnitKind(unit_kind)
    found: list[PeriodicDuty] = []
    for year in (today.year - 1, today.year, today.year + 1):
        for quarter in (1, 2, 3, 4):
            found += _quarterly(year, quarter, kind)
        found += _yearly(year, kind)
    near = (duty for duty in found if today - _LATE <= duty.deadline.date <= today + AHEAD)
    return tuple(sorted(near, key=lambda duty: duty.deadline.date))


def adjustment_ends(budget_year: int) -> dt.date:
    """Return the last day of a budget year's adjustment period (thời gian chỉnh lý quyết toán): 31/01 next year."""
    return dt.date(budget_year + 1, 1, 31)


def advance_is_late(budget_year: int, today: dt.date) -> bool:
    """Tell whether an open advance of a year has outlived its adjustment period (R-086)."""
    return today > adjustment_ends(budget_year)


def _quarterly(year: int, quarter: int, kind: UnitKind) -> list[PeriodicDuty]:
    first = dt.date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    period = f"Quý {_ROMAN[quarter - 1]}/{year}"
    tables = Deadline(
        first.replace(day=10),
        0,
        "Đối chiếu sau khi hết quý (NĐ 347/2025 Điều 10); nghị định không ghi ngày, nên làm trong 10 ngày đầu",
        "R-141",
    )
    found = [PeriodicDuty("reconcile", "Đối chiếu dự toán, tiền gửi với Kho bạc (Mẫu 26, 28, 32)", period, tables)]
    if kind is not UnitKind.ORDINARY:
        before = 3 if kind is UnitKind.COMPENSATION else 5
        why = f"Gửi trước ngày {before:02}/{first:%m/%Y} (NĐ 254/2025 Điều 9.6.b)"
        report = Deadline(first.replace(day=before - 1), 0, why, "R-182")
        found.append(PeriodicDuty("advance_report", "Báo cáo số dư tạm ứng vốn (Mẫu 08.a/SDTƯ)", period, report))
    return found


def _yearly(year: int, kind: UnitKind) -> list[PeriodicDuty]:
    period = f"Năm {year}"
    found = [
        PeriodicDuty(
            "busy_days", "Từ ngày này Kho bạc giải quyết chi thường xuyên trong 2 ngày làm việc", period, _busy(year)
        ),
        PeriodicDuty(
            "last_vouchers", "Ngày cuối gửi chứng từ rút dự toán, đề nghị tạm ứng", period, _last_vouchers(year)
        ),
        PeriodicDuty("last_withdrawal", f"Ngày cuối rút dự toán năm {year}", period, _last_withdrawal(year)),
        PeriodicDuty(
            "adjustment", f"Thanh toán hoặc nộp trả tạm ứng còn lại của năm {year}", period, _adjustment(year)
        ),
    ]
    if kind is not UnitKind.ORDINARY:
        why = f"Gửi Kho bạc trước ngày 10/02/{year + 1} (NĐ 254/2025 Điều 53.1.đ)"
        table = Deadline(dt.date(year + 1, 2, 9), 0, why, "R-183")
        found.append(PeriodicDuty("capital_table", "Bảng đối chiếu vốn đầu tư cuối năm", period, table))
    return found


def _busy(year: int) -> Deadline:
    why = "Hồ sơ gửi từ ngày 25 đến hết ngày 31 tháng 12 và tháng 01 (NĐ 347/2025 Điều 6.5)"
    return Deadline(dt.date(year, 12, 25), 0, why, "R-192")


def _last_vouchers(year: int) -> Deadline:
    why = "Mốc 30/12 theo thông lệ khóa sổ (TT 342/2016 Điều 26); Kho bạc nơi giao dịch có thể báo mốc khác"
    return Deadline(dt.date(year, 12, 30), 0, why, "")


def _last_withdrawal(year: int) -> Deadline:
    why = "Năm ngân sách kết thúc ngày 31/12; từ đó đến 31/01 là thời gian chỉnh lý quyết toán"
    return Deadline(dt.date(year, 12, 31), 0, why, "")


def _adjustment(year: int) -> Deadline:
    day = adjustment_ends(year)
    why = f"Sau ngày {day:%d/%m/%Y} tạm ứng còn lại xử lý theo Luật NSNN 89/2025 Điều 66 (NĐ 347/2025 Điều 6.2.e)"
    return Deadline(day, 0, why, "R-086")
