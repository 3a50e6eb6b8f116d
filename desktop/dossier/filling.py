"""Start a form with what the unit's registration already says; what nobody knows yet stays empty."""

from __future__ import annotations

from desktop.dossier.document import Document, Value
from desktop.dossier.fold import fold
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of
from desktop.dossier.people import Unit
from desktop.dossier.rules import check_document
from desktop.dossier.rules.context import CheckContext

_NAME = (
    *("unit_name", "paying_unit", "drawing_unit", "name", "payer_name", "remit_payer_name"),
    "investor",
)
_TREASURY = ("treasury", "account_treasury", "requested_treasury", "addressee", "accounting_treasury")
_CODE = ("budget_unit_code", "unit_code", "project_or_unit_code")
_QUARTERS = ("I", "II", "III", "IV")
_DONG = "VND"
_FINANCE = "tai chinh"
_CARRIED_UNTIL = 6
"""Month until which tables of what is carried over look back at the year that has ended; later they look ahead."""


def blank(form: Form | str, unit: Unit, today: str) -> Document:
    """Return a new document of a form for a unit on a day ("YYYY-MM-DD").

    Filled are the unit's own names, address, chapter, codes, account and Treasury office, the budget year, the period
    that a table of reconciliation is due for, the day it is made, and đồng where a form asks for the currency; numbers,
    amounts, payees and the other choices are left to the preparer. Raises UnknownForm.
    """
    form = form_of(form) if isinstance(form, str) else form
    known = {**_unit(form, unit), **_days(form, today)}
    fields = {key: value for key, value in known.items() if key in form.fields_by_key and value != ""}
    choices = {
        key: _DONG for key, choice in form.choices_by_key.items() if key == "currency" and _DONG in choice.labels
    }
    return Document(form=form.ref, fields=fields, choices=choices, tables={table.key: [] for table in form.line_tables})


def _unit(form: Form, unit: Unit) -> dict[str, Value]:
    account = unit.deposit_account if form.account_kind == "deposit" else unit.estimate_account
    wanted = {key for key, field in form.fields_by_key.items() if field.required == "yes"}
    return {
        **dict.fromkeys(_NAME, unit.name),
        "finance_agency": unit.name if _FINANCE in fold(unit.name) else "",
        **dict.fromkeys(_CODE, unit.code),
        **{key: unit.treasury_name for key in (*_TREASURY, "remit_accounting_treasury") if key in wanted},
        "chapter": unit.chapter,
        "budget_level": unit.budget_level,
        "address": unit.address,
        "account": account,
    }


def _days(form: Form, today: str) -> dict[str, Value]:
    """Return years and periods: a table is made for the period that has just ended, a provisional grant rests on it."""
    year, month = int(today[:4]), int(today[5:7])
    fields = form.fields_by_key
    known: dict[str, Value] = {
        "budget_year": year,
        "year": year,
        "plan_year": year,
        "made_date": today,
        "document_date": today,
        "from_year": year - 1 if month <= _CARRIED_UNTIL else year,
        "to_year": year if month <= _CARRIED_UNTIL else year + 1,
        "reference_year": year - 1,
        "average_year": year - 1,
    }
    if "quarter" in fields:
        ended = (month - 1) // 3 or 4
        known |= {"quarter": _QUARTERS[ended - 1], "year": year - 1 if ended == 4 else year}
    elif "month" in fields:
        known |= {"month": month - 1 or 12, "year": year if month > 1 else year - 1}
    elif form.goes_with and month < 4:
        known["year"] = year - 1  # goes with a table of the quarter that ended with the year
    return known


def missing_required(document: Document) -> list[str]:
    """Return the places that must still be filled, as "fields.address", "choices.payment_mode", "tables.lines[0].econ".

    Raises UnknownForm.
    """
    form = form_of(document.form)
    paths: list[str] = []
    for item in check_document(document, CheckContext()):
        where = item.where
        if "required" not in (item.rule, *item.also) or item.level != "error":
            continue
        if where.field is not None and document.fields.get(where.field) in (None, ""):
            paths.append(f"{'choices' if where.field in form.choices_by_key else 'fields'}.{where.field}")
        elif where.table is not None:
            paths.append(_table_path(where.table, where.row, where.column))
    return paths


def _table_path(table: str, row: int | None, column: str | None) -> str:
    path = f"tables.{table}" + (f"[{row}]" if row is not None else "")
    return f"{path}.{column}" if column else path
