"""Is the unit's data whole? A cheap look at each start, a full check each week; damage is named, not only noticed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Literal

from desktop.dossier.data_views import CheckView, Damage
from desktop.store.check_cheap import look
from desktop.store.check_full import Examination, Judge
from desktop.store.check_parts import Parts
from desktop.store.clock import Clock
from desktop.store.database import Row
from desktop.store.errors import StoreError

Kind = Literal["start", "full", "upgrade", "restore"]
WEEK = timedelta(days=7)
KEPT = 100
"""Checks remembered; older ones go."""


def untold(_done: int, _total: int) -> None:
    """Progress for callers that show none."""


def never() -> bool:
    """Cancels nothing."""
    return False


class Checks:
    """Looks at the store it belongs to; what it finds is kept in the table `checks` by `record`."""

    def __init__(self, parts: Parts, clock: Clock) -> None:
        self._parts = parts
        self._database = parts.database
        self._clock = clock

    def cheap(self) -> tuple[Damage, ...]:
        """Look where damage shows soonest: under 100 ms at 20,000 dossiers. Raises StoreError store_damaged."""
        return look(self._parts)

    def full(
        self,
        progress: Callable[[int, int], None] = untold,
        cancelled: Callable[[], bool] = never,
        judge: Judge | None = None,
    ) -> tuple[Damage, ...] | None:
        """Examine pages, structure, journal, every attachment and every package; None when cancelled.

        `judge` tells whether a package's core has the id it is known by. Raises StoreError disk_error, …
        """
        return Examination(self._parts, progress, cancelled, judge).run()

    def start(self) -> CheckView:
        """Make the cheap check and keep it; a store that cannot be written is looked at all the same."""
        return self._timed("start", self.cheap)

    def weekly(
        self,
        progress: Callable[[int, int], None] = untold,
        cancelled: Callable[[], bool] = never,
        judge: Judge | None = None,
    ) -> CheckView | None:
        """Make the full check and keep it; None when it was cancelled, of which nothing is kept."""
        began = time.monotonic()
        found = self.full(progress, cancelled, judge)
        return None if found is None else self._kept("full", found, began)

    def due(self, now: datetime) -> bool:
        """Tell whether a week went by since the last full check; `now` is aware."""
        last = self.last("full", "upgrade", "restore")
        return last is None or now - datetime.fromisoformat(last.at) >= WEEK

    def last(self, *kinds: Kind) -> CheckView | None:
        """Return the newest check of these kinds, None when there was none."""
        marks = ", ".join("?" * len(kinds))
        row = self._database.one(
            f"SELECT * FROM checks WHERE kind IN ({marks}) ORDER BY check_id DESC LIMIT 1",  # noqa: S608 - marks only
            kinds,
        )
        return None if row is None else _view(row)

    def record(self, kind: Kind, found: Sequence[Damage], took_ms: int) -> CheckView:
        """Keep what a check found, in the caller's transaction if there is one."""
        view = CheckView(kind, self._clock(), took_ms, tuple(found))
        with self._database.transaction():
            number = self._database.insert(
                "checks", kind=kind, at=view.at, took_ms=took_ms, found=json.dumps([asdict(one) for one in found])
            )
            self._database.run("DELETE FROM checks WHERE check_id <= ?", (number - KEPT,))
        return view

    def _timed(self, kind: Kind, look_at: Callable[[], tuple[Damage, ...]]) -> CheckView:
        began = time.monotonic()
        return self._kept(kind, look_at(), began)

    def _kept(self, kind: Kind, found: tuple[Damage, ...], began: float) -> CheckView:
        took = int((time.monotonic() - began) * 1000)
        try:
            return self.record(kind, found, took)
        except StoreError:
            # What was found matters more than that it is kept: a damaged or full disk refuses the line.
            return CheckView(kind, self._clock(), took, found)


def _view(row: Row) -> CheckView:
    return CheckView(row["kind"], str(row["at"]), int(row["took_ms"]), tuple(map(_damage, json.loads(row["found"]))))


def _damage(values: dict[str, Any]) -> Damage:
    return Damage(values["kind"], values["where"], values["sentence"], tuple(values["dossiers"]))
