"""The link's arithmetic: bytes take the time bandwidth and distance ask for, losses hold up, deaths come by bytes."""

from __future__ import annotations

import itertools
import random

import pytest

from desktop.demo.linkmodel import PACKET, PROFILES, LinkModel, Profile


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def link(profile: Profile, seed: int = 1) -> LinkModel:
    return LinkModel(profile, random.Random(seed), Time())


def carry(model: LinkModel, size: int, *, upward: bool = True) -> list[tuple[float, float]]:
    return [model.carry(PACKET, upward=upward) for _ in range(size // PACKET)]


@pytest.mark.parametrize("name", ["demo", "edge", "3g", "good"])
def test_bytes_take_bandwidth_and_half_a_round_trip(name: str) -> None:
    profile = PROFILES[name]
    left, arrives = carry(link(profile), 280_000)[-1]
    assert left - 100 == pytest.approx(280_000 * 8 / profile.bits_per_second, abs=0.06)
    assert arrives - max(left, 100) == pytest.approx(profile.round_trip / 2)


def test_the_two_directions_do_not_wait_for_each_other() -> None:
    model = link(PROFILES["edge"])
    carry(model, 140_000)
    left, _ = model.carry(100, upward=False)
    assert left < 100.1


def test_a_loss_holds_up_what_comes_behind_but_keeps_the_order() -> None:
    arrivals = [arrives for _, arrives in carry(link(PROFILES["sat"]), 700_000)]
    assert arrivals == sorted(arrivals)
    spread = [later - earlier for earlier, later in itertools.pairwise(arrivals)]
    assert max(spread) > 1.0
    assert sum(gap == 0 for gap in spread) > 20


def test_deaths_come_after_60_to_200_kilobytes_in_either_direction() -> None:
    model = link(PROFILES["demo"])
    distances: list[int] = []
    for _ in range(200):
        before = model.counters.bytes_up + model.counters.bytes_down
        while not model.worn_out:
            model.carry(700, upward=len(distances) % 2 == 0)
        distances.append(model.counters.bytes_up + model.counters.bytes_down - before)
        model.die()
    assert 60_000 <= min(distances) < 75_000
    assert 185_000 < max(distances) <= 201_000


def test_a_dead_link_comes_back_after_a_while_and_some_deaths_are_silent() -> None:
    model = link(PROFILES["demo"])
    silent = [model.die() for _ in range(100)]
    assert 30 < sum(silent) < 70
    assert 0 < model.waits() <= 4
    model.switch(on=True)
    assert model.waits() == 0


def test_a_good_link_never_dies() -> None:
    model = link(PROFILES["good"])
    carry(model, 50_000_000)
    assert not model.worn_out


def test_the_same_seed_is_the_same_link() -> None:
    one, two = (carry(link(PROFILES["sat"], seed=9), 140_000) for _ in range(2))
    assert one == two
