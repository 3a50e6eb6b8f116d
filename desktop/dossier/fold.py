"""Let people type without diacritics and still find what is written with them."""

from __future__ import annotations

import unicodedata

_DOTLESS = str.maketrans({"đ": "d", "Đ": "d"})


def fold(text: str) -> str:
    """Return text in lower case without Vietnamese marks ("Đường Láng" gives "duong lang"); spaces are kept."""
    apart = unicodedata.normalize("NFD", text.translate(_DOTLESS))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
