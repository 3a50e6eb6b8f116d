"""Gathers from the book what may explain a difference: dossiers on their way, after the period, lowered, never seen."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.book import ENTRY_TITLES, Cause
from desktop.dossier.dates import format_date
from desktop.dossier.money import format_vnd
from desktop.dossier.reconciling import Moved, Period, Spent, YearBook
from desktop.dossier.reconciling_causes import Suspect
from desktop.store.store import Store


def suspects(store: Store, book: YearBook, period: Period, amounts: frozenset[int]) -> tuple[Suspect, ...]:
    """What of the year and of those beside it is of one of these amounts (VND, above zero), the likeliest first."""
    found = _Gathering(store, book, period, amounts)
    this_year = (*found.waiting(), *found.late(), *found.lowered(), *found.unseen(), *found.given(), *found.within())
    return (*this_year, *found.in_another_year())


class _Gathering:
    def __init__(self, store: Store, book: YearBook, period: Period, amounts: frozenset[int]) -> None:
        self._store, self._book, self._period, self._amounts = store, book, period, amounts

    def waiting(self) -> Iterator[Suspect]:
        for item in (one for one in self._store.book.waiting(self._book.year) if one.amount in self._amounts):
            said = f"Hồ sơ {self._number(item.local_id)} ({_vnd(item.amount)}) vẫn đang trên đường, sổ ở đây chưa tính."
            codes = {"source": item.source, "sector": item.sector, "econ": item.econ, "account": item.account}
            yield Suspect("used", item.amount, codes, Cause(said, item.local_id))

    def late(self) -> Iterator[Suspect]:
        for item in self._moves():
            if item.local_id and item.day > self._period.last:
                day = format_date(item.day.isoformat())
                said = f"Hồ sơ {self._number(item.local_id)} được giải quyết ngày {day}, sau kỳ đối chiếu."
                yield Suspect("used", _amount(item), _codes(item), Cause(said, item.local_id))

    def lowered(self) -> Iterator[Suspect]:
        for item in (one for one in self._store.book.lowered(self._book.year) if abs(one.amount) in self._amounts):
            said = f"Kho bạc chấp nhận hồ sơ {item.number} thấp hơn đề nghị {_vnd(abs(item.amount))}."
            codes = {"source": item.source, "sector": item.sector, "econ": item.econ, "account": item.account}
            yield Suspect("used", item.amount, codes, Cause(said, item.local_id))

    def unseen(self) -> Iterator[Suspect]:
        for item in self._book.moved:
            if not item.local_id and abs(item.delta) in self._amounts:
                day = format_date(item.day.isoformat())
                said = f"Kho bạc ghi {_vnd(abs(item.delta))} ngày {day} mà ở đây không có hồ sơ nào như vậy."
                yield Suspect("used", item.delta, _codes(item), Cause(said, ""))

    def given(self) -> Iterator[Suspect]:
        for item in (one for one in self._book.given if abs(one.amount) in self._amounts):
            day = format_date(item.day.isoformat())
            place = "sau kỳ đối chiếu" if item.day > self._period.last else "trong sổ ở đây"
            said = f"Bút toán «{ENTRY_TITLES[item.kind]}» {_vnd(item.amount)} ngày {day} nằm {place}."
            codes = {"source": item.source, "sector": item.sector, "account": item.account}
            yield Suspect("given", item.amount, codes, Cause(said, ""))

    def within(self) -> Iterator[Suspect]:
        for item in self._moves():
            if item.local_id and item.day <= self._period.last:
                number, day = self._number(item.local_id), format_date(item.day.isoformat())
                said = f"Đúng bằng hồ sơ {number} ngày {day}. Xem bảng có bỏ sót hoặc tính hai lần."
                yield Suspect("used", _amount(item), _codes(item), Cause(said, item.local_id))

    def in_another_year(self) -> Iterator[Suspect]:
        for year in (self._book.year - 1, self._book.year + 1):
            for item in (
                one for one in self._store.book.moves(year) if abs(one.delta) in self._amounts and one.local_id
            ):
                said = f"Đúng bằng hồ sơ {self._number(item.local_id)} ghi niên độ {year}. Xem lại năm của chứng từ."
                yield Suspect("used", item.delta, _codes(item), Cause(said, item.local_id))

    def _moves(self) -> Iterator[Moved | Spent]:
        yield from (item for item in self._book.spent if abs(item.amount) in self._amounts)
        yield from (item for item in self._book.moved if abs(item.delta) in self._amounts)

    def _number(self, local_id: str) -> str:
        return self._store.drafts.get(local_id).number


def _amount(item: Moved | Spent) -> int:
    return item.delta if isinstance(item, Moved) else item.amount


def _codes(item: Moved | Spent) -> dict[str, str]:
    econ = item.econ if isinstance(item, Spent) else ""
    return {"source": item.source, "sector": item.sector, "econ": econ, "account": item.account}


def _vnd(amount: int) -> str:
    return f"{format_vnd(amount)} đ"
