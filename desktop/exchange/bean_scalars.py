"""Turns the text of one scalar into a value, exactly as written: nothing rounded, nothing guessed, nothing huge."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop.exchange.beans import BeanValue
from desktop.exchange.errors import DvcError

_FILLER = re.compile(r"[-_.…\s]*")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LONGEST_NUMBER = 64
_LARGEST_EXPONENT = 24


def parse_scalar(kind: str, text: str, name: str) -> BeanValue:
    """Give the value of `<kind>text</kind>` in property `name`; blank or filler ("------", "…") is None, "not given".

    `kind` is one of beans.SCALARS; a double becomes a Decimal. Raises DvcError (bad_value) for what is no such value.
    """
    stripped = text.strip()
    if is_filler(stripped):
        return None
    if kind == "string":
        return stripped
    if kind == "boolean":
        return _boolean(stripped, name)
    if kind == "double":
        return _double(stripped, name)
    if not _WHOLE.fullmatch(stripped):
        raise _bad(name)
    return int(stripped)


def is_filler(text: str) -> bool:
    """Tell whether a text says nothing: blank, or only dots and dashes."""
    return _FILLER.fullmatch(text) is not None


def _boolean(text: str, name: str) -> bool:
    if text not in ("true", "false"):
        raise _bad(name)
    return text == "true"


def _double(text: str, name: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER or not _DOUBLE.fullmatch(text):
        raise _bad(name)
    number = Decimal(text)
    if number and number.adjusted() > _LARGEST_EXPONENT:
        raise _bad(name)
    return number


def _bad(name: str) -> DvcError:
    return DvcError(
        "bad_value", f"Mục «{name}» trong tệp không phải một số dùng được. Hãy sửa trong phần mềm kế toán rồi xuất lại."
    )
