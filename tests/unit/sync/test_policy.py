"""Waits, time-outs and aims by table."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from desktop.sync.faults import Fault, WireError, fault_of_status
from desktop.sync.policy import BatchAim, Patience, after, backoff, item_wait, link_wait

NOON = datetime(2026, 11, 23, 12, 0, 0, 250_000, tzinfo=UTC)


@pytest.mark.parametrize("attempts", [0, 1, 5, 40, 10_000])
def test_backoff_stays_between_its_bounds(attempts: int) -> None:
    waits = [backoff(attempts, random.Random(seed), first=2, cap=600) for seed in range(200)]
    assert min(waits) >= 1
    assert max(waits) <= min(600, 2 * 2.0 ** min(attempts, 30))


def test_backoff_grows_and_is_spread() -> None:
    means = [sum(backoff(n, random.Random(s), first=2, cap=600) for s in range(300)) / 300 for n in (1, 4, 8)]
    assert means == sorted(means)
    assert means[2] > 20 * means[0]
    assert len({backoff(4, random.Random(s), first=2, cap=600) for s in range(50)}) == 50


@pytest.mark.parametrize(("asked", "least", "most"), [(0, 1, 2), (90, 90, 90), (10**9, 3600, 3600), (-5, 1, 2)])
def test_what_the_gateway_asks_is_kept_up_to_an_hour(asked: int, least: float, most: float) -> None:
    assert least <= item_wait(0, random.Random(1), asked) <= most


@pytest.mark.parametrize(
    ("fault", "failures", "least", "most"),
    [
        (Fault.LINK_DIED, 1, 0.5, 1),
        (Fault.OFFLINE, 30, 0.5, 60),
        (Fault.SERVER_BUSY, 1, 5, 10),
        (Fault.CAPTIVE, 1, 5, 10),
        (Fault.PROTOCOL, 20, 5, 300),
        (Fault.AUTH, 1, 15, 60),
        (Fault.REFUSED, 20, 15, 600),
    ],
)
def test_the_next_pass_waits_by_the_kind_of_fault(fault: Fault, failures: int, least: float, most: float) -> None:
    waits = [link_wait(fault, failures, random.Random(seed)) for seed in range(100)]
    assert least <= min(waits)
    assert max(waits) <= most


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, "12:00:01Z"), (0.75, "12:00:01Z"), (0.8, "12:00:02Z"), (60, "12:01:01Z")]
)
def test_a_wait_is_never_shortened_by_rounding(seconds: float, expected: str) -> None:
    assert after(NOON, seconds) == f"2026-11-23T{expected}"


@pytest.mark.parametrize(
    ("in_flight", "rate", "expected"),
    [(0, 64_000, 8), (16_384, 64_000, 8 + 2.048), (10_000_000, 64_000, 8 + 4.096), (65_536, 1, 8 + 32.768)],
)
def test_an_answer_may_take_what_the_buffers_need(in_flight: int, rate: float, expected: float) -> None:
    assert Patience().answer(in_flight, rate) == pytest.approx(expected)


def test_a_whole_exchange_is_bounded_by_its_bytes() -> None:
    assert Patience().exchange(64 * 1024) == pytest.approx(95.5, abs=0.1)


def test_the_aim_halves_to_its_floor_and_grows_back() -> None:
    aim = BatchAim()
    sizes = []
    for _ in range(5):
        aim.shrink()
        sizes.append(aim.target)
    for _ in range(5):
        aim.grow()
    assert (sizes, aim.target) == ([16384, 8192, 4096, 4096, 4096], 32768)


@pytest.mark.parametrize(
    ("status", "code", "fault"),
    [
        (302, "", Fault.CAPTIVE),
        (511, "", Fault.CAPTIVE),
        (404, "", Fault.CAPTIVE),
        (401, "session_expired", Fault.AUTH),
        (403, "enrolment_refused", Fault.AUTH),
        (400, "bad_batch", Fault.REFUSED),
        (413, "too_large", Fault.REFUSED),
        (429, "too_many", Fault.SERVER_BUSY),
        (500, "", Fault.SERVER_BUSY),
        (503, "busy", Fault.SERVER_BUSY),
        (507, "quota", Fault.SERVER_BUSY),
        (204, "", Fault.PROTOCOL),
        (201, "x", Fault.PROTOCOL),
    ],
)
def test_every_status_has_one_meaning(status: int, code: str, fault: Fault) -> None:
    assert fault_of_status(status, code) is fault


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_speaks_vietnamese_and_keeps_its_cause_to_itself(fault: Fault) -> None:
    error = WireError(fault, "10.0.0.1 secret")
    assert str(error).endswith(".")
    assert "10.0.0.1" not in str(error)
    assert error.code == fault.value
