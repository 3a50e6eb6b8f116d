"""Turns the bytes of a text file into signs: UTF-8 and UTF-16 for sure, anything else as signs of eight bits."""

from __future__ import annotations

import codecs

from desktop.exchange.errors import SpreadsheetError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4_096


def decode(content: bytes) -> tuple[str, bool]:
    """Give the text, and True when its bytes were no Unicode, so that each sign is one byte of an old encoding.

    Raises SpreadsheetError not_text for what holds bytes no text has.
    """
    name = _unicode_name(content)
    try:
        if name is not None:
            return content.decode(name), False
        text = content.decode("utf-8")
    except UnicodeDecodeError as cause:
        if name is not None:
            raise _not_text() from cause
        return _eight_bits(content), True
    if "\0" in text:
        raise _not_text()
    return text, False


def _unicode_name(content: bytes) -> str | None:
    """Tell an encoding that names itself by its first bytes, or UTF-16 by its every second byte being zero."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    head = content[:_HEAD]
    if len(head) >= 4 and head.count(0) * 3 > len(head):
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    return None


def _eight_bits(content: bytes) -> str:
    if b"\0" in content:
        raise _not_text()
    return content.decode("latin-1")


def _not_text() -> SpreadsheetError:
    return SpreadsheetError(
        "not_text", "Tệp này không phải bảng tính hay văn bản. Hãy mở bằng Excel rồi lưu lại dạng .xlsx."
    )
