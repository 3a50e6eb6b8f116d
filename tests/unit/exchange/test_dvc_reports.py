"""Proofs that every kind of voucher is told apart by its type numbers, and filled into blanks that its form has."""

import pytest

from desktop.dossier.pack import load_pack
from desktop.exchange.beans import Bean
from desktop.exchange.dvc_investment import MAPPINGS
from desktop.exchange.dvc_reports import REPORTS, Report, identify
from desktop.exchange.errors import DvcError

FORMS = {
    "C202a": "M13",
    "C202b": "M14",
    "C203NS": "M10",
    "C205a": "M08",
    "C206": "M15",
    "C301": "I05A",
    "C3_02NS": "I04B",
    "C304NS": "M08",
    "C402A": "M17",
    "C402B": "M19",
    "C402C": "M18",
    "M05": "I04A",
    "C409": "M17",
}


def bean_of(report: Report, **changes: object) -> Bean:
    properties = {"typeChungTu": report.type_code, "gnTaiLieuId": report.document_code, report.list_property: []}
    return Bean({**properties, **changes})  # type: ignore[dict-item]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_a_kind_is_found_by_its_numbers(report: Report) -> None:
    found = identify(bean_of(report), "any.xml")
    assert (found.report, found.by_name) == (report, False)


def test_every_kind_but_the_list_of_payments_becomes_a_form() -> None:
    assert {name: mapping.form_id for name, mapping in MAPPINGS.items()} == FORMS
    assert {report.name for report in REPORTS} - MAPPINGS.keys() == {"M01"}


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_mapping_fills_only_blanks_of_its_form(name: str) -> None:
    mapping = MAPPINGS[name]
    form = load_pack().form(mapping.form_id)
    columns = form.tables_by_key["lines"].columns_by_key
    assert mapping.fields.keys() <= form.fields_by_key.keys()
    assert {*mapping.columns, *mapping.below, *mapping.total, *mapping.parts} <= columns.keys()
    for key, source in mapping.choices.items():
        assert set(source.values.values()) <= form.choices_by_key[key].labels.keys()


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
