"""Proofs of what is written: bytes as accounting programs write them, what stays behind named, bad values refused."""

import io
import zipfile
from pathlib import Path

import pytest

from desktop.dossier.document import Document, Value
from desktop.dossier.people import Unit
from desktop.exchange.bean_reader import read_bean
from desktop.exchange.beans import Bean
from desktop.exchange.dvc import read_dvc
from desktop.exchange.dvc_export import carried, export_dvc, lost, report_of
from desktop.exchange.errors import DvcError
from tests.unit.dossier.samples import UNIT
from tests.unit.exchange.papers import payees, payment_order, settlement, withdrawal

SAMPLES = Path(__file__).parents[2] / "data" / "dvc"


def changed(document: Document, **fields: Value) -> Document:
    return document.model_copy(update={"fields": document.fields | fields})


def bean_of(document: Document, unit: Unit | None = None) -> Bean:
    return read_bean(io.BytesIO(export_dvc(document, unit=unit).xml))


@pytest.mark.parametrize("sample", ["C202aRDT0012", "C402AUNC0007"])
def test_a_sample_comes_back_whole(sample: str, tmp_path: Path) -> None:
    first = read_dvc(SAMPLES / f"{sample}.zip")
    exported = export_dvc(first.document)
    assert exported.name == sample
    assert (exported.lost, carried(first.document)) == ([], first.document)
    (tmp_path / "a.zip").write_bytes(exported.packed)
    assert read_dvc(tmp_path / "a.zip").document == first.document


def test_the_bytes_are_as_accounting_programs_write_them() -> None:
    xml = export_dvc(withdrawal()).xml
    assert xml.startswith(b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?>\r\n<java version="1.7.0_17" class=')
    assert xml.count(b"\n") == xml.count(b"\r\n")
    assert b'    <void property="dvNhantienDiachi" />\r\n' in xml
    assert b'<void property="tongSoTien"><double>12300000</double></void>' in xml


def test_the_same_document_gives_the_same_bytes() -> None:
    first, second = export_dvc(withdrawal()).packed, export_dvc(withdrawal()).packed
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["C202a0442.xml"]


def test_properties_stand_in_the_order_of_the_alphabet() -> None:
    names = list(bean_of(withdrawal()).properties)
    assert names == sorted(names)


def test_the_unit_adds_the_codes_only_it_knows() -> None:
    header = bean_of(withdrawal(), UNIT).properties
    assert (header["dvqhnsMa"], header["dmDvqhns"], header["dvqhnsCapns"]) == ("1098765", "1098765", "4")
    assert bean_of(withdrawal()).properties["dvqhnsMa"] is None


def test_what_stays_behind_is_named_as_on_the_form() -> None:
    found = lost(withdrawal(2))
    assert "«Địa chỉ»" in found
    assert "«Hợp đồng hoặc Quyết định hỗ trợ/trợ cấp/đặt hàng/giao nhiệm vụ số»" in found
    assert "«Hóa đơn: Số» (2 dòng)" in found
    assert not any("Nội dung thanh toán»" in name for name in found)


def test_marks_that_are_not_printed_stay_behind() -> None:
    assert "dấu «confidential»" in lost(withdrawal().model_copy(update={"flags": {"confidential": True}}))


def test_two_item_codes_are_not_half_carried() -> None:
    document = settlement()
    row = {**document.tables["lines"][0], "econ_advanced": "6699", "econ_requested": "6551"}
    kept = carried(document.model_copy(update={"tables": {"lines": [row]}})).tables["lines"][0]
    assert not {"econ_advanced", "econ_requested"} & kept.keys()


@pytest.mark.parametrize(
    ("document", "report"),
    [
        (payment_order(), "C409"),
        (payment_order().model_copy(update={"choices": {"payment_mode": "transfer"}}), "C402A"),
        (Document(form="M08"), "C205a"),
        (Document(form="M08", fields={"project_name": "Đường bản"}), "C304NS"),
        (Document(form="I04A"), "M05"),
    ],
)
def test_which_file_a_document_becomes(document: Document, report: str) -> None:
    assert report_of(document) == report


def test_a_form_without_such_a_file() -> None:
    with pytest.raises(DvcError) as caught:
        export_dvc(payees())
    assert caught.value.code == "not_exportable"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"unit_name": "a\x00b"}, "bad_text"),
        ({"unit_name": "\ud800"}, "bad_text"),
        ({"unit_name": "a" * 5_000}, "bad_text"),
        ({"unit_name": 7}, "bad_value"),
        ({"budget_year": 0}, "bad_value"),
        ({"budget_year": "2026"}, "bad_value"),
        ({"made_date": "2026-02-30"}, "bad_value"),
        ({"made_date": "1900-01-01"}, "bad_value"),
    ],
)
def test_a_value_no_file_could_give_back(fields: dict[str, Value], code: str) -> None:
    with pytest.raises(DvcError) as caught:
        export_dvc(changed(withdrawal(), **fields))
    assert caught.value.code == code


@pytest.mark.parametrize("amount", [-1, 10**15 + 1, "5", True])
def test_an_amount_no_file_could_give_back(amount: Value) -> None:
    row = {**withdrawal().tables["lines"][0], "amount": amount}
    with pytest.raises(DvcError, match="Dòng 1, «Tổng số tiền» chưa đúng") as caught:
        export_dvc(withdrawal().model_copy(update={"tables": {"lines": [row]}}))
    assert caught.value.code == "bad_value"


def test_a_total_no_file_could_give_back() -> None:
    row = {**withdrawal().tables["lines"][0], "amount": 10**15}
    with pytest.raises(DvcError, match="Tổng số tiền lớn quá mức"):
        export_dvc(withdrawal().model_copy(update={"tables": {"lines": [row, row]}}))


def test_more_lines_than_a_file_may_have() -> None:
    rows = withdrawal().tables["lines"] * 2_501
    with pytest.raises(DvcError) as caught:
        export_dvc(withdrawal().model_copy(update={"tables": {"lines": rows}}))
    assert caught.value.code == "too_large"


def test_a_number_full_of_signs_makes_a_plain_name() -> None:
    assert export_dvc(changed(withdrawal(), document_no="../Đặt 12/UNC")).name == "C202aDAT12UNC"
