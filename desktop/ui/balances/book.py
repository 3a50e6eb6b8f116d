"""All that the place shows of one year, read at once in the background."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from desktop.dossier.book import (
    BookLine,
    ContractLine,
    DepositLine,
    EntryRow,
    MonthUse,
    OpenAdvanceLine,
    ReconciliationState,
)
from desktop.ui.balances.services import BookService
from desktop.ui.wording import local


class Book(NamedTuple):
    """One year of the book; `year` is 0 while there is none."""

    years: Sequence[int] = ()
    year: int = 0
    lines: Sequence[BookLine] = ()
    months: Sequence[MonthUse] = ()
    even_share: int = 0
    deposits: Sequence[DepositLine] = ()
    advances: Sequence[OpenAdvanceLine] = ()
    contracts: Sequence[ContractLine] = ()
    entries: Sequence[EntryRow] = ()
    state: ReconciliationState = ReconciliationState("none", "", 0, 0, "", "", "")

    @property
    def as_of(self) -> str:
        """When the Treasury last confirmed anything of it (UTC instant), "" for never."""
        return max((line.as_of for line in self.lines), default="")


def read_book(service: BookService, wanted: int, today: int) -> Book:
    """Read a year, the newest one for a year without entries (0 too); `today` is the year where there is none at all.

    Raises VungXaError.
    """
    years = service.years()
    year = wanted if wanted in years else years[0] if years else today
    return Book(
        years,
        year,
        service.lines(year),
        service.months(year),
        service.even_share(year),
        service.deposits(year),
        service.advances(),
        service.contracts(),
        service.entries(year),
        service.reconciliation(year),
    )


def as_of_words(stored: str, today: dt.date) -> tuple[str, bool]:
    """Say when the Treasury confirmed the figures, and whether that is long ago (before yesterday)."""
    at = local(stored)
    if at is None:
        return "Kho bạc chưa xác nhận số nào, số đã dùng tính theo hồ sơ ở đây", False
    days = (today - at.date()).days
    if days <= 0:
        return f"Số kho bạc xác nhận lúc {at:%H:%M} hôm nay", False
    ago = "hôm qua" if days == 1 else f"ngày {at:%d/%m}, {days} ngày trước"
    return f"Số kho bạc xác nhận lúc {at:%H:%M} {ago}", days > 1
