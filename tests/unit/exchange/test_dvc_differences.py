"""Proofs that a voucher's claims are compared with its lines, and that nothing is said when all agree."""

from pathlib import Path

import pytest

from desktop.dossier.people import Unit
from desktop.exchange.dvc import read_dvc
from tests.unit.dossier.samples import UNIT
from tests.unit.exchange.vouchers import C202A, C203, C402A, LINE_C202, LINE_C203, Properties, Scalar, saved, voucher


def sentences(folder: Path, header: Properties, *lines: Properties, unit: Unit | None = None) -> list[str]:
    return read_dvc(saved(folder, voucher(header, lines)), unit=unit).differences


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"tongSoTien": ("double", "3.21321321E8")},
            "Tổng số tiền ghi trong tệp là 321.321.321 đ, cộng các dòng được 15.400.000 đ",
        ),
        ({"tongSoTien": ("double", "0")}, "Tổng số tiền ghi trong tệp là 0 đ"),
        ({"par1": ("string", "Mười lăm triệu đồng")}, "Số tiền bằng chữ trong tệp không khớp"),
        ({"dvNhantienSotiennhan": ("double", "1")}, "Số tiền đơn vị nhận được hưởng trong tệp là 1 đ"),
        ({"thucchiTamung": ("string", "7")}, "«Thực chi / Tạm ứng»"),
        ({"dmDvqhns": ("string", "1111111")}, "nhiều mã ĐVQHNS khác nhau (1098765, 1111111)"),
    ],
)
def test_a_claim_that_does_not_agree(tmp_path: Path, changes: dict[str, Scalar], expected: str) -> None:
    found = sentences(tmp_path, {**C202A, **changes}, LINE_C202)
    assert len(found) == 1
    assert expected in found[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"par1": ("string", "Mười lăm triệu bốn trăm nghìn đồng chẵn./.")},
        {"par1": ("string", "mười lăm triệu bốn trăm ngàn đồng")},
        {"par1": ("string", "…")},
        {"dvNhantienSotiennhan": ("double", "15400000")},
        {"tongSoTien": None},
    ],
)
def test_a_claim_that_agrees_or_is_not_made(tmp_path: Path, changes: dict[str, Scalar | None]) -> None:
    assert sentences(tmp_path, {**C202A, **changes}, LINE_C202) == []


def test_tax_on_a_form_without_remittance(tmp_path: Path) -> None:
    line = {**LINE_C202, "dvNopthue": ("double", "400000"), "dvNhantien": ("double", "15000000")}
    found = sentences(tmp_path, {**C202A, "dvNhantienSotiennhan": ("double", "15000000")}, line)
    assert len(found) == 1
    assert found[0].startswith("Dòng 1 có 400.000 đ nộp thuế, nhưng mẫu này không kèm nộp ngân sách.")


def test_parts_of_a_line_that_do_not_add_up(tmp_path: Path) -> None:
    found = sentences(tmp_path, C202A, {**LINE_C202, "dvNhantien": ("double", "15000000")})
    assert "Dòng 1: nộp thuế cộng trả đơn vị nhận là 15.000.000 đ, khác số tiền 15.400.000 đ" in found[0]


def test_lines_of_two_chapters_leave_the_chapter_open(tmp_path: Path) -> None:
    half = {**LINE_C202, "soTien": ("double", "7700000")}
    result = read_dvc(saved(tmp_path, voucher(C202A, [half, {**half, "dmChuong": ("string", "805")}])))
    assert "fields.chapter" in result.missing
    assert "(800, 805)" in result.differences[0]


def test_the_settlement_says_that_its_header_total_is_zero(tmp_path: Path) -> None:
    assert "0 đ, cộng các dòng được 18.450.000 đ" in sentences(tmp_path, C203, LINE_C203)[0]


def test_a_bank_account_of_the_payer(tmp_path: Path) -> None:
    header = {**C402A, "dvTratienLoai": ("long", "1"), "tongSoTien": None}
    assert "mở tại ngân hàng" in sentences(tmp_path, header, {"soTien": ("double", "5")})[0]


def test_a_file_of_another_unit(tmp_path: Path) -> None:
    assert sentences(tmp_path, C202A, LINE_C202, unit=UNIT) == []
    other = UNIT.model_copy(update={"code": "1111111"})
    assert (
        "Tệp ghi mã ĐVQHNS 1098765, đơn vị đang mở có mã 1111111"
        in sentences(tmp_path, C202A, LINE_C202, unit=other)[0]
    )
