"""Says what stands where on the paper of a form, as plain text for the layout: values written out, totals added."""

from __future__ import annotations

import unicodedata
from typing import Any

from desktop.dossier.compute import Computed, compute, group_of
from desktop.dossier.dates import is_date
from desktop.dossier.document import Document, Row, Value
from desktop.dossier.form_parts import Choice, Column, Field, SignatureBlock, Table
from desktop.dossier.forms import Form
from desktop.dossier.money import format_vnd

_LONGEST_WORD = {"document_no": 20, "content": 10, "name": 12, "bank": 12, "text": 9, "code": 6, "account": 20}
_LONGEST_IN_FIELD = 36
"""Letters up to which a word is never broken, by column or kind: what surely fits the narrowest place it stands in."""
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"
_ALIGN = {"text": "left", "longtext": "left", "money": "right"}


def paper(document: Document, form: Form) -> dict[str, Any]:
    """Give everything the template of `form` prints, every leaf a string or bool; keys are the form's own."""
    computed = compute(document, form)
    table = form.line_tables[0]
    return {
        "number": form.number,
        "symbol": form.symbol or "",
        "title": form.title,
        "unit-of-measure": form.unit_of_measure or "",
        "labels": {key: field.label for key, field in form.fields_by_key.items()},
        "marks": {key: field.footnote or "" for key, field in form.fields_by_key.items()},
        "fields": {key: _field(document.fields.get(key), field) for key, field in form.fields_by_key.items()},
        "dates": {
            key: _date(document.fields.get(key)) for key, field in form.fields_by_key.items() if field.type == "date"
        },
        "choices": {choice.key: _boxes(choice, document.choices) for choice in form.choices},
        "columns": [_column(column) for column in table.columns],
        "rows": _rows(document, table, computed),
        "words": computed.words if document.tables.get(table.key) else dict.fromkeys(computed.words, ""),
        "word-labels": {words.key: words.label for words in form.amounts_in_words},
        "treasury": _treasury(form),
        "signatures": [_signatures(block) for block in form.signature_blocks],
        "notes": [{"mark": note.mark, "text": note.text} for note in form.footnotes],
    }


def _field(value: Value, field: Field) -> str:
    return _written(
        value, field.type, _LONGEST_WORD["document_no"] if field.key == "document_no" else _LONGEST_IN_FIELD
    )


def _written(value: Value, field_type: str, longest_word: int) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if field_type == "money" and isinstance(value, int):
        return format_vnd(value)
    return plain(str(value), longest_word)


def plain(text: str, longest_word: int) -> str:
    """Give text fit for paper: composed letters (NFC), no control or direction signs, long words breakable."""
    composed = unicodedata.normalize("NFC", text)
    clean = "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") else sign for sign in composed)
    return " ".join(word if len(word) <= longest_word else _MAY_BREAK.join(word) for word in clean.split())


def _date(value: Value) -> dict[str, str]:
    if isinstance(value, str) and is_date(value):
        year, month, day = value.split("-")
        return {"day": day, "month": month, "year": year, "other": ""}
    return {"day": "", "month": "", "year": "", "other": _written(value, "text", _LONGEST_IN_FIELD)}


def _boxes(choice: Choice, ticked: dict[str, str]) -> list[dict[str, str | bool]]:
    return [{"label": option.label, "on": ticked.get(choice.key) == option.value} for option in choice.options]


def _column(column: Column) -> dict[str, str]:
    return {
        "label": column.label,
        "group": column.group or "",
        "no": column.col_no or "",
        "mark": column.footnote or "",
        "align": _ALIGN.get(column.type, "center"),
    }


def _rows(document: Document, table: Table, computed: Computed) -> list[dict[str, Any]]:
    rows = document.tables.get(table.key, [])
    total = _sum_row("total", table.total_row.label if table.total_row else "", table, computed.totals)
    if not table.row_groups:
        return [*(_line(row, table, None) for row in rows), total]
    lines: list[dict[str, Any]] = []
    for group in table.row_groups:
        sums = {key: by_group[group.key] for key, by_group in computed.subtotals.items()}
        lines.append(_sum_row("group", group.label, table, sums))
        members = (row for row in rows if group_of(row, table) == group.key)
        lines += [_line(row, table, number) for number, row in enumerate(members, start=1)]
    return [total, *lines]


def _line(row: Row, table: Table, number: int | None) -> dict[str, Any]:
    cells = [_cell(row.get(column.key), column) for column in table.columns]
    if number is not None and table.columns[0].filled_by == "system":
        cells[0] = str(number)
    return {"kind": "row", "cells": cells}


def _cell(value: Value, column: Column) -> str:
    if isinstance(value, str) and column.type == "date" and is_date(value):
        return "/".join(reversed(value.split("-")))
    longest = _LONGEST_WORD.get(column.key, _LONGEST_WORD.get(column.type, _LONGEST_WORD["text"]))
    return _written(value, column.type, longest)


def _sum_row(kind: str, label: str, table: Table, sums: dict[str, int]) -> dict[str, Any]:
    """Give a row that adds up; an empty sum is left blank on a form without lines."""
    keys = [f"{table.key}.{column.key}" for column in table.columns]
    span = next(index for index, key in enumerate(keys) if key in sums)
    cells = [format_vnd(sums[key]) if sums.get(key) else "" for key in keys]
    return {"kind": kind, "label": label, "span": span, "cells": cells}


def _treasury(form: Form) -> dict[str, Any]:
    if form.treasury_block is None:
        return {"heading": "", "labels": {}}
    labels = {field.key: field.label for field in form.treasury_block.fields}
    return {"heading": form.treasury_block.heading, "labels": labels}


def _signatures(block: SignatureBlock) -> dict[str, Any]:
    return {
        "heading": block.heading or "",
        "date_line": block.date_line or "",
        "signers": [{"title": signer.title, "mark": signer.mark} for signer in block.signers],
    }
