"""One way to tell time, so that every instant the gateway writes has the same shape and zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "ICT")
"""Viet Nam keeps UTC+7 the whole year; only dates on papers need it."""


def now() -> datetime:
    """Give the present instant in UTC."""
    return datetime.now(UTC)


def stamp(instant: datetime) -> str:
    """Write an instant as ISO-8601 UTC with seconds: "2026-11-23T07:55:17Z"."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_stamp(text: str) -> datetime:
    """Read an ISO-8601 instant with a zone; raises ValueError for anything else."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return instant.astimezone(UTC)


def local_date(instant: datetime) -> str:
    """Give the calendar day in Viet Nam of an instant, "YYYY-MM-DD"."""
    return instant.astimezone(VIETNAM).strftime("%Y-%m-%d")
