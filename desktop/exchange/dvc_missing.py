"""Lists what the forms of 2026 ask for and an older file does not give, so that the accountant sees it at once."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.dossier.document import Document, Value
from desktop.dossier.form_parts import Column, Field, Table
from desktop.dossier.forms import Form


def missing_paths(document: Document, form: Form) -> list[str]:
    """Give the paths of empty required blanks: "fields.address", "choices.estimate_kind", "tables.lines[0].source"."""
    fields = [
        f"fields.{key}" for key, field in form.fields_by_key.items() if _lacks(field, document.fields, document.choices)
    ]
    choices = [
        f"choices.{choice.key}"
        for choice in form.choices
        if choice.required == "yes" and not document.choices.get(choice.key)
    ]
    return [*fields, *choices, *(path for table in form.line_tables for path in _table_paths(document, table))]


def _table_paths(document: Document, table: Table) -> list[str]:
    rows = document.tables.get(table.key, [])
    if len(rows) < table.min_rows:
        return [f"tables.{table.key}"]
    return [
        f"tables.{table.key}[{index}].{column.key}"
        for index, row in enumerate(rows)
        for column in table.columns
        if _lacks(column, row, document.choices)
    ]


def _lacks(blank: Field | Column, values: Mapping[str, Value], choices: Mapping[str, str]) -> bool:
    if blank.filled_by != "unit" or values.get(blank.key) not in (None, ""):
        return False
    if blank.required == "yes":
        return True
    if blank.required != "conditional" or blank.when is None:
        return False
    when = blank.when
    if when.filled is not None and values.get(when.filled) in (None, ""):
        return False
    return when.choice is None or choices.get(when.choice) == when.value
