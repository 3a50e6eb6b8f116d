"""Says at each use case what it is, so that nobody does what their duties do not give them, whatever window they use.

`needs` asks before the method runs; `reading` asks nothing and says that the method keeps nothing: whoever could open
the store may read it. A test walks the desk and finds a public method that says neither.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from desktop.desk.context import DeskContext
from desktop.dossier.duties import Act

DECLARED = "act_of_the_desk"
"""Name of the attribute a declared method carries: its Act."""


Method = TypeVar("Method", bound=Callable[..., Any])


class AtDesk(Protocol):
    """An object of the desk."""

    _context: DeskContext


def needs(act: Act) -> Callable[[Method], Method]:
    """Let the method run only for who may do `act`. It then raises DeskError not_allowed, user_disabled too."""

    def declare(method: Method) -> Method:
        @wraps(method)
        def asked(self: AtDesk, *args: Any, **named: Any) -> Any:
            self._context.require(act)
            return method(self, *args, **named)

        setattr(asked, DECLARED, act)
        return cast(Method, asked)

    return declare


def reading(method: Method) -> Method:
    """Say that the method only reads, or changes nothing that is kept."""
    setattr(method, DECLARED, Act.READ)
    return method


def by_itself(method: Method) -> Method:
    """Say that the program does this at its own hours, whoever is at the desk, such as the day's backup."""
    return reading(method)


def own(method: Method) -> Method:
    """Say that the method is about nobody but who is at the desk, or asks by itself. It raises DeskError user_disabled.

    Changing one's own password is everybody's, a viewer's too.
    """
    return needs(Act.READ)(method)


def act_of(method: Callable[..., Any]) -> Act | None:
    """Give what a method declared itself to be; None when it did not."""
    found = getattr(method, DECLARED, None)
    return found if isinstance(found, Act) else None
