"""Turns legacy values into the values of our documents: whole VND, calendar dates of Vietnam, codes as text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from desktop.dossier.document import Value
from desktop.dossier.money import MAX_VND
from desktop.exchange.beans import Bean, BeanValue, Timestamp
from desktop.exchange.errors import DvcError

_MS_PER_DAY = 86_400_000
_HANOI_OFFSET_MS = 7 * 3_600_000
"""Asia/Ho_Chi_Minh has been UTC+7 without summer time since 1975."""
_EPOCH = date(1970, 1, 1)
_YEARS = range(1975, 2100)


def first(bean: Bean, names: Iterable[str]) -> BeanValue:
    """Give the first of the properties that says something, else None."""
    return next((value for name in names if (value := bean.properties.get(name)) is not None), None)


def convert(value: BeanValue, field_type: str, name: str) -> Value:
    """Give `value` as a blank of type `field_type` ("text", "date", "year", "money"…) takes it; None stays None.

    `name` is the Vietnamese name used in messages. Raises DvcError (bad_value, fraction_of_dong, negative_amount).
    """
    if value is None:
        return None
    if field_type == "money":
        return vnd(value, name)
    if field_type == "date":
        return calendar_date(value, name)
    if field_type in ("year", "integer"):
        return _year(value, name)
    return text(value, name)


def vnd(value: BeanValue, name: str) -> int | None:
    """Give an amount in VND; a fraction of a đồng is refused, not rounded."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _bad(name)
    if value < 0:
        raise DvcError("negative_amount", f"{name} là số âm. Hãy sửa trong phần mềm kế toán rồi xuất lại.")
    if value > MAX_VND:
        raise DvcError("bad_value", f"{name} lớn quá mức có thể. Hãy sửa trong phần mềm kế toán rồi xuất lại.")
    if value != int(value):
        raise DvcError("fraction_of_dong", f"{name} có phần lẻ dưới một đồng. Hãy sửa thành số tròn đồng rồi xuất lại.")
    return int(value)


def calendar_date(value: BeanValue, name: str) -> str | None:
    """Give "YYYY-MM-DD" of an instant as seen in Vietnam, whose midnight is still the day before in UTC."""
    if not isinstance(value, Timestamp):
        raise _bad(name)
    if value.milliseconds is None:
        return None
    days = (value.milliseconds + _HANOI_OFFSET_MS) // _MS_PER_DAY
    if abs(days) > 100_000 or (day := _EPOCH + timedelta(days=days)).year not in _YEARS:
        raise DvcError("bad_value", f"{name} là một ngày không thể có. Hãy sửa trong phần mềm kế toán rồi xuất lại.")
    return day.isoformat()


def text(value: BeanValue, name: str) -> str | None:
    """Give text; a whole number is taken as its digits."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise _bad(name)
    return str(value)


def _year(value: BeanValue, name: str) -> int:
    number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 4 else value
    if isinstance(number, bool) or not isinstance(number, int) or number not in _YEARS:
        raise _bad(name)
    return number


def _bad(name: str) -> DvcError:
    return DvcError("bad_value", f"{name} trong tệp không dùng được. Hãy sửa trong phần mềm kế toán rồi xuất lại.")
