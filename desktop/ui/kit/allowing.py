"""The one place in the window that knows whose work a command is: buttons grey out, keys and drops say so instead.

A command says once what it is; a button made for it follows. What is refused here the desk would refuse too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.dossier.duties import Act, for_whom

DECLARED = "act_of_the_window"
"""Name of the attribute a declared command carries, and of the property of what runs it: its Act."""


class Allowing(Protocol):
    """Knows what whoever is at the desk may do now; the window's Context."""

    def allows(self, act: Act) -> bool:
        """Tell whether they may do this."""
        ...

    def permits(self, act: Act) -> bool:
        """Tell it too, and say on the screen whose work it is when it is not theirs."""
        ...

    def ask_again(self, ask: Callable[[], object]) -> None:
        """Call this whenever facts changed: duties may be among them."""
        ...


class Commanding(Protocol):
    """A part of the window with commands."""

    _context: Allowing


Method = TypeVar("Method", bound=Callable[..., Any])


def needs(act: Act) -> Callable[[Method], Method]:
    """Let the method run only for who may do `act`, however it is called; others are told whose work it is."""

    def declare(method: Method) -> Method:
        @wraps(method)
        def asked(self: Commanding, *args: Any, **named: Any) -> Any:
            return method(self, *args, **named) if self._context.permits(act) else None

        setattr(asked, DECLARED, act)
        return cast(Method, asked)

    return declare


def act_of(run: Callable[..., object]) -> Act | None:
    """Give what a command declared itself to be; None for what everybody may do."""
    found = getattr(run, DECLARED, None)
    return found if isinstance(found, Act) else None


def guard(control: QWidget, run: Callable[..., object]) -> None:
    """Keep a button grey while `run`, a declared command, is not for who is at the desk; others are left alone."""
    act, owner = act_of(run), getattr(run, "__self__", None)
    if act is not None and owner is not None:
        Guard(control, act, owner._context)


class Guard(QObject):
    """Holds one control back, however often the page enables it, and says in its tip whose work it is."""

    def __init__(self, control: QWidget, act: Act, allowing: Allowing) -> None:
        super().__init__(control)
        self._control, self._act, self._allowing = control, act, allowing
        self._held = False
        self._said = ("", "")
        control.setProperty(DECLARED, act.value)
        control.installEventFilter(self)
        allowing.ask_again(self.look)
        self.look()

    def look(self) -> None:
        """Ask again."""
        held = not self._allowing.allows(self._act)
        if held is self._held:
            return
        self._held = held
        if held:
            self._said = (self._control.toolTip(), self._control.accessibleDescription())
        tip, description = self._said
        words = for_whom(self._act) if held else ""
        self._control.setToolTip("\n".join(filter(None, (tip, words))))
        self._control.setAccessibleDescription(words or description)
        self._control.setEnabled(not held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take back at once what the page gives."""
        del watched
        if event.type() is QEvent.Type.EnabledChange and self._held and self._control.isEnabled():
            self._control.setEnabled(False)
        return False
