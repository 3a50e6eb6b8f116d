"""Whether everything the form demands is filled, by the form's own marks and conditions (NĐ 347 Điều 2.9, 13.2)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.compute import DEFAULT_GROUP
from desktop.dossier.document import Level, Row
from desktop.dossier.form_parts import Choice, Column, Condition, Field, Table
from desktop.dossier.rules.basis import PARTS
from desktop.dossier.rules.payment import CASH, TRANSFER
from desktop.dossier.rules.registry import ANY, Finding, document_rule
from desktop.dossier.rules.subject import Subject, blank_row, holds, is_empty

_ARTICLE = "NĐ 347/2025/NĐ-CP Điều 2.9"
_BASIS = {key for part in PARTS for key in part}
_VOUCHER = {*_BASIS, *TRANSFER, *CASH}
_OWN_RULE: dict[str, set[str]] = {
    **dict.fromkeys(("M13", "M14", "M17", "M18", "M19"), _VOUCHER),
    "M08": {"decision_no", "decision_date"},
    "M20": {"account", "bank", "amount"},
    "I05A": {"lines", *CASH},
}
"""Blanks, columns and tables whose absence M13-2, M13-7, M20-5 and their like report under their own ids."""


@document_rule(Level.ERROR, _ARTICLE, "required", covers=("R-004",), forms=(ANY,))
def required(subject: Subject) -> Iterator[Finding]:
    """Blanks that must be filled and are empty."""
    own = _OWN_RULE.get(subject.form.id, set())
    skipped = {field.key for block in subject.form.blocks if not _asked(block.when, subject) for field in block.fields}
    for field in subject.form.fields_by_key.values():
        if field.key in own or field.key in skipped or subject.value(field.key) is not None:
            continue
        if _wanted(field, subject):
            level = None if field.printed else Level.WARNING
            message = f"Ô {subject.name(field.key)} còn trống. Điền ô này trước khi trình ký."
            yield Finding(message, field=field.key, level=level)
    for table in subject.form.line_tables:
        yield from _missing_lines(subject, table)


@document_rule(Level.ERROR, "Mẫu 09", "M09-1")
def posted_and_requested(subject: Subject) -> Iterator[Finding]:
    """A correction without a posted line, or without the line asked for in its place."""
    table = subject.form.line_tables[0]
    given = {row.get("group") for _, row in subject.rows(table)}
    for group in table.row_groups if given else ():
        if group.min_rows and group.key not in given:
            message = f"Chưa có dòng nào ở phần «{group.label.strip('- :')}». Thêm ít nhất một dòng."
            yield Finding(message, table=table.key, column=group.key, also=("required",))


@document_rule(
    Level.ERROR, _ARTICLE, "R-069", forms=("M02", "M03", "M09", "M11", "M16", "M20", "M21", "M23", "I04A", "I05A")
)
@document_rule(Level.ERROR, _ARTICLE, "M08-1", covers=("R-069", "R-091"))
@document_rule(Level.ERROR, _ARTICLE, "M01-5", "M13-1", "M14-1", "M15-1", "M17-1", "M19-1", covers=("R-069",))
def ticks(subject: Subject) -> Iterator[Finding]:
    """A pair of boxes without a tick, or with a tick beside the boxes of the form."""
    for choice in subject.form.choices:
        ticked = choice.ticked(subject.value(choice.key))
        missing = not ticked and choice.required == "yes" and _asked(choice.when, subject)
        if missing or not set(ticked) <= choice.labels.keys() or len(set(ticked)) < len(ticked):
            yield Finding(_untold(choice), field=choice.key, also=("R-069", "required"))
    for table in subject.form.line_tables:
        boxes = [column.key for column in table.columns if column.type == "tick"]
        for index, row in subject.rows(table) if boxes else ():
            if sum(row.get(key) is True for key in boxes) != 1:
                names = " hoặc ".join(f"«{table.columns_by_key[key].label}»" for key in boxes)
                message = f"Dòng {index + 1}: đánh dấu {names}. Chọn đúng một ô."
                yield Finding(message, table=table.key, row=index, column=boxes[0], also=("R-069", "required"))


def _untold(choice: Choice) -> str:
    options = " hoặc ".join(f"«{label}»" for label in choice.labels.values())
    count = "ít nhất" if choice.select == "many" else "đúng"
    return f"Chưa đánh dấu {options}. Chọn {count} một ô."


def _asked(when: Condition | None, subject: Subject) -> bool:
    """Tell whether a block or a pair of boxes is asked for at all."""
    return when is None or holds(when, subject)


def _wanted(field: Field, subject: Subject) -> bool:
    if field.filled_by != "unit" and subject.form.client_editable:
        return False
    if field.required == "conditional":
        return field.when is not None and holds(field.when, subject)
    return field.required == "yes"


def _missing_lines(subject: Subject, table: Table) -> Iterator[Finding]:
    rows = subject.document.tables.get(table.key, [])
    own = _OWN_RULE.get(subject.form.id, set()) if table.key == "lines" else set()
    if sum(not blank_row(row) for row in rows) < max(table.min_rows, min(1, sum(g.min_rows for g in table.row_groups))):
        if table.key not in own:
            yield Finding("Bảng chi tiết chưa có dòng nào. Thêm ít nhất một dòng.", table=table.key)
        return
    columns = [column for column in table.columns if column.key not in own and not column.formula]
    for index, row in enumerate(rows):
        if blank_row(row):
            message = f"Dòng {index + 1} còn trống. Điền dòng này hoặc xóa đi."
            yield Finding(message, table=table.key, row=index, level=Level.WARNING)
            continue
        if table.row_groups and is_empty(row.get("group")):
            yield _ungrouped(table, index)
        for column in columns:
            if is_empty(row.get(column.key)) and _cell_wanted(column, row, subject):
                message = f"{subject.cell(index, column.key, table)} còn trống. Điền ô này trước khi trình ký."
                yield Finding(message, table=table.key, row=index, column=column.key)


def _ungrouped(table: Table, row: int) -> Finding:
    """A list counts such a line among the others; elsewhere the group says what the line is for."""
    labels = {group.key: group.label for group in table.row_groups}
    if DEFAULT_GROUP in labels:
        message = f"Dòng {row + 1} chưa xếp nhóm, máy tạm cộng vào «{labels[DEFAULT_GROUP]}». Chọn nhóm."
        return Finding(message, table=table.key, row=row, column="group", level=Level.WARNING)
    return Finding(f"Dòng {row + 1} chưa xếp nhóm. Chọn nhóm cho dòng.", table=table.key, row=row, column="group")


def _cell_wanted(column: Column, row: Row, subject: Subject) -> bool:
    if column.filled_by != "unit":
        return False
    if column.required == "conditional":
        return column.when is not None and holds(column.when, subject, row)
    return column.required == "yes"
