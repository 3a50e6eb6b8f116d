"""The month's own clock: the desks are told an instant of it, since a dossier of the 3rd is not made on the 23rd."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.dossier.dates import VIETNAM, instant

OPENS = 8
"""Hour of the first day at which the month begins."""


@dataclass
class MonthClock:
    """Stands where it was put between the beginning of the month and now, never ahead: nobody signs in the future."""

    now: datetime
    share: float = 0.0
    """How much of the month, from its beginning to now, has gone by: 0 to 1."""

    @property
    def begins(self) -> datetime:
        """The first morning of the month in Việt Nam, in UTC."""
        local = self.now.astimezone(VIETNAM)
        first = local.replace(day=1, hour=OPENS, minute=0, second=0, microsecond=0)
        return min(first, local - timedelta(hours=1)).astimezone(self.now.tzinfo)

    def __call__(self) -> datetime:
        """The instant at the desk."""
        return self.begins + (self.now - self.begins) * self.share

    def stamp(self) -> str:
        """The same as the store writes it."""
        return instant(self())
