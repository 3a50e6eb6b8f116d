"""The nine procedures: which components a case needs, and how each of them stands (rules R-004, R-009)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from desktop.dossier.errors import VungXaError
from desktop.dossier.facts import Fact, Known, Need
from desktop.dossier.pack import SHELF, load_pack
from desktop.dossier.procedure_parts import CaseComponent, ProcedureCase, Procedures

UNKNOWN_CASE = "a"
"""The case of a dossier nobody has said anything about: its components are not judged."""
_NEW_PROJECT = (Fact.FIRST_OF_PROJECT, Fact.PROJECT_CHANGED)


class UnknownCase(VungXaError):
    """Says that no procedure has a case of this name; code "unknown_case"."""

    @classmethod
    def named(cls, case_id: str) -> UnknownCase:
        """Build the error for the case that was asked for."""
        return cls("unknown_case", f"Chưa có trường hợp «{case_id[:20]}». Chọn lại việc cần làm khi lập hồ sơ.")


class State(StrEnum):
    """How a component of a dossier stands."""

    PRESENT = "present"
    ON_FILE = "on_file"
    """The Treasury has it already (NĐ 347 Điều 3.8)."""
    MISSING = "missing"
    UNKNOWN = "unknown"
    """Needed or not depends on what nobody has said."""
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Facts:
    """What a dossier holds (`present`: form ids and attachment keys), what is `on_file`, and what is `known` of it."""

    known: Known = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    on_file: frozenset[str] = frozenset()


class Component(NamedTuple):
    """One component of a case as it stands in a dossier; `need` is "required", "conditional" or "optional"."""

    ref: str
    options: tuple[str, ...]
    label: str
    need: str
    state: State
    when: str
    rule: str
    source: str

    @property
    def attachable(self) -> tuple[str, ...]:
        """Those of its options that travel as files: attachments and forms known by title alone."""
        return tuple(option for option in self.options if not _is_form(option))


def procedures(version: str | None = None) -> Procedures:
    """Return the procedures that go with a form pack (`load_pack`); pydantic.ValidationError for a broken file."""
    return _read(SHELF.companion("procedures.json", version or load_pack().version))


@cache
def _read(content: bytes) -> Procedures:
    return Procedures.model_validate_json(content)


def case(case_id: str) -> ProcedureCase:
    """Return a case by its id ("P3-a3"); raises UnknownCase."""
    found = procedures().cases.get(case_id)
    if found is None:
        raise UnknownCase.named(case_id)
    return found


def case_name(case_id: str) -> str:
    """Name a case as people read it: «Chi thường xuyên: Tạm ứng», "" for one that is not known."""
    found = procedures().cases.get(case_id)
    if found is None:
        return ""
    procedure = next(item for item in procedures().procedures if item.id == found.procedure)
    return f"{procedure.short}: {found.name[0].lower()}{found.name[1:]}"


def components(case_id: str, facts: Facts) -> tuple[Component, ...]:
    """Return every component of a case as it stands; raises UnknownCase.

    A component with several options is present when one of them is.
    """
    return tuple(_standing(item, need, source, facts) for item, need, source in _wanted(case(case_id)))


def _wanted(wanted: ProcedureCase) -> Iterator[tuple[CaseComponent, tuple[Need, ...], str]]:
    for item in wanted.components:
        yield item, (item.need,), wanted.source
    if wanted.joins:
        legal = case(wanted.joins)
        named = {item.ref for item in wanted.components}
        for item in legal.components:
            if item.ref not in named:
                yield item, (item.need, Need(any_of=_NEW_PROJECT)), legal.source


def _standing(item: CaseComponent, needs: tuple[Need, ...], source: str, facts: Facts) -> Component:
    held = [need.holds(facts.known) for need in needs]
    needed = False if item.optional or False in held else None if None in held else True
    conditional = any(need.facts for need in needs)
    return Component(
        ref=item.ref,
        options=item.options,
        label=item.label or " hoặc ".join(label_of(option) for option in item.options),
        need="optional" if item.optional else "conditional" if conditional else "required",
        state=_state(item.options, needed, facts),
        when=item.when,
        rule=item.rule,
        source=source,
    )


def _state(options: tuple[str, ...], needed: bool | None, facts: Facts) -> State:
    if not facts.present.isdisjoint(options):
        return State.PRESENT
    if not facts.on_file.isdisjoint(options):
        return State.ON_FILE
    return {True: State.MISSING, None: State.UNKNOWN, False: State.NOT_NEEDED}[needed]


def carried_by_files(case_id: str) -> bool:
    """Tell whether the dossiers of a case may hold files alone: it needs no form that is filled in here."""
    found = procedures().cases.get(case_id)
    options = [option for item in found.components for option in item.options] if found else []
    return found is not None and (found.files_alone or not any(_is_form(option) for option in options))


def label_of(option: str) -> str:
    """Name a form or an attachment as people say it: «Giấy rút dự toán (Mẫu 13)», «Văn bản phê duyệt dự toán»."""
    known = procedures().attachments.get(option)
    if known is not None:
        return known.short
    pack = load_pack()
    for scan in pack.scans:
        if scan.id == option:
            return f"{scan.title} ({scan.number})"
    form = pack.form(option)
    return f"{form.short_title} (Mẫu {form.number})"


def _is_form(option: str) -> bool:
    return any(form.id == option for form in load_pack().forms)


def is_component(key: str) -> bool:
    """Tell whether an attachment's component is one the procedures or the pack know."""
    return key in procedures().attachments or any(scan.id == key for scan in load_pack().scans)
