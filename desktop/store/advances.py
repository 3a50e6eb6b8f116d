"""Which advances are still open: settlements and returns take from the advance they name, else from the oldest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.dossier.ledger import OpenAdvance
from desktop.store.database import Row


@dataclass
class _Advance:
    row: Row
    open: int


_Fits = Callable[[Row, Row], bool]
_ORDER: tuple[_Fits, ...] = (
    lambda advance, taken: bool(taken["advance_no"]) and number_of(advance) == taken["advance_no"],
    lambda advance, taken: _keys(advance) == _keys(taken) and advance["econ"] == taken["econ"],
    lambda advance, taken: _keys(advance) == _keys(taken),
)
"""What a settlement takes from first: the advance it names, the same item, then any of its account and source.

Mẫu 10 names no voucher, and content unknown at the time of the advance is settled under another item of the same kind
(NĐ 347 Điều 6.2.b).
"""


def open_ones(rows: Sequence[Row]) -> tuple[OpenAdvance, ...]:
    """Give the advances with something left, as the rules ask for them; see `open_rows`."""
    return tuple(_shown(row, left) for row, left in open_rows(rows))


def open_rows(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """Set what was taken (negative) against what was advanced (positive), in the order of the rows.

    Gives each advance with something left, and what is left of it in VND.
    """
    advances = [_Advance(row, row["amount"]) for row in rows if row["amount"] > 0]
    for taken in (row for row in rows if row["amount"] < 0):
        left = -taken["amount"]
        for fits in _ORDER:
            for advance in (item for item in advances if fits(item.row, taken)):
                part = min(left, advance.open)
                advance.open -= part
                left -= part
    return [(item.row, item.open) for item in advances if item.open > 0]


def number_of(advance: Row) -> str:
    """Return the number of the voucher that drew an advance; one re-coded keeps the number it was drawn by."""
    return str(advance["advance_no"] or advance["document_no"])


def _keys(row: Row) -> tuple[str, str]:
    return row["account"], row["source"]


def _shown(row: Row, left: int) -> OpenAdvance:
    date = row["date"] or row["decided_on"] or ""
    return OpenAdvance(number_of(row), date, row["econ"], row["source"], row["content"], row["amount"], left)
