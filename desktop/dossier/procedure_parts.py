"""What the Treasury's procedures are made of: cases, their components, attachments, deadlines, results.

Source: NĐ 347/2025/NĐ-CP Điều 4–10 and NĐ 254/2025/NĐ-CP Điều 8–24.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from desktop.dossier.facts import Need
from desktop.dossier.form_parts import Part

ATTACHMENT = "att:"
ONE_OF = "one_of:"


class AttachmentKind(Part):
    """A component that is no form: `label` in the law's words, `short` ours, `paper` the copies asked for on paper.

    `exempt` names the units that need not hand it in, `variants` what may stand in its place.
    """

    label: str
    short: str
    source: str
    note: str = ""
    frequency: str = ""
    paper: str = ""
    exempt: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()


class CaseComponent(Part):
    """One component of a case: a form id ("M13", "I02A"), "att:<attachment>", or "one_of:a|b".

    `when` says in Vietnamese when it belongs there ("" always), `need` the same over facts. `optional` is for what only
    the unit can tell. `rule` is the rule that speaks when it is missing, `label` a name where it stands for many.
    """

    ref: str
    label: str = ""
    when: str = ""
    need: Need = Need()
    optional: bool = False
    frequency: Literal["each_time", "once", "once_per_contract", "conditional"] = "each_time"
    rule: str = "R-004"

    @cached_property
    def options(self) -> tuple[str, ...]:
        """What can stand for it, attachments by their bare key: ("M13", "M14") or ("van_ban_phe_duyet_du_toan",)."""
        return tuple(part.removeprefix(ATTACHMENT) for part in self.ref.removeprefix(ONE_OF).split("|"))


class ProcedureCase(Part):
    """One case of a procedure, with all its components.

    `joins` names the case whose components come with the first transaction of a project (NĐ 254 Điều 8.1);
    `extra_rule` the rule that speaks of a form that does not belong, `files_alone` a case whose forms here are all
    conditional. A case with `startable` False says `why_not`.
    """

    id: str
    name: str
    source: str
    components: tuple[CaseComponent, ...]
    note: str = ""
    spending_kind: Literal["actual", "advance"] | None = None
    branches: tuple[str, ...] = ()
    joins: str | None = None
    extra_rule: str = "R-004"
    files_alone: bool = False
    startable: bool = True
    why_not: str = ""

    @property
    def procedure(self) -> str:
        """The procedure's id: "P3" of "P3-a3"."""
        return self.id.partition("-")[0]


class PaperCopies(Part):
    """How many originals or copies of something go with a dossier on paper."""

    of: str
    paper: str


class Copies(Part):
    """Copies by channel: `electronic` of each component, None where nothing is sent."""

    electronic: int | None
    signature: str = ""
    paper: tuple[PaperCopies, ...]


class Deadline(Part):
    """How long the Treasury has, from what, and for which part of the procedure ("" for all of it)."""

    value: int
    unit: Literal["minute", "working_day"]
    starts: str
    source: str
    applies: str = ""
    exception: str = ""


class Result(Part):
    """An outcome, and the paper that tells it."""

    outcome: str
    document: str = ""


class SourceClass(Part):
    """A class of money with the limit that holds for it (NĐ 347 Điều 6.2.c–đ)."""

    id: str
    text: str
    limit: str


class Procedure(Part):
    """One of the nine procedures; `initiate` says whether a unit starts it here, in part, or only follows it."""

    id: str
    key: str
    title: str
    short: str
    decree: str
    article: str
    performed_by: str
    settled_by: str
    channels: tuple[str, ...]
    forms: tuple[str, ...]
    cases: tuple[ProcedureCase, ...]
    source_classes: tuple[SourceClass, ...] = ()
    copies: Copies
    deadlines: tuple[Deadline, ...]
    results: tuple[Result, ...]
    unit_does: tuple[str, ...]
    treasury_does: tuple[str, ...]
    notes: tuple[str, ...]
    fee: str = ""
    initiate: Literal["yes", "partial", "no"]
    scope: str


class General(Part):
    """What holds for every procedure (NĐ 347 Điều 2, 3)."""

    electronic: str
    exceptions: tuple[str, ...]
    state_secret: str
    validity: str
    supplement_requests_max: int
    return_deadline: str
    extension: str
    on_file: str


class Procedures(Part):
    """All procedures in force together, and the attachments they speak of."""

    general: General
    attachments: dict[str, AttachmentKind]
    procedures: tuple[Procedure, ...]

    @cached_property
    def cases(self) -> dict[str, ProcedureCase]:
        """Every case by id."""
        return {case.id: case for procedure in self.procedures for case in procedure.cases}
