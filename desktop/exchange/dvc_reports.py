"""Tells which legacy form a voucher file is: by its type numbers, then its list, and never by the file name alone."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.exchange.beans import Bean
from desktop.exchange.errors import DvcError


@dataclass(frozen=True)
class Report:
    """One kind of file of accounting software: `name` begins the names of its files, `symbol` is the form it was."""

    name: str
    symbol: str
    type_code: int
    document_code: int
    list_property: str


REPORTS = (
    Report("C202a", "C2-02a/NS", 1, 423, "gnHosoC202GtByGnHosoC202"),
    Report("C202b", "C2-02b/NS", 1, 500, "gnHosoC202GtByGnHosoC202"),
    Report("C203NS", "C2-03/NS", 2, 88, "gnHosoC203GtByGnHosoC203"),
    Report("C205a", "C2-05a/NS", 4, 424, "gnHosoC205GtByGnHosoC205"),
    Report("C206", "C2-06a/NS", 5, 160, "gnHosoC206GtByGnHosoC206"),
    Report("C301", "C3-01/NS", 8, 93, "gnHosoC301GtByGnHosoC301"),
    Report("C3_02NS", "C3-02/NS", 9, 94, "gnHosoC302GtByGnHosoC302"),
    Report("C304NS", "C3-04/NS", 11, 96, "gnHosoC304GtByGnHosoC304"),
    Report("C402A", "C4-02a/KB", 13, 425, "gnHosoC402GtByGnHosoC402"),
    Report("C402B", "C4-02b/KB", 13, 420, "gnHosoC402GtByGnHosoC402"),
    Report("C402C", "C4-02c/KB", 13, 421, "gnHosoC402GtByGnHosoC402"),
    Report("M05", "M05 (đề nghị thanh toán vốn)", 14, 161, "gnHosoM05GtByGnHosoM05"),
    Report("M01", "M01 (bảng kê nội dung thanh toán)", 15, 99, "gnHosoM01GtByGnHosoM01"),
    Report("C409", "C4-09/KB", 16, 320, "gnHosoC409GtByGnHosoC409"),
)
REPORTS_BY_NAME = {report.name: report for report in REPORTS}


@dataclass(frozen=True)
class Identified:
    """The kind found; `by_name` is True when only the file's name could decide and the accountant must confirm."""

    report: Report
    by_name: bool = False


def identify(bean: Bean, file_name: str) -> Identified:
    """Find the one kind that fits the type numbers and the list of `bean`.

    Raises DvcError: unknown_form when none or several fit, wrong_list when the lines belong to another form.
    """
    fitting = [report for report in REPORTS if _fits(report, bean)]
    named = [report for report in fitting if file_name.casefold().startswith(report.name.casefold())]
    chosen = fitting if len(fitting) == 1 else named
    if len(chosen) != 1:
        raise DvcError(
            "unknown_form",
            "Tệp không ghi rõ loại chứng từ nên không được đọc. Hãy xuất lại đúng mẫu từ phần mềm kế toán.",
        )
    _check_lists(chosen[0], bean)
    return Identified(chosen[0], by_name=len(fitting) > 1)


def _fits(report: Report, bean: Bean) -> bool:
    type_code = bean.properties.get("typeChungTu")
    document_code = bean.properties.get("gnTaiLieuId")
    if type_code is None and document_code is None:
        return report.list_property in bean.properties
    return _agrees(type_code, report.type_code) and _agrees(document_code, report.document_code)


def _agrees(given: object, expected: int) -> bool:
    return given is None or str(given) == str(expected)


def _check_lists(report: Report, bean: Bean) -> None:
    for name, value in bean.properties.items():
        if isinstance(value, list) and value and name != report.list_property:
            raise DvcError(
                "wrong_list", "Các dòng trong tệp thuộc một mẫu chứng từ khác. Hãy xuất lại từ phần mềm kế toán."
            )
