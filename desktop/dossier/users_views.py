"""What the section «Người dùng» shows, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.dossier.duties import Duty

LEAST_MINUTES, MOST_MINUTES, USUAL_MINUTES = 5, 30, 10
"""Idle minutes after which a unit may lock itself."""


@dataclass(frozen=True)
class LockView:
    """After how many idle minutes the unit locks, whether sealed packages are sent meanwhile, who may change it."""

    minutes: int = USUAL_MINUTES
    send: bool = True
    may_change: bool = True


@dataclass(frozen=True)
class UserView:
    """One user as the screen shows them.

    `certificate` is the SHA-256 of their signer's certificate, `last_unlock` an instant; "" for none. Of the ways to
    open: a password, a token.
    """

    user_id: str
    name: str
    duties: tuple[Duty, ...]
    duty_titles: str
    person_id: str
    certificate: str
    enabled: bool
    has_password: bool
    has_token: bool
    last_unlock: str


@dataclass(frozen=True)
class UsersView:
    """All users; `mine` is who is at the desk, "" with the unit's shared password; `shared` whether that still opens.

    `may_change` is whether who is at the desk may change users, `recovery` whether there is a recovery code,
    `rotation_wanted` whether somebody who left still knows the data key.
    """

    users: tuple[UserView, ...]
    mine: str
    may_change: bool
    shared: bool
    recovery: bool
    rotation_wanted: bool = False


@dataclass(frozen=True)
class UserEdit:
    """A user as typed: a new one without `user_id`; `person_id` "" for one who is none of the signers."""

    name: str
    duties: tuple[Duty, ...]
    person_id: str = ""
    user_id: str = ""
