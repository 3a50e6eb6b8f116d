"""How long to wait and how much to send at once: every number of the engine's behaviour in one place.

Sizes are bytes, times seconds, rates bits a second. Measured reasons are in docs/protocol.md, section 7.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.dossier.dates import instant
from desktop.sync.faults import Fault

SEND_BUFFER = 16 * 1024
"""SO_SNDBUF asked for (Linux doubles it): bounded, so that progress shown is progress made and death is seen soon."""
PIECE = 4096
CHUNK = 64 * 1024
CHUNK_FLOOR = 8 * 1024
BATCH_TARGET = 32 * 1024
BATCH_FLOOR = 4 * 1024
ASK_AGAIN = 2
BUSY_MINIMUM = 5
REFUSED_MINIMUM = 300
ITEM_CAP = 600.0
LINK_CAP = 30.0
"""Longest rest of a package whose answers a bad link swallowed: that is seldom the package's fault."""
WORKING_CAP = 60.0
CALM = 10.0
"""Idle work begins only when no package is due within so many seconds: a link dying under it would delay that one."""
LONGEST_TRUSTED_WAIT = 3600
SLOWEST = 8_000
"""Bits a second below which a link is given up."""


@dataclass(frozen=True)
class Patience:
    """How long the transport waits, in seconds.

    `silence`: a connection without progress for so long is dead (faster gives up lossy links, slower wastes 15-30 s a
    death); `connect`: for the connection and for the handshake; `whole`: for an exchange, on top of its bytes.
    """

    silence: float = 8.0
    connect: float = 10.0
    whole: float = 30.0

    def answer(self, in_flight: int, rate_bps: float) -> float:
        """Return how long an answer may take when `in_flight` bytes may still lie in buffers at the rate last seen."""
        waiting = min(in_flight, 2 * SEND_BUFFER) * 8
        return self.silence + waiting / max(rate_bps, SLOWEST)

    def exchange(self, size: int) -> float:
        """Return how long one request with its answer may take: no trickle holds the engine for ever."""
        return self.whole + size * 8 / SLOWEST


USUAL = Patience()


def backoff(attempts: int, rng: random.Random, *, first: float, cap: float) -> float:
    """Return a full-jitter wait: uniform in [first / 2, first * 2^attempts], never above `cap` seconds."""
    ceiling = min(cap, first * 2.0 ** min(max(attempts, 0), 30))
    return min(cap, rng.uniform(first / 2, max(first / 2, ceiling)))


def item_wait(attempts: int, rng: random.Random, asked: int = 0, cap: float = ITEM_CAP) -> float:
    """Return how long one package rests after a failure: 1 s to `cap`, or what was asked up to an hour."""
    return max(backoff(attempts, rng, first=2, cap=cap), min(asked, LONGEST_TRUSTED_WAIT))


def link_wait(fault: Fault, failures: int, rng: random.Random, asked: int = 0) -> float:
    """Return how long the next pass waits after `failures` passes in a row ended with a fault (1 for the first)."""
    if fault in {Fault.AUTH, Fault.REFUSED}:
        return max(backoff(failures, rng, first=30, cap=600), min(asked, LONGEST_TRUSTED_WAIT))
    if fault in {Fault.SERVER_BUSY, Fault.PROTOCOL, Fault.CAPTIVE}:
        return max(BUSY_MINIMUM, backoff(failures, rng, first=5, cap=300), min(asked, LONGEST_TRUSTED_WAIT))
    return backoff(failures - 1, rng, first=1, cap=60)


def after(moment: datetime, seconds: float) -> str:
    """Return the instant `seconds` later, rounded up to a whole second so that a wait is never shortened."""
    later = moment + timedelta(seconds=seconds)
    return instant(later if later.microsecond == 0 else later.replace(microsecond=0) + timedelta(seconds=1))


@dataclass
class BatchAim:
    """How large the next batch may be; halves after a link died under one, doubles back after a success."""

    target: int = BATCH_TARGET

    def shrink(self) -> None:
        """Aim at half, down to the floor."""
        self.target = max(BATCH_FLOOR, self.target // 2)

    def grow(self) -> None:
        """Aim at twice as much, up to the usual size."""
        self.target = min(BATCH_TARGET, self.target * 2)
