"""What may explain that the Treasury has another figure than the unit's table: likely causes, in words (pure).

A cause is named when it is of exactly the amount of the difference and on the same line; nothing is guessed from names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from desktop.dossier.book import Cause
from desktop.dossier.money import format_vnd

Side = Literal["used", "given"]
NONE_FOUND = Cause("Chưa tìm được nguyên nhân. So từng chứng từ của dòng này với sao kê của Kho bạc.", "")
MOST = 3
"""Causes told for one figure."""
GIVEN_COLUMNS = frozenset(
    {"carried", "initial", "in_period", "to_date", "usable", "estimate_total", "carried_estimate", "adjusted"}
)
_BOTH = frozenset({"remaining", "carry_estimate", "balance", "opening", "closing"})
"""Columns in which both what was given and what was used shows."""
_OF = {"fund_kind": "source", "account_no": "account"}
_CODES = ("source", "sector", "econ", "account")


class Suspect(NamedTuple):
    """Something that may explain a difference of exactly `amount` VND (whatever its sign) on a line of these codes."""

    side: Side
    amount: int
    codes: Mapping[str, str]
    cause: Cause


class Figures(NamedTuple):
    """One figure as the table tells it, as the Treasury has it, and as the book says now (None: it cannot say)."""

    column: str
    codes: Mapping[str, str]
    ours: int
    theirs: int
    book: int | None


def causes(figures: Figures, suspects: Iterable[Suspect]) -> tuple[Cause, ...]:
    """Name what may explain the difference, the surest first; one that says so when nothing is found."""
    difference = figures.theirs - figures.ours
    found = [cause for cause in (_table_is_not_the_book(figures), _slip(figures)) if cause]
    found += [item.cause for item in suspects if _fits(item, figures, difference)]
    if not found and figures.column in GIVEN_COLUMNS:
        found.append(_given(difference))
    return tuple(dict.fromkeys(found))[:MOST] or (NONE_FOUND,)


def on_another_line(figures: Figures, others: Iterable[Figures]) -> Iterator[Suspect]:
    """Lines that differ by just the opposite in the same column: one amount under two codes."""
    difference = figures.theirs - figures.ours
    for other in others:
        if other.column == figures.column and other.theirs - other.ours == -difference:
            line = " / ".join(other.codes.values())
            said = f"Dòng {line} lệch ngược đúng số này. Có thể một chứng từ ghi nhầm mã, xem lại mã của hai dòng."
            yield Suspect("given" if other.column in GIVEN_COLUMNS else "used", difference, {}, Cause(said, ""))


def line_codes(row: Mapping[str, object]) -> dict[str, str]:
    """Give the codes of a line by their common names, those that it has."""
    named = {_OF.get(key, key): str(value) for key, value in row.items() if value}
    return {key: named[key] for key in _CODES if key in named}


def exchanged(first: int, second: int) -> bool:
    """Tell whether one amount is the other with two of its digits exchanged."""
    one, two = str(abs(first)), str(abs(second))
    places = [place for place in range(len(one)) if len(one) == len(two) and one[place] != two[place]]
    return len(places) == 2 and one[places[0]] == two[places[1]] and one[places[1]] == two[places[0]]


def _table_is_not_the_book(figures: Figures) -> Cause | None:
    if figures.book != figures.theirs or figures.book == figures.ours:
        return None
    told = format_vnd(figures.theirs)
    return Cause(f"Sổ ở đây cũng là {told} đ, chỉ bảng đã gửi ghi khác. Lập lại bảng từ sổ rồi gửi lại.", "")


def _slip(figures: Figures) -> Cause | None:
    ours, theirs = figures.ours, figures.theirs
    if exchanged(ours, theirs):
        return Cause("Hai chữ số bị đổi chỗ. Xem lại số đã ghi trong bảng.", "")
    if ours and theirs and (ours == theirs * 10 or theirs == ours * 10):
        return Cause("Thừa hoặc thiếu một chữ số 0. Xem lại số đã ghi trong bảng.", "")
    return Cause("Số tiền trái dấu. Xem lại số đã ghi trong bảng.", "") if ours == -theirs else None


def _fits(suspect: Suspect, figures: Figures, difference: int) -> bool:
    given = figures.column in GIVEN_COLUMNS
    if abs(suspect.amount) != abs(difference) or not suspect.amount:
        return False
    if figures.column not in _BOTH and given != (suspect.side == "given"):
        return False
    return all(suspect.codes.get(key, code) in ("", code) for key, code in figures.codes.items())


def _given(difference: int) -> Cause:
    word = "nhiều hơn" if difference > 0 else "ít hơn"
    return Cause(
        f"Kho bạc ghi giao {word} {format_vnd(abs(difference))} đ. "
        "Xem còn quyết định bổ sung, điều chỉnh nào chưa nhập ở đây.",
        "",
    )
