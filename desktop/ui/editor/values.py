"""Between what is typed and what a document holds: what cannot be read stays as typed, for the check to name."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

from desktop.dossier.dates import format_date, is_date, parse_date
from desktop.dossier.document import Value
from desktop.dossier.errors import VungXaError
from desktop.dossier.form_parts import FieldType
from desktop.dossier.money import (
    foreign_text,
    format_decimal,
    format_foreign,
    format_vnd,
    hundredths,
    is_decimal,
    is_foreign,
    parse_decimal,
    parse_foreign,
    parse_vnd,
)

AMOUNTS: frozenset[FieldType] = frozenset({"money", "signed_money", "money_fc", "decimal"})
"""Types whose cells stand at the right, as figures do."""
PICTURES: frozenset[FieldType] = frozenset({"image", "signature_image"})
"""Types whose value names an attached picture by its content."""
_YES = frozenset({"x", "1", "có", "✓", "true", "đúng"})
"""What a tick is typed as, and what a spreadsheet's own tick is on the clipboard; in any case."""
_SHORT_DAY = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-])(\d\d)")


def to_value(text: str, kind: FieldType) -> Value:
    """Read typed text as a field's value (NFC; money and years int, dates ISO, foreign money and rates as held).

    None for nothing, and for a tick that is taken away.
    """
    plain = unicodedata.normalize("NFC", text).strip()
    if not plain:
        return None
    with suppress(VungXaError, ValueError):
        if kind in ("money", "signed_money"):
            return parse_vnd(plain)
        if kind == "money_fc":
            return foreign_text(parse_foreign(plain))
        if kind == "decimal":
            return parse_decimal(plain)
        if kind == "tick":
            return True if plain.casefold() in _YES else None
        if kind == "date":
            return parse_date(_SHORT_DAY.sub(r"\g<1>20\2", plain) if _SHORT_DAY.fullmatch(plain) else plain)
        if kind in ("year", "integer"):
            return int(plain)
    return plain


def to_text(value: Value, kind: FieldType) -> str:
    """Write a value the way it is read on screen."""
    if isinstance(value, bool):
        return "x" if value and kind == "tick" else ""
    if value is None:
        return ""
    if kind in ("money", "signed_money") and isinstance(value, int):
        return format_vnd(value)
    if kind == "money_fc" and isinstance(value, str) and is_foreign(value):
        return format_foreign(hundredths(value))
    if kind == "decimal" and isinstance(value, str) and is_decimal(value):
        return format_decimal(value)
    if kind == "date" and isinstance(value, str) and is_date(value):
        return format_date(value)
    return str(value)


def table_cells(text: str) -> list[list[str]]:
    """Split what a spreadsheet put on the clipboard into rows of cells; at most 2,000 rows."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    return [line.split("\t") for line in lines[:2000]]
