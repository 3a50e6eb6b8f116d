"""Between what is typed and what a document holds: what cannot be read stays as typed, for the check to name."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

from desktop.dossier.dates import format_date, is_date, parse_date
from desktop.dossier.document import Value
from desktop.dossier.errors import VungXaError
from desktop.dossier.form_parts import FieldType
from desktop.dossier.money import format_vnd, parse_vnd


def to_value(text: str, kind: FieldType) -> Value:
    """Read typed text as a field's value (NFC; money and years int, dates ISO); None for nothing."""
    plain = unicodedata.normalize("NFC", text).strip()
    if not plain:
        return None
    with suppress(VungXaError, ValueError):
        if kind == "money":
            return parse_vnd(plain)
        if kind == "date":
            return parse_date(plain)
        if kind in ("year", "integer"):
            return int(plain)
    return plain


def to_text(value: Value, kind: FieldType) -> str:
    """Write a value the way it is read on screen."""
    if value is None or isinstance(value, bool):
        return ""
    if kind == "money" and isinstance(value, int):
        return format_vnd(value)
    if kind == "date" and isinstance(value, str) and is_date(value):
        return format_date(value)
    return str(value)


def table_cells(text: str) -> list[list[str]]:
    """Split what a spreadsheet put on the clipboard into rows of cells; at most 2,000 rows."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    return [line.split("\t") for line in lines[:2000]]
