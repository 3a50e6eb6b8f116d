"""What every page is given: services, threads, and one place to tell the window what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from desktop.dossier.errors import VungXaError
from desktop.ui.background import Workers
from desktop.ui.services import Services


class Bus(QObject):
    """Signals between pages that do not know each other."""

    changed = Signal()
    """Facts changed: lists, badges and counts read them again."""
    saved = Signal(str)
    """A durable save happened at this instant."""
    unsaved = Signal(str)
    """What is typed could not be saved, and why; it is tried again by itself."""
    opened = Signal(str)
    """Open this dossier in the editor."""
    closed = Signal()
    """Leave the editor."""
    went = Signal(str)
    """Go to the place of this name, or to a part of it («settings/tokens»)."""
    said = Signal(str, object)
    """A confirmation to show for 4 s, with a call that takes it back or None."""
    failed = Signal(str)
    """Something did not work, in words, for the strip at the top of the page."""


@dataclass(frozen=True)
class Context:
    """Handed to every page by the shell."""

    services: Services
    workers: Workers
    bus: Bus = field(default_factory=Bus)
    places: set[str] = field(default_factory=set)
    """Names of the places this window has; the shell fills it, pages offer only ways to where there is one."""

    def has_place(self, name: str) -> bool:
        """Tell whether the window has a place of this name."""
        return name in self.places

    def attempt(self, action: Callable[[], object]) -> bool:
        """Run a short action; show its error in words instead of raising. True when it worked."""
        try:
            action()
        except VungXaError as error:
            self.bus.failed.emit(error.message)
            return False
        return True
