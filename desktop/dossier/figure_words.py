"""What the Treasury wrote into a dossier, in words: «Kho bạc ghi: …» (the parts «Phần Kho bạc Nhà nước ghi»)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from desktop.dossier.compute import cell_amount, money
from desktop.dossier.dates import format_date
from desktop.dossier.document import Document, Dossier, Value
from desktop.dossier.figures import Figure
from desktop.dossier.form_parts import Column, Field, Option, Treasury
from desktop.dossier.forms import Form
from desktop.dossier.money import format_foreign, format_vnd
from desktop.dossier.pack import form_of

_MONEY = ("money", "signed_money")


class FigureView(NamedTuple):
    """One figure: `place` names form and line («Mẫu 10, dòng 2»), `own` is what the unit wrote there or ""."""

    document: int
    place: str
    label: str
    value: str
    own: str = ""

    @property
    def text(self) -> str:
        """The whole in one line, as the detail pane says it."""
        beside = f" (đơn vị ghi {self.own})" if self.own and self.own != self.value else ""
        return f"Kho bạc ghi: {self.label} {self.value}{beside}"


def figure_views(dossier: Dossier, figures: Iterable[Figure]) -> tuple[FigureView, ...]:
    """Say every figure of a dossier in words; what names no document of it is left out.

    Raises UnknownForm for a dossier whose forms are not in its pack.
    """
    return tuple(
        _view(figure, dossier.documents[figure.document])
        for figure in figures
        if 0 <= figure.document < len(dossier.documents)
    )


def _view(figure: Figure, document: Document) -> FigureView:
    form = form_of(document.form)
    place = f"Mẫu {form.number}"
    if not figure.table:
        field = _field(form, figure.key)
        return _written(figure, place, field, document.fields.get(figure.key))
    rows = document.tables.get(figure.table, [])
    column = (
        form.tables_by_key[figure.table].columns_by_key.get(figure.key) if figure.table in form.tables_by_key else None
    )
    if 0 <= figure.row < len(rows):
        return _written(figure, f"{place}, dòng {figure.row + 1}", column, rows[figure.row].get(figure.key))
    if figure.row < 0:
        total = sum(cell_amount(row.get(figure.key), column) for row in rows) if column is not None else None
        return _written(figure, f"{place}, dòng tổng", column, total)
    return _written(figure, f"{place}, dòng Kho bạc có thêm", column, None)


def _written(figure: Figure, place: str, blank: Field | Column | None, own: Value) -> FigureView:
    label = blank.label if blank is not None else figure.key
    return FigureView(figure.document, place, label, shown(figure.value, blank), shown(own, blank))


def _field(form: Form, key: str) -> Field | None:
    known = {**form.fields_by_key, **_treasury_fields(form.treasury_block)}
    return known.get(key)


def _treasury_fields(block: Treasury | None) -> dict[str, Field]:
    if block is None:
        return {}
    sections = [field for section in block.sections for field in section.fields]
    return {field.key: field for field in (*block.fields, *sections)}


def shown(value: Value, blank: Field | Column | None) -> str:
    """Write a value as its blank shows it: money in groups of three, a date by day, month and year."""
    if value is None or value == "":
        return ""
    kind = blank.type if blank is not None else ""
    if kind in _MONEY and isinstance(value, int):
        return f"{format_vnd(money(value))} đ"
    if kind == "money_fc" and isinstance(value, str):
        return format_foreign(cell_amount(value, blank)) if isinstance(blank, Column) else value
    if kind == "date" and isinstance(value, str):
        return format_date(value)
    options: tuple[Option, ...] = blank.options if isinstance(blank, Field) else ()
    return next((option.label for option in options if option.value == value), str(value))
