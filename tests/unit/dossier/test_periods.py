"""Periods in texts, days and voucher numbers, carried on to another month."""

from __future__ import annotations

import pytest

from desktop.dossier.periods import months_between, move_date, move_text, next_number


@pytest.mark.parametrize(
    ("text", "months", "moved"),
    [
        ("Lương tháng 10/2026", 1, "Lương tháng 11/2026"),
        ("Lương tháng 12/2026", 1, "Lương tháng 1/2027"),
        ("Lương tháng 01/2027", -1, "Lương tháng 12/2026"),
        ("Phụ cấp tháng 09 năm 2026", 1, "Phụ cấp tháng 10 năm 2026"),
        ("Tiền điện T9/2026", 2, "Tiền điện T11/2026"),
        ("thang 10/2026", 1, "thang 11/2026"),
        ("Tiền điện tháng 10", 1, "Tiền điện tháng 11"),
        ("Tiền điện tháng 12, đợt 2", 1, "Tiền điện tháng 1, đợt 2"),
        ("từ tháng 9/2026 đến tháng 10/2026", 1, "từ tháng 10/2026 đến tháng 11/2026"),
        ("Quý III/2026", 3, "Quý IV/2026"),
        ("Quý IV/2026", 3, "Quý I/2027"),
        ("quý 4 năm 2026", 3, "quý 1 năm 2027"),
        ("Quý III/2026", 1, "Quý III/2026"),
        ("Hợp đồng 10/2026/HĐ", 1, "Hợp đồng 10/2026/HĐ"),
        ("3 tháng lương", 1, "3 tháng lương"),
        ("tháng 13/2026", 1, "tháng 13/2026"),
        ("", 1, ""),
    ],
)
def test_months_and_quarters_move(text: str, months: int, moved: str) -> None:
    assert move_text(text, months) == moved


@pytest.mark.parametrize(
    ("date", "months", "moved"),
    [
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-01-05", -1, "2026-12-05"),
        ("không rõ", 1, "không rõ"),
        ("9999-12-01", 1, "9999-12-01"),
    ],
)
def test_days_move(date: str, months: int, moved: str) -> None:
    assert move_date(date, months) == moved


@pytest.mark.parametrize(
    ("number", "taken", "following"),
    [
        ("RDT0019", (), "RDT0020"),
        ("RDT0019", ("RDT0020", "RDT0021"), "RDT0022"),
        ("099", (), "100"),
        ("12/2026", (), "13/2026"),
        ("UNC-7A", (), "UNC-8A"),
        ("2026", (), "2027"),
        ("không", (), ""),
    ],
)
def test_a_number_counts_on_by_its_own_pattern(number: str, taken: tuple[str, ...], following: str) -> None:
    assert next_number(number, taken.__contains__) == following


def test_months_are_counted_over_years() -> None:
    assert [months_between("2026-11-30", day) for day in ("2026-12-01", "2027-01", "2026-10-01")] == [1, 2, -1]
