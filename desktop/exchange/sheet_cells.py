"""Reads single cells of a list, each with the sentence to show when it cannot be used."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.dossier.dates import DateError, parse_date
from desktop.dossier.document import Level, Value
from desktop.dossier.money import MAX_VND, MoneyError, foreign_text, parse_decimal, parse_foreign, parse_vnd
from desktop.exchange.sheet_kinds import Target
from desktop.exchange.sheet_rows import Cell

_ACCOUNT = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-/]{2,33}")
_SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EXACT_FLOAT = 10**15


@dataclass(frozen=True)
class Read:
    """A cell's value, and what is wrong with it if anything is."""

    value: Value
    message: str = ""
    level: Level = Level.ERROR


def read_cell(cell: Cell, target: Target) -> Read:
    """Read a cell as the kind of value a target holds; an empty one is a problem only where it is needed."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return Read(None, _missing(target)) if target.needed else Read(None)
    return _READERS.get(target.type, read_text)(cell, target)


def _missing(target: Target) -> str:
    what = target.label[0].lower() + target.label[1:]
    if target.type in ("amount", "money", "money_fc"):
        return f"thiếu {what}. Hãy ghi thêm; ô công thức phải được Excel tính và lưu trước."
    return f"thiếu {what}. Hãy ghi thêm."


def read_text(cell: Cell, _target: Target) -> Read:
    """Give the words of a cell on one line."""
    return Read("" if isinstance(cell, bool) else " ".join(_written(cell).split()) or None)


def _written(cell: Cell) -> str:
    """Write a cell as people see it: whole numbers without ".0"."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def read_account(cell: Cell, _target: Target) -> Read:
    """Give an account number as text; a number cell may have lost its leading zeros, which is a warning."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not math.isfinite(cell) or cell != int(cell) or not 0 < cell < _EXACT_FLOAT:
            return Read(None, "số tài khoản bị Excel làm tròn. Hãy đặt cột này dạng Text rồi nhập lại.")
        return Read(
            str(int(cell)),
            "số tài khoản đang ở dạng số, có thể mất số 0 ở đầu. Hãy đối chiếu, nên đặt cột này dạng Text.",
            Level.WARNING,
        )
    text = "".join(cell.split()) if isinstance(cell, str) else ""
    if _SCIENTIFIC.fullmatch(text) or not _ACCOUNT.fullmatch(text):
        return Read(None, "số tài khoản không dùng được. Hãy ghi lại đủ các chữ số, cột dạng Text.")
    return Read(text)


def read_code(cell: Cell, target: Target) -> Read:
    """Give a code as text; a code kept as a number is written out."""
    text = "".join(_written(cell).split()) if isinstance(cell, str | int | float) else ""
    if isinstance(cell, bool) or not re.fullmatch(r"[0-9A-Za-zĐđ.\-/_]{1,40}", text):
        return Read(None, f"{target.label.lower()} không dùng được. Hãy ghi chữ số hoặc chữ cái liền nhau.")
    return Read(text)


def read_amount(cell: Cell, _target: Target) -> Read:
    """Give an amount in whole VND above zero."""
    amount = _whole(cell)
    if amount is None:
        return Read(None, "số tiền không phải số đồng chẵn. Hãy ghi ví dụ 15.400.000.")
    if not 0 < amount <= MAX_VND:
        return Read(None, "số tiền phải lớn hơn 0 và không quá lớn. Hãy sửa lại.")
    return Read(amount)


def read_money(cell: Cell, _target: Target) -> Read:
    """Give an amount in whole VND, negative or not."""
    amount = _whole(cell)
    if amount is None or abs(amount) > MAX_VND:
        return Read(None, "số tiền không phải số đồng chẵn. Hãy ghi ví dụ 15.400.000.")
    return Read(amount)


def read_foreign(cell: Cell, _target: Target) -> Read:
    """Give an amount of foreign money as documents hold it, "1234.50"."""
    try:
        return Read(foreign_text(parse_foreign(_decimal_text(cell, 2))))
    except MoneyError as error:
        return Read(None, f"số tiền ngoại tệ không dùng được. {error.message}")


def read_decimal(cell: Cell, target: Target) -> Read:
    """Give a rate or quantity as documents hold it."""
    try:
        return Read(parse_decimal(_decimal_text(cell, 6)))
    except MoneyError as error:
        return Read(None, f"{target.label.lower()} không dùng được. {error.message}")


def _decimal_text(cell: Cell, places: int) -> str:
    """Write a number cell with all its places, so that its point is no thousands' sign; text stays as typed."""
    if isinstance(cell, float):
        return f"{cell:.{places}f}" if round(cell, places) == cell else ""
    return "" if isinstance(cell, bool) else str(cell)


def read_date(cell: Cell, target: Target) -> Read:
    """Give a day as "YYYY-MM-DD", from a date cell or from text with the day first."""
    if isinstance(cell, dt.datetime | dt.date):
        return Read(cell.isoformat()[:10])
    try:
        return Read(parse_date(cell if isinstance(cell, str) else ""))
    except DateError as error:
        return Read(None, f"{target.label.lower()} không dùng được. {error.message}")


def read_year(cell: Cell, target: Target) -> Read:
    """Give a year of four digits."""
    text = _written(cell).strip() if isinstance(cell, str | int | float) else ""
    if not _YEAR.fullmatch(text):
        return Read(None, f"{target.label.lower()} không dùng được. Hãy ghi bốn chữ số, ví dụ 2026.")
    return Read(int(text))


def read_integer(cell: Cell, target: Target) -> Read:
    """Give a whole number."""
    number = _whole(cell)
    return Read(number) if number is not None else Read(None, f"{target.label.lower()} phải là số nguyên. Hãy sửa lại.")


def _whole(cell: Cell) -> int | None:
    if isinstance(cell, str):
        try:
            return parse_vnd(cell)
        except MoneyError:
            return None
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return int(cell) if abs(cell) <= MAX_VND and cell == int(cell) else None


_READERS: Mapping[str, Callable[[Cell, Target], Read]] = {
    "account": read_account,
    "code": read_code,
    "amount": read_amount,
    "money": read_money,
    "money_fc": read_foreign,
    "decimal": read_decimal,
    "date": read_date,
    "year": read_year,
    "integer": read_integer,
}
