"""The register of every rule the desk can decide: its name, how strong it is, where it is written, what runs it.

A rule of a form (M13-6) and the cross-cutting rule it restates (R-058) are reported once, under the form's id; `covers`
names the others. Rule bodies never see their own id: the register gives it, so one body serves several forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.dossier.document import Level, Problem, Where
from desktop.dossier.rules.subject import Subject, Whole

ANY = "*"
"""Stands for every form of the pack."""


@dataclass(frozen=True)
class Finding:
    """One thing a rule found: the place and the words; `level` and `also` only where they differ from the rule's."""

    message: str
    field: str | None = None
    table: str | None = None
    row: int | None = None
    column: str | None = None
    level: Level | None = None
    document: int | None = None
    also: tuple[str, ...] = ()

    @classmethod
    def at(cls, message: str, where: Where, level: Level | None = None) -> Finding:
        """Build a finding at a place worked out before."""
        return cls(message, where.field, where.table, where.row, where.column, level, where.document)


DocumentCheck = Callable[[Subject], Iterator[Finding]]
DossierCheck = Callable[[Whole], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule: `forms` holds form ids, is (ANY,) for every form, and () for a rule over the whole dossier."""

    id: str
    level: Level
    article: str
    covers: tuple[str, ...]
    forms: tuple[str, ...]
    check: DocumentCheck | None = None
    check_dossier: DossierCheck | None = None

    def concerns(self, form_id: str) -> bool:
        """Tell whether a document of this form is checked by the rule."""
        return form_id in self.forms or ANY in self.forms


RULES: dict[str, Rule] = {}
"""Every rule by id, in the order in which they run."""


def document_rule(
    level: Level, article: str, *ids: str, covers: tuple[str, ...] = (), forms: tuple[str, ...] = ()
) -> Callable[[DocumentCheck], DocumentCheck]:
    """Register a check of one document; without `forms` an id names its own form ("M13-6" is a rule of M13)."""

    def register(check: DocumentCheck) -> DocumentCheck:
        for rule_id in ids:
            _add(Rule(rule_id, level, article, covers, forms or (rule_id.split("-")[0],), check=check))
        return check

    return register


def dossier_rule(
    rule_id: str, level: Level, article: str, *, covers: tuple[str, ...] = ()
) -> Callable[[DossierCheck], DossierCheck]:
    """Register a check over a whole dossier."""

    def register(check: DossierCheck) -> DossierCheck:
        _add(Rule(rule_id, level, article, covers, (), check_dossier=check))
        return check

    return register


def _add(rule: Rule) -> None:
    if rule.id in RULES:
        raise ValueError(f"rule {rule.id} is registered twice")
    RULES[rule.id] = rule


def problem(rule: Rule, finding: Finding, document: int | None) -> Problem:
    """Put a finding under its rule's name."""
    where = Where(
        document=finding.document if document is None else document,
        field=finding.field,
        table=finding.table,
        row=finding.row,
        column=finding.column,
    )
    also = finding.also or rule.covers
    return Problem(rule=rule.id, level=finding.level or rule.level, where=where, message=finding.message, also=also)
