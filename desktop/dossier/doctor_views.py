"""What the token doctor finds, as plain values: the desk makes them, the window and the command line show them.

Sentences are Vietnamese and whole; codes are stable English. Instants are ISO-8601 UTC, digests lower-case hex.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class StepState(StrEnum):
    """How one step ended; RUNNING only while it is looked at, never in a report."""

    RUNNING = "running"
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    SKIPPED = "skipped"


class Area(StrEnum):
    """What a step is about, and so under which heading it stands."""

    MACHINE = "machine"
    DRIVER = "driver"
    TOKEN = "token"  # noqa: S105 - a thing, no secret
    CERTIFICATE = "certificate"
    UNIT = "unit"


@dataclass(frozen=True)
class DoctorStep:
    """One step of the examination.

    `name` says what was looked at ("module", "reader", "pin", "chain", …), `code` what was found ("pin_locked").
    `area`, `key` and `name` together identify a step: the same three come first with state RUNNING, then with what was
    found. `key` is a driver's path, a token's serial, a certificate's SHA-256, or "". `about` names that thing for
    people, `title` the step, `found` is the sentence of what was found; `repair` are the things to do, first things
    first, empty when there is nothing to do. `detail` holds facts for --json, never a secret.
    """

    name: str
    code: str
    state: StepState
    title: str
    found: str
    repair: tuple[str, ...] = ()
    area: Area = Area.MACHINE
    key: str = ""
    about: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class DoctorCertificate:
    """A certificate that can be chosen for a test signature; `person_id` is whose it is in the unit, "" nobody's."""

    sha256: str
    owner: str
    issuer: str
    not_after: str
    person_id: str = ""


@dataclass(frozen=True)
class DoctorToken:
    """A token that was found; with `pin_pad` the PIN is typed on the reader, `pin_final_try` needs an explicit yes."""

    serial: str
    label: str
    module: str
    reader: str
    pin_pad: bool
    pin_final_try: bool
    pin_locked: bool
    certificates: tuple[DoctorCertificate, ...]


@dataclass(frozen=True)
class DoctorReport:
    """A whole examination; `at` is when it began, `cancelled` that not every step was made."""

    at: str
    steps: tuple[DoctorStep, ...]
    tokens: tuple[DoctorToken, ...] = ()
    cancelled: bool = False

    @property
    def ok(self) -> bool:
        """Whether nothing was found that keeps a person from signing."""
        return not any(step.state is StepState.ERROR for step in self.steps)

    def count(self, state: StepState) -> int:
        """How many steps ended so."""
        return sum(step.state is state for step in self.steps)


@dataclass(frozen=True)
class DriverView:
    """A driver file of this machine; `picked` by a person of the unit, `problem` says why it cannot be loaded."""

    path: str
    picked: bool
    problem: str = ""
