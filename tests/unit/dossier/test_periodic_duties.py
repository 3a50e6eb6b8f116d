"""Dates of investment advances and the list of duties, from days put down by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.advance_limits import (
    Work,
    accepted_until,
    add_months,
    advance_until,
    compensation_settled_by,
    evidence_until,
    overdue_after,
    paid_until,
)
from desktop.dossier.periodic_duties import UnitKind, adjustment_ends, advance_is_late, periodic_duties

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 6, "2027-06-30"),
        ("2026-06-15", 6, "2026-12-15"),
        ("2026-12-01", 0, "2026-12-01"),
    ],
)
def test_months_end_where_the_month_does(day: str, months: int, end: str) -> None:
    assert add_months(DAY(day), months) == DAY(end)


@pytest.mark.parametrize(
    ("work", "end"), [("contract", "2027-02-28"), ("compensation", "2027-02-28"), ("other", "2027-05-30")]
)
def test_an_advance_is_overdue_after(work: Work, end: str) -> None:
    deadline = overdue_after(work, DAY("2026-11-30"))
    assert (deadline.date, deadline.rule) == (DAY(end), "R-172")


def test_other_limits_of_investment_money() -> None:
    assert compensation_settled_by(DAY("2026-12-10")).date == DAY("2027-01-09")
    assert evidence_until(DAY("2026-08-31")).date == DAY("2027-02-28")
    assert (advance_until(2026).date, advance_until(2026, compensation=True).date) == (
        DAY("2026-12-31"),
        DAY("2027-01-31"),
    )
    assert (accepted_until(2026).date, paid_until(2026).date) == (DAY("2026-12-31"), DAY("2027-01-31"))


def test_an_advance_is_late_the_day_after_the_adjustment_period() -> None:
    assert adjustment_ends(2026) == DAY("2027-01-31")
    assert not advance_is_late(2026, DAY("2027-01-31"))
    assert advance_is_late(2026, DAY("2027-02-01"))


def listed(today: str, kind: UnitKind = UnitKind.ORDINARY) -> list[tuple[str, str, str]]:
    return [(duty.key, duty.period, duty.deadline.date.isoformat()) for duty in periodic_duties(DAY(today), kind)]


def test_an_ordinary_unit_before_the_years_end() -> None:
    assert listed("2026-11-23") == [
        ("busy_days", "Năm 2026", "2026-12-25"),
        ("last_vouchers", "Năm 2026", "2026-12-30"),
        ("last_withdrawal", "Năm 2026", "2026-12-31"),
        ("reconcile", "Quý IV/2026", "2027-01-10"),
        ("adjustment", "Năm 2026", "2027-01-31"),
    ]


def test_what_was_due_stays_for_a_month() -> None:
    assert listed("2026-05-10") == [
        ("reconcile", "Quý I/2026", "2026-04-10"),
        ("reconcile", "Quý II/2026", "2026-07-10"),
    ]
    assert listed("2026-05-12") == [("reconcile", "Quý II/2026", "2026-07-10")]


@pytest.mark.parametrize(("kind", "day"), [(UnitKind.INVESTOR, "2027-01-04"), (UnitKind.COMPENSATION, "2027-01-02")])
def test_investment_units_also_report(kind: UnitKind, day: str) -> None:
    own = set(listed("2026-12-20", kind)) - set(listed("2026-12-20"))
    assert own == {("advance_report", "Quý IV/2026", day), ("capital_table", "Năm 2026", "2027-02-09")}


@given(st.dates(dt.date(2026, 1, 1), dt.date(2040, 1, 1)))
def test_every_day_of_the_year_has_the_next_reconciliation_ahead(today: dt.date) -> None:
    found = periodic_duties(today)
    assert any(duty.key == "reconcile" and duty.days_left(today) >= 0 for duty in found)
    assert [duty.deadline.date for duty in found] == sorted(duty.deadline.date for duty in found)


def test_an_unknown_kind_of_unit_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="ministry"):
        periodic_duties(DAY("2026-11-23"), "ministry")
