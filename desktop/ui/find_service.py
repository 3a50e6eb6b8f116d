"""What a search over everything asks of the rest of the program."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from desktop.dossier.finding import Hit, Kind


class FindService(Protocol):
    """Search over all the unit keeps. Called on the GUI thread, under 50 ms."""

    def find(self, text: str, limit: int = 50, kinds: Collection[Kind] = ()) -> Sequence[Hit]:
        """Give what holds every word of `text`, best first; [] when no word is in it. `kinds` () means all."""
        ...
