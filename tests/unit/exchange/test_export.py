"""Proofs that exported lists open with text as text and numbers as numbers, whole or not at all."""

from pathlib import Path

import openpyxl
import pytest

from desktop.exchange.errors import ExchangeError
from desktop.exchange.export import export_rows

HEADERS = ("Số hồ sơ", "Nội dung", "Số tiền")
ROWS = [("0442", "Văn phòng phẩm", 15_400_000), ("=1+1", "+84 \x00@x", -5)]


def test_a_spreadsheet_keeps_text_and_numbers(tmp_path: Path) -> None:
    export_rows(tmp_path / "a.xlsx", HEADERS, ROWS)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells == [list(HEADERS), ["0442", "Văn phòng phẩm", 15_400_000], ["=1+1", "+84 @x", -5]]
    assert sheet["A3"].data_type == "s"
    assert sheet["A1"].font.bold


def test_a_csv_opens_in_a_spreadsheet_program_without_formulas(tmp_path: Path) -> None:
    export_rows(tmp_path / "a.CSV", HEADERS, ROWS)
    lines = (tmp_path / "a.CSV").read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[1] == "0442,Văn phòng phẩm,15400000"
    assert lines[2].startswith("'=1+1,'+84")
    assert lines[2].endswith(",-5")


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_folder_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        export_rows(tmp_path / "none" / name, HEADERS, ROWS)
    assert caught.value.code == "not_writable"


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    export_rows(tmp_path / "a.xlsx", HEADERS, ROWS)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
