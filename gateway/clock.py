"""The gateway's clock, and how it reads instants that others wrote."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop.dossier.dates import VIETNAM


def now() -> datetime:
    """Give the present instant in UTC."""
    return datetime.now(UTC)


def parse_stamp(text: str) -> datetime:
    """Read an ISO-8601 instant with a zone; raises ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return moment.astimezone(UTC)


def local_date(moment: datetime) -> str:
    """Give the calendar day in Viet Nam of an instant, "YYYY-MM-DD"."""
    return moment.astimezone(VIETNAM).strftime("%Y-%m-%d")
