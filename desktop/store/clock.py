"""The present instant, handed to the repositories so that tests can choose it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], str]
"""Gives an ISO-8601 UTC instant with Z, in seconds."""


def system_clock() -> str:
    """Give the machine's present time."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
