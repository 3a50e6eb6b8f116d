"""Money is whole đồng in int, and has one way of being written."""

from __future__ import annotations

import re

from desktop.dossier.errors import VungXaError

MAX_VND = 10**15
"""Largest amount a form may carry, in VND: far above any unit's budget, and exact in every JSON reader."""

_MINUS = "\N{MINUS SIGN}"
_GROUPED = re.compile(r"(\d{1,3}(?:([., \u00a0\u202f])\d{3}(?:\2\d{3})*)?|\d+)\Z", re.ASCII)


class MoneyError(VungXaError):
    """Says that a text is no amount in đồng; code "bad_money"."""


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
