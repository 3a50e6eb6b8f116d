"""Takes the time of something and of its baseline in turn, so that a slow moment of the machine falls on both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

SCALES = {"s": 1.0, "ms": 1e3, "µs": 1e6}


@dataclass(frozen=True)
class Line:
    """One line of the table: `this` and `baseline` in `unit`; `against` says in words what the baseline is."""

    what: str
    this: float
    baseline: float
    unit: str
    against: str

    @property
    def ratio(self) -> float:
        """`this` over `baseline`: below 1 is better, except where the unit is something a second."""
        return self.this / self.baseline


@dataclass(frozen=True)
class Pace:
    """How long to measure: `rounds` of each side, each of at least `least` seconds."""

    rounds: int
    least: float

    def seconds(self, this: Callable[[], object], baseline: Callable[[], object]) -> tuple[float, float]:
        """Return the medians in seconds of one call of each, after a call of each that is not counted."""
        sides = [(call, self._repeats(call)) for call in (this, baseline)]
        taken: tuple[list[float], list[float]] = ([], [])
        for _ in range(self.rounds):
            for (call, repeats), found in zip(sides, taken, strict=True):
                found.append(_time(call, repeats) / repeats)
        return statistics.median(taken[0]), statistics.median(taken[1])

    def compare(
        self, what: str, this: Callable[[], object], against: str, baseline: Callable[[], object], unit: str = "ms"
    ) -> Line:
        """Measure both sides and return them in `unit`, a scale of seconds or "1/s"."""
        ours, plain = self.seconds(this, baseline)
        if unit == "1/s":
            return Line(what, 1 / ours, 1 / plain, unit, against)
        return Line(what, ours * SCALES[unit], plain * SCALES[unit], unit, against)

    def _repeats(self, call: Callable[[], object]) -> int:
        _time(call, 1)
        return max(1, round(self.least / max(_time(call, 1), 1e-9)))


def _time(call: Callable[[], object], repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return time.perf_counter() - start
