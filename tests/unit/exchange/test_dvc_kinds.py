"""Proofs that each kind of file becomes its form of 2026, in the style of either exporter, quirks included."""

from pathlib import Path

import pytest

from desktop.exchange.dvc import DvcResult, read_dvc
from desktop.exchange.dvc_export import carried, export_dvc
from desktop.exchange.dvc_investment import MAPPINGS
from desktop.exchange.errors import DvcError
from tests.unit.exchange.dvc_cases import CASES, DATED, STYLES
from tests.unit.exchange.vouchers import saved


def read(folder: Path, name: str, style: str = "B", **changes: object) -> DvcResult:
    case = CASES[name]
    return read_dvc(saved(folder, STYLES[style](name, {**case.header, **changes}, case.lines), "x.xml"))


def test_every_kind_has_its_case() -> None:
    assert CASES.keys() == MAPPINGS.keys()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", CASES)
def test_a_kind_becomes_its_form(tmp_path: Path, name: str, style: str) -> None:
    result, case = read(tmp_path, name, style), CASES[name]
    dated = {"document_no": "S01", DATED.get(name, "made_date"): "2026-06-16"}
    assert result.document.fields == {**dated, **case.fields}
    assert result.document.tables == {"lines": list(case.rows)}
    assert (result.document.choices, result.total, result.report) == (dict(case.choices), case.total, name)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", CASES)
def test_an_honest_file_is_not_contradicted(tmp_path: Path, name: str, style: str) -> None:
    assert read(tmp_path, name, style).differences == []


@pytest.mark.parametrize("name", CASES)
def test_the_file_we_write_of_it_gives_it_again(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, name).document
    exported = export_dvc(document, report=name)
    again = read_dvc(saved(tmp_path, exported.packed, "again.zip"))
    assert again.document == carried(document, report=name)
    assert again.differences == []


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("C206", {"dmTiente": "VND"}, "Tệp ghi loại tiền VND cho mẫu ngoại tệ"),
        ("C206", {"nguoinhanHoten": "Thao A Pó"}, "người nhận tiền mặt cho khoản chuyển khoản"),
        ("C206", {"tcTu": "0"}, "«Thực chi / Tạm ứng» bằng một mã chưa rõ nghĩa"),
        ("C301", {"ttTu": "2"}, "«Thực chi / Tạm ứng / Ứng trước» bằng một mã chưa rõ nghĩa"),
        ("C301", {"ckTm": "1"}, "«Chuyển khoản / Tiền mặt» bằng một mã chưa rõ nghĩa"),
        ("C3_02NS", {"tuUt": "1"}, "«Tạm ứng / Ứng trước» bằng một mã chưa rõ nghĩa"),
        ("C202b", {"dvNopthueSotiennop": 5.0}, "Số tiền nộp ngân sách trong tệp là 5 đ, theo các dòng là 1.000.000 đ"),
        ("C402C", {"dvNhantienSotien": 7.0}, "nhận được hưởng trong tệp là 7 đ, theo các dòng là 10.000.000 đ"),
        ("M05", {"par2": 6.0}, "Tổng số tiền ghi trong tệp là 6 đ"),
    ],
)
def test_what_a_file_says_amiss_is_said(tmp_path: Path, name: str, changes: dict[str, object], sentence: str) -> None:
    found = read(tmp_path, name, "B", **changes).differences
    assert len(found) == 1
    assert sentence in found[0]


def test_a_recipient_of_cash_is_kept_for_cash(tmp_path: Path) -> None:
    result = read(tmp_path, "C206", "B", ckTm="1", nguoinhanHoten="Thao A Pó")
    assert result.document.fields["cash_recipient_name"] == "Thao A Pó"


@pytest.mark.parametrize(
    ("amount", "code"), [(1.005, "fraction_of_cent"), (-1.0, "negative_amount"), (1e14, "bad_value")]
)
def test_foreign_money_that_cannot_be(tmp_path: Path, amount: float, code: str) -> None:
    header, line = CASES["C402B"].header, {**CASES["C402B"].lines[0], "soTienNguyenTe": amount}
    with pytest.raises(DvcError) as caught:
        read_dvc(saved(tmp_path, STYLES["B"]("C402B", header, (line,))))
    assert caught.value.code == code


def test_one_exporter_writes_a_property_empty_and_again(tmp_path: Path) -> None:
    content = STYLES["B"]("C206", CASES["C206"].header, CASES["C206"].lines)
    twice = b'<void property="dvqhnsSotkSo"/><void property="dvqhnsSotkSo"><string>9523.4</string></void>'
    place = content.index(b'<void property="typeChungTu"')
    result = read_dvc(saved(tmp_path, content[:place] + twice + content[place:], "C206.xml"))
    assert result.document.fields["account"] == "9523.4"


def test_parts_that_do_not_add_up_are_added_up_and_said(tmp_path: Path) -> None:
    line = {**CASES["C402C"].lines[0], "soTien": 12_000_000.0}
    result = read_dvc(saved(tmp_path, STYLES["B"]("C402C", CASES["C402C"].header, (line,))))
    assert result.document.tables["lines"][0]["amount"] == 11_000_000
    assert "Dòng 1: nộp thuế cộng trả đơn vị nhận là 11.000.000 đ, khác số tiền 12.000.000 đ." in result.differences


def test_a_line_without_its_parts_keeps_its_amount(tmp_path: Path) -> None:
    line = {"noiDung": "Điện", "soTien": 12_000_000.0}
    result = read_dvc(saved(tmp_path, STYLES["B"]("C402C", CASES["C402C"].header, (line,))))
    assert result.document.tables["lines"] == [{"content": "Điện", "amount": 12_000_000}]
    assert "tables.lines[0].payee_amount" in result.missing
    assert "tables.lines[0].amount" not in result.missing
