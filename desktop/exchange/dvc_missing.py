"""Lists what the forms of 2026 ask for and an older file does not give, so that the accountant sees it at once."""

from __future__ import annotations

import re

from desktop.dossier.document import Document, Row, Value
from desktop.dossier.form_parts import Column, Field, Table
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of
from desktop.dossier.rules.context import CheckContext
from desktop.dossier.rules.subject import Subject, holds

_CELL = re.compile(r"(?P<table>\w+)\[(?P<row>\d+)\]\.(?P<column>\w+)")


def missing_paths(document: Document, form: Form) -> list[str]:
    """Give the paths of empty required blanks: "fields.address", "choices.estimate_kind", "tables.lines[0].source"."""
    subject = Subject(document, form, CheckContext())
    fields = [
        f"fields.{key}" for key, blank in form.fields_by_key.items() if _lacks(blank, document.fields.get(key), subject)
    ]
    choices = [
        f"choices.{choice.key}"
        for choice in form.choices
        if choice.required == "yes" and not document.choices.get(choice.key)
    ]
    return [*fields, *choices, *(path for table in form.line_tables for path in _table_paths(table, subject))]


def _table_paths(table: Table, subject: Subject) -> list[str]:
    rows = subject.document.tables.get(table.key, [])
    if len(rows) < table.min_rows:
        return [f"tables.{table.key}"]
    return [
        f"tables.{table.key}[{index}].{column.key}"
        for index, row in enumerate(rows)
        for column in table.columns
        if not column.formula and _lacks(column, row.get(column.key), subject, row)
    ]


def _lacks(blank: Field | Column, value: Value, subject: Subject, row: Row | None = None) -> bool:
    if blank.filled_by != "unit" or value not in (None, ""):
        return False
    if blank.required != "conditional":
        return blank.required == "yes"
    return blank.when is not None and holds(blank.when, subject, row)


def blank_name(document: Document, path: str) -> str:
    """Name such a path the way people see the blank: «Địa chỉ», or "Dòng 1, cột «Mã nguồn»"."""
    form = form_of(document.form)
    subject = Subject(document, form, CheckContext())
    place, _, key = path.partition(".")
    cell = _CELL.fullmatch(key)
    if cell:
        return subject.cell(int(cell["row"]), cell["column"], form.tables_by_key[cell["table"]])
    if place == "tables":
        return "dòng chi tiết"
    choice = form.choices_by_key.get(key)
    return " / ".join(choice.labels.values()) if choice and place == "choices" else subject.name(key)
