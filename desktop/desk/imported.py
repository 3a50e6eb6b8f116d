"""What a voucher file becomes at this unit's desk, and how to tell that it is there already."""

from __future__ import annotations

from desktop.dossier.document import Document, Dossier
from desktop.exchange.dvc import DvcResult


def as_draft(result: DvcResult, known: Document) -> Dossier:
    """Give a new draft: what the file says, over what the unit knows of itself (`known`, a blank of the form)."""
    given = {key: value for key, value in result.document.fields.items() if value not in (None, "")}
    document = result.document.model_copy(update={"fields": known.fields | given})
    title = _first_content(document) or result.number or ""
    return Dossier(local_id="", number="", title=title, documents=(document,))


def same_voucher(one: Document, other: Document) -> bool:
    """Tell whether two documents are the same voucher: form, number and year."""
    numbers = [document.fields.get("document_no") for document in (one, other)]
    return one.form == other.form and numbers[0] == numbers[1] and _year(one) == _year(other)


def _year(document: Document) -> str:
    """The budget year, on forms without one the year of the day; "" when neither is given."""
    days = (document.fields.get(key) for key in ("budget_year", "year", "made_date", "document_date"))
    return next((str(day)[:4] for day in days if day not in (None, "")), "")


def _first_content(document: Document) -> str:
    lines = document.tables.get("lines") or [{}]
    return str(lines[0].get("content") or "")
