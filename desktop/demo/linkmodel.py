"""What a poor link does to bytes: slows them, delays them, holds them up, and dies in the middle.

Bytes are only timed and dropped here, never changed; the pipe in linksim.py moves them.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PACKET = 1400
"""Bytes the link carries at a time, and what one loss concerns."""
_CATCH_UP = 0.05


@dataclass(frozen=True)
class Profile:
    """One kind of link.

    `bits_per_second` each way; `round_trip` seconds; `loss` share of packets lost once (those behind wait a round trip
    for the repeat); `death_bytes` after how many bytes in either direction the link dies (None: never); `silent` share
    of deaths nobody is told about; `down_seconds` how long it then stays dead.
    """

    bits_per_second: int
    round_trip: float
    loss: float = 0.0
    death_bytes: tuple[int, int] | None = None
    silent: float = 0.5
    down_seconds: tuple[float, float] = (1.5, 4.0)


_DEATHS = (60_000, 200_000)
PROFILES = {
    "demo": Profile(256_000, 0.4, death_bytes=_DEATHS),
    "edge": Profile(64_000, 0.8, death_bytes=_DEATHS),
    "sat": Profile(150_000, 1.2, loss=0.05),
    "3g": Profile(2_000_000, 0.15),
    "good": Profile(20_000_000, 0.02),
    # No link of this world: dies twice as often as the worst, but quickly, for tests of many rounds.
    "rough": Profile(8_000_000, 0.02, death_bytes=(25_000, 100_000), silent=0.04, down_seconds=(0.1, 0.3)),
}


@dataclass
class Counters:
    """What the link saw since it began; `answers_dropped` are deaths ordered between a commit and its answer."""

    bytes_up: int = 0
    bytes_down: int = 0
    connections: int = 0
    deaths: int = 0
    answers_dropped: int = 0


@dataclass
class Lane:
    """One direction: when the next packet has left, and until when a lost one holds up those behind it."""

    free: float = 0.0
    held: float = 0.0


@dataclass
class LinkModel:
    """The state of one link, shared by all connections over it, as a modem is."""

    profile: Profile
    rng: random.Random
    clock: Callable[[], float] = time.monotonic
    counters: Counters = field(default_factory=Counters)
    switched_on: bool = True
    _dead_until: float = 0.0
    _left: float = 0.0

    def __post_init__(self) -> None:
        self.up_lane, self.down_lane = Lane(), Lane()
        self._draw()

    def set_profile(self, profile: Profile) -> None:
        """Become another kind of link from now on."""
        self.profile = profile
        self._draw()

    def carry(self, size: int, *, upward: bool) -> tuple[float, float]:
        """Count a packet of `size` bytes; return when it has left the sender and when it arrives (by `clock`)."""
        if upward:
            self.counters.bytes_up += size
        else:
            self.counters.bytes_down += size
        self._left -= size
        lane = self.up_lane if upward else self.down_lane
        # A timer that wakes late must not cost bandwidth: what was missed in the last moments may be caught up.
        lane.free = max(self.clock() - _CATCH_UP, lane.free) + size * 8 / self.profile.bits_per_second
        arrives = max(self.clock(), lane.free) + self.profile.round_trip / 2
        if self.rng.random() < self.profile.loss:
            lane.held = arrives + self.profile.round_trip
        return lane.free, max(arrives, lane.held)

    @property
    def worn_out(self) -> bool:
        """Whether enough bytes went through for the link to die."""
        return self.profile.death_bytes is not None and self._left <= 0

    def die(self) -> bool:
        """Be dead for a while; return whether both ends are left without a word about it."""
        self.counters.deaths += 1
        self._dead_until = self.clock() + self.rng.uniform(*self.profile.down_seconds)
        self._draw()
        return self.rng.random() < self.profile.silent

    def switch(self, *, on: bool) -> None:
        """Plug in, at once usable, or out."""
        self.switched_on = on
        self._dead_until = 0.0

    def waits(self) -> float:
        """Return for how many seconds the link will still be dead, 0 when it works."""
        return max(0.0, self._dead_until - self.clock())

    def _draw(self) -> None:
        self._left = float("inf")
        if self.profile.death_bytes is not None:
            self._left = self.rng.uniform(*self.profile.death_bytes)
