"""Amounts as people type them and as forms print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.money import MoneyError, format_vnd, parse_vnd


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
