"""Fills a form of 2026 from the properties of a voucher file, blank by blank, with nothing the file does not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from desktop.dossier.compute import formula_value
from desktop.dossier.document import Document, Row, Value
from desktop.dossier.forms import Form
from desktop.exchange.beans import Bean, BeanValue
from desktop.exchange.dvc_mapping import LINE_NUMBER, FormMapping, Source
from desktop.exchange.dvc_values import convert, first, text
from desktop.exchange.errors import DvcError

LINES = "lines"
"""The one table of every mapped form."""
_GROUPED_NUMBER = re.compile(r"([0-9])\.[0-9]{1,4}")


def lines_of(bean: Bean, list_property: str) -> tuple[Bean, ...]:
    """Give the lines of a voucher; raises DvcError (bad_structure) when their property is no list."""
    value = bean.properties.get(list_property)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise DvcError(
            "bad_structure",
            "Tệp không đúng cấu trúc chứng từ DVC nên không được đọc. Hãy xuất lại từ phần mềm kế toán.",
        )
    return tuple(value)


def read_document(bean: Bean, lines: tuple[Bean, ...], mapping: FormMapping, form: Form) -> Document:
    """Give the document a file holds; raises DvcError (bad_value, fraction_of_dong, negative_amount…)."""
    choices = read_choices(bean, mapping)
    if mapping.groups:
        lines = tuple(line for line in lines if says_something(line, mapping))
    types = {key: (blank.type, f"«{blank.label}»") for key, blank in form.fields_by_key.items()}
    fields = _filled(bean, mapping.fields, lambda key, value: convert(value, *types[key]))
    if choices.get("payment_mode") == "transfer":
        fields = {key: value for key, value in fields.items() if key not in mapping.cash_only}
    found = chapters(lines)
    if mapping.chapter and len(found) == 1:
        fields["chapter"] = found[0]
    rows = [_row(line, number, mapping, form) for number, line in enumerate(lines, start=1)]
    if mapping.below:
        rows = [_with_payee(row, bean, mapping, form) for row in rows]
    return Document(form=form.ref, fields=fields, choices=choices, tables={LINES: rows})


def read_choices(bean: Bean, mapping: FormMapping) -> dict[str, str]:
    """Give the ticks whose meaning is known."""
    given = {key: text(first(bean, source.names), source.label) for key, source in mapping.choices.items()}
    known = {key: mapping.choices[key].values.get(value or "") for key, value in given.items()}
    return {**mapping.implied, **{key: value for key, value in known.items() if value is not None}}


def chapters(lines: tuple[Bean, ...]) -> list[str]:
    """Give the different chapters of the lines; most new forms have one chapter in the header."""
    found = (text(line.properties.get("dmChuong"), "Mã chương") for line in lines)
    return list(dict.fromkeys(code for code in found if code))


def says_something(line: Bean, mapping: FormMapping) -> bool:
    """Tell an honest line from the filler one exporter adds, which has a number and zeros."""
    values = [taken(line, source) for source in mapping.columns.values()]
    return any(value is not None and not _is_zero(value) for value in values)


def taken(bean: Bean, source: Source) -> BeanValue:
    """Give the first value of a source that it accepts, else None."""
    for name in source.names:
        value = bean.properties.get(name)
        if value is None or (isinstance(value, str) and source.takes is not None and not source.takes(value)):
            continue
        if source.zero or not _is_zero(value):
            return value
    return None


def _is_zero(value: BeanValue) -> bool:
    return not isinstance(value, str | bool | list) and value == 0


def _row(line: Bean, number: int, mapping: FormMapping, form: Form) -> Row:
    table = form.tables_by_key[LINES]

    def value_of(key: str, value: BeanValue) -> Value:
        column = table.columns_by_key[key]
        return convert(value, column.type, f"Dòng {number}, «{column.label}»")

    row = _filled(line, mapping.columns, value_of)
    computed = [column for column in table.columns if column.formula]
    if mapping.parts and (row.get("amount") is None or all(row.get(key) is not None for key in mapping.parts)):
        row |= {column.key: value for column in computed if (value := formula_value(row, column, table)) is not None}
    if group := mapping.groups.get(_group_digit(line)):
        row["group"] = group
    return row


def _group_digit(line: Bean) -> str:
    number = line.properties.get(LINE_NUMBER)
    found = _GROUPED_NUMBER.fullmatch(number) if isinstance(number, str) else None
    return found[1] if found else ""


def _with_payee(row: Row, bean: Bean, mapping: FormMapping, form: Form) -> Row:
    if row.get("group") != mapping.below_group:
        return row
    columns = form.tables_by_key[LINES].columns_by_key
    below = _filled(
        bean, mapping.below, lambda key, value: convert(value, columns[key].type, f"«{columns[key].label}»")
    )
    return row | below


def _filled(bean: Bean, sources: Mapping[str, Source], value_of: Callable[[str, BeanValue], Value]) -> dict[str, Value]:
    values = {key: value_of(key, taken(bean, source)) for key, source in sources.items()}
    return {key: value for key, value in values.items() if value is not None}
