"""The other units of this machine as the window sees them: where they are and what to call them, no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.units_here import UnitHere, UnitsHere
from desktop.dossier.duties import Act


class UnitsDesk:
    """The window's UnitsService; `leave` locks this unit and asks for the one in a folder."""

    def __init__(self, context: DeskContext, known: UnitsHere, leave: Callable[[str, Path], None]) -> None:
        self.folder = context.store.folder.expanduser().resolve()
        self._context, self._known, self._leave = context, known, leave

    @reading
    def all(self) -> Sequence[UnitHere]:
        """Those that can be opened now, this one among them, the one opened last first."""
        return self._known.there()

    @needs(Act.UNITS)
    def add(self, folder: Path) -> None:
        """Puts the unit in a folder on the list. Raises StoreError no_store, keys_damaged, DeskError not_writable."""
        self._known.take(folder)

    @needs(Act.UNITS)
    def forget(self, folder: Path) -> None:
        """Takes a unit off the list; its data stays where it is. Raises DeskError no_unit, not_writable."""
        self._known.forget(folder)

    @reading
    def switch(self, folder: Path) -> None:
        """Locks this unit, and asks who opens the other: they prove there who they are, so anybody may go."""
        self._leave("switch", folder)
