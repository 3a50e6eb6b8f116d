"""Days must exist."""

from __future__ import annotations

import pytest

from desktop.dossier.dates import DateError, format_date, is_date, local_day, local_time, parse_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", "2026-11-23"),
        (" 23/11/2026 ", "2026-11-23"),
        ("3/1/2026", "2026-01-03"),
        ("03-01-2026", "2026-01-03"),
        ("3.1.2026", "2026-01-03"),
        ("29/02/2028", "2028-02-29"),
    ],
)
def test_reads_a_day(text: str, day: str) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-29",
        "31/04/2026",
        "2026-13-01",
        "2026-1-3",
        "20261123",
        "23/11/26",
        "0000-01-01",
        "２026-11-23",
        "2026-11-23T00:00",
    ],
)
def test_refuses_what_is_no_day(text: str) -> None:
    assert not is_date(text)
    with pytest.raises(DateError, match="lịch") as caught:
        parse_date(text)
    assert caught.value.code == "bad_date"


def test_prints_day_first() -> None:
    assert format_date("2026-11-03") == "03/11/2026"


def test_an_instant_is_told_by_the_clocks_of_the_country() -> None:
    assert (local_time("2026-11-23T22:50:27Z"), local_time("")) == ("05:50 24/11/2026", "")
    assert (local_day("2026-11-23T22:50:27Z"), local_day("")) == ("24/11/2026", "")
