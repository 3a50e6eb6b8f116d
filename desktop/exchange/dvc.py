"""Imports vouchers that accounting software exported for the old online service, so that nobody types them again.

The file is data of a stranger: it gives a draft with what it says, what it lacks by today's forms, and what in it does
not agree.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.dossier.compute import amount_of
from desktop.dossier.document import Document, Row, Value
from desktop.dossier.forms import Form
from desktop.dossier.pack import load_pack
from desktop.dossier.people import Unit
from desktop.exchange.archive import ZIP_MAGIC, check_member, open_zip
from desktop.exchange.bean_reader import read_bean
from desktop.exchange.beans import Bean, BeanValue
from desktop.exchange.dvc_differences import Claims, chapters, differences, unit_codes
from desktop.exchange.dvc_mapping import CURRENCY, HEADER_MONEY, LINE_MONEY, MAPPINGS, VOUCHER_DATE, FormMapping, Names
from desktop.exchange.dvc_missing import missing_paths
from desktop.exchange.dvc_reports import Identified, identify
from desktop.exchange.dvc_values import calendar_date, convert, first, text, vnd
from desktop.exchange.errors import DvcError
from desktop.exchange.limits import MAX_DVC_FILE, MAX_DVC_XML


@dataclass(frozen=True)
class DvcResult:
    """A voucher file as a draft: `total` in VND is the sum of its `lines`; `date` is "YYYY-MM-DD" or None.

    `missing` holds paths of required blanks, `differences` sentences for the accountant, `unit_code` the payer's code.
    """

    form: str
    number: str | None
    date: str | None
    total: int
    lines: int
    document: Document
    missing: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    unit_code: str | None = None


def read_dvc(path: Path, *, unit: Unit | None = None) -> DvcResult:
    """Read a voucher from the bare XML or a ZIP of exactly one XML; `unit` is compared with the code in the file.

    Raises DvcError with one of: unreadable, not_xml, not_utf8, not_dvc, empty, truncated, too_large, wrong_members,
    nested_zip, zip_slip, zip_bomb, encrypted, entities_forbidden, instruction_forbidden, foreign_class,
    method_forbidden, reference_forbidden, bad_structure, duplicate_property, bad_value, fraction_of_dong,
    negative_amount, foreign_currency, unknown_form, unsupported_form, wrong_list.
    """
    try:
        name, content = _voucher_xml(path)
    except OSError as cause:
        raise DvcError(
            "unreadable", "Không mở được tệp. Hãy kiểm tra tệp còn đó và không bị chương trình khác giữ."
        ) from cause
    bean = read_bean(io.BytesIO(content))
    identified = identify(bean, name)
    return _result(bean, identified, unit)


def _voucher_xml(path: Path) -> tuple[str, bytes]:
    with path.open("rb") as stream:
        content = stream.read(MAX_DVC_FILE + 1)
    if len(content) > MAX_DVC_FILE:
        raise DvcError("too_large", "Tệp quá lớn nên không được mở. Hãy kiểm tra lại đúng tệp cần nhập chưa.")
    if content.startswith(ZIP_MAGIC):
        return _unzipped(path)
    return path.name, content


def _unzipped(path: Path) -> tuple[str, bytes]:
    with open_zip(path, max_file=MAX_DVC_FILE, error=DvcError) as archive:
        members = archive.infolist()
        if len(members) != 1:
            raise DvcError("wrong_members", "Tệp ZIP phải có đúng một chứng từ XML. Hãy xuất lại từng chứng từ một.")
        check_member(members[0], max_size=MAX_DVC_XML, error=DvcError)
        content = archive.read(members[0])
    if content.startswith(ZIP_MAGIC):
        raise DvcError("nested_zip", "Trong tệp ZIP lại có tệp ZIP. Hãy giải nén một lần rồi nhập tệp bên trong.")
    return members[0].filename.rpartition("/")[2], content


def _result(bean: Bean, identified: Identified, unit: Unit | None) -> DvcResult:
    report = identified.report
    form = load_pack().form(report.form_id or "")
    mapping = MAPPINGS[form.id]
    _check_money(bean, report.list_property)
    lines = tuple(_lines(bean, report.list_property))
    document = _document(bean, lines, form, mapping)
    total = amount_of(document, form)
    notes = [_BY_NAME.format(report.symbol)] if identified.by_name else []
    codes = unit_codes(bean)
    return DvcResult(
        form=form.ref,
        number=text(bean.properties.get("soChungTu"), "Số chứng từ"),
        date=_voucher_date(bean),
        total=total,
        lines=len(lines),
        document=document,
        missing=missing_paths(document, form),
        differences=[*notes, *differences(Claims(bean, lines, total, mapping, unit))],
        unit_code=codes[0] if codes else None,
    )


_BY_NAME = "Tệp không ghi rõ loại chứng từ; theo tên tệp, chương trình coi là {}. Hãy kiểm tra lại."


def _voucher_date(bean: Bean) -> str | None:
    value = bean.properties.get(VOUCHER_DATE)
    return None if value is None else calendar_date(value, "Ngày chứng từ")


def _lines(bean: Bean, list_property: str) -> list[Bean]:
    value = bean.properties.get(list_property)
    if value is None:
        return []
    if not isinstance(value, list):
        raise DvcError(
            "bad_structure",
            "Tệp không đúng cấu trúc chứng từ DVC nên không được đọc. Hãy xuất lại từ phần mềm kế toán.",
        )
    return value


def _check_money(bean: Bean, list_property: str) -> None:
    """Refuse what no Vietnamese form in VND can carry, even where the value itself is not imported."""
    currency = text(bean.properties.get(CURRENCY), "Loại tiền")
    if currency and currency.upper() not in ("VND", "VNĐ"):
        raise DvcError(
            "foreign_currency", "Chứng từ này ghi bằng ngoại tệ, mẫu này chỉ dùng đồng Việt Nam. Hãy lập mẫu ngoại tệ."
        )
    for name in HEADER_MONEY:
        vnd(bean.properties.get(name), "Số tiền ở phần đầu chứng từ")
    for number, line in enumerate(_lines(bean, list_property), start=1):
        for name in LINE_MONEY:
            vnd(line.properties.get(name), f"Số tiền ở dòng {number}")


def _document(bean: Bean, lines: tuple[Bean, ...], form: Form, mapping: FormMapping) -> Document:
    types = {key: (blank.type, blank.label) for key, blank in form.fields_by_key.items()}
    fields = _filled(bean, mapping.fields, lambda key, value: convert(value, types[key][0], f"«{types[key][1]}»"))
    found = chapters(lines)
    if mapping.chapter and len(found) == 1:
        fields["chapter"] = found[0]
    return Document(
        form=form.ref,
        fields=fields,
        choices=_choices(bean, mapping),
        tables={"lines": [_row(line, number, form, mapping) for number, line in enumerate(lines, start=1)]},
    )


def _row(line: Bean, number: int, form: Form, mapping: FormMapping) -> Row:
    columns = form.tables_by_key["lines"].columns_by_key

    def value_of(key: str, value: BeanValue) -> Value:
        return convert(value, columns[key].type, f"Dòng {number}, «{columns[key].label}»")

    return _filled(line, mapping.columns, value_of)


def _filled(bean: Bean, names: Mapping[str, Names], value_of: Callable[[str, BeanValue], Value]) -> dict[str, Value]:
    values = {key: value_of(key, first(bean, sources)) for key, sources in names.items()}
    return {key: value for key, value in values.items() if value is not None}


def _choices(bean: Bean, mapping: FormMapping) -> dict[str, str]:
    given = {key: text(first(bean, source.names), source.label) for key, source in mapping.choices.items()}
    known = {key: mapping.choices[key].values.get(value or "") for key, value in given.items()}
    return {key: value for key, value in known.items() if value is not None}
