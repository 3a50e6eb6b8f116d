"""Two roles signing in one sitting: one person may hold two tokens, so whoever signs last is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import combinations

from desktop.store.frozen import Signing, StepData

ONE_SITTING = 600.0
"""Two roles signing on one machine within so many seconds are one sitting, even when the program was closed."""


def seconds_between(earlier: str, later: str) -> float:
    """Seconds from one stored instant to another."""
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


def one_sitting(earlier: Signing, later: Signing) -> bool:
    """Whether two signatures were made in one unlocking, or on one machine within ten minutes."""
    if earlier.session and earlier.session == later.session:
        return True
    here = bool(earlier.machine) and earlier.machine == later.machine
    return here and abs(seconds_between(earlier.at, later.at)) < ONE_SITTING


def remarks(steps: Sequence[StepData], made: Sequence[Signing], now: Signing | None = None) -> str:
    """Sentences about signatures made in one sitting, `now` being the one about to be made; "" when there are none."""
    return " ".join(_remarks(steps, [*made, *([now] if now is not None else [])], now))


def _remarks(steps: Sequence[StepData], made: Sequence[Signing], now: Signing | None) -> Iterator[str]:
    titles = {step["order"]: f"{step['title']} ({step['name']})" for step in steps}
    for earlier, later in combinations(made, 2):
        if one_sitting(earlier, later):
            minutes = round(abs(seconds_between(earlier.at, later.at)) / 60)
            if later is now:
                when = f"{minutes} phút trước" if minutes else "ngay trước đó"
                yield f"{titles[earlier.order]} đã ký trên chính máy này, {when}."
            else:
                apart = f"cách nhau {minutes} phút" if minutes else "liền nhau"
                yield f"{titles[earlier.order]} và {titles[later.order]} ký trên cùng một máy, {apart}."
