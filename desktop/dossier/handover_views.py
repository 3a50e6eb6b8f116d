"""What a hand-over between two machines of a unit shows, as plain values: what a file holds and what became of it.

Money is int VND, instants ISO-8601 UTC with "Z". Sentences are whole, ready to be read aloud. The comparison code (mã
đối chiếu) is eight digits in two groups («4711 0815»): two people read it to each other over the telephone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.dossier.lifecycle import Facts
from desktop.dossier.sign_views import StepView


class HandoverKind(StrEnum):
    """Which way a file goes: OUT from the machine a dossier lives on, BACK to it."""

    OUT = "out"
    BACK = "back"


class HandoverOutcome(StrEnum):
    """What a file would do, or did, to one dossier.

    TAKE: it comes in to be signed here, or did; SIGN: it comes home with its new signatures, or did; SEALED: it did and
    is complete and queued; ALREADY_DONE: nothing changes; CONFLICT: both sides differ, nothing changes until a person
    decides; REFUSED: it does not hold, or is not for this machine; OUT: it went out.
    """

    TAKE = "take"
    SIGN = "sign"
    SEALED = "sealed"
    ALREADY_DONE = "already_done"
    CONFLICT = "conflict"
    REFUSED = "refused"
    OUT = "out"


@dataclass(frozen=True)
class HandoverConflict:
    """Two sides that differ: `here` and `there` are sentences about this machine and about the file, in step.

    `code` is handover_conflict or handover_older; `text` says what happened and what to do next. `replaceable` tells
    that a person may have the copy on this machine replaced by the file's (take with `replace`); never otherwise.
    """

    code: str
    text: str
    here: tuple[str, ...]
    there: tuple[str, ...]
    replaceable: bool = False


@dataclass(frozen=True)
class HandoverDossier:
    """One dossier of a file, verified; `signed` counts the signatures in it, `new` those this machine has not.

    `files` are (title, SHA-256) of the signed documents, then the attachments. `told` is what the other machine says of
    its payees: its word alone, signed by nobody. `notes` are things to know, none of which stands in the way. `problem`
    says why it is refused ("" unless outcome is REFUSED) and `problem_code` for machines.
    """

    local_id: str
    number: str
    title: str
    amount: int
    payee: str
    signed: int
    new: int
    steps: tuple[StepView, ...]
    files: tuple[tuple[str, str], ...]
    code: str
    outcome: HandoverOutcome
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    conflict: HandoverConflict | None = None
    problem: str = ""
    problem_code: str = ""


@dataclass(frozen=True)
class HandoverView:
    """A file before it is taken; `machine` wrote it at `at`, by its own clock. `code` is over all its dossiers."""

    kind: HandoverKind
    unit_name: str
    machine: str
    at: str
    code: str
    dossiers: tuple[HandoverDossier, ...]

    @property
    def to_do(self) -> int:
        """How many dossiers taking the file would change something for."""
        return sum(item.outcome in (HandoverOutcome.TAKE, HandoverOutcome.SIGN) for item in self.dossiers)


@dataclass(frozen=True)
class HandoverResult:
    """What became of one dossier, in a sentence; `code` is its own comparison code."""

    local_id: str
    number: str
    title: str
    outcome: HandoverOutcome
    message: str
    code: str = ""
    problem_code: str = ""


@dataclass(frozen=True)
class HandoverReport:
    """What was written to or taken from a file, dossier by dossier; `code` is over all of them."""

    kind: HandoverKind
    machine: str
    code: str
    results: tuple[HandoverResult, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was refused and nothing is in conflict."""
        return all(item.outcome not in (HandoverOutcome.CONFLICT, HandoverOutcome.REFUSED) for item in self.results)


@dataclass(frozen=True)
class HandoverLine:
    """One dossier that is away, is here as a guest, or was; `kind` is the last thing that happened to it.

    `kind` is out, taken_back, returned, in or back; `guest` tells that it lives on `machine` and not here. `words` is
    the whole sentence; `waiting` that something is still to be done, here or there.
    """

    local_id: str
    number: str
    title: str
    kind: str
    guest: bool
    machine: str
    at: str
    words: str
    waiting: bool


_LINES = {
    "out": "Đang ở máy khác ký, đã ký {signed}/{steps}.",
    "taken_back": "Đã lấy về, không chờ máy kia nữa.",
    "returned": "Đã nhận lại từ máy {machine}.",
    "in": "Của máy {machine}, chờ ký ở đây, đã ký {signed}/{steps}.",
    "back": "Đã chuyển lại máy {machine}.",
}


def handover_words(kind: str, machine: str, facts: Facts) -> str:
    """Say where a dossier that travelled stands, by the last thing that happened to it."""
    if facts.guest and not facts.away and facts.signed >= facts.steps:
        return f"Của máy {machine}: đã ký đủ, cần chuyển lại."
    if facts.guest and kind == "taken_back":
        kind = "in"
    return _LINES[kind].format(machine=machine, signed=facts.signed, steps=facts.steps)


def comparison_code(digests: Iterable[bytes]) -> str:
    """Give the eight digits over digests (raw bytes, in order): the first 26 bits of their SHA-256 («0471 0815»)."""
    whole = hashlib.sha256(b"".join(digests)).digest()
    number = int.from_bytes(whole[:4], "big") >> 6
    return f"{number:08d}"[:4] + " " + f"{number:08d}"[4:]
