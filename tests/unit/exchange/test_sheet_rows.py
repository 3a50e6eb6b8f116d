"""Proofs that cells are read within bounds and as they stand, from CSV and XLSX alike."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.sheet_rows import read_book


def csv(folder: Path, text: str) -> list[list[object]]:
    path = folder / "a.csv"
    path.write_bytes(text.encode())
    (rows,) = read_book(path).sheets
    return [list(row) for row in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
        ("a;b,c,5,000;x\nc;d", [["a", "b,c,5,000", "x"], ["c", "d"]]),
        ("a\tb\tc;d;e", [["a", "b", "c;d;e"]]),
        ("a;b\n1;x, y\n\n2;z", [["a", "b"], ["1", "x, y"], [], ["2", "z"]]),
        ('"x;y";"1 ""2"""\r\n;;', [["x;y", '1 "2"'], ["", "", ""]]),
        ("\ufeffa,b", [["a", "b"]]),
        ('a,"b\nc"', [["a", "b\nc"]]),
    ],
)
def test_csv_in_every_habit(tmp_path: Path, text: str, rows: list[list[object]]) -> None:
    assert csv(tmp_path, text) == rows


def test_long_cells_and_wide_rows_are_cut(tmp_path: Path) -> None:
    (row,) = csv(tmp_path, ",".join(["x" * 5_000] + ["y"] * 200))
    assert len(row) == 64
    assert row[0] == "x" * 1_000


def test_a_cell_beyond_the_csv_readers_own_limit(tmp_path: Path) -> None:
    with pytest.raises(SpreadsheetError) as caught:
        csv(tmp_path, "a," + "x" * 200_000)
    assert caught.value.code == "truncated"


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(SpreadsheetError) as caught:
        csv(tmp_path, "a,b\n" * 1_500_000)
    assert caught.value.code == "too_large"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SpreadsheetError, match="Không mở được"):
        read_book(tmp_path / "none.xlsx")


def test_empty_rows_at_the_end_do_not_count(tmp_path: Path) -> None:
    assert len(csv(tmp_path, "a,b\n" * 10 + "\n" * 6_000)) > 5_000


def test_values_of_a_sheet_keep_their_kind(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cells = ["00123", 5, 1.5, True, None, dt.datetime(2026, 11, 23)]
    book.active.append(cells)
    book.active["A1"].number_format = "@"
    book.save(tmp_path / "a.xlsx")
    ((row,),) = read_book(tmp_path / "a.xlsx").sheets
    assert row[:6] == cells
    assert set(row[6:]) == {None}


def test_a_far_away_cell_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active["XFD1048576"] = "far"
    book.save(tmp_path / "a.xlsx")
    ((first, *rest),) = read_book(tmp_path / "a.xlsx").sheets
    assert first[0] == "a"
    assert not any(cell for row in rest for cell in row)


def test_every_sheet_is_read_up_to_ten(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number in range(12):
        book.create_sheet(f"S{number}").append([number])
    book.save(tmp_path / "a.xlsx")
    assert [rows[0][0] for rows in read_book(tmp_path / "a.xlsx").sheets[1:]] == list(range(9))
