"""Turns legacy values into the values of our documents: whole VND, calendar dates of Vietnam, codes as text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from desktop.dossier.document import Value
from desktop.dossier.money import MAX_HUNDREDTHS, MAX_VND, is_decimal
from desktop.exchange.beans import Bean, BeanValue, Timestamp
from desktop.exchange.errors import DvcError

_MS_PER_DAY = 86_400_000
_HANOI_OFFSET_MS = 7 * 3_600_000
"""Asia/Ho_Chi_Minh has been UTC+7 without summer time since 1975."""
_EPOCH = date(1970, 1, 1)
YEARS = range(1975, 2100)
_YEAR_DIGITS = 4


def first(bean: Bean, names: Iterable[str]) -> BeanValue:
    """Give the first of the properties that says something, else None."""
    return next((value for name in names if (value := bean.properties.get(name)) is not None), None)


def convert(value: BeanValue, field_type: str, name: str) -> Value:
    """Give `value` as a blank of type `field_type` ("text", "date", "year", "money"…) takes it; None stays None.

    `name` is the Vietnamese name used in messages. Raises DvcError (bad_value, fraction_of_dong, fraction_of_cent,
    negative_amount).
    """
    if value is None:
        return None
    if field_type == "money":
        return vnd(value, name)
    if field_type == "money_fc":
        return foreign_amount(value, name)
    if field_type == "date":
        return calendar_date(value, name)
    if field_type == "decimal":
        return decimal_text(value, name)
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


def foreign_amount(value: BeanValue, name: str) -> str | None:
    """Give an amount of foreign currency as "1234.50"; a third decimal is refused, not rounded."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _bad(name)
    amount = Decimal(value)
    if amount < 0:
        raise DvcError("negative_amount", f"{name} là số âm. Hãy sửa trong phần mềm kế toán rồi xuất lại.")
    if amount * 100 > MAX_HUNDREDTHS:
        raise DvcError("bad_value", f"{name} lớn quá mức có thể. Hãy sửa trong phần mềm kế toán rồi xuất lại.")
    if amount * 100 != int(amount * 100):
        raise DvcError("fraction_of_cent", f"{name} có quá hai số lẻ. Hãy sửa trong phần mềm kế toán rồi xuất lại.")
    return f"{amount:.2f}"


def decimal_text(value: BeanValue, name: str) -> str | None:
    """Give a quantity or rate as plain digits ("2.5"), of up to twelve digits and six decimals, never negative."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _bad(name)
    written = f"{Decimal(value):f}"
    plain = written.rstrip("0").rstrip(".") if "." in written else written
    if not is_decimal(plain):
        raise _bad(name)
    return plain


def calendar_date(value: BeanValue, name: str) -> str | None:
    """Give "YYYY-MM-DD" of an instant as seen in Vietnam, whose midnight is still the day before in UTC."""
    if not isinstance(value, Timestamp):
        raise _bad(name)
    if value.milliseconds is None:
        return None
    days = (value.milliseconds + _HANOI_OFFSET_MS) // _MS_PER_DAY
    if abs(days) > 100_000 or (day := _EPOCH + timedelta(days=days)).year not in YEARS:
        raise DvcError("bad_value", f"{name} là một ngày không thể có. Hãy sửa trong phần mềm kế toán rồi xuất lại.")
    return day.isoformat()


def text(value: BeanValue, name: str) -> str | None:
    """Give text; a whole number is taken as its digits."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise _bad(name)
    return str(value)


def _year(value: BeanValue, name: str) -> int | None:
    """Give a year; 0 is how exporters write that there is none."""
    digits = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _YEAR_DIGITS
    number = int(value) if digits and isinstance(value, str) else value
    if number == 0 and not isinstance(number, bool):
        return None
    if isinstance(number, bool) or not isinstance(number, int) or number not in YEARS:
        raise _bad(name)
    return number


def milliseconds(day: str) -> int:
    """Give the instant of local midnight in Vietnam of a day "YYYY-MM-DD"; raises ValueError when there is none."""
    return (date.fromisoformat(day) - _EPOCH).days * _MS_PER_DAY - _HANOI_OFFSET_MS


def _bad(name: str) -> DvcError:
    return DvcError("bad_value", f"{name} trong tệp không dùng được. Hãy sửa trong phần mềm kế toán rồi xuất lại.")
