"""The legal check as every use case runs it: with the unit's own ledger, without the dossier's own hold."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.dossier.document import Dossier, Level, Problem
from desktop.dossier.rules.check import check_dossier
from desktop.dossier.rules.context import CheckContext


def check(context: DeskContext, dossier: Dossier) -> list[Problem]:
    """All findings on a dossier as it stands, saved or not."""
    store = context.store
    ledger = store.ledger(exclude=dossier.local_id, replaces=dossier.replaces)
    people, catalogues = tuple(store.unit.people()), store.catalogues.in_force()
    delegated = store.registrations.register_view().delegated_on(context.today())
    surroundings = CheckContext(
        context.today(), store.unit.get(), people, ledger, catalogues=catalogues, delegated=delegated
    )
    return check_dossier(dossier, surroundings)


def count_errors(problems: Iterable[Problem]) -> int:
    """How many findings stop the submission."""
    return sum(problem.level is Level.ERROR for problem in problems)


def refuse_errors(problems: Iterable[Problem]) -> None:
    """Raises DeskError has_errors naming the first error and how many there are."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if errors:
        raise DeskError("has_errors", f"Hồ sơ còn {len(errors)} lỗi nên chưa trình ký được. {errors[0].message}")
