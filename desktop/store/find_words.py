"""Reads what a person typed into the search: words, a number, an amount; nothing typed commands the index."""

from __future__ import annotations

import re
from typing import NamedTuple

from desktop.dossier.fold import fold

LONGEST = 200
"""Characters that are read; nobody types more into a search, and what is pasted is cut here."""
MOST_WORDS = 10
_WORD = re.compile(r"[^\W_]+")
_AMOUNT = re.compile(r"(?<![\w.,])\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?![\w.,]?\d)(?:\s*(?:dong|vnd|d|₫)(?!\w))?")
_PLAIN = re.compile(r"\d{4,15}")
_LARGEST = 10**15


class Wanted(NamedTuple):
    """What is looked for: `expression` for the index ("" without a word), `words` folded, `number` as typed ("" when
    it cannot be one), `amount` in VND when the text is one."""

    expression: str
    words: tuple[str, ...]
    number: str
    amount: int | None


def wanted(text: str) -> Wanted:
    """Read a search; whatever is typed, quotes, operators and NUL included, comes out as plain words."""
    typed = text[:LONGEST].encode("utf-8", "ignore").decode()
    plain = fold(typed)
    amounts = [_digits(match[0]) for match in _AMOUNT.finditer(plain)]
    words = tuple(dict.fromkeys(_WORD.findall(_AMOUNT.sub(" ", plain))))[:MOST_WORDS]
    parts = [_amount(match[0]) for match in _AMOUNT.finditer(plain)][:MOST_WORDS] + [f'"{word}"*' for word in words]
    number = " ".join(typed.split())
    return Wanted(
        " AND ".join(parts), (*amounts, *words), number if _may_be_number(number) else "", _whole(words, amounts)
    )


def _amount(written: str) -> str:
    """An amount as digits, or as a number with dots in it, as accounts are written."""
    digits = _digits(written)
    return f'("{digits}"* OR "{" ".join(re.findall(r"[0-9]+", written))}"*)'


def _digits(written: str) -> str:
    return "".join(re.findall(r"[0-9]+", written))


def _may_be_number(text: str) -> bool:
    return 0 < len(text) <= 40 and "\0" not in text and any(char.isdigit() for char in text)


def _whole(words: tuple[str, ...], amounts: list[str]) -> int | None:
    """The amount, when nothing else was typed."""
    if len(amounts) == 1 and not words:
        found = amounts[0]
    elif len(words) == 1 and not amounts and _PLAIN.fullmatch(words[0]):
        found = words[0]
    else:
        return None
    return int(found) if int(found) < _LARGEST else None
