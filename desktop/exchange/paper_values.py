"""Writes the values of a document as paper shows them: plain text, Vietnamese numbers, days by their parts."""

from __future__ import annotations

import re
import unicodedata

from desktop.dossier.dates import is_date
from desktop.dossier.document import Value
from desktop.dossier.form_parts import Column, Field
from desktop.dossier.money import format_decimal, format_foreign, format_vnd, hundredths, is_decimal, is_foreign

LONGEST_IN_FIELD = 36
"""Letters up to which a word of a blank is never broken: what surely fits the narrowest place it stands in."""
_LONGEST_IN_COLUMN = {"document_no": 14, "account": 20, "account_no": 20, "payee_account": 20, "name": 12, "bank": 12}
_LONGEST_IN_CELL = 10
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"


def plain(text: str, longest_word: int) -> str:
    """Give text fit for paper: composed letters (NFC), no control or direction signs, long words breakable."""
    composed = unicodedata.normalize("NFC", text)
    clean = "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") else sign for sign in composed)
    return " ".join(_breakable(word, longest_word) for word in clean.split())


def _breakable(word: str, longest: int) -> str:
    """Let a long word be broken after its strokes and dashes, and between letters only where that is not enough."""
    if len(word) <= longest:
        return word
    pieces = (piece for piece in re.split(r"(?<=[/-])", word) if piece)
    return _MAY_BREAK.join(piece if len(piece) <= longest else _MAY_BREAK.join(piece) for piece in pieces)


def words_of(text: str) -> list[str]:
    """Give the pieces of a plain text that are never broken."""
    return text.replace(_MAY_BREAK, " ").split()


def written(value: Value, kind: str, longest_word: int = LONGEST_IN_FIELD) -> str:
    """Write a value of a field type: "15.400.000", "1.234,50", "25.450,5", "x" for a tick; "" for none."""
    if value is None or isinstance(value, bool):
        return "x" if value and kind == "tick" else ""
    if isinstance(value, int):
        return _number(value, kind)
    if kind == "money_fc" and is_foreign(value):
        return format_foreign(hundredths(value))
    if kind == "decimal" and is_decimal(value):
        return format_decimal(value)
    return plain(value, longest_word)


def _number(value: int, kind: str) -> str:
    if kind == "signed_money" and value > 0:
        return f"+{format_vnd(value)}"
    return format_vnd(value) if kind in ("money", "signed_money") else str(value)


def field_text(value: Value, field: Field) -> str:
    """Write a blank of a form; one with named options shows the option, without words that the form prints itself."""
    for option in field.options:
        if option.value == value:
            return option.value if option.label.endswith(option.value) else option.label
    longest = _LONGEST_IN_COLUMN["account"] if field.key == "document_no" else LONGEST_IN_FIELD
    return written(value, field.type, longest)


def cell_text(value: Value, column: Column) -> str:
    """Write a cell: a day as "05/03/2026", and words short enough to be broken where the column ends."""
    if isinstance(value, str) and column.type == "date" and is_date(value):
        return "/".join(reversed(value.split("-")))
    return written(value, column.type, _LONGEST_IN_COLUMN.get(column.key, _LONGEST_IN_CELL))


def day_parts(value: Value) -> dict[str, str]:
    """Give day, month and year apart, or whatever stands there instead as "other"."""
    if isinstance(value, str) and is_date(value):
        year, month, day = value.split("-")
        return {"day": day, "month": month, "year": year, "other": ""}
    return {"day": "", "month": "", "year": "", "other": written(value, "text")}
