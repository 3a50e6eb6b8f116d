"""Turns a document into the properties of a voucher file: only properties such files are known to have.

Where two blanks share one property and differ, neither is written: half a truth would come back as a whole one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from desktop.dossier.compute import money
from desktop.dossier.dates import is_date
from desktop.dossier.document import Document, Row, Value
from desktop.dossier.form_parts import Column, Field
from desktop.dossier.forms import Form
from desktop.dossier.money import MAX_VND, is_foreign
from desktop.exchange.bean_scalars import is_filler
from desktop.exchange.bean_writer import is_writable
from desktop.exchange.beans import Bean, BeanValue, Timestamp
from desktop.exchange.dvc_mapping import LINE_NUMBER, FormMapping, Names, Source
from desktop.exchange.dvc_properties import HEADER, LINE
from desktop.exchange.dvc_reading import LINES, says_something
from desktop.exchange.dvc_values import YEARS, milliseconds
from desktop.exchange.errors import DvcError
from desktop.exchange.limits import MAX_DVC_LINES, MAX_XML_TEXT

_AS_TEXT = frozenset({("C304NS", "namKhv")})
"""Numbers that one kind of file holds as text."""


def header_bean(document: Document, report: str, mapping: FormMapping, form: Form) -> Bean:
    """Give the header's blanks and ticks as properties; the rest of the known properties stand empty.

    Raises DvcError (bad_value, bad_text) for what no such file could give back.
    """
    known = HEADER[report]
    transfer = document.choices.get("payment_mode") == "transfer"
    wanted: dict[str, list[BeanValue]] = defaultdict(list)
    for key, source in mapping.fields.items():
        if (name := written_name(source, known)) and key in form.fields_by_key:
            hidden = transfer and key in mapping.cash_only
            value = None if hidden else document.fields.get(key)
            wanted[name].append(_accepted(bean_value(value, form.fields_by_key[key], ""), source))
    shared = {**wanted, **dict(_below(document, report, mapping, form))}
    return Bean({**dict.fromkeys(known), **_agreed(shared), **dict(_ticks(document, mapping, known))})


def _below(document: Document, report: str, mapping: FormMapping, form: Form) -> Iterator[tuple[str, list[BeanValue]]]:
    """Give what rows of the new form have each, and the file once in its header."""
    rows = [row for row, _ in rows_of(document, report, mapping, form)] if mapping.below else []
    paid = [row for row in rows if row.get("group") == mapping.below_group]
    for key, source in mapping.below.items():
        if name := written_name(source, HEADER[report]):
            blank = form.tables_by_key[LINES].columns_by_key[key]
            yield name, [bean_value(row.get(key), blank, "") for row in paid]


def line_beans(document: Document, report: str, mapping: FormMapping, form: Form) -> list[Bean]:
    """Give the lines in their order. Raises DvcError (bad_value, bad_text, too_large)."""
    rows = rows_of(document, report, mapping, form)
    if len(rows) > MAX_DVC_LINES:
        raise DvcError("too_large", f"Chứng từ có hơn {MAX_DVC_LINES} dòng nên không xuất được. Hãy tách nhỏ ra.")
    chapter = _chapter(document, mapping, form)
    counts: dict[str, int] = defaultdict(int)
    return [
        Bean({**line.properties, **chapter, LINE_NUMBER: _line_number(row, number, mapping, counts)})
        for number, (row, line) in enumerate(rows, start=1)
    ]


def rows_of(document: Document, report: str, mapping: FormMapping, form: Form) -> list[tuple[Row, Bean]]:
    """Give the rows a file holds with their properties: where rows have groups, one that says no more is left out."""
    rows = [
        (row, _line(row, number, report, mapping, form))
        for number, row in enumerate(document.tables.get(LINES, []), start=1)
    ]
    return [(row, line) for row, line in rows if not mapping.groups or says_something(line, mapping)]


def _line(row: Row, number: int, report: str, mapping: FormMapping, form: Form) -> Bean:
    columns = form.tables_by_key[LINES].columns_by_key
    wanted: dict[str, list[BeanValue]] = defaultdict(list)
    for key, source in mapping.columns.items():
        if name := written_name(source, LINE[report]):
            value = _accepted(bean_value(row.get(key), columns[key], f"Dòng {number}, "), source)
            wanted[name].append(str(value) if value is not None and (report, name) in _AS_TEXT else value)
    return Bean({**dict.fromkeys(LINE[report]), **_agreed(wanted)})


def _chapter(document: Document, mapping: FormMapping, form: Form) -> dict[str, BeanValue]:
    """Give the header's chapter as each line carries it."""
    if not mapping.chapter:
        return {}
    return {"dmChuong": bean_value(document.fields.get("chapter"), form.fields_by_key["chapter"], "")}


def written_name(source: Source, known: frozenset[str]) -> str | None:
    """Give the property a source is written to, None when this kind of file has none."""
    return next((name for name in source.names if name in known), None) if source.written else None


def column_total(document: Document, columns: Names) -> int:
    """Give the sum of columns of all lines in VND."""
    return sum(money(row.get(column)) for row in document.tables.get(LINES, []) for column in columns)


def bean_value(value: Value, blank: Field | Column, where: str) -> BeanValue:
    """Give a value as the property of a file; None for what says nothing.

    `where` begins the name in a message ("Dòng 3, "). Raises DvcError: bad_value when it is of the wrong kind or out
    of range, bad_text when a file cannot hold it.
    """
    if value in (None, ""):
        return None
    if blank.type == "money":
        return _vnd(value, blank, where)
    if blank.type == "money_fc" and isinstance(value, str) and is_foreign(value) and not value.startswith("-"):
        return Decimal(value)
    if blank.type == "date" and isinstance(value, str) and is_date(value) and int(value[:4]) in YEARS:
        return Timestamp(milliseconds(value))
    if blank.type in ("year", "integer") and not isinstance(value, bool) and value in YEARS:
        return int(value)
    if blank.type in ("money_fc", "date", "year", "integer") or not isinstance(value, str):
        raise _bad(blank, where)
    return _text(value, blank, where)


def _vnd(value: Value, blank: Field | Column, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_VND:
        raise _bad(blank, where)
    return Decimal(value)


def _text(value: str, blank: Field | Column, where: str) -> str | None:
    if not is_writable(value) or len(value) > MAX_XML_TEXT:
        raise DvcError(
            "bad_text",
            f"{where}«{blank.label}» có ký tự hỏng hoặc dài quá {MAX_XML_TEXT} chữ. Hãy sửa ô này rồi xuất lại.",
        )
    stripped = value.strip()
    return None if is_filler(stripped) else stripped


def _bad(blank: Field | Column, where: str) -> DvcError:
    return DvcError("bad_value", f"{where}«{blank.label}» chưa đúng nên không xuất được. Hãy sửa ô này rồi xuất lại.")


def _accepted(value: BeanValue, source: Source) -> BeanValue:
    """Leave out what the reader would take for another blank."""
    return None if isinstance(value, str) and source.takes is not None and not source.takes(value) else value


def _agreed(wanted: Mapping[str, list[BeanValue]]) -> dict[str, BeanValue]:
    return {
        name: values[0] for name, values in wanted.items() if values and all(value == values[0] for value in values)
    }


def _ticks(document: Document, mapping: FormMapping, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    for key, source in mapping.choices.items():
        name = next((name for name in source.names if name in known), None)
        codes = {value: code for code, value in source.values.items()}
        code = codes.get(document.choices.get(key, ""))
        if name is not None and code is not None:
            yield name, code


def _line_number(row: Row, number: int, mapping: FormMapping, counts: dict[str, int]) -> str:
    digits = {group: digit for digit, group in mapping.groups.items()}
    digit = digits.get(str(row.get("group") or ""))
    if digit is None:
        return str(number)
    counts[digit] += 1
    return f"{digit}.{counts[digit]}"
