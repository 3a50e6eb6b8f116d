"""Let people type without diacritics and still find what is written with them."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Return text in lower case without Vietnamese marks ("Đường Láng" gives "duong lang"); spaces are kept."""
    if text.isascii():
        return text.casefold()
    return _MARKS.sub("", unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))).casefold()
