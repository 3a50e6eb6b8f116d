"""Undo steps of a draft that survive a restart: each step is one small row, the whole dossier after it, compressed."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from desktop.dossier.document import Dossier
from desktop.store.clock import Clock
from desktop.store.database import Database

STEPS = 50
"""How many steps can be undone; one row more is kept, the dossier before the first of them."""
_LEVEL = 1


@dataclass(frozen=True)
class UndoStep:
    """One step: `label` says what was done (""  for the dossier as opened), `at` is an instant.

    `undone` is True for steps after the current one, which can be done again.
    """

    position: int
    label: str
    at: str
    undone: bool


class UndoHistory:
    """A line of dossiers with a place in it; a new step cuts off what was undone."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def push(self, local_id: str, label: str, body: str) -> int:
        """Keep a step and stand on it; returns its position. Steps that were undone and the oldest go."""
        with self._database.transaction():
            position = self._place(local_id) + 1
            self._database.run("DELETE FROM draft_history WHERE local_id = ? AND position >= ?", (local_id, position))
            self._database.insert(
                "draft_history", local_id=local_id, position=position, label=label, at=self._clock(),
                body=zlib.compress(body.encode(), _LEVEL),
            )  # fmt: skip
            self._database.run(
                "DELETE FROM draft_history WHERE local_id = ? AND position < ?", (local_id, position - STEPS)
            )
            self._stand(local_id, position)
        return position

    def steps(self, local_id: str) -> tuple[UndoStep, ...]:
        """Return the steps kept, the oldest first; the first is the dossier before the first step."""
        place = self._place(local_id)
        rows = self._database.rows(
            "SELECT position, label, at FROM draft_history WHERE local_id = ? ORDER BY position", (local_id,)
        )
        return tuple(UndoStep(row["position"], row["label"], row["at"], row["position"] > place) for row in rows)

    def dossiers(self, local_id: str) -> tuple[tuple[Dossier, ...], int]:
        """Return the dossier at every step kept, the oldest first, and which of them is the current one."""
        place = self._place(local_id)
        rows = self._database.rows(
            "SELECT position, body FROM draft_history WHERE local_id = ? ORDER BY position", (local_id,)
        )
        found = tuple(Dossier.model_validate_json(zlib.decompress(row["body"])) for row in rows)
        return found, sum(row["position"] < place for row in rows)

    def move(self, local_id: str, by: int) -> Dossier | None:
        """Stand on another step and return the dossier there; None, and nothing moves, when there is no such step."""
        with self._database.transaction():
            position = self._place(local_id) + by
            body = self._database.value(
                "SELECT body FROM draft_history WHERE local_id = ? AND position = ?", (local_id, position)
            )
            if body is None:
                return None
            self._stand(local_id, position)
        return Dossier.model_validate_json(zlib.decompress(body))

    def forget(self, local_id: str) -> None:
        """Drop all steps: the draft is gone or frozen."""
        with self._database.transaction():
            self._database.run("DELETE FROM draft_history WHERE local_id = ?", (local_id,))
            self._database.run("DELETE FROM draft_places WHERE local_id = ?", (local_id,))

    def _place(self, local_id: str) -> int:
        return int(self._database.value("SELECT position FROM draft_places WHERE local_id = ?", (local_id,)) or 0)

    def _stand(self, local_id: str, position: int) -> None:
        self._database.run("INSERT OR REPLACE INTO draft_places VALUES (?, ?)", (local_id, position))
