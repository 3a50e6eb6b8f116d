"""Give one JSON value one byte string, so that what was signed can be made again from the data (RFC 8785)."""

from __future__ import annotations

import json

MAX_INTEGER = 2**53 - 1
"""RFC 8785 section 3.2.2.3: beyond this, other JSON readers may round a number."""


def canonical(value: object) -> bytes:
    """Return the RFC 8785 bytes of a JSON value made of dict, list, tuple, str, int, bool and None.

    Raises ValueError for anything else (floats above all: money is int), for integers beyond 2^53 - 1, for names that
    are not text and for text that is not valid Unicode.
    """
    return _text(value).encode("utf-8")


def _text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(_text(item) for item in value) + "]"
    if isinstance(value, dict):
        return _object(value)
    raise ValueError(f"{type(value).__name__} has no canonical form here")


def _integer(value: int) -> str:
    if abs(value) > MAX_INTEGER:
        raise ValueError("integer beyond 2^53 - 1")
    return str(int(value))


def _string(value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("text holds a lone surrogate") from error
    # json escapes exactly what RFC 8785 3.2.2.2 asks for: quote, backslash, \b \t \n \f \r, other C0 as \u00xx.
    return json.dumps(value, ensure_ascii=False)


def _object(value: dict[object, object]) -> str:
    names: list[str] = []
    for name in value:
        if not isinstance(name, str):
            raise ValueError("object names must be text")
        _string(name)
        names.append(name)
    names.sort(key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(f"{_string(name)}:{_text(value[name])}" for name in names) + "}"
