"""Start a form with what the unit's registration already says; what nobody knows yet stays empty."""

from __future__ import annotations

from desktop.dossier.document import Document, Value
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of
from desktop.dossier.people import Unit
from desktop.dossier.rules import check_document
from desktop.dossier.rules.context import CheckContext

_MISSING_RULES = ("required", "M13-1", "M17-1", "M13-2", "M17-2", "M13-7", "M17-7", "M20-5", "R-069")


def blank(form: Form | str, unit: Unit, today: str) -> Document:
    """Return a new document of a form for a unit on a day ("YYYY-MM-DD").

    Filled are the unit's own name, address, chapter, code, account and Treasury office, the budget year and the day it
    is made; numbers, amounts, payees and choices are left to the preparer. Raises UnknownForm.
    """
    form = form_of(form) if isinstance(form, str) else form
    known = _known(form, unit, today)
    fields = {key: value for key, value in known.items() if key in form.fields_by_key and value != ""}
    return Document(form=form.ref, fields=fields, tables={table.key: [] for table in form.line_tables})


def _known(form: Form, unit: Unit, today: str) -> dict[str, Value]:
    account = unit.deposit_account if form.account_kind == "deposit" else unit.estimate_account
    return {
        "budget_year": int(today[:4]),
        "made_date": today,
        "unit_name": unit.name,
        "paying_unit": unit.name,
        "budget_unit_code": unit.code,
        "chapter": unit.chapter,
        "address": unit.address,
        "account": account,
        "treasury": unit.treasury_name,
    }


def missing_required(document: Document) -> list[str]:
    """Return the places that must still be filled, as "fields.address", "choices.payment_mode", "tables.lines[0].econ".

    Raises UnknownForm.
    """
    form = form_of(document.form)
    paths: list[str] = []
    for item in check_document(document, CheckContext()):
        where = item.where
        if item.rule not in _MISSING_RULES or item.level != "error":
            continue
        if where.field is not None and document.fields.get(where.field) in (None, ""):
            paths.append(f"{'choices' if where.field in form.choices_by_key else 'fields'}.{where.field}")
        elif where.table is not None:
            paths.append(_table_path(where.table, where.row, where.column))
    return paths


def _table_path(table: str, row: int | None, column: str | None) -> str:
    path = f"tables.{table}" + (f"[{row}]" if row is not None else "")
    return f"{path}.{column}" if column else path
