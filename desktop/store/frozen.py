"""The parts of a submission as plain values: frozen objects, the signatures asked for, the signatures made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypedDict


class Named(Protocol):
    """A data object to freeze: name inside the package, media type, bytes."""

    @property
    def name(self) -> str: ...  # noqa: D102 - see the class

    @property
    def media_type(self) -> str: ...  # noqa: D102

    @property
    def content(self) -> bytes: ...  # noqa: D102


class StepData(TypedDict):
    """One signature asked for; `order` counts from 1, `roles` are Role values."""

    order: int
    roles: list[str]
    title: str
    name: str
    person_id: str
    certificate_sha256: str


@dataclass(frozen=True)
class FrozenObject:
    """A data object as frozen; `sha256` and `size` are of `content`."""

    name: str
    media_type: str
    sha256: str
    size: int
    content: bytes


@dataclass(frozen=True)
class ObjectInfo:
    """The same without its bytes, for lists."""

    name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Signature:
    """One signature made: the manifest signed and the detached CMS over it.

    `session` and `machine` tell in which sitting and on which computer by their random names, `machine_name` what
    people call it; "" where it was not known.
    """

    order: int
    person_id: str
    at: str
    manifest: bytes
    cms: bytes
    session: str = ""
    machine: str = ""
    machine_name: str = ""


class Signing(NamedTuple):
    """Who signed a step when and where, without the signature itself; see Signature."""

    order: int
    person_id: str
    at: str
    session: str
    machine: str
    machine_name: str = ""


@dataclass(frozen=True)
class Submission:
    """A frozen dossier; complete when it has as many signatures as steps."""

    submission_id: int
    local_id: str
    at: str
    actor: str
    urgent: bool
    objects: tuple[FrozenObject, ...]
    steps: tuple[StepData, ...]
    signatures: tuple[Signature, ...]

    @property
    def complete(self) -> bool:
        """Whether every step is signed, so that it can be sealed."""
        return len(self.signatures) == len(self.steps)
