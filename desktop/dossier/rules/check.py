"""Run the rules over a document or a dossier and say each thing once, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop.dossier.document import Document, Dossier, Level, Problem, Where
from desktop.dossier.forms import UnknownForm
from desktop.dossier.pack import PackError, form_of, under
from desktop.dossier.rules.context import CheckContext
from desktop.dossier.rules.registry import RULES, problem
from desktop.dossier.rules.subject import Subject, Whole

MAX_PROBLEMS = 500
"""More than this helps nobody; what is left out is found once the first ones are repaired."""
SHAPE_RULES = ("type", "unknown", "treasury_only", "too_long", "characters", "form", "code")


def check_document(document: Document, context: CheckContext | None = None) -> list[Problem]:
    """Return what is wrong with one document; never raises for its content."""
    context = context or CheckContext()
    return _tidy(_of_document(document, context, None), [document])


def check_dossier(dossier: Dossier, context: CheckContext | None = None) -> list[Problem]:
    """Return what is wrong with a dossier by the pack it was made under.

    Each document among its siblings, then the dossier as a whole.
    """
    try:
        with under(dossier.pack):
            return _of_dossier(dossier, context or CheckContext())
    except PackError as error:
        return [Problem(rule="form", level=Level.ERROR, message=error.message)]


def _of_dossier(dossier: Dossier, context: CheckContext) -> list[Problem]:
    found: list[Problem] = []
    known = {index: item for index, item in enumerate(dossier.documents) if _known(item)}
    for index, document in enumerate(dossier.documents):
        siblings = tuple(item for other, item in known.items() if other != index)
        found += _of_document(document, replace(context, siblings=siblings), index)
    if len(known) == len(dossier.documents):
        subjects = tuple(Subject(item, form_of(item.form), context) for item in dossier.documents)
        whole = Whole(dossier, subjects, context)
        for rule in RULES.values():
            found += [problem(rule, f, None) for f in (rule.check_dossier(whole) if rule.check_dossier else ())]
    return _tidy(found, dossier.documents)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any problem stops submission."""
    return any(item.level is Level.ERROR for item in problems)


def _known(document: Document) -> bool:
    try:
        form_of(document.form)
    except UnknownForm:
        return False
    return True


def _of_document(document: Document, context: CheckContext, index: int | None) -> list[Problem]:
    try:
        form = form_of(document.form)
    except UnknownForm as error:
        return [Problem(rule="form", level=Level.ERROR, where=Where(document=index), message=error.message)]
    subject = Subject(document, form, context)
    rules = [rule for rule in RULES.values() if rule.check and rule.concerns(form.id)]
    return [problem(rule, finding, index) for rule in rules for finding in (rule.check(subject) if rule.check else ())]


def without_echoes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Drop what other rules say about a place whose very shape is wrong, and what is said twice."""
    items = list(problems)
    shapes = {_place(item.where) for item in items if item.rule in SHAPE_RULES and item.level is Level.ERROR}
    said: set[tuple[object, ...]] = set()
    for item in items:
        echo = item.rule not in SHAPE_RULES and not shapes.isdisjoint(_around(item.where))
        # Problems of a whole dossier have no place; several of one rule differ by their words.
        key = (item.rule, item.where, "" if item.where.field or item.where.table else item.message)
        if not echo and key not in said:
            said.add(key)
            yield item


def _place(where: Where) -> tuple[object, ...]:
    return (where.document, where.field, where.table, where.row, where.column)


def _around(where: Where) -> Iterator[tuple[object, ...]]:
    """Yield a place and those it lies in: cell, row, table; or the field."""
    if where.field:
        yield (where.document, where.field, None, None, None)
    if where.table:
        for row, column in ((where.row, where.column), (where.row, None), (None, None)):
            yield (where.document, None, where.table, row, column)


def _tidy(problems: list[Problem], documents: Iterable[Document]) -> list[Problem]:
    forms = [form_of(item.form) if _known(item) else None for item in documents]
    orders = [[*form.fields_by_key, *form.choices_by_key] if form else [] for form in forms]

    def place(item: Problem) -> tuple[int, int, int, int]:
        where = item.where
        document = -1 if where.document is None else where.document
        order = orders[max(document, 0)] if orders else []
        field = order.index(where.field) if where.field in order else len(order)
        return (document, 0 if where.field else 1, field, -1 if where.row is None else where.row)

    return sorted(without_echoes(problems), key=place)[:MAX_PROBLEMS]
