"""Blanks, boxes, columns and groups a form does not have, and what only the Treasury or a bank writes."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.form_parts import Table
from desktop.dossier.forms import Form
from desktop.dossier.rules.registry import ANY, Finding, document_rule
from desktop.dossier.rules.shape import declared_keys
from desktop.dossier.rules.subject import Subject, is_empty

_CLIENT_FLAGS = ("confidential", "list_attached")
_OTHERS = {"treasury": "Kho bạc", "bank_or_treasury": "ngân hàng hoặc Kho bạc"}
_SHAPE = "NĐ 347/2025/NĐ-CP Điều 2.9"
_NO_CASH = "M18"
"""Mẫu 18 has neither boxes for cash nor a recipient; M18-9 says so in its own words."""


@document_rule(Level.ERROR, _SHAPE, "unknown", forms=(ANY,))
def unknown(subject: Subject) -> Iterator[Finding]:
    """Blanks, boxes, columns and groups the form does not have."""
    yield from _unknown_fields(subject)
    yield from _unknown_options(subject)
    for key, rows in subject.document.tables.items():
        table = subject.form.tables_by_key.get(key)
        if table is None:
            yield Finding(f"{subject.short_title} không có bảng «{key[:40]}». Bỏ bảng này.", table=key)
        elif rows:
            yield from _unknown_columns(subject, table)
            yield from _unknown_groups(subject, table)
    for key in subject.document.flags:
        if key not in _CLIENT_FLAGS:
            yield Finding(f"Chương trình không biết dấu «{key[:40]}». Bỏ dấu này.", field=key, level=Level.WARNING)


def treasury_keys(form: Form) -> set[str]:
    """Return the keys of the Treasury's own blanks that are no blanks of the unit."""
    part = form.treasury_block
    sections = [field for section in part.sections for field in section.fields] if part else []
    return {field.key for field in [*(part.fields if part else ()), *sections]} - form.fields_by_key.keys()


def _unknown_fields(subject: Subject) -> Iterator[Finding]:
    form = subject.form
    known = {*form.fields_by_key, *treasury_keys(form), *declared_keys(form)}
    for key in subject.document.fields:
        if key not in known and not _cash_of_18(form, key):
            yield Finding(f"{subject.short_title} không có ô «{key[:40]}». Bỏ ô này.", field=key)
    for key in subject.document.choices.keys() - form.choices_by_key.keys():
        if not _cash_of_18(form, key):
            yield Finding(f"{subject.short_title} không có mục chọn «{key[:40]}». Bỏ mục này.", field=key)


def _cash_of_18(form: Form, key: str) -> bool:
    return form.id == _NO_CASH and (key == "payment_mode" or key.startswith("cash_recipient_"))


def _unknown_options(subject: Subject) -> Iterator[Finding]:
    for key, field in subject.form.fields_by_key.items():
        value = subject.text(key) if field.options or field.allowed else ""
        options = {option.value: option.label for option in field.options}
        if value and options and value not in options:
            names = ", ".join(f"«{label}»" for label in options.values())
            yield Finding(f"Ô {subject.name(key)} chưa đúng. Chọn một trong: {names}.", field=key)
        elif value and field.allowed and not field.allow_other and value not in field.allowed:
            codes = ", ".join(field.allowed)
            yield Finding(f"Ô {subject.name(key)} chưa đúng. Chọn một trong: {codes}.", field=key)


def _unknown_columns(subject: Subject, table: Table) -> Iterator[Finding]:
    known = {*table.columns_by_key, *(["group"] if table.row_groups else [])}
    for index, row in enumerate(subject.document.tables[table.key]):
        for column in row.keys() - known:
            message = f"Dòng {index + 1}: {subject.short_title} không có cột «{column[:40]}». Bỏ cột này."
            yield Finding(message, table=table.key, row=index, column=column)


def _unknown_groups(subject: Subject, table: Table) -> Iterator[Finding]:
    groups = {group.key: group.label.split(". ")[-1] for group in table.row_groups}
    for index, row in enumerate(subject.document.tables[table.key]) if groups else ():
        group = row.get("group")
        if not is_empty(group) and group not in groups:
            message = f"Dòng {index + 1}: không có nhóm này trên mẫu. Chọn một trong: {', '.join(groups.values())}."
            yield Finding(message, table=table.key, row=index, column="group")


@document_rule(Level.ERROR, _SHAPE, "treasury_only", covers=("R-131", "R-148", "M26-5"), forms=(ANY,))
def treasury_only(subject: Subject) -> Iterator[Finding]:
    """Blanks and columns that only the Treasury or the bank writes."""
    form = subject.form
    theirs = treasury_keys(form) | {field.key for field in form.fields_by_key.values() if field.filled_by in _OTHERS}
    for key in theirs & subject.document.fields.keys() if form.client_editable else ():
        if not is_empty(subject.document.fields[key]):
            field = form.fields_by_key.get(key)
            who = _OTHERS[field.filled_by if field else "treasury"]
            yield Finding(f"Ô này do {who} ghi. Bỏ trống ô này.", field=key)
    if form.id != "M02":  # M02-3 says it
        yield from treasury_columns(subject)


@document_rule(Level.ERROR, "Mẫu 02 cột (7) đến (9)", "M02-3")
def treasury_columns(subject: Subject) -> Iterator[Finding]:
    """Columns of the Treasury or the bank with something in them."""
    for table in subject.form.line_tables:
        columns = [column for column in table.columns if column.filled_by in _OTHERS]
        for index, row in subject.rows(table) if columns else ():
            for column in columns:
                if not is_empty(row.get(column.key)):
                    message = (
                        f"{subject.cell(index, column.key, table)} do {_OTHERS[column.filled_by]} ghi. Bỏ trống ô này."
                    )
                    yield Finding(message, table=table.key, row=index, column=column.key)
