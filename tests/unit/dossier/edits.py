"""Change one thing in a filled form of any kind; formula cells follow."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.dossier.compute import fill
from desktop.dossier.document import Document, Row, Value


def edit(document: Document, choices: Mapping[str, str] | None = None, **fields: Value) -> Document:
    """Return the document with other fields and boxes; None empties a field, "" a box."""
    kept = {key: value for key, value in {**document.choices, **(choices or {})}.items() if value}
    return document.model_copy(update={"fields": {**document.fields, **fields}, "choices": kept})


def only(document: Document, *keys: str) -> Document:
    """Return the document with no other fields filled than these."""
    return document.model_copy(update={"fields": {key: document.fields[key] for key in keys}})


def without(document: Document, *starts: str) -> Document:
    """Return the document without the fields whose keys begin so."""
    fields = {key: value for key, value in document.fields.items() if not key.startswith(starts)}
    return document.model_copy(update={"fields": fields})


def edit_row(document: Document, table: str = "lines", row: int = 0, **cells: Value) -> Document:
    """Return the document with other cells in a row."""
    rows: list[Row] = [dict(item) for item in document.tables[table]]
    rows[row] |= cells
    return with_rows(document, table, rows)


def with_rows(document: Document, table: str, rows: list[Row]) -> Document:
    """Return the document with other rows in a table."""
    return fill(document.model_copy(update={"tables": {**document.tables, table: rows}}))


def cell(column: str, row: int = 0, table: str = "lines", **more: int) -> dict[str, str | int]:
    """The place of a cell as a case names it."""
    return {"table": table, "row": row, "column": column, **more}
