"""What the Treasury writes into a unit's documents: a blank or a cell, named as in the document itself.

Sources: the parts «Phần Kho bạc Nhà nước ghi» of the forms, NĐ 347/2025/NĐ-CP Điều 6.2.e (less accepted than asked) and
Điều 10.2.c (figures that differ).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from desktop.dossier.compute import fill
from desktop.dossier.document import Document, Dossier, Row
from desktop.dossier.forms import UnknownForm

_APPROVED = {
    "approved_vnd": "requested_vnd",
    "approved_fc": "requested_fc",
    "approved_amount": "requested_amount",
}
"""Columns in which the Treasury writes what it accepts of the column beside (Mẫu 12, 04.b/TT)."""


class Figure(Protocol):
    """One blank (`table` "") or cell; `row` -1 is the total row, a row beyond the document's own stands only there."""

    @property
    def document(self) -> int: ...  # noqa: D102 - see the class

    @property
    def table(self) -> str: ...  # noqa: D102

    @property
    def row(self) -> int: ...  # noqa: D102

    @property
    def key(self) -> str: ...  # noqa: D102

    @property
    def value(self) -> str | int: ...  # noqa: D102


class Cell(NamedTuple):
    """A figure as it is kept."""

    document: int
    table: str
    row: int
    key: str
    value: str | int


def cell_of(told: Mapping[str, Any]) -> Cell:
    """Read a figure of a verified decision's payload; raises KeyError for what is none."""
    return Cell(told["document"], told.get("table", ""), told.get("row", -1), told["key"], told["value"])


def as_accepted(dossier: Dossier, figures: Iterable[Figure]) -> Dossier:
    """Return the dossier as the Treasury accepted it: its cells in place of the unit's, formula cells worked out anew.

    What names no document, or no line of it, changes nothing. So one can ask of an accepted dossier what it moved.
    """
    by_document: dict[int, list[Figure]] = {}
    for figure in figures:
        by_document.setdefault(figure.document, []).append(figure)
    documents = tuple(
        _written(document, by_document[index]) if index in by_document else document
        for index, document in enumerate(dossier.documents)
    )
    return dossier.model_copy(update={"documents": documents})


def _written(document: Document, figures: list[Figure]) -> Document:
    fields = {figure.key: figure.value for figure in figures if not figure.table}
    tables = {key: [dict(row) for row in rows] for key, rows in document.tables.items()}
    for figure in figures:
        rows = tables.get(figure.table, [])
        if 0 <= figure.row < len(rows):
            _write(rows[figure.row], figure)
    changed = document.model_copy(update={"fields": document.fields | fields, "tables": tables})
    try:
        return fill(changed)
    except UnknownForm:
        return changed


def _write(row: Row, figure: Figure) -> None:
    row[figure.key] = figure.value
    asked = _APPROVED.get(figure.key)
    if asked in row:
        row[asked] = figure.value
