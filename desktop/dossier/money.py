"""Money is whole đồng in int, foreign money whole hundredths in int; each has one way of being written.

Documents hold foreign money as text with two decimals ("1234.50") and rates as text ("25450.5"),
never as a float.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from desktop.dossier.errors import VungXaError

MAX_VND = 10**15
"""Largest amount a form may carry, in VND: far above any unit's budget, and exact in every JSON reader."""

MAX_HUNDREDTHS = 10**15 - 1
"""Largest amount of foreign money a form may carry: 13 digits and two decimals."""

_MINUS = "\N{MINUS SIGN}"
_GROUPED = re.compile(r"(\d{1,3}(?:([., \u00a0\u202f])\d{3}(?:\2\d{3})*)?|\d+)\Z", re.ASCII)
_STORED_FOREIGN = re.compile(r"-?\d{1,13}\.\d{2}\Z", re.ASCII)
_STORED_DECIMAL = re.compile(r"\d{1,12}(?:\.\d{1,6})?\Z", re.ASCII)
_TYPED_FOREIGN = re.compile(
    r"([1-9]\d{0,2}(?:([., \u00a0\u202f])\d{3}(?:\2\d{3})*)?|\d+)(?:(?!\2)[.,](\d{1,2}))?\Z", re.ASCII
)
_TYPED_DECIMAL = re.compile(
    r"([1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:,(\d{1,6}))?\Z|(\d+)\.(\d{1,6})\Z",
    re.ASCII,
)


class MoneyError(VungXaError):
    """Says that a text is no amount or rate; codes "bad_money" (đồng), "bad_foreign_money", "bad_decimal"."""


def format_vnd(amount: int) -> str:
    """Write VND the way forms print it: "15.400.000", a true minus sign (U+2212) before a negative amount."""
    digits = f"{abs(amount):,}".replace(",", ".")
    return _MINUS + digits if amount < 0 else digits


def parse_vnd(text: str) -> int:
    """Read an amount as people type it ("15.400.000", "15400000 đ", "15 400 000"); raises MoneyError.

    Groups must be of three digits with one kind of separator, so that "15.4" is never taken for 154 or 15400.
    """
    plain = text.strip().casefold()
    for unit in ("vnđ", "vnd", "đồng", "đ", "₫"):
        plain = plain.removesuffix(unit).rstrip()
    negative = plain.startswith(("-", _MINUS))
    found = _GROUPED.match(plain[1:].lstrip() if negative else plain)
    if found is None or len(plain) > 40:
        raise MoneyError("bad_money", "Số tiền chỉ gồm chữ số, tính theo đồng. Ghi ví dụ 15.400.000.")
    amount = int(re.sub(r"\D", "", found.group(1)))
    return -amount if negative else amount


def is_foreign(text: str) -> bool:
    """Tell whether text is foreign money as documents hold it: "1234.50", at most 13 digits, "-" if negative."""
    return _STORED_FOREIGN.match(text) is not None


def is_decimal(text: str) -> bool:
    """Tell whether text is a rate or quantity as documents hold it: "25450.5", at most 12 digits and 6 decimals."""
    return _STORED_DECIMAL.match(text) is not None


def hundredths(stored: str) -> int:
    """Return the hundredths of foreign money as documents hold it ("1234.50" gives 123450); raises MoneyError."""
    if not is_foreign(stored):
        raise _bad_foreign()
    return int(stored.replace(".", ""))


def foreign_text(amount: int) -> str:
    """Write hundredths as documents hold them: 123450 gives "1234.50"; raises MoneyError above MAX_HUNDREDTHS."""
    if abs(amount) > MAX_HUNDREDTHS:
        raise _bad_foreign()
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02}"


def format_foreign(amount: int) -> str:
    """Write hundredths as forms print them: 123450 gives "1.234,50", a true minus sign before a negative amount."""
    sign = _MINUS if amount < 0 else ""
    return f"{sign}{format_vnd(abs(amount) // 100)},{abs(amount) % 100:02}"


def parse_foreign(text: str) -> int:
    """Read foreign money as people type it ("1.234,50", "1,234.50", "1234.5") in hundredths; raises MoneyError.

    Three digits after a separator are a group and one or two are cents, so that every accepted text has one reading.
    """
    plain = text.strip()
    negative = plain.startswith(("-", _MINUS))
    found = _TYPED_FOREIGN.match(plain[1:].lstrip() if negative else plain)
    if found is None or len(plain) > 40:
        raise _bad_foreign()
    amount = int(re.sub(r"\D", "", found.group(1))) * 100 + int((found.group(3) or "").ljust(2, "0"))
    if amount > MAX_HUNDREDTHS:
        raise _bad_foreign()
    return -amount if negative else amount


def parse_decimal(text: str) -> str:
    """Read a rate or quantity as people type it ("25.450,5", "25450.5") as documents hold it; raises MoneyError.

    A comma begins the decimals and dots part thousands, as accounting writes. "25,450" and "1,234.5" are refused: here
    the first is 25.45 and elsewhere 25450.
    """
    plain = text.strip()
    found = _TYPED_DECIMAL.match(plain)
    if found is None or (found.group(2) and re.fullmatch(r"[1-9]\d{0,2},\d{3}", plain)):
        raise _bad_decimal()
    whole, decimals = (found.group(1), found.group(2)) if found.group(1) else (found.group(3), found.group(4))
    digits = re.sub(r"\D", "", whole).lstrip("0") or "0"
    rest = (decimals or "").rstrip("0")
    stored = f"{digits}.{rest}" if rest else digits
    if not is_decimal(stored):
        raise _bad_decimal()
    return stored


def format_decimal(stored: str) -> str:
    """Write a rate as forms print it: "25450.5" gives "25.450,5"; raises MoneyError."""
    if not is_decimal(stored):
        raise _bad_decimal()
    whole, _, decimals = stored.partition(".")
    return format_vnd(int(whole)) + (f",{decimals}" if decimals else "")


def in_vnd(amount: int, rate: str) -> int:
    """Turn hundredths of foreign money into whole VND at a stored rate, halves away from zero; raises MoneyError."""
    if not is_decimal(rate):
        raise _bad_decimal()
    return int((Decimal(amount) * Decimal(rate) / 100).to_integral_value(ROUND_HALF_UP))


def _bad_foreign() -> MoneyError:
    return MoneyError("bad_foreign_money", "Số tiền ngoại tệ có nhiều nhất 13 chữ số và 2 số lẻ. Ghi ví dụ 1.234,50.")


def _bad_decimal() -> MoneyError:
    return MoneyError(
        "bad_decimal", "Tỷ giá, số lượng chỉ gồm chữ số, dấu phẩy trước phần lẻ (nhiều nhất 6 số). Ghi ví dụ 25450,5."
    )
