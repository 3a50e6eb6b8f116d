"""Says what stands in the tables of a form: heads over their columns, rows under their groups, sums written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from desktop.dossier.compute import Computed, group_of
from desktop.dossier.document import Document, Row, Value
from desktop.dossier.form_parts import Column, RowGroup, Table
from desktop.dossier.forms import Form
from desktop.dossier.money import format_foreign, format_vnd
from desktop.exchange.paper_values import cell_text, words_of

_RIGHT = ("money", "signed_money", "money_fc", "decimal")
_LEFT = ("text", "longtext")
_PICTURES = ("image", "signature_image")
_WORDY = (
    "content",
    "description",
    "work",
    "detail",
    "bank_info",
    "unit",
    "name",
    "bank",
    "reference_id",
    "student_name",
)
_EMPTY_ROWS = 3
_SHARES_BELOW = 5
_SIGN = re.compile(r"[()]")


class TableWriter:
    """Writes one table of a document; `widths` as in Layout."""

    def __init__(self, document: Document, table: Table, computed: Computed, widths: tuple[float, ...] = ()) -> None:
        self._table = table
        self._rows = document.tables.get(table.key, [])
        self._computed = computed
        self._widths = widths
        self._columns = [column for column in table.columns if column.printed and column.place == "cell"]
        self._below = [column for column in table.columns if column.printed and column.place == "below"]
        self._labelled = any(group.rows for group in table.row_groups)

    def shown(self, repeat: str | None = None) -> dict[str, Any]:
        """Give the table; `repeat` is the heading over an empty row for the Treasury's own figures."""
        rows = [*self._body()]
        total = [self._total()] if self._table.total_row else []
        first = self._table.total_row is not None and self._table.total_row.position == "first row"
        rows = total + rows if first else rows + total
        if repeat:
            rows += [_band(repeat), self._line({}, None)]
        return {"kind": "table", "columns": self._heads(rows), "rows": rows}

    def blank(self) -> dict[str, Any]:
        """Give the same table with nothing in it, for the Treasury to fill."""
        empty = Document(form="", tables={})
        return TableWriter(empty, self._table, Computed(), self._widths).shown()

    def across(self, headings: tuple[str, ...]) -> dict[str, Any]:
        """Give each row as a block, its columns one under the other: the unit's figures, room for the Treasury's."""
        first, *rest = self._columns
        rows: list[dict[str, Any]] = []
        for row in self._rows or [{}]:
            rows.append(_band(f"{first.label}: {cell_text(row.get(first.key), first)}", first.footnote))
            room = [""] * (len(headings) - 2)
            rows += [_plain_row([column.label, cell_text(row.get(column.key), column), *room]) for column in rest]
        columns = [_head(words, "left" if index == 0 else "right") for index, words in enumerate(headings)]
        return {"kind": "table", "columns": _measured(columns, rows, self._widths), "rows": rows}

    def _body(self) -> Iterator[dict[str, Any]]:
        if not self._table.row_groups:
            empty: list[Row] = [{} for _ in range(0 if self._rows else max(_EMPTY_ROWS, self._table.min_rows))]
            for number, row in enumerate([*self._rows, *empty], start=1):
                yield from self._lines(row, str(number) if self._rows else None)
            return
        for group in self._table.row_groups:
            yield self._group(group)
            yield from self._members(group)

    def _members(self, group: RowGroup) -> Iterator[dict[str, Any]]:
        rows = [row for row in self._rows if group_of(row, self._table) == group.key]
        wanted = max(len(group.rows), 0 if self._rows else 1)
        start = re.match(r"\d+\.", group.label)
        for number, row in enumerate([*rows, *({} for _ in range(wanted - len(rows)))], start=1):
            shown = f"{start.group()}{number}" if start else str(number)
            label = group.rows[number - 1] if number <= len(group.rows) else ""
            last = group is self._table.row_groups[-1] and not self._rows
            yield from self._lines(row, shown if row else None, label, below=last)

    def _lines(self, row: Row, number: str | None, label: str = "", below: bool = False) -> Iterator[dict[str, Any]]:
        yield self._line(row, number, label)
        if self._below and (below or any(row.get(column.key) for column in self._below)):
            texts = [(column.label, cell_text(row.get(column.key), column)) for column in self._below]
            yield {"kind": "below", "pairs": [{"label": name, "value": value} for name, value in texts]}

    def _line(self, row: Row, number: str | None, label: str = "") -> dict[str, Any]:
        cells = [self._cell(row, column) for column in self._columns]
        if number is not None and self._columns[0].filled_by == "system" and not cells[0]:
            cells[0] = number
        return _plain_row([label, *cells] if self._labelled else cells)

    def _cell(self, row: Row, column: Column) -> str | dict[str, str]:
        value = row.get(column.key)
        if column.type in _PICTURES:
            return {"picture": value if isinstance(value, str) else ""}
        return cell_text(value, column)

    def _total(self) -> dict[str, Any]:
        label = self._table.total_row.label if self._table.total_row else ""
        return self._sums("total", label or "Cộng", self._computed.totals.get)

    def _group(self, group: RowGroup) -> dict[str, Any]:
        if not (self._table.total_row and self._table.total_row.subtotals_per_group):
            return _band(group.label, group.footnote)
        return self._sums("group", group.label, lambda key: self._computed.subtotals.get(key, {}).get(group.key))

    def _sums(self, kind: str, label: str, sum_of: Callable[[str], int | None]) -> dict[str, Any]:
        """Give a row that adds up; a sum over nothing is left blank."""
        sums = [self._sum(column, sum_of) for column in self._columns]
        span = next(index for index, column in enumerate(self._columns) if column.key in self._table.sums)
        return {"kind": kind, "label": label, "span": span, "cells": sums}

    def _sum(self, column: Column, sum_of: Callable[[str], int | None]) -> str:
        if column.key not in self._table.sums or not any(_given(row.get(column.key)) for row in self._rows):
            return ""
        amount = sum_of(f"{self._table.key}.{column.key}") or 0
        return format_foreign(amount) if column.type == "money_fc" else format_vnd(amount)

    def _heads(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        heads = [_column(column) for column in self._columns]
        if self._labelled:
            heads = [_head("", "left"), *heads]
        return _measured(heads, rows, self._widths)


def tables_of(document: Document, form: Form, computed: Computed) -> dict[str, TableWriter]:
    """Give the writers of all printed tables of a form by key."""
    widths = form.layout.widths
    return {
        table.key: TableWriter(document, table, computed, widths.get(table.key, ()))
        for table in form.line_tables
        if table.printed
    }


def _given(value: Value) -> bool:
    return value not in (None, "")


def _plain_row(cells: list[Any]) -> dict[str, Any]:
    return {"kind": "row", "cells": cells}


def _band(label: str, mark: str | None = None) -> dict[str, Any]:
    """A heading over all columns."""
    return {"kind": "band", "label": label, "mark": _SIGN.sub("", mark or "")}


def _head(label: str, align: str) -> dict[str, Any]:
    return {"path": [], "label": label, "no": "", "mark": "", "align": align, "share": 1 if align == "left" else 0}


def _column(column: Column) -> dict[str, Any]:
    align = "right" if column.type in _RIGHT else "left" if column.type in _LEFT and column.key != "stt" else "center"
    share = 0 if align != "left" else 2 if column.key in _WORDY else 1
    return {
        "path": column.group.split(" / ") if column.group else [],
        "label": column.label,
        "no": column.col_no or "",
        "mark": _SIGN.sub("", column.footnote or ""),
        "align": align,
        "share": share,
    }


def _measured(
    heads: list[dict[str, Any]], rows: list[dict[str, Any]], widths: tuple[float, ...]
) -> list[dict[str, Any]]:
    """Add to each column the width in mm it wishes, its share of what is left, and the longest words that must fit."""
    for index, head in enumerate(heads):
        cells = [row["cells"][index] for row in rows if "cells" in row]
        words = {word for cell in cells if isinstance(cell, str) for word in words_of(cell)}
        if head["align"] == "right":
            words |= {cell for cell in cells if isinstance(cell, str)}
        titles = words_of(head["label"]) + ([head["no"]] if head["no"] else [])
        head["words"] = sorted(words, key=len)[-3:] + sorted(titles, key=len)[-3:]
        width = widths[index] if index < len(widths) else None
        head["wish"] = _usual_width(head) if width is None else width if width >= _SHARES_BELOW else 0
        if width is not None:
            head["share"] = width if width < _SHARES_BELOW else 0
    return heads


def _usual_width(head: dict[str, Any]) -> float:
    """Give mm in which a heading takes about three lines, and money finds room on an empty form too."""
    return min(26, max(20 if head["align"] == "right" else 11, len(head["label"]) / 3 * 2.1 + 2))
