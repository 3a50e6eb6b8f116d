"""Proofs that a list of payments stays a table, ready to be copied into a voucher, and never becomes a form."""

from datetime import date
from pathlib import Path

import pytest

from desktop.dossier.pack import form_of
from desktop.exchange.dvc import read_dvc, read_dvc_file
from desktop.exchange.dvc_statement import Statement, voucher_rows
from desktop.exchange.errors import DvcError
from tests.unit.exchange.dvc_cases import STYLES
from tests.unit.exchange.vouchers import saved

HEADER = {"dvqhnsMa": "1098765", "dvqhnsNguon": "01", "tongSoTien": 60_000.0}
LINE = {
    "noiDung": "Giấy A4",
    "soHoaDon": "00001287",
    "ngayHoaDon": date(2026, 5, 3),
    "chungTuSo": "PC01",
    "chungTuNgay": date(2026, 5, 4),
    "dmNdkt": "6551",
    "soTien": 60_000.0,
    "soTienSl": 3,
    "soTienDm": 20_000.0,
}
ROW = {
    "content": "Giấy A4",
    "invoice_no": "00001287",
    "invoice_date": "2026-05-03",
    "voucher_no": "PC01",
    "voucher_date": "2026-05-04",
    "econ": "6551",
    "quantity": "3",
    "unit_price": "20000",
    "amount": 60_000,
}


def statement(folder: Path, style: str = "B", **changes: object) -> Statement:
    result = read_dvc_file(saved(folder, STYLES[style]("M01", HEADER, ({**LINE, **changes},)), "M01S01.xml"))
    assert isinstance(result, Statement)
    return result


@pytest.mark.parametrize("style", STYLES)
def test_the_rows_are_read(tmp_path: Path, style: str) -> None:
    found = statement(tmp_path, style)
    assert (found.number, found.total, found.rows, found.differences) == ("S01", 60_000, [ROW], [])


def test_a_row_fits_the_lines_of_a_voucher(tmp_path: Path) -> None:
    rows = voucher_rows(statement(tmp_path), form_of("M13"))
    assert rows == [{key: value for key, value in ROW.items() if key not in ("quantity", "unit_price")}]
    assert voucher_rows(statement(tmp_path), form_of("M17"))[0].keys() == rows[0].keys() - {"econ"}


def test_a_total_that_lies_is_said(tmp_path: Path) -> None:
    assert "cộng các dòng được 10.000 đ" in statement(tmp_path, soTien=10_000.0).differences[0]


def test_foreign_money_is_said(tmp_path: Path) -> None:
    content = STYLES["B"]("M01", {**HEADER, "dmTiente": "USD"}, (LINE,))
    found = read_dvc_file(saved(tmp_path, content))
    assert isinstance(found, Statement)
    assert "Bảng kê ghi bằng ngoại tệ" in found.differences[0]


def test_it_becomes_no_voucher(tmp_path: Path) -> None:
    with pytest.raises(DvcError, match="không có mẫu tương ứng trong Nghị định 347") as caught:
        read_dvc(saved(tmp_path, STYLES["B"]("M01", HEADER, (LINE,))))
    assert caught.value.code == "statement"


@pytest.mark.parametrize(("name", "value"), [("soTien", 0.5), ("soTienDm", -1.0), ("soTienDm", 0.1234567)])
def test_numbers_that_cannot_be(tmp_path: Path, name: str, value: float) -> None:
    with pytest.raises(DvcError):
        statement(tmp_path, **{name: value})
