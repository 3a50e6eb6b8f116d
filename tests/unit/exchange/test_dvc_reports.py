"""Proofs that every kind of voucher is told apart by its type numbers, and that unread kinds are named."""

import pytest

from desktop.exchange.beans import Bean
from desktop.exchange.dvc_reports import REPORTS, Report, identify
from desktop.exchange.errors import DvcError

READ = {"C202a": "M13", "C203NS": "M10", "C402A": "M17"}


def bean_of(report: Report, **changes: object) -> Bean:
    properties = {"typeChungTu": report.type_code, "gnTaiLieuId": report.document_code, report.list_property: []}
    return Bean({**properties, **changes})  # type: ignore[dict-item]


@pytest.mark.parametrize("report", [report for report in REPORTS if report.name in READ], ids=lambda r: r.name)
def test_a_kind_that_is_read(report: Report) -> None:
    found = identify(bean_of(report), "any.xml")
    assert (found.report.form_id, found.by_name) == (READ[report.name], False)


@pytest.mark.parametrize("report", [report for report in REPORTS if report.name not in READ], ids=lambda r: r.name)
def test_a_kind_that_is_only_known(report: Report) -> None:
    with pytest.raises(DvcError) as caught:
        identify(bean_of(report), "any.xml")
    assert caught.value.code == "unsupported_form"
    assert report.symbol in caught.value.message


def test_no_two_kinds_share_both_numbers() -> None:
    assert len({(report.type_code, report.document_code) for report in REPORTS}) == len(REPORTS) == 14


def test_type_numbers_written_as_text() -> None:
    found = identify(bean_of(REPORTS[0], typeChungTu="1", gnTaiLieuId="423"), "any.xml")
    assert found.report.name == "C202a"


@pytest.mark.parametrize("name", ["C402A_1.xml", "c402a1.zip"])
def test_an_ambiguous_type_is_settled_by_the_name_and_said(name: str) -> None:
    found = identify(bean_of(REPORTS[8], gnTaiLieuId=None), name)
    assert (found.report.name, found.by_name) == ("C402A", True)


@pytest.mark.parametrize("name", ["UNC.xml", "C202a1.xml", ""])
def test_a_name_that_does_not_fit_the_type_settles_nothing(name: str) -> None:
    with pytest.raises(DvcError) as caught:
        identify(bean_of(REPORTS[8], gnTaiLieuId=None), name)
    assert caught.value.code == "unknown_form"


def test_an_empty_list_of_another_form_is_no_matter() -> None:
    assert identify(bean_of(REPORTS[0], gnHosoC402GtByGnHosoC402=[]), "any.xml").report.name == "C202a"
