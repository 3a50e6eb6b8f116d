"""Whether everything the form demands is filled, by the form's own marks and conditions (NĐ 347 Điều 2.9, 13.2)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.document import Level, Row
from desktop.dossier.form_parts import Column, Field, Table
from desktop.dossier.rules.basis import PARTS
from desktop.dossier.rules.payment import CASH, TRANSFER
from desktop.dossier.rules.registry import ANY, Finding, document_rule
from desktop.dossier.rules.subject import Subject, blank_row, holds, is_empty

_ARTICLE = "NĐ 347/2025/NĐ-CP Điều 2.9"
_OWN_RULE = {*(key for part in PARTS for key in part), *TRANSFER, *CASH}
"""Blanks of money-transfer vouchers whose absence M13-2, M13-7 and their like report under their own ids."""


@document_rule(Level.ERROR, _ARTICLE, "required", covers=("R-004",), forms=(ANY,))
def required(subject: Subject) -> Iterator[Finding]:
    """Blanks that must be filled and are empty."""
    for field in subject.form.fields_by_key.values():
        if subject.value(field.key) is None and _wanted(field, subject):
            level = None if field.printed else Level.WARNING
            message = f"Ô {subject.name(field.key)} còn trống. Điền ô này trước khi trình ký."
            yield Finding(message, field=field.key, level=level)
    for table in subject.form.line_tables:
        yield from _missing_cells(subject, table)


@document_rule(Level.ERROR, _ARTICLE, "R-069", forms=("M20",))
@document_rule(Level.ERROR, _ARTICLE, "M13-1", "M17-1", covers=("R-069",))
def ticks(subject: Subject) -> Iterator[Finding]:
    """A pair of boxes without a tick, or with a tick beside the boxes of the form."""
    for choice in subject.form.choices:
        ticked = choice.ticked(subject.value(choice.key))
        if not ticked or not set(ticked) <= choice.labels.keys():
            options = " hoặc ".join(f"«{label}»" for label in choice.labels.values())
            yield Finding(f"Chưa đánh dấu {options}. Chọn đúng một ô.", field=choice.key, also=("R-069", "required"))


def _wanted(field: Field, subject: Subject) -> bool:
    if field.required == "yes":
        return True
    if field.required != "conditional" or field.when is None:
        return False
    own_rule = subject.form.is_money_transfer_voucher and field.key in _OWN_RULE
    return not own_rule and holds(field.when, subject)


def _missing_cells(subject: Subject, table: Table) -> Iterator[Finding]:
    rows = subject.document.tables.get(table.key, [])
    if sum(not blank_row(row) for row in rows) < table.min_rows:
        yield Finding("Bảng chi tiết chưa có dòng nào. Thêm ít nhất một dòng.", table=table.key)
        return
    for index, row in enumerate(rows):
        if blank_row(row):
            message = f"Dòng {index + 1} còn trống. Điền dòng này hoặc xóa đi."
            yield Finding(message, table=table.key, row=index, level=Level.WARNING)
            continue
        if table.row_groups and is_empty(row.get("group")):
            message = f"Dòng {index + 1} chưa xếp nhóm, máy tạm cộng vào «{table.row_groups[-1].label}». Chọn nhóm."
            yield Finding(message, table=table.key, row=index, column="group", level=Level.WARNING)
        for column in table.columns:
            if is_empty(row.get(column.key)) and _cell_wanted(column, row, subject):
                message = f"{subject.cell(index, column.key, table)} còn trống. Điền ô này trước khi trình ký."
                yield Finding(message, table=table.key, row=index, column=column.key)


def _cell_wanted(column: Column, row: Row, subject: Subject) -> bool:
    if subject.form.id == "M20" and column.key in ("account", "bank", "amount"):
        return False  # M20-5 says it
    if column.formula:
        return False  # nobody types it; the rule of the formula says what must stand there
    if column.required == "conditional":
        return column.when is not None and holds(column.when, subject, row)
    return column.required == "yes"
