"""Who may be at the machine: the people on the unit's front, and how each comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.dossier.people import ROLE_TITLES, Person
from desktop.ui.door import Front, Way

SHARED_NAME = "Mật khẩu chung"
SHARED_TITLE = "của cả đơn vị, cho người chưa có mật khẩu riêng"


@dataclass(frozen=True)
class Choice:
    """One line of «Bạn là».

    `user` is whose way in it is, "" for the password all share, None where the front tells of nobody; `tokens` are
    SHA-256 of certificates; `person` is who then sits at the desk, where only a shared password opens.
    """

    user: str | None
    name: str
    title: str
    password: bool = True
    tokens: tuple[str, ...] = ()
    person: Person | None = None


NOBODY = Choice(None, "", "")


def choices(front: Front | None, people: Sequence[Person] = ()) -> tuple[Choice, ...]:
    """Give the users who are let in, then the shared password; without users the unit's `people`, if known."""
    ways = [way for way in front.slots if way.enabled and way.kind != "recovery"] if front is not None else []
    users = list(dict.fromkeys(way.user for way in ways if way.user))
    if not users:
        return tuple(_person(person) for person in people)
    found = [_user(user, [way for way in ways if way.user == user]) for user in users]
    shared = any(way.kind == "password" and not way.user for way in ways)
    return (*found, *((Choice("", SHARED_NAME, SHARED_TITLE),) if shared else ()))


def _user(user: str, ways: Sequence[Way]) -> Choice:
    named = ways[0]
    return Choice(
        user,
        named.name or user,
        named.title,
        any(way.kind == "password" for way in ways),
        tuple(way.certificate_sha256 for way in ways if way.kind == "token"),
    )


def _person(person: Person) -> Choice:
    return Choice(None, person.name, ", ".join(ROLE_TITLES[role] for role in person.roles), person=person)
