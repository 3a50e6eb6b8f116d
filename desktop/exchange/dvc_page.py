"""`python -m desktop.exchange.dvc_page docs/dvc.md`: writes the page on voucher files from the mapping itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from desktop.dossier.form_parts import Column, Field
from desktop.dossier.forms import Form
from desktop.dossier.pack import load_pack
from desktop.exchange.dvc_investment import MAPPINGS
from desktop.exchange.dvc_mapping import FormMapping, Source
from desktop.exchange.dvc_properties import HEADER, LINE
from desktop.exchange.dvc_reading import LINES
from desktop.exchange.dvc_reports import REPORTS, Report
from desktop.exchange.dvc_statement import HEADINGS
from desktop.exchange.dvc_writing import written_name

_INTRODUCTION = """# Voucher files of accounting software (DVC)

Made from the mapping by `python -m desktop.exchange.dvc_page docs/dvc.md`; a test keeps it current.

Accounting programs write one voucher at a time for the Treasury's old online service: a ZIP of one XML in Java's bean
language. `vungxa inspect`, `check` and `import` read it, `vungxa export-dvc` writes it. It is data: nothing in it is
run, and anything but the two bean classes, the list, the instant and the five scalars is refused.

**Read.** The first property of a row below that says something fills the blank; the others are other exporters' names
for the same. `------`, dots, blanks and empty elements are "not given"; so is the year 0. Amounts are whole đồng
(foreign money has two decimals), a fraction is refused. A date is the one in Việt Nam. The total is the sum of the
lines; what the file states otherwise is told, not taken. Nothing is made up: what the form of 2026 asks and the file
lacks is listed. A property may stand twice when it is empty the first time, as one exporter writes it.

**Written** is the property in **bold**: those the kind of file is known to have, in the order of the alphabet, UTF-8
with BOM and CRLF. Importing an export gives exactly what the format carries, each time the same; every filled blank it
cannot carry is named. Where two blanks share one property and differ, neither is written.
"""
_STATEMENT = """
## M01 (bảng kê nội dung thanh toán): rows to copy

No form of NĐ 347/2025/NĐ-CP takes it. It is read as a table ({columns}), which can be copied into the lines of a
voucher or attached to the dossier; it becomes no draft.
"""


def page() -> str:
    """Give the whole page as Markdown."""
    kinds = [report for report in REPORTS if report.name in MAPPINGS]
    sections = [_section(report, MAPPINGS[report.name]) for report in kinds]
    columns = ", ".join(heading.lower() for heading in HEADINGS.values())
    return "".join([_INTRODUCTION, _overview(), *sections, _STATEMENT.format(columns=columns)])


def _overview() -> str:
    rows = ["\n| File | Was | Becomes | `typeChungTu` | `gnTaiLieuId` |\n|---|---|---|---|---|\n"]
    for report in REPORTS:
        mapping = MAPPINGS.get(report.name)
        form = load_pack().form(mapping.form_id) if mapping else None
        becomes = f"Mẫu {form.number}, {form.list_title}" if form else "rows to copy"
        rows.append(
            f"| `{report.name}` | {report.symbol} | {becomes} | {report.type_code} | {report.document_code} |\n"
        )
    return "".join(rows)


def _section(report: Report, mapping: FormMapping) -> str:
    form = load_pack().form(mapping.form_id)
    columns = form.tables_by_key[LINES].columns_by_key
    parts = [
        f"\n## {report.name}: {report.symbol} → Mẫu {form.number}\n\n",
        "| Blank | Key | Properties |\n|---|---|---|\n",
        *_rows(mapping.fields, form.fields_by_key, HEADER[report.name]),
        *_chapter(mapping, form),
        *_choices(report, mapping, form),
        *_rows(mapping.columns, columns, LINE[report.name], "lines."),
        *_rows(mapping.below, columns, HEADER[report.name], "lines."),
    ]
    implied = "; ".join(
        f"always «{form.choices_by_key[key].labels[value]}» (`{key}`)" for key, value in mapping.implied.items()
    )
    groups = ", ".join(f"`{digit}.…` {group}" for digit, group in mapping.groups.items())
    notes = [
        f"\nBy its kind: {implied}.\n" if implied else "",
        f"\nGroup of a row by `maHang`: {groups}.\n" if groups else "",
        f"\nNot carried: {_left(report, mapping, form)}.\n",
    ]
    return "".join([*parts, *notes])


def _rows(
    sources: Mapping[str, Source],
    blanks: Mapping[str, Field] | Mapping[str, Column],
    known: frozenset[str],
    at: str = "",
) -> Iterator[str]:
    for key, source in sources.items():
        written = written_name(source, known)
        names = ", ".join(f"**`{name}`**" if name == written else f"`{name}`" for name in source.names)
        conditions = " (an account number)" if source.takes and not source.written else ""
        conditions += "" if source.zero else " (0: not given)"
        yield f"| {_cell(blanks[key].label)} | `{at}{key}` | {names}{conditions} |\n"


def _chapter(mapping: FormMapping, form: Form) -> Iterator[str]:
    if mapping.chapter:
        label = form.fields_by_key["chapter"].label
        yield f"| {label} | `chapter` | **`dmChuong`** of the lines, when all agree |\n"


def _choices(report: Report, mapping: FormMapping, form: Form) -> Iterator[str]:
    for key, source in mapping.choices.items():
        written = next((name for name in source.names if name in HEADER[report.name]), None)
        names = ", ".join(f"**`{name}`**" if name == written else f"`{name}`" for name in source.names)
        labels = form.choices_by_key[key].labels
        meanings = ", ".join(f"{code} {labels[value]}" for code, value in source.values.items())
        yield f"| {_cell(source.label)} | `{key}` | {names}: {meanings or 'codes not known, left to choose'} |\n"


def _left(report: Report, mapping: FormMapping, form: Form) -> str:
    """The blanks of the unit that this kind of file has no property for."""
    fields = [
        key
        for key, blank in form.fields_by_key.items()
        if blank.filled_by == "unit" and not _has(mapping.fields, key, HEADER[report.name])
    ]
    choices = [choice.key for choice in form.choices if not _tells(report, mapping, choice.key)]
    columns = [
        f"lines.{column.key}"
        for column in form.tables_by_key[LINES].columns
        if column.filled_by == "unit"
        and not (
            _has(mapping.columns, column.key, LINE[report.name]) or _has(mapping.below, column.key, HEADER[report.name])
        )
    ]
    fields = [key for key in fields if not (key == "chapter" and mapping.chapter)]
    return ", ".join(f"`{key}`" for key in [*fields, *choices, *columns]) or "nothing is left out"


def _has(sources: Mapping[str, Source], key: str, known: frozenset[str]) -> bool:
    return key in sources and written_name(sources[key], known) is not None


def _tells(report: Report, mapping: FormMapping, key: str) -> bool:
    source = mapping.choices.get(key)
    written = source is not None and bool(source.values) and not HEADER[report.name].isdisjoint(source.names)
    return key in mapping.implied or written


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
