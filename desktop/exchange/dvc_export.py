"""Writes a document as the voucher file accounting programs exchange, and says plainly what such a file cannot hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from desktop.dossier.document import Document, Row, Value
from desktop.dossier.fold import fold
from desktop.dossier.forms import Form
from desktop.dossier.money import MAX_VND
from desktop.dossier.pack import form_of
from desktop.dossier.people import Unit
from desktop.dossier.words import amount_in_words
from desktop.exchange.bean_writer import write_bean, zipped
from desktop.exchange.beans import Bean, BeanValue
from desktop.exchange.dvc_investment import MAPPINGS
from desktop.exchange.dvc_mapping import (
    CURRENCY,
    DECLARED_TAX,
    DECLARED_TOTAL,
    DECLARED_WORDS,
    PAYEE_AMOUNTS,
    UNIT_CODES,
    FormMapping,
)
from desktop.exchange.dvc_properties import HEADER
from desktop.exchange.dvc_reading import LINES, read_document
from desktop.exchange.dvc_reports import REPORTS_BY_NAME
from desktop.exchange.dvc_writing import column_total, header_bean, line_beans, rows_of, written_name
from desktop.exchange.errors import DvcError

_NOT_IN_NAME = re.compile(r"[^0-9A-Za-z_-]+")
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Exported:
    """A voucher file: `name` without ending ("C202aRDT0012"), its bare `xml`, and the blanks that stay behind."""

    report: str
    name: str
    xml: bytes
    lost: list[str]

    @property
    def packed(self) -> bytes:
        """The ZIP of exactly one XML that the online service and accounting programs take."""
        return zipped(f"{self.name}.xml", self.xml)


def export_dvc(document: Document, *, unit: Unit | None = None, report: str | None = None) -> Exported:
    """Give the file of a document; `unit` adds the codes that only its registration knows.

    Raises UnknownForm, DvcError: not_exportable when no such file exists for the form, bad_value, bad_text, too_large.
    """
    kind = report_of(document, report)
    bean = _bean(document, kind, unit)
    number = _NOT_IN_NAME.sub("", fold(str(document.fields.get("document_no") or "")).upper())[:_LONGEST_NAME]
    return Exported(kind, kind + number, write_bean(bean), lost(document, report=kind))


def report_of(document: Document, report: str | None = None) -> str:
    """Give the kind of file a document is written as: cash from a deposit account is C4-09, capital C3-04.

    `report` chooses one of the kinds of the form. Raises UnknownForm, DvcError (not_exportable).
    """
    form = form_of(document.form)
    fitting = [name for name, mapping in MAPPINGS.items() if mapping.form_id == form.id]
    if report is not None:
        fitting = [name for name in fitting if name == report]
    if not fitting:
        raise DvcError(
            "not_exportable",
            f"Định dạng DVC cũ không có chứng từ tương ứng với Mẫu {form.number}. Hãy in hoặc gửi theo cách khác.",
        )
    if "C409" in fitting and document.choices.get("payment_mode") == "cash":
        return "C409"
    if "C304NS" in fitting and document.fields.get("project_name"):
        return "C304NS"
    return fitting[0]


def has_file(document: Document) -> bool:
    """Tell whether accounting programs exchange a file for the document's form. Raises UnknownForm."""
    form = form_of(document.form)
    return any(mapping.form_id == form.id for mapping in MAPPINGS.values())


def carried(document: Document, *, report: str | None = None) -> Document:
    """Give the part of a document that its file holds: importing the export gives exactly this.

    Raises as export_dvc does.
    """
    kind = report_of(document, report)
    mapping, form = MAPPINGS[kind], form_of(document.form)
    lines = tuple(line_beans(document, kind, mapping, form))
    return read_document(header_bean(document, kind, mapping, form), lines, mapping, form)


def lost(document: Document, *, report: str | None = None) -> list[str]:
    """Name the filled blanks that the file cannot hold, as printed on the form; cells with the number of their rows."""
    kind = report_of(document, report)
    form, kept = form_of(document.form), carried(document, report=kind)
    names = [
        f"«{form.fields_by_key[key].label if key in form.fields_by_key else key}»"
        for key, value in document.fields.items()
        if _differs(value, kept.fields.get(key))
    ]
    names += [
        f"«{form.choices_by_key[key].label if key in form.choices_by_key else key}»"
        for key, value in document.choices.items()
        if _differs(value, kept.choices.get(key))
    ]
    rows = [row for row, _ in rows_of(document, kind, MAPPINGS[kind], form)]
    return [*names, *_lost_cells(rows, kept.tables.get(LINES, []), form), *_lost_rest(document)]


def _lost_cells(rows: list[Row], kept: list[Row], form: Form) -> list[str]:
    found: list[str] = []
    for column in form.tables_by_key[LINES].columns:
        pairs = zip(rows, kept, strict=True)
        count = sum(_differs(row.get(column.key), back.get(column.key)) for row, back in pairs)
        if count:
            label = f"{column.group}: {column.label}" if column.group else column.label
            found.append(f"«{label}» ({count} dòng)")
    return found


def _lost_rest(document: Document) -> list[str]:
    others = [f"bảng «{key}»" for key, rows in document.tables.items() if key != LINES and rows]
    return [*others, *(f"dấu «{key}»" for key, given in document.flags.items() if given)]


def _differs(value: Value, kept: Value) -> bool:
    plain = value.strip() if isinstance(value, str) else value
    return plain not in (None, "") and plain != kept


def _bean(document: Document, report: str, unit: Unit | None) -> Bean:
    mapping, form = MAPPINGS[report], form_of(document.form)
    kind = REPORTS_BY_NAME[report]
    bean = header_bean(document, report, mapping, form)
    lines = line_beans(document, report, mapping, form)
    mapped = {written_name(source, HEADER[report]) for source in mapping.fields.values()}
    stated = {
        name: value
        for name, value in {**_stated(document, mapping), **_codes(document, unit)}.items()
        if name in HEADER[report] and name not in mapped
    }
    own: dict[str, BeanValue] = {
        "typeChungTu": kind.type_code,
        "gnTaiLieuId": kind.document_code,
        kind.list_property: lines,
    }
    return Bean({**bean.properties, **stated, **own})


def _stated(document: Document, mapping: FormMapping) -> dict[str, BeanValue]:
    """What a file states beside the blanks: currency, total, its words and parts. Raises DvcError (bad_value)."""
    total = column_total(document, mapping.total)
    if total > MAX_VND:
        raise DvcError("bad_value", "Tổng số tiền lớn quá mức có thể nên không xuất được. Hãy sửa các dòng.")
    taxed = column_total(document, mapping.parts[:1])
    payee: dict[str, BeanValue] = dict.fromkeys(PAYEE_AMOUNTS, Decimal(total - taxed))
    currencies = {row.get("currency") for row in document.tables.get(LINES, [])} if mapping.foreign else {"VND"}
    currency = next(iter(currencies)) if len(currencies) == 1 else None
    return {
        **payee,
        CURRENCY: currency if isinstance(currency, str) else None,
        DECLARED_TOTAL: Decimal(total),
        DECLARED_WORDS: amount_in_words(total),
        DECLARED_TAX: Decimal(taxed),
    }


def _codes(document: Document, unit: Unit | None) -> dict[str, BeanValue]:
    known = document.fields.get("budget_unit_code") or document.fields.get("unit_code")
    code = unit.code if unit else known
    level = {"dvqhnsCapns": unit.budget_level} if unit else {}
    return {**dict.fromkeys(UNIT_CODES, code if isinstance(code, str) else None), **level}
