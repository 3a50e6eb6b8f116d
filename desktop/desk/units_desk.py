"""The other units of this machine as the window sees them: where they are and what to call them, no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.desk.units_here import UnitHere, UnitsHere


class UnitsDesk:
    """The window's UnitsService; `leave` locks this unit and asks for the one in a folder."""

    def __init__(self, folder: Path, known: UnitsHere, leave: Callable[[str, Path], None]) -> None:
        self.folder = folder.expanduser().resolve()
        self._known, self._leave = known, leave

    def all(self) -> Sequence[UnitHere]:
        """Those that can be opened now, this one among them, the one opened last first."""
        return self._known.there()

    def add(self, folder: Path) -> None:
        """Puts the unit in a folder on the list. Raises StoreError no_store, keys_damaged, DeskError not_writable."""
        self._known.take(folder)

    def forget(self, folder: Path) -> None:
        """Takes a unit off the list; its data stays where it is. Raises DeskError no_unit, not_writable."""
        self._known.forget(folder)

    def switch(self, folder: Path) -> None:
        """Locks this unit, and asks who opens the other."""
        self._leave("switch", folder)
