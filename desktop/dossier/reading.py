"""Reads a document's values for any book, whatever a draft holds: text, whole numbers, forms that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.dossier.compute import money
from desktop.dossier.document import Document, Dossier, Value
from desktop.dossier.forms import Form, UnknownForm
from desktop.dossier.pack import form_of
from desktop.dossier.vouchers import same_number

LIMIT = 10**15
"""A draft may hold any number; a book keeps no more than this in VND, so that sums stay whole numbers in SQL."""

REQUEST = "I04A"
"""Giấy đề nghị thanh toán vốn (NĐ 254: 04.a/TT), which names project and contract for the vouchers beside it."""

Request = Mapping[str, Value]
"""The fields of such a request."""
NO_REQUEST: Request = {}


def known_form(document: Document) -> Form | None:
    """Return the form of a document, None for one that the pack does not know."""
    try:
        return form_of(document.form)
    except UnknownForm:
        return None


def known_documents(dossier: Dossier) -> Iterator[tuple[Document, Form]]:
    """Give the documents whose form is known, with it."""
    for document in dossier.documents:
        form = known_form(document)
        if form is not None:
            yield document, form


def text(values: Mapping[str, Value], *keys: str) -> str:
    """Return the first of these values that is not empty, as text; "" when none is."""
    for key in keys:
        value = values.get(key)
        if value not in (None, ""):
            return str(value).strip()
    return ""


def number(values: Mapping[str, Value], key: str) -> int:
    """Return a whole number that fits the store, 0 for anything else."""
    return max(-LIMIT, min(LIMIT, money(values.get(key))))


def request_of(dossier: Dossier, document: Document, form: Form) -> Request:
    """Return the request for payment that a voucher names, or the only one beside it where its form names one."""
    if "payment_request_no" not in form.fields_by_key:
        return NO_REQUEST
    requests = [item.fields for item, its_form in known_documents(dossier) if its_form.id == REQUEST]
    wanted = same_number(text(document.fields, "payment_request_no"))
    named = [fields for fields in requests if wanted and same_number(text(fields, "document_no")) == wanted]
    found = named or (requests if len(requests) == 1 else [])
    return found[0] if found else NO_REQUEST
