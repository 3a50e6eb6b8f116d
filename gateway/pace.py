"""How much one sender may ask, so that a broken client in a loop cannot take the Treasury from the others."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from gateway.errors import GatewayError

PER_SECOND = 20.0
BURST_SECONDS = 12
"""A sender may use so many seconds' worth at once."""
MAX_SENDERS = 10_000


class Pace:
    """A token bucket a sender; senders not heard of for the longest time are forgotten first."""

    def __init__(
        self, per_second: float = PER_SECOND, burst: int | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = round(per_second * BURST_SECONDS) if burst is None else burst
        self._per_second = per_second
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, sender: str) -> None:
        """Let one request of a sender through; raises GatewayError 429 `too_many` with the seconds to wait."""
        now = self._clock()
        left, seen = self._buckets.pop(sender, (float(self._burst), now))
        left = min(float(self._burst), left + (now - seen) * self._per_second)
        allowed = left >= 1
        self._buckets[sender] = (left - 1 if allowed else left, now)
        while len(self._buckets) > MAX_SENDERS:
            self._buckets.popitem(last=False)
        if not allowed:
            wait = max(1, math.ceil((1 - left) / self._per_second))
            raise GatewayError(
                429, "too_many", "Máy gửi quá nhiều yêu cầu. Chương trình sẽ tự chờ rồi gửi tiếp.", retry_after=wait
            )
