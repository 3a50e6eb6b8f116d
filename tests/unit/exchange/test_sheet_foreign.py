"""Proofs that .xls and .ods come in like .xlsx, and that a hostile one costs a process and not the window."""

from pathlib import Path

import pytest

from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.sheet_letters import Letters
from desktop.exchange.sheet_rows import read_book
from tests.unit.exchange.books import ods, ods_of_xml

DATA = Path(__file__).parents[2] / "data" / "sheets"
HANH = [1, "Lò Thị Hạnh", "0035082001234", "Agribank", 5_000_000]


def code_of(path: Path) -> str:
    with pytest.raises(SpreadsheetError) as caught:
        read_book(path)
    return caught.value.code


def test_an_old_excel_file_without_its_hidden_sheet() -> None:
    (rows,) = read_book(DATA / "unicode.xls").sheets
    assert rows[1] == HANH


def test_an_old_excel_file_in_an_old_font() -> None:
    book = read_book(DATA / "tcvn3.xls")
    assert (book.reading.letters, book.reading.certain) == (Letters.TCVN3, False)
    assert book.sheets[0][1] == HANH


def test_rows_keep_their_numbers(tmp_path: Path) -> None:
    (rows,) = read_book(ods(tmp_path / "a.ods", [[None], [None], [None, *HANH]])).sheets
    assert not any(cell for row in rows[:2] for cell in row)
    assert rows[2] == [None, *HANH]


ROW = '<table:table-row{}><table:table-cell{} office:value-type="float" office:value="5"/></table:table-row>'
ROWS_MANY = ' table:number-rows-repeated="{}"'
COLUMNS_MANY = ' table:number-columns-repeated="{}"'


@pytest.mark.parametrize(("many", "wide"), [(1_048_576, 16_384), (1_048_576, 1_000), (5_200, 3)])
def test_rows_repeated_without_end(tmp_path: Path, many: int, wide: int) -> None:
    path = ods_of_xml(tmp_path / "a.ods", ROW.format(ROWS_MANY.format(many), COLUMNS_MANY.format(wide)))
    assert code_of(path) in ("too_large", "too_many_rows", "truncated")


def test_columns_repeated_without_end(tmp_path: Path) -> None:
    ((row,),) = read_book(ods_of_xml(tmp_path / "a.ods", ROW.format("", COLUMNS_MANY.format(2_000_000_000)))).sheets
    assert len(row) == 64


@pytest.mark.parametrize("cut", [600, 2_000, 4_000, 5_000])
def test_a_cut_old_file_says_one_sentence(tmp_path: Path, cut: int, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes((DATA / "unicode.xls").read_bytes()[:cut])
    assert code_of(path) in ("truncated", "too_large")
    assert capfd.readouterr() == ("", "")


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert code_of(path) == "encrypted"
