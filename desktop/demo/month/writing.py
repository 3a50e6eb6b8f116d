"""What a preparer has at hand to fill in a dossier: the forms that the purpose began, the day, the work folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from desktop.desk.desk import Desk
from desktop.dossier.compute import fill
from desktop.dossier.document import Document, Dossier, Row, Value
from desktop.dossier.in_step import in_step
from desktop.dossier.pack import form_of
from desktop.store.store import Store

Values = Mapping[str, Value]


@dataclass(frozen=True)
class Begun:
    """One dossier as its purpose began it; `seed` makes its lists, `work` is where they are written."""

    desk: Desk
    store: Store
    dossier: Dossier
    today: date
    seed: int
    work: Path

    def form(self, form_id: str) -> Document:
        """The begun form of an id ("M13")."""
        return next(document for document in self.dossier.documents if form_of(document.form).id == form_id)

    def before(self, days: int) -> str:
        """The day so many days ago, as documents have it."""
        return (self.today - timedelta(days=days)).isoformat()

    @property
    def month(self) -> str:
        """The month in words: "tháng 11/2026"."""
        return f"tháng {self.today.month}/{self.today.year}"


DEPOSIT_FORMS = ("M17", "M18")
"""Vouchers of a deposit account, whose lines say the budget year."""


def line_codes(begun: Begun, form: str, codes: Row) -> Row:
    """The codes of a line as a voucher of this form has them."""
    return {**codes, "budget_year": begun.today.year} if form in DEPOSIT_FORMS else codes


Writer = Callable[[Begun], Sequence[Document]]
"""Gives the forms of a dossier filled in."""


def written(
    document: Document, *parts: Values, choices: Mapping[str, str] | None = None, **tables: Sequence[Row]
) -> Document:
    """A form with blanks (later parts count), choices and tables filled in, formula cells worked out."""
    fields = dict(document.fields)
    for part in parts:
        fields |= part
    rows = {key: [dict(row) for row in given] for key, given in tables.items()}
    return fill(
        document.model_copy(
            update={
                "fields": {key: value for key, value in fields.items() if value is not None},
                "choices": document.choices | dict(choices or {}),
                "tables": document.tables | rows,
            }
        )
    )


def together(*documents: Document) -> tuple[Document, ...]:
    """Forms of one dossier that quote each other, put in step."""
    return tuple(fill(document) for document in in_step(documents))
