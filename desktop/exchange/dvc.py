"""Imports vouchers that accounting software exported for the old online service, so that nobody types them again.

The file is data of a stranger: it gives a draft with what it says, what it lacks by today's forms, and what in it does
not agree.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from desktop.dossier.compute import money
from desktop.dossier.document import Document
from desktop.dossier.forms import UnknownForm
from desktop.dossier.pack import load_pack
from desktop.dossier.people import Unit
from desktop.exchange.archive import ZIP_MAGIC, check_member, open_zip
from desktop.exchange.bean_reader import read_bean
from desktop.exchange.beans import Bean
from desktop.exchange.dvc_budget import VND
from desktop.exchange.dvc_differences import Claims, differences, unit_codes
from desktop.exchange.dvc_investment import MAPPINGS
from desktop.exchange.dvc_mapping import (
    CURRENCY,
    HEADER_MONEY,
    LINE_MONEY,
    VOUCHER_DATE,
    VOUCHER_NUMBER,
    FormMapping,
)
from desktop.exchange.dvc_missing import missing_paths
from desktop.exchange.dvc_reading import LINES, lines_of, read_document
from desktop.exchange.dvc_reports import Identified, Report, identify
from desktop.exchange.dvc_statement import Statement, read_statement
from desktop.exchange.dvc_values import calendar_date, text, vnd
from desktop.exchange.errors import DvcError
from desktop.exchange.limits import MAX_DVC_FILE, MAX_DVC_XML


@dataclass(frozen=True)
class DvcResult:
    """A voucher file as a draft: `total` in VND is the sum of its `lines`; `date` is "YYYY-MM-DD" or None.

    `report` names the kind of file ("C202a"), `missing` holds paths of required blanks, `differences` sentences for
    the accountant, `unit_code` the payer's code.
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
    report: str = ""


def read_dvc(path: Path, *, unit: Unit | None = None) -> DvcResult:
    """Read a voucher from the bare XML or a ZIP of exactly one XML; `unit` is compared with the code in the file.

    Raises DvcError with one of: unreadable, not_xml, not_utf8, not_dvc, empty, truncated, too_large, wrong_members,
    nested_zip, zip_slip, zip_bomb, encrypted, entities_forbidden, instruction_forbidden, foreign_class,
    method_forbidden, reference_forbidden, bad_structure, duplicate_property, bad_value, fraction_of_dong,
    fraction_of_cent, negative_amount, foreign_currency, unknown_form, unsupported_form, wrong_list; statement for a
    list of payments, which becomes no form (read_dvc_file reads it).
    """
    result = read_dvc_file(path, unit=unit)
    if isinstance(result, Statement):
        raise DvcError("statement", NO_FORM)
    return result


NO_FORM = (
    "Bảng kê nội dung thanh toán không có mẫu tương ứng trong Nghị định 347/2025/NĐ-CP nên không thành chứng từ riêng. "
    "Hãy chép các dòng vào chứng từ chi, hoặc đính kèm bảng kê vào hồ sơ."
)


def read_dvc_file(path: Path, *, unit: Unit | None = None) -> DvcResult | Statement:
    """Read any of the fourteen kinds of file; see read_dvc for what it raises."""
    try:
        name, content = _voucher_xml(path)
    except OSError as cause:
        raise DvcError(
            "unreadable", "Không mở được tệp. Hãy kiểm tra tệp còn đó và không bị chương trình khác giữ."
        ) from cause
    bean = read_bean(io.BytesIO(content))
    identified = identify(bean, name)
    mapping = MAPPINGS.get(identified.report.name)
    if mapping is None:
        return read_statement(bean, lines_of(bean, identified.report.list_property), unit)
    return _result(bean, identified, mapping, unit)


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


def _result(bean: Bean, identified: Identified, mapping: FormMapping, unit: Unit | None) -> DvcResult:
    report = identified.report
    lines = lines_of(bean, report.list_property)
    _check_money(bean, lines, mapping)
    try:
        form = load_pack().form(mapping.form_id)
    except UnknownForm as cause:
        raise _unsupported(report) from cause
    document = read_document(bean, lines, mapping, form)
    total = sum(money(row.get(column)) for row in document.tables[LINES] for column in mapping.total)
    notes = [_BY_NAME.format(report.symbol)] if identified.by_name else []
    codes = unit_codes(bean)
    return DvcResult(
        form=form.ref,
        number=text(bean.properties.get(VOUCHER_NUMBER), "Số chứng từ"),
        date=_voucher_date(bean),
        total=total,
        lines=len(document.tables[LINES]),
        document=document,
        missing=missing_paths(document, form),
        differences=[*notes, *differences(Claims(bean, lines, total, mapping, unit))],
        unit_code=codes[0] if codes else None,
        report=report.name,
    )


_BY_NAME = "Tệp không ghi rõ loại chứng từ; theo tên tệp, chương trình coi là {}. Hãy kiểm tra lại."


def _unsupported(report: Report) -> DvcError:
    return DvcError(
        "unsupported_form",
        f"Bộ mẫu đang dùng không có mẫu của chứng từ {report.symbol}. Hãy cập nhật bộ mẫu rồi nhập lại.",
    )


def _voucher_date(bean: Bean) -> str | None:
    value = bean.properties.get(VOUCHER_DATE)
    return None if value is None else calendar_date(value, "Ngày chứng từ")


def _check_money(bean: Bean, lines: tuple[Bean, ...], mapping: FormMapping) -> None:
    """Refuse what no form can carry, even where the value itself is not imported."""
    currency = text(bean.properties.get(CURRENCY), "Loại tiền")
    if currency and currency.upper() not in VND and not mapping.foreign:
        raise DvcError(
            "foreign_currency", "Chứng từ này ghi bằng ngoại tệ, mẫu này chỉ dùng đồng Việt Nam. Hãy lập mẫu ngoại tệ."
        )
    for name in HEADER_MONEY:
        vnd(bean.properties.get(name), "Số tiền ở phần đầu chứng từ")
    for number, line in enumerate(lines, start=1):
        for name in LINE_MONEY:
            vnd(line.properties.get(name), f"Số tiền ở dòng {number}")
