"""Make this month's dossier from last month's: what belongs to one month goes, the rest stays, periods move on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from desktop.dossier.compute import fill
from desktop.dossier.document import Document, Dossier, Row, Value
from desktop.dossier.filling import blank
from desktop.dossier.form_parts import Column, Field
from desktop.dossier.forms import Form
from desktop.dossier.in_step import in_step
from desktop.dossier.pack import form_of
from desktop.dossier.people import Unit
from desktop.dossier.periods import month_in, months_between, move_date, move_text, next_number

_OF_ONE_MONTH = frozenset({"invoice_no", "voucher_no", "acceptance_no", "declaration_no", "acceptance_total"})
"""Numbers and sums of papers made anew each time."""
_OF_OTHERS = ("contract_", "bid_", "founding_", "holder_", "ca_", "cash_recipient_", "decision_", "estimate_decision_")
"""Blanks that describe a paper that stays the same; their dates and sums are not moved."""
_OF_THE_DAY = frozenset({"made_date", "document_date", "budget_year", "year", "plan_year", "month", "quarter"})
_MONEY = frozenset({"money", "signed_money", "money_fc"})
_SETTLED = {"year": "no", "project": "known"}
"""Answers that a first dossier gave and a later one gives otherwise."""

Taken = Callable[[str, str], bool]
"""Tells whether a form ("C2-02a/NS") of this number is there already."""
Following = Callable[[str, str], str]


class CopyOptions(NamedTuple):
    """What the preparer chooses: amounts carried or cleared, dates of papers moved or cleared, how many months on."""

    amounts: Literal["carry", "clear"] = "carry"
    dates: Literal["move", "clear"] = "move"
    months: int = 1


def months_to(source: Dossier, month: str) -> int:
    """Return how many months lie between a dossier's month and another ("2026-11"); 1 when it has none.

    Its month is the one in its title («Lương tháng 11/2026»): it may be made, and sent, in another. Without one it is
    that of the day it was made.
    """
    days = (document.fields.get(key) for document in source.documents for key in ("made_date", "document_date"))
    made = next((day for day in days if isinstance(day, str) and len(day) == 10), "")
    own = month_in(source.title) or made
    return months_between(own, month) if own else 1


def copy_of(
    source: Dossier,
    unit: Unit,
    today: str,
    options: CopyOptions = CopyOptions(),  # noqa: B008  # a NamedTuple never changes
    taken: Taken = lambda _form, _number: False,
) -> Dossier:
    """Return a new dossier like `source`, made today ("YYYY-MM-DD"), without id, number and attachments.

    Each voucher gets the next number of its own pattern that is not `taken`. Raises UnknownForm.
    """
    used: set[tuple[str, str]] = set()

    def following(form: str, number: str) -> str:
        made = next_number(number, lambda next_: (form, next_) in used or taken(form, next_))
        used.add((form, made))
        return made

    copied = [_copied(document, unit, today, options, following) for document in source.documents]
    answers = {
        name: _SETTLED[name] if value in ("first", "changed") and name in _SETTLED else value
        for name, value in source.answers.items()
    }
    return source.model_copy(
        update={
            "local_id": "",
            "number": "",
            "title": move_text(source.title, options.months),
            "answers": answers,
            "documents": _linked(copied, source.documents),
            "attachments": (),
            "replaces": None,
            "copied_from": source.local_id,
        }
    )


def _linked(copied: list[Document], before: Iterable[Document]) -> tuple[Document, ...]:
    """Let lists go on quoting their voucher, without giving it an amount: the copy's amounts are as chosen."""
    linked = in_step(copied, tuple(before))
    return tuple(now.model_copy(update={"tables": then.tables}) for now, then in zip(linked, copied, strict=True))


def _copied(document: Document, unit: Unit, today: str, options: CopyOptions, following: Following) -> Document:
    form = form_of(document.form)
    fields: dict[str, Value] = {
        key: _moved(key, value, form.fields_by_key.get(key), options) for key, value in document.fields.items()
    }
    fresh = blank(form, unit, today).fields
    fields |= {key: fresh[key] for key in _OF_THE_DAY & fresh.keys() & document.fields.keys()}
    number = document.fields.get("document_no")
    if isinstance(number, str) and number:
        fields["document_no"] = following(document.form, number)
    tables = {key: [_row(form, key, row, options) for row in rows] for key, rows in document.tables.items()}
    kept = {key: value for key, value in fields.items() if value not in (None, "")}
    return fill(document.model_copy(update={"fields": kept, "tables": tables}))


def _row(form: Form, table: str, row: Row, options: CopyOptions) -> Row:
    found = form.tables_by_key.get(table)
    columns: Mapping[str, Column] = found.columns_by_key if found else {}
    moved = {key: _moved(key, value, columns.get(key), options) for key, value in row.items()}
    return {key: value for key, value in moved.items() if value not in (None, "")}


def _moved(key: str, value: Value, blank_: Field | Column | None, options: CopyOptions) -> Value:
    kind = blank_.type if blank_ is not None else "text"
    if key in _OF_ONE_MONTH:
        return None
    if key.startswith(_OF_OTHERS):
        return value
    if kind == "date":
        return move_date(value, options.months) if options.dates == "move" and isinstance(value, str) else None
    if kind in _MONEY:
        return value if options.amounts == "carry" else None
    return move_text(value, options.months) if kind in ("text", "longtext") and isinstance(value, str) else value
