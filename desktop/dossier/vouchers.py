"""When two vouchers are the same voucher: the Treasury takes each once, so the desk lets none be signed twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.dossier.document import Document
from desktop.dossier.forms import UnknownForm
from desktop.dossier.pack import form_of


@dataclass(frozen=True)
class VoucherKey:
    """What makes a voucher the same voucher: form id, the unit's number, budget year."""

    form: str
    document_no: str
    budget_year: int


def voucher_key(document: Document) -> VoucherKey | None:
    """Name a document by form, number and budget year; None for a list, which has no number of its own.

    Neither case nor spaces make another number. Ủy nhiệm chi has no budget year of its own: the year it was made
    counts.
    """
    number = document.fields.get("document_no")
    if not isinstance(number, str) or not number.strip():
        return None
    year = document.fields.get("budget_year")
    if not isinstance(year, int):
        made = document.fields.get("made_date")
        year = int(made[:4]) if isinstance(made, str) and made[:4].isdecimal() else 0
    return VoucherKey(form_of(document.form).id, same_number(number), year)


def same_number(number: str) -> str:
    """Write the number of a document or contract so that equal numbers are equal: case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFC", number).split()).upper()


def voucher_keys(documents: Iterable[Document]) -> tuple[VoucherKey, ...]:
    """Name all vouchers of a dossier, in order; what has no number, or a form nobody knows, is left out."""
    return tuple(key for document in documents if (key := _known(document)) is not None)


def _known(document: Document) -> VoucherKey | None:
    try:
        return voucher_key(document)
    except UnknownForm:
        return None
