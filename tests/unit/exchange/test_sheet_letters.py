"""Proofs that the encoding of a list is found from its words, and that a person has the last word."""

from pathlib import Path

import pytest

from desktop.exchange.sheet_letters import Letters, guess, spell
from desktop.exchange.sheet_rows import Book, read_book

ROWS = "Họ và tên;Số tài khoản;Thực lĩnh\nNguyễn Văn Đức;0035;5.000\nKhương Thị Phượng;0036;7.000\n"
TCVN3 = "Hä vµ tªn;Sè tµi kho¶n;Thùc lÜnh\nNguyÔn V¨n §øc;0035;5.000\nKh­¬ng ThÞ Ph­îng;0036;7.000\n"
VNI = "Hoï vaø teân;Soá taøi khoaûn;Thöïc lónh\nNguyeãn Vaên Ñöùc;0035;5.000\nKhöông Thò Phöôïng;0036;7.000\n"
# Windows 1258 keeps a tone as a sign of its own behind the vowel.
CP1258 = "Ho\u0323 va\u0300 tên;Sô\u0301 ta\u0300i khoa\u0309n;Thư\u0323c li\u0303nh\n"
CP1258 += "Nguyê\u0303n Văn Đư\u0301c;0035;5.000\nKhương Thi\u0323 Phươ\u0323ng;0036;7.000\n"
FILES = [
    (ROWS.encode("utf-8"), Letters.UNICODE, True),
    (ROWS.encode("utf-8-sig"), Letters.UNICODE, True),
    (ROWS.encode("utf-16"), Letters.UNICODE, True),
    (b"\xfe\xff" + ROWS.encode("utf-16-be"), Letters.UNICODE, True),
    (ROWS.encode("utf-16-le"), Letters.UNICODE, True),
    (ROWS.encode("utf-16-be"), Letters.UNICODE, True),
    (TCVN3.encode("latin-1"), Letters.TCVN3, False),
    (TCVN3.encode("utf-8"), Letters.TCVN3, False),
    (VNI.encode("latin-1"), Letters.VNI, False),
    (VNI.encode("utf-8"), Letters.VNI, False),
    (CP1258.encode("cp1258"), Letters.CP1258, False),
]


def book(folder: Path, content: bytes, letters: Letters | None = None) -> Book:
    (folder / "a.csv").write_bytes(content)
    return read_book(folder / "a.csv", letters)


@pytest.mark.parametrize(("content", "letters", "certain"), FILES)
def test_an_encoding_is_found(tmp_path: Path, content: bytes, letters: Letters, certain: bool) -> None:
    found = book(tmp_path, content)
    assert (found.reading.letters, found.reading.certain) == (letters, certain)
    assert found.sheets[0][:2] == [["Họ và tên", "Số tài khoản", "Thực lĩnh"], ["Nguyễn Văn Đức", "0035", "5.000"]]
    assert found.sheets[0][2][0] == "Khương Thị Phượng"


def test_the_guess_shows_a_line_and_what_else_it_could_be(tmp_path: Path) -> None:
    reading = book(tmp_path, TCVN3.encode("latin-1")).reading
    assert reading.line == "Họ và tên | Số tài khoản | Thực lĩnh"
    assert {sample.letters for sample in reading.others} == {Letters.CP1258, Letters.VNI}
    assert all(sample.line != reading.line and sample.label for sample in reading.others)


def test_a_person_has_the_last_word(tmp_path: Path) -> None:
    chosen = book(tmp_path, TCVN3.encode("latin-1"), Letters.VNI)
    assert (chosen.reading.letters, chosen.reading.certain) == (Letters.VNI, True)
    assert chosen.sheets[0][0][0] != "Họ và tên"
    assert Letters.TCVN3 in {sample.letters for sample in chosen.reading.others}


def test_nothing_to_doubt_without_marks(tmp_path: Path) -> None:
    assert book(tmp_path, b"STT,Ho ten\n1,Lo Thi Hanh\n").reading.certain


def test_a_choice_the_bytes_rule_out_is_not_taken(tmp_path: Path) -> None:
    assert book(tmp_path, ROWS.encode(), Letters.CP1258).reading.letters is Letters.UNICODE


def test_a_cell_in_unicode_stays_among_old_ones() -> None:
    assert spell("Hồ Văn Ẩn", Letters.TCVN3) == "Hồ Văn Ẩn"


def test_marks_apart_are_put_together() -> None:
    assert spell("Nguyê\u0303n", Letters.UNICODE) == "Nguyễn"


def test_names_of_other_tongues_ask() -> None:
    assert not guess([["Müller Weiß"]], eight_bits=False).certain
