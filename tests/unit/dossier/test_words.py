"""Amounts in words: a table of hard numbers, and a reader of words that must get every number back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.currencies import CURRENCIES
from desktop.dossier.words import amount_in_words, currency_in_words, number_in_words, same_words
from tests.unit.dossier.words_table import FOREIGN, NUMBERS


@pytest.mark.parametrize(("number", "words"), NUMBERS)
def test_spells(number: int, words: str) -> None:
    assert number_in_words(number) == words


@pytest.mark.parametrize(("hundredths", "currency", "words"), FOREIGN)
def test_spells_foreign_money(hundredths: int, currency: str, words: str) -> None:
    assert currency_in_words(hundredths, currency) == words


def test_the_tables_hold_enough_different_cases() -> None:
    assert len({number for number, _ in NUMBERS}) == len(NUMBERS) >= 200


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


UNITS_WITH_CENTS = {item.name: item.code for item in CURRENCIES.values() if item.cents}


@given(st.integers(1, 10**15), st.sampled_from(sorted(UNITS_WITH_CENTS)))
def test_foreign_words_read_back(hundredths: int, name: str) -> None:
    text = currency_in_words(hundredths, UNITS_WITH_CENTS[name])
    whole, _, rest = (text[0].lower() + text[1:]).partition(f" {name} ")
    cents = 0 if rest == "chẵn" else read(rest.removeprefix("và ").removesuffix(" xu").split())
    assert read(whole.split()) * 100 + cents == hundredths


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
    assert same_words("Hai mươi nhăm đồng", amount_in_words(25))
    assert same_words("Bẩy đồng", amount_in_words(7))
    assert same_words("Một tỉ không trăm linh năm đồng", amount_in_words(10**9 + 5))
    assert same_words("hai mươi bốn đồng", amount_in_words(24))


def test_foreign_customs_say_the_same() -> None:
    assert same_words("một trăm Đô-la Mỹ, năm xu.", currency_in_words(10_005, "USD"))
    assert not same_words("một trăm đô la Úc và năm xu", currency_in_words(10_005, "USD"))
