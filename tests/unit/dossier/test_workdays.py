"""Working days against a calendar put down by hand, and what counting in them must always keep to."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.workdays import WorkdayError, long_date, moved_days, work_calendar

DAY = dt.date.fromisoformat

OFF = {
    "2025-01-27": "Tết 2025, thứ Hai",
    "2025-01-31": "Tết 2025, thứ Sáu",
    "2025-04-07": "Giỗ Tổ 10/3 âm lịch",
    "2025-05-01": "Quốc tế Lao động",
    "2025-05-02": "nghỉ hoán đổi, làm bù 26/4",
    "2025-09-01": "Quốc khánh, ngày liền kề",
    "2026-01-01": "Tết Dương lịch",
    "2026-01-02": "nghỉ hoán đổi, làm bù 10/1",
    "2026-02-16": "30 Tết",
    "2026-02-20": "mùng 4 Tết",
    "2026-04-27": "nghỉ bù Giỗ Tổ rơi vào Chủ nhật",
    "2026-04-30": "Giải phóng miền Nam",
    "2026-08-31": "nghỉ hoán đổi, làm bù 22/8",
    "2026-09-02": "Quốc khánh",
    "2026-11-24": "Ngày Văn hóa Việt Nam",
    "2026-11-28": "thứ Bảy",
    "2026-11-29": "Chủ nhật",
    "2027-01-01": "Tết Dương lịch",
    "2027-02-08": "mùng 3 Tết",
    "2027-05-03": "nghỉ bù 1/5 rơi vào thứ Bảy",
    "2028-01-03": "nghỉ bù 1/1 rơi vào thứ Bảy",
    "2028-01-26": "mùng 1 Tết",
}
WORKED = [
    "2025-04-26",
    "2026-01-10",
    "2026-08-22",
    "2026-01-05",
    "2026-02-13",
    "2026-02-23",
    "2026-12-31",
    "2027-02-01",
]


@pytest.mark.parametrize("day", OFF)
def test_offices_are_closed(day: str) -> None:
    assert work_calendar().why_off(DAY(day))
    assert not work_calendar().is_working(DAY(day))


@pytest.mark.parametrize("day", WORKED)
def test_offices_are_open(day: str) -> None:
    assert work_calendar().is_working(DAY(day))


def test_a_day_off_has_a_vietnamese_name() -> None:
    calendar = work_calendar()
    named = [calendar.why_off(DAY(day)) for day in ("2026-11-24", "2026-11-28", "2026-01-02", "2026-11-25")]
    assert named == ["Ngày Văn hóa Việt Nam", "Thứ Bảy", "Nghỉ hoán đổi dịp Tết Dương lịch", ""]


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-12-24", 1, "2026-12-25"),
        ("2026-12-25", 1, "2026-12-28"),
        ("2026-12-31", 2, "2027-01-05"),
        ("2026-02-13", 1, "2026-02-23"),
        ("2026-01-09", 1, "2026-01-10"),
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-23", 2, "2026-11-26"),
    ],
)
def test_counts_from_the_day_after(start: str, count: int, end: str) -> None:
    calendar = work_calendar()
    assert calendar.add(DAY(start), count) == DAY(end)
    assert calendar.between(DAY(start), DAY(end)) == count


def test_what_is_past_counts_below_zero() -> None:
    assert work_calendar().between(DAY("2026-12-29"), DAY("2026-12-25")) == -2


@given(st.dates(dt.date(2025, 1, 1), dt.date(2035, 12, 1)), st.integers(1, 15))
def test_adding_lands_on_an_open_day_and_counts_back(start: dt.date, count: int) -> None:
    calendar = work_calendar()
    end = calendar.add(start, count)
    assert calendar.is_working(end)
    assert calendar.between(start, end) == count


def test_a_setting_replaces_the_year_it_names() -> None:
    calendar = work_calendar('{"2027": {"off": {"2027-02-11": "Nghỉ thêm"}, "work": {"2027-02-20": "Làm bù"}}}')
    assert calendar.why_off(DAY("2027-02-11")) == "Nghỉ thêm"
    assert calendar.is_working(DAY("2027-02-20"))
    assert not calendar.is_working(DAY("2026-01-02"))
    assert work_calendar('{"2026": {}}').is_working(DAY("2026-01-02"))


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "[]",
        '{"2026": {"off": {"2027-01-01": "a"}}}',
        '{"2026": {"off": {"2026-01-02": "a"}, "work": {"2026-01-02": "b"}}}',
        '{"2026": {"off": {"2026-02-30": "a"}}}',
        '{"2026": {"free": {}}}',
        '{"năm": {}}',
        '{"99999": {}}',
    ],
)
def test_a_table_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(WorkdayError, match="2026-01-02") as caught:
        moved_days(text)
    assert caught.value.code == "bad_workdays"


def test_no_setting_moves_nothing() -> None:
    assert moved_days("  ") == {}


def test_writes_a_day_with_its_weekday() -> None:
    assert [long_date(DAY(day)) for day in ("2026-12-25", "2026-12-27")] == [
        "thứ Sáu 25/12/2026",
        "chủ nhật 27/12/2026",
    ]
