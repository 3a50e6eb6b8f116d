"""Amounts in words: a table of hard numbers, and a reader of words that must get every number back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.words import amount_in_words, number_in_words, same_words

TABLE = [
    (0, "không"),
    (1, "một"),
    (2, "hai"),
    (4, "bốn"),
    (5, "năm"),
    (9, "chín"),
    (10, "mười"),
    (11, "mười một"),
    (14, "mười bốn"),
    (15, "mười lăm"),
    (19, "mười chín"),
    (20, "hai mươi"),
    (21, "hai mươi mốt"),
    (24, "hai mươi tư"),
    (25, "hai mươi lăm"),
    (31, "ba mươi mốt"),
    (44, "bốn mươi tư"),
    (45, "bốn mươi lăm"),
    (51, "năm mươi mốt"),
    (54, "năm mươi tư"),
    (55, "năm mươi lăm"),
    (91, "chín mươi mốt"),
    (95, "chín mươi lăm"),
    (100, "một trăm"),
    (101, "một trăm lẻ một"),
    (104, "một trăm lẻ bốn"),
    (105, "một trăm lẻ năm"),
    (110, "một trăm mười"),
    (111, "một trăm mười một"),
    (114, "một trăm mười bốn"),
    (115, "một trăm mười lăm"),
    (121, "một trăm hai mươi mốt"),
    (124, "một trăm hai mươi tư"),
    (155, "một trăm năm mươi lăm"),
    (200, "hai trăm"),
    (205, "hai trăm lẻ năm"),
    (221, "hai trăm hai mươi mốt"),
    (505, "năm trăm lẻ năm"),
    (999, "chín trăm chín mươi chín"),
    (1_000, "một nghìn"),
    (1_001, "một nghìn không trăm lẻ một"),
    (1_004, "một nghìn không trăm lẻ bốn"),
    (1_005, "một nghìn không trăm lẻ năm"),
    (1_010, "một nghìn không trăm mười"),
    (1_011, "một nghìn không trăm mười một"),
    (1_015, "một nghìn không trăm mười lăm"),
    (1_021, "một nghìn không trăm hai mươi mốt"),
    (1_024, "một nghìn không trăm hai mươi tư"),
    (1_055, "một nghìn không trăm năm mươi lăm"),
    (1_100, "một nghìn một trăm"),
    (1_105, "một nghìn một trăm lẻ năm"),
    (1_115, "một nghìn một trăm mười lăm"),
    (2_024, "hai nghìn không trăm hai mươi tư"),
    (10_000, "mười nghìn"),
    (10_001, "mười nghìn không trăm lẻ một"),
    (10_005, "mười nghìn không trăm lẻ năm"),
    (10_015, "mười nghìn không trăm mười lăm"),
    (15_000, "mười lăm nghìn"),
    (21_000, "hai mươi mốt nghìn"),
    (24_000, "hai mươi tư nghìn"),
    (100_000, "một trăm nghìn"),
    (100_005, "một trăm nghìn không trăm lẻ năm"),
    (101_000, "một trăm lẻ một nghìn"),
    (105_000, "một trăm lẻ năm nghìn"),
    (1_000_000, "một triệu"),
    (1_000_005, "một triệu không trăm lẻ năm"),
    (1_000_021, "một triệu không trăm hai mươi mốt"),
    (1_000_105, "một triệu một trăm lẻ năm"),
    (1_001_000, "một triệu không trăm lẻ một nghìn"),
    (1_015_000, "một triệu không trăm mười lăm nghìn"),
    (15_400_000, "mười lăm triệu bốn trăm nghìn"),
    (100_000_000, "một trăm triệu"),
    (999_999_999, "chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín"),
    (10**9, "một tỷ"),
    (10**9 + 21, "một tỷ không trăm hai mươi mốt"),
    (10**9 + 105, "một tỷ một trăm lẻ năm"),
    (10**9 + 1_000, "một tỷ không trăm lẻ một nghìn"),
    (1_001_000_000, "một tỷ không trăm lẻ một triệu"),
    (1_005_000_000, "một tỷ không trăm lẻ năm triệu"),
    (2_000_000_001, "hai tỷ không trăm lẻ một"),
    (10**10, "mười tỷ"),
    (24_021_000_000, "hai mươi tư tỷ không trăm hai mươi mốt triệu"),
    (10**11, "một trăm tỷ"),
    (10**12, "một nghìn tỷ"),
    (10**12 + 5, "một nghìn tỷ không trăm lẻ năm"),
    (1_021_000_000_000, "một nghìn không trăm hai mươi mốt tỷ"),
    (
        1_234_567_890_123,
        "một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi nghìn một trăm hai mươi ba",
    ),
    (10**15, "một triệu tỷ"),
    (10**18, "một tỷ tỷ"),
    (10**18 + 1, "một tỷ tỷ không trăm lẻ một"),
    (
        2**53 + 1,
        (
            "chín triệu không trăm lẻ bảy nghìn một trăm chín mươi chín tỷ "
            "hai trăm năm mươi tư triệu bảy trăm bốn mươi nghìn chín trăm chín mươi ba"
        ),
    ),
    (-5, "âm năm"),
]


@pytest.mark.parametrize(("number", "words"), TABLE)
def test_spells(number: int, words: str) -> None:
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (15_400_000, "Mười lăm triệu bốn trăm nghìn đồng chẵn"),
        (1, "Một đồng chẵn"),
        (-5, "Âm năm đồng chẵn"),
    ],
)
def test_ends_as_forms_do(amount: int, words: str) -> None:
    assert amount_in_words(amount) == words


NAMES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
DIGITS = {word: digit for digit, word in enumerate(NAMES)}
DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5}
UNITS = {"nghìn": 10**3, "triệu": 10**6}


def read_group(words: list[str]) -> int:
    """Read up to three digits, refusing what nobody would say."""
    number = 0
    if "trăm" in words:
        assert words[1] == "trăm"
        number, words = DIGITS[words[0]] * 100, words[2:]
        assert not words or words[0] == "lẻ" or {"mươi", "mười"} & set(words)
        words = words[1:] if words and words[0] == "lẻ" else words
    if words and words[0] == "mười":
        number, words = number + 10, words[1:]
        assert words not in (["mốt"], ["tư"], ["năm"])
    elif "mươi" in words:
        number, words = number + DIGITS[words[0]] * 10, words[2:]
        assert words not in (["một"], ["bốn"], ["năm"])
    assert len(words) <= 1
    return number + (DIGITS[words[0]] if words else 0)


def read(words: list[str]) -> int:
    """Read a whole number from words: what stands before the last "tỷ" is a number of its own."""
    if "tỷ" in words:
        last = len(words) - 1 - words[::-1].index("tỷ")
        return read(words[:last]) * 10**9 + read(words[last + 1 :])
    total = 0
    for name in ("triệu", "nghìn"):
        if name in words:
            place = words.index(name)
            total, words = total + read_group(words[:place]) * UNITS[name], words[place + 1 :]
    return total + (read_group(words) if words else 0)


@given(st.integers(0, 10**18) | st.integers(0, 10**15).map(lambda number: number // 1000 * 1000))
def test_words_read_back(number: int) -> None:
    assert read(number_in_words(number).split()) == number


@given(st.integers(0, 10**16), st.integers(0, 10**16))
def test_two_amounts_never_share_words(one: int, other: int) -> None:
    assert same_words(amount_in_words(one), amount_in_words(other)) is (one == other)


@pytest.mark.parametrize(
    "text",
    [
        "mười lăm triệu, bốn trăm ngàn đồng chẵn.",
        "Mười lăm triệu bốn trăm nghìn đồng",
        "  MƯỜI LĂM TRIỆU  BỐN TRĂM NGHÌN ĐỒNG ./.",
    ],
)
def test_other_customs_say_the_same(text: str) -> None:
    assert same_words(text, amount_in_words(15_400_000))
    assert not same_words(text, amount_in_words(15_400_001))


def test_linh_and_bon_are_customs_too() -> None:
    assert same_words("Một tỉ không trăm linh năm đồng", amount_in_words(10**9 + 5))
    assert same_words("hai mươi bốn đồng", amount_in_words(24))
