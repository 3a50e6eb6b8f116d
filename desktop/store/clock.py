"""The present instant, handed to the repositories so that tests can choose it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from desktop.dossier.dates import instant

Clock = Callable[[], str]
"""Gives an ISO-8601 UTC instant with Z, in seconds."""


def system_clock() -> str:
    """Give the machine's present time."""
    return instant(datetime.now(UTC))
