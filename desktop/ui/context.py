"""What every page is given: services, threads, and one place to tell the window what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from desktop.dossier.duties import Act, for_whom
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

    def allows(self, act: Act) -> bool:
        """Tell whether who is at the desk may do this now; the desk decides, whatever is shown."""
        return self.services.desk.may(act.value)

    def permits(self, act: Act) -> bool:
        """Tell it too, and say whose work it is when it is not theirs."""
        allowed = self.allows(act)
        if not allowed:
            self.bus.failed.emit(for_whom(act))
        return allowed

    def ask_again(self, ask: Callable[[], object]) -> None:
        """Call this whenever facts changed."""
        self.bus.changed.connect(ask)

    def attempt(self, action: Callable[[], object]) -> bool:
        """Run a short action; show its error in words instead of raising. True when it worked."""
        try:
            action()
        except VungXaError as error:
            self.bus.failed.emit(error.message)
            return False
        return True
