"""What a voucher file becomes at this unit's desk, and how to tell that it is there already."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop.dossier.document import Document, Dossier
from desktop.exchange.dvc import DvcResult

Outcome = Literal["ok", "warnings", "duplicate", "rows", "refused"]
"""Imported, imported with something to look at, there already, a list of payments (becomes no voucher), refused."""


@dataclass(frozen=True)
class ImportReport:
    """What became of one file; `message` says it in one sentence, `code` is stable and "" when it was imported.

    `total` is VND, `missing` holds paths of blanks to fill, `differences` sentences to look at; `local_id` and
    `dossier` (its number) name the draft, for a duplicate the one that was there before.
    """

    path: Path
    outcome: Outcome
    message: str
    code: str = ""
    form: str = ""
    number: str = ""
    total: int = 0
    missing: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    local_id: str = ""
    dossier: str = ""


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
