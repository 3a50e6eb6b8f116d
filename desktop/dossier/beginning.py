"""Begin a dossier from a plan: blank forms, what is known, what the purpose sets; and which forms may join it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.dossier.document import Document, Dossier, Value
from desktop.dossier.filling import blank
from desktop.dossier.forms import Form
from desktop.dossier.in_step import in_step
from desktop.dossier.pack import form_of, load_pack
from desktop.dossier.people import Unit
from desktop.dossier.procedures import UNKNOWN_CASE, case
from desktop.dossier.purposes import Plan, Start, dated


def begin(plan: Plan, unit: Unit, today: str) -> Dossier:
    """Return a new dossier for a plan on a day ("YYYY-MM-DD"); it has no id and no number yet."""
    documents = tuple(_started(start, unit, today) for start in plan.starts)
    return Dossier(
        local_id="",
        number="",
        title=dated(plan.purpose.name, today),
        procedure=plan.procedure,
        case=plan.case,
        purpose=plan.purpose.key,
        answers=plan.answers,
        documents=in_step(documents),
        urgent=plan.purpose.urgent,
    )


def _started(start: Start, unit: Unit, today: str) -> Document:
    form = form_of(start.form)
    document = blank(form, unit, today)
    fields = {key: _value(form, key, dated(text, today)) for key, text in start.fields.items()}
    return document.model_copy(update={"fields": document.fields | fields, "choices": document.choices | start.choices})


def _value(form: Form, key: str, text: str) -> Value:
    return int(text) if form.fields_by_key[key].type in ("integer", "year") else text


def answered_again(dossier: Dossier, made: Plan) -> Dossier:
    """Return a dossier under another purpose or other answers; its papers stay as they are."""
    purpose = {"purpose": made.purpose.key, "answers": made.answers}
    return dossier.model_copy(update={**purpose, "procedure": made.procedure, "case": made.case})


class Fitting(NamedTuple):
    """A form that may be added to a dossier; `why` is when the law wants it ("" always), `here` how many are there."""

    ref: str
    id: str
    title: str
    why: str
    here: int


def forms_that_fit(case_id: str, documents: Sequence[Document]) -> tuple[Fitting, ...]:
    """Return the forms of a case that can be filled in here, in the case's order; every form for a case not known.

    A form that the dossier may hold once only (all but vouchers and lists) is left out when it is there.
    """
    refs = [document.form for document in documents]
    fitting = []
    for form, why in _of_case(case_id):
        here = refs.count(form.ref)
        if not here or form.is_money_transfer_voucher or form.attached_to:
            fitting.append(Fitting(form.ref, form.id, f"{form.list_title} (Mẫu {form.number})", why, here))
    return tuple(fitting)


def _of_case(case_id: str) -> list[tuple[Form, str]]:
    forms = {form.id: form for form in load_pack().forms if form.client_editable}
    if case_id == UNKNOWN_CASE:
        return [(form, "") for form in forms.values()]
    found = case(case_id)
    parts = [*found.components, *(case(found.joins).components if found.joins else ())]
    named = {option: part.when for part in reversed(parts) for option in part.options}
    order = [option for part in parts for option in part.options]
    return [(forms[option], named[option]) for option in dict.fromkeys(order) if option in forms]
