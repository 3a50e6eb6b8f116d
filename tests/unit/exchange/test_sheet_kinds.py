"""Proofs that each kind of list is known by its heading and comes in with the right values."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.sheet_kinds import BENEFICIARIES, CATALOGUE, ESTIMATE, STUDENTS, SheetKind, kind_named, lines_of
from desktop.exchange.sheet_walk import SheetList
from desktop.exchange.spreadsheet import open_sheet, read_list, recognise

ESTIMATES = [
    ["DỰ TOÁN GIAO NĂM 2026"],
    ["STT", "Năm", "Tài khoản", "Mã nguồn", "Loại, khoản", "Dự toán được giao"],
    [1, 2026, "9523.3.1057841", "13", 341, "1.250.000.000"],
    [2, 2026, "9523.3.1057841", "12", "083", 40_000_000],
    ["Tổng cộng", None, None, None, None, 1_290_000_000],
]
CODES = [["Mã", "Tên", "Cấp", "Hiệu lực từ"], ["6051", "Tiền công trả cho vị trí hợp đồng", "tieu_muc", "01/01/2026"]]
STUDENT_LIST = [
    ["STT", "Họ và tên lưu học sinh", "Quyết định cử đi học", "Tên nước lưu học sinh đang theo học",
     "Thời gian theo Quyết định", "Nội dung chi", "Chi tiết số tiền", "Tổng cộng cấp kỳ này", "Loại ngoại tệ",
     "Tên tài khoản người hưởng", "Số tài khoản", "Thông tin ngân hàng chuyển tiền", "Loại phí",
     "Nội dung chuyển tiền", "Khác"],
    [1, "Hà Minh Châu", "12/QĐ", "Pháp", "2024-2028", "Sinh hoạt phí", "1.200,50", 1200.5, "EUR", "HA MINH CHAU",
     "FR7612345", "BNP, BNPAFRPP", "OUR", "Hoc bong", None],
]  # fmt: skip
VOUCHER = [
    ["Nội dung chi", "Hóa đơn số", "Ngày hóa đơn", "Mã NDKT", "Mã ngành kinh tế", "Mã nguồn NSNN", "Số tiền"],
    ["Tiền điện tháng 11", "0000123", "05/11/2026", 6501, "341", "13", "15.400.000"],
]


def book(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(list(row))
    made.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def read(folder: Path, rows: Sequence[Sequence[object]], kind: SheetKind) -> SheetList:
    return read_list(book(folder, rows), kind)


@pytest.mark.parametrize(
    ("rows", "kind", "form"),
    [
        (ESTIMATES, "estimate", ""),
        (CODES, "catalogue", ""),
        (STUDENT_LIST, "students", "M21"),
        (VOUCHER, "lines", "C2-02a/NS"),
        ([["Họ tên", "Số TK", "Ngân hàng", "Thực lĩnh"], ["Lò Thị Hạnh", "0035082001234", "Agribank", 5]],
         "beneficiaries", "M20"),
    ],
)  # fmt: skip
def test_a_file_is_recognised(tmp_path: Path, rows: list[list[object]], kind: str, form: str) -> None:
    found = recognise(book(tmp_path, rows))
    assert (found.kind.key, found.kind.form) == (kind, form)


def test_an_estimate(tmp_path: Path) -> None:
    found = read(tmp_path, ESTIMATES, ESTIMATE)
    assert (found.total, found.problems, found.numbers) == (1_290_000_000, [], (3, 4))
    first = {"budget_year": 2026, "account": "9523.3.1057841", "source": "13", "sector": "341", "amount": 1_250_000_000}
    assert found.rows[0] == first


def test_a_catalogue_with_its_days(tmp_path: Path) -> None:
    (row,) = read(tmp_path, CODES, CATALOGUE).rows
    assert row == {"code": "6051", "name": CODES[1][1], "level": "tieu_muc", "valid_from": "2026-01-01"}


def test_students_in_foreign_money(tmp_path: Path) -> None:
    found = read(tmp_path, STUDENT_LIST, STUDENTS)
    row = found.rows[0]
    assert (row["detail_amount"], row["period_total"], found.total, found.problems) == (
        "1200.50",
        "1200.50",
        120_050,
        [],
    )
    assert (row["account"], row["account_name"], row["bank_info"]) == ("FR7612345", "HA MINH CHAU", "BNP, BNPAFRPP")


def test_the_lines_of_a_voucher(tmp_path: Path) -> None:
    found = read(tmp_path, VOUCHER, lines_of("C2-02a/NS"))
    row = found.rows[0]
    assert (row["content"], row["invoice_no"], row["invoice_date"]) == ("Tiền điện tháng 11", "0000123", "2026-11-05")
    assert (row["econ"], row["sector"], row["source"], row["amount"]) == ("6501", "341", "13", 15_400_000)


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        (1, "20x6", "năm ngân sách không dùng được"),
        (3, "1 3 ?", "mã nguồn nsnn không dùng được"),
        (5, None, "thiếu dự toán giao"),
        (5, "một tỷ", "số tiền không phải số đồng chẵn"),
    ],
)
def test_a_cell_is_named_by_its_row(tmp_path: Path, column: int, cell: object, words: str) -> None:
    row = [*ESTIMATES[2][:column], cell, *ESTIMATES[2][column + 1 :]]
    problem = read(tmp_path, [*ESTIMATES[:2], row], ESTIMATE).problems[0]
    assert problem.message.startswith(f"Dòng 3: {words}")


def test_the_net_pay_is_taken_among_many_amounts(tmp_path: Path) -> None:
    rows = [["Họ tên", "STK", "Tiền lương", "Tổng số tiền", "Thực lĩnh"], ["Lò Thị Hạnh", "0035082001234", 9, 8, 7]]
    assert read(tmp_path, rows, BENEFICIARIES).total == 7


def test_a_person_maps_the_columns(tmp_path: Path) -> None:
    sheet = open_sheet(book(tmp_path, [["A", "B", "C"], ["Lò Thị Hạnh", "0035082001234", 7]]), BENEFICIARIES)
    assert (sheet.mapped, sheet.layout.headings) == (False, ("A", "B", "C"))
    with pytest.raises(SpreadsheetError, match="Chưa chọn cột"):
        sheet.read()
    assert sheet.with_columns({0: "name", 1: "account", 2: "amount"}).read().total == 7


def test_a_source_is_known_again_whatever_its_marks(tmp_path: Path) -> None:
    first = open_sheet(book(tmp_path, [["Họ tên", "STK", "Số tiền"], ["a", "1", 1]]), BENEFICIARIES).layout
    again = open_sheet(book(tmp_path, [["x"], ["HO  TEN", "stk", "So tien "], ["b", "2", 2]]), BENEFICIARIES).layout
    other = open_sheet(book(tmp_path, [["Họ tên", "Số tiền", "STK"], ["b", "2", 2]]), BENEFICIARIES).layout
    assert first.fingerprint == again.fingerprint != other.fingerprint


def test_kinds_by_name() -> None:
    assert kind_named("estimate") is ESTIMATE
    assert kind_named("lines", "M20") is BENEFICIARIES
    assert kind_named("lines") is None
    assert kind_named("nothing") is None
