"""Who opens a unit's store, and what for: users are not signers, though a user may be one of the signers."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field, field_validator

from desktop.dossier.duties import Duty, may_combine

LONGEST_NAME = 200
"""Signs of a user's name."""


class User(BaseModel):
    """One user; `person_id` is the signer they are, "" for nobody; `disabled_at` an instant, "" while they may open.

    Raises ValidationError for duties that do not go together and a name that cannot be read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    user_id: str = Field(min_length=1)
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    duties: tuple[Duty, ...]
    person_id: str = ""
    disabled_at: str = ""

    @field_validator("name")
    @classmethod
    def _readable(cls, name: str) -> str:
        if not name.isprintable() or name != " ".join(name.split()):
            raise ValueError("unreadable name")
        return name

    @field_validator("duties")
    @classmethod
    def _together(cls, duties: tuple[Duty, ...]) -> tuple[Duty, ...]:
        if not may_combine(duties):
            raise ValueError("duties that do not go together")
        return tuple(duty for duty in Duty if duty in duties)

    @property
    def enabled(self) -> bool:
        """Whether they may open the store."""
        return not self.disabled_at


def administrators(users: Iterable[User]) -> tuple[User, ...]:
    """Name who can look after users and keys today."""
    return tuple(user for user in users if user.enabled and Duty.ADMINISTRATOR in user.duties)
