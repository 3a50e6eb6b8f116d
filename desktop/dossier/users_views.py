"""What the section «Người dùng» shows, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from desktop.dossier.duties import Duty

LEAST_MINUTES, MOST_MINUTES, USUAL_MINUTES = 5, 30, 10
"""Idle minutes after which a unit may lock itself."""


def allowed_minutes(minutes: int) -> int:
    """Give the nearest number of minutes that a unit may choose."""
    return max(LEAST_MINUTES, min(MOST_MINUTES, minutes))


def idle_minutes(written: str) -> int:
    """How long the window waits, from the setting as it is written: 5 to 30 minutes, 10 when it says nothing."""
    return allowed_minutes(int(written)) if written.isdecimal() else USUAL_MINUTES


@dataclass(frozen=True)
class LockView:
    """After how many idle minutes the unit locks, and whether sealed packages are sent meanwhile."""

    minutes: int = USUAL_MINUTES
    send: bool = True


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

    `recovery` is whether there is a recovery code, `rotation_wanted` whether somebody who left still knows the data
    key.
    """

    users: tuple[UserView, ...]
    mine: str
    shared: bool
    recovery: bool
    rotation_wanted: bool = False


@dataclass(frozen=True)
class TokenWay:
    """A certificate plugged in now, as a way to open the unit; `refusal` a sentence when its token cannot do that.

    `where` names the token, `not_after` is an instant, `pin_pad` whether the PIN is typed on the reader.
    """

    sha256: str
    subject_name: str
    where: str
    not_after: str
    pin_pad: bool = False
    refusal: str = ""


@dataclass(frozen=True)
class RotationView:
    """What changing the data key takes: about how many seconds, bytes `needed` of those `free` beside the store.

    `backup` is whether a backup can be made before. `ended` names the ways in of an older program that end by it.
    """

    seconds: int
    needed: int
    free: int
    backup: bool
    ended: tuple[str, ...] = ()


class RotationProgress(NamedTuple):
    """How far it is: the backup made before, the key, then what can no longer be stopped; parts done of all."""

    stage: Literal["backup", "rotation", "finish"]
    done: int
    total: int


@dataclass(frozen=True)
class UserEdit:
    """A user as typed: a new one without `user_id`; `person_id` "" for one who is none of the signers."""

    name: str
    duties: tuple[Duty, ...]
    person_id: str = ""
    user_id: str = ""
