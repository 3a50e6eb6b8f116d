"""What every use case needs: the store of one unit, who is at the desk, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person
from desktop.store.store import Store

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam has had one offset and no summer time since 1975; a table of zones is not needed for it."""


class DeskError(VungXaError):
    """A use case cannot be carried out as asked; the message says what to do next."""


def utc_now() -> datetime:
    """The machine's clock, aware, in UTC."""
    return datetime.now(UTC)


def instant(when: datetime) -> str:
    """ISO-8601 UTC with seconds and "Z", as stored and sent."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class DeskContext:
    """One thread's view of the unit: `store` is that thread's own connection."""

    store: Store
    user: Person
    clock: Callable[[], datetime] = utc_now

    def now(self) -> str:
        """This instant, ISO-8601 UTC."""
        return instant(self.clock())

    def today(self) -> str:
        """Today's date in Vietnam, YYYY-MM-DD."""
        return self.clock().astimezone(VIETNAM).date().isoformat()
