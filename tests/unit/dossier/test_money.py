"""Amounts as people type them and as forms print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.money import (
    MAX_HUNDREDTHS,
    MoneyError,
    foreign_text,
    format_decimal,
    format_foreign,
    format_vnd,
    hundredths,
    in_vnd,
    is_foreign,
    parse_decimal,
    parse_foreign,
    parse_vnd,
)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0"),
        (7, "7"),
        (999, "999"),
        (1_000, "1.000"),
        (15_400_000, "15.400.000"),
        (10**15, "1.000.000.000.000.000"),
        (-1, "−1"),
        (-1_234_567, "−1.234.567"),
    ],
)
def test_prints_groups_of_three(amount: int, text: str) -> None:
    assert format_vnd(amount) == text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("15400000", 15_400_000),
        ("15.400.000", 15_400_000),
        ("15,400,000", 15_400_000),
        ("15 400 000", 15_400_000),
        ("15\u00a0400\u00a0000", 15_400_000),
        ("  15.400.000 đ ", 15_400_000),
        ("15.400.000đồng", 15_400_000),
        ("15.400.000 VNĐ", 15_400_000),
        ("15.400.000 vnd", 15_400_000),
        ("15.400.000 ₫", 15_400_000),
        ("-5.000", -5_000),
        ("−5.000", -5_000),
        ("0", 0),
        ("007", 7),
    ],
)
def test_reads_what_people_type(text: str, amount: int) -> None:
    assert parse_vnd(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "đ",
        "abc",
        "15.4",
        "15,4",
        "1.2345",
        "1.000,000",
        "1.000.00",
        "1e6",
        "0x10",
        "１２",
        "٣",
        "--5",
        "5-",
        "1." + "000." * 20,
    ],
)
def test_refuses_what_could_be_read_in_two_ways(text: str) -> None:
    with pytest.raises(MoneyError, match="chữ số") as caught:
        parse_vnd(text)
    assert caught.value.code == "bad_money"


@given(st.integers(-(10**18), 10**18))
def test_what_is_printed_reads_back(amount: int) -> None:
    assert parse_vnd(format_vnd(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,50", 123_450),
        ("1,234.50", 123_450),
        ("1234.5", 123_450),
        ("1234,50", 123_450),
        ("1 234,5", 123_450),
        ("1\u00a0234", 123_400),
        ("1.234", 123_400),
        ("1,234,567.89", 123_456_789),
        ("0,05", 5),
        ("0.5", 50),
        ("-1.234,50", -123_450),
        ("−3", -300),
        ("9.999.999.999.999,99", MAX_HUNDREDTHS),
    ],
)
def test_reads_foreign_money_in_both_customs(text: str, amount: int) -> None:
    assert parse_foreign(text) == amount
    assert hundredths(foreign_text(amount)) == amount


@pytest.mark.parametrize("text", ["", ",5", "0.125", "1.234.5", "1,234,56", "1.2.3", "1e3", "12 34", "9" * 14, "１,５"])
def test_refuses_foreign_money_it_cannot_read_surely(text: str) -> None:
    with pytest.raises(MoneyError, match=r"1\.234,50") as caught:
        parse_foreign(text)
    assert caught.value.code == "bad_foreign_money"


@pytest.mark.parametrize(
    "stored", ["1234.5", "1234", "1.234,50", "+1.00", " 1.00", "1" * 14 + ".00", "１.00", "1.00\n"]
)
def test_documents_hold_foreign_money_in_one_way(stored: str) -> None:
    assert not is_foreign(stored)
    with pytest.raises(MoneyError):
        hundredths(stored)


@pytest.mark.parametrize(
    ("amount", "stored", "printed"),
    [
        (0, "0.00", "0,00"),
        (5, "0.05", "0,05"),
        (123_450, "1234.50", "1.234,50"),
        (-50, "-0.50", "−0,50"),
        (MAX_HUNDREDTHS, "9999999999999.99", "9.999.999.999.999,99"),
    ],
)
def test_writes_foreign_money(amount: int, stored: str, printed: str) -> None:
    assert (foreign_text(amount), format_foreign(amount)) == (stored, printed)


def test_foreign_money_has_a_largest_amount() -> None:
    with pytest.raises(MoneyError):
        foreign_text(MAX_HUNDREDTHS + 1)


@given(st.integers(-MAX_HUNDREDTHS, MAX_HUNDREDTHS))
def test_foreign_money_reads_back(amount: int) -> None:
    assert parse_foreign(format_foreign(amount)) == hundredths(foreign_text(amount)) == amount


@pytest.mark.parametrize(
    ("text", "stored", "printed"),
    [
        ("25.450", "25450", "25.450"),
        ("25.450,5", "25450.5", "25.450,5"),
        ("25450.50", "25450.5", "25.450,5"),
        ("26 000,25", "26000.25", "26.000,25"),
        ("0,125", "0.125", "0,125"),
        ("0.125", "0.125", "0,125"),
        ("007", "7", "7"),
        ("1,000000", "1", "1"),
        ("0", "0", "0"),
    ],
)
def test_reads_and_writes_rates(text: str, stored: str, printed: str) -> None:
    assert parse_decimal(text) == stored
    assert format_decimal(stored) == printed


@pytest.mark.parametrize("text", ["", "25,450", "1,234.5", "1.2.3", "-5", "1" * 13, "0,1234567", "1e2", "１"])
def test_refuses_rates_that_have_two_readings(text: str) -> None:
    with pytest.raises(MoneyError) as caught:
        parse_decimal(text)
    assert caught.value.code == "bad_decimal"


@pytest.mark.parametrize(
    ("amount", "rate", "vnd"),
    [(123_450, "25450", 31_418_025), (100, "0.5", 1), (100, "0.499999", 0), (-100, "0.5", -1), (1, "150.0", 2)],
)
def test_changes_into_dong_by_rounding_halves_up(amount: int, rate: str, vnd: int) -> None:
    assert in_vnd(amount, rate) == vnd


def test_a_rate_as_typed_is_no_stored_rate() -> None:
    for wrong in ("25.450,5", "", "-1"):
        with pytest.raises(MoneyError):
            in_vnd(100, wrong)
        with pytest.raises(MoneyError):
            format_decimal(wrong)
