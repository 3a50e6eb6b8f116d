"""Until when investment money may be advanced, recovered, accepted and paid (NĐ 254/2025/NĐ-CP Điều 9, 12, 13)."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal

from desktop.dossier.deadlines import Deadline

Work = Literal["contract", "compensation", "other"]
"""What an advance is for: a contract, compensation and resettlement, or work without a contract."""

EVIDENCE_MONTHS = 6
"""How old a voucher may be that is paid from a special account (NĐ 254/2025 Điều 13.3)."""


def compensation_settled_by(advanced: dt.date) -> Deadline:
    """Return until when an advance for compensation is settled: 30 days from the advance (R-171)."""
    why = "30 ngày từ ngày tạm ứng bồi thường, hỗ trợ, tái định cư (NĐ 254/2025 Điều 9.5.b)"
    return Deadline(advanced + dt.timedelta(days=30), 0, why, "R-171")


def overdue_after(work: Work, start: dt.date) -> Deadline:
    """Return the last day before an advance is overdue (R-172).

    `start` is the day by which a contract's advance is recovered in full; of other work, the day of the advance.
    """
    months, article = {
        "contract": (3, "3 tháng từ ngày phải thu hồi hết tạm ứng theo hợp đồng"),
        "compensation": (3, "3 tháng từ ngày tạm ứng bồi thường, hỗ trợ, tái định cư"),
        "other": (6, "6 tháng từ ngày tạm ứng"),
    }[work]
    return Deadline(add_months(start, months), 0, f"{article} (NĐ 254/2025 Điều 9.6.d)", "R-172")


def advance_until(plan_year: int, *, compensation: bool = False) -> Deadline:
    """Return the last day to advance a year's capital: 31/12, for compensation 31/01 of the next year (R-173)."""
    day = dt.date(plan_year + 1, 1, 31) if compensation else dt.date(plan_year, 12, 31)
    return Deadline(day, 0, f"Tạm ứng vốn năm {plan_year} đến hết ngày {day:%d/%m/%Y} (NĐ 254/2025 Điều 12.1)", "R-173")


def accepted_until(plan_year: int) -> Deadline:
    """Return the last day completed work is accepted to be paid from a year's capital: 31/12 (R-173)."""
    day = dt.date(plan_year, 12, 31)
    return Deadline(day, 0, f"Nghiệm thu đến hết ngày {day:%d/%m/%Y} (NĐ 254/2025 Điều 12.2)", "R-173")


def paid_until(plan_year: int) -> Deadline:
    """Return the last day completed work is paid from a year's capital: 31/01 of the next year (R-173)."""
    day = dt.date(plan_year + 1, 1, 31)
    return Deadline(
        day, 0, f"Thanh toán vốn năm {plan_year} đến hết ngày {day:%d/%m/%Y} (NĐ 254/2025 Điều 12.2)", "R-173"
    )


def evidence_until(voucher: dt.date) -> Deadline:
    """Return the last day a voucher is paid from a special account, six months after its date (R-179)."""
    why = "Chứng từ không quá 6 tháng; sau đó chuyển sang thanh toán trực tiếp (NĐ 254/2025 Điều 13.3)"
    return Deadline(add_months(voucher, EVIDENCE_MONTHS), 0, why, "R-179")


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, the month's last day where it has no such day (30/11 + 3 is 28/02)."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
