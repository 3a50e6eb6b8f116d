"""Papers of one dossier that quote another keep in step with it while it is edited (rules R-063, R-174).

A list (Mẫu 20, 21) quotes its voucher's number and date and gives it its amount; 05.a/TT and 04.b/TT quote 04.a/TT.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.dossier.compute import money
from desktop.dossier.document import Document, Value
from desktop.dossier.forms import Form, UnknownForm
from desktop.dossier.pack import form_of

_LIST = (("parent_voucher_no", "document_no"), ("parent_voucher_date", "made_date"))
_REQUEST = (("payment_request_no", "document_no"), ("payment_request_date", "document_date"))


def in_step(documents: Sequence[Document], before: Sequence[Document] = ()) -> tuple[Document, ...]:
    """Return the documents with every quotation following what it quotes; what is already right is the same object.

    `before` are the documents as they last were in step: a list stays with the voucher it quoted then, although that
    voucher's number has changed since, and a voucher's only line follows the list while nobody gave it another amount.
    """
    made = list(documents)
    for index, document in enumerate(made):
        parent = _parent(index, documents, before)
        if parent is not None:
            made[index] = _quoting(document, made[parent], _pairs(document))
    for parent in {found for index in range(len(made)) if (found := _parent(index, documents, before)) is not None}:
        made[parent] = _paying(parent, made, before)
    return tuple(made)


def _form(document: Document) -> Form | None:
    try:
        return form_of(document.form)
    except UnknownForm:
        return None


def _pairs(document: Document) -> tuple[tuple[str, str], ...]:
    form = _form(document)
    return () if form is None else _LIST if form.attached_to else _REQUEST if form.id in ("I05A", "I04B") else ()


def _parents(index: int, documents: Sequence[Document]) -> list[int]:
    """Return where the papers stand that a document may quote."""
    form = _form(documents[index])
    wanted = () if form is None else form.attached_to or (("I04A",) if form.id in ("I05A", "I04B") else ())
    return [place for place, other in enumerate(documents) if (its := _form(other)) and its.id in wanted]


def _parent(index: int, documents: Sequence[Document], before: Sequence[Document]) -> int | None:
    """Return where the paper stands that a document quotes: the only one, else the one quoted now or before."""
    able = _parents(index, documents)
    if len(able) <= 1:
        return able[0] if able else None
    then = before if [item.form for item in before] == [item.form for item in documents] else ()
    for known in (then, documents):
        for place in able if known else ():
            (mine, its), *_ = _pairs(known[index])
            number = known[place].fields.get(its)
            if number and known[index].fields.get(mine) == number:
                return place
    return None


def _quoting(document: Document, parent: Document, pairs: Sequence[tuple[str, str]]) -> Document:
    said: dict[str, Value] = {mine: parent.fields.get(its) for mine, its in pairs}
    kept = {key: value for key, value in document.fields.items() if key not in said}
    fields = kept | {key: value for key, value in said.items() if value not in (None, "")}
    return document if fields == document.fields else document.model_copy(update={"fields": fields})


def list_total(document: Document) -> int:
    """Return what a beneficiary list adds up to, in VND."""
    return sum(money(row.get("amount")) for row in document.tables.get("lines", []))


def _paying(parent: int, documents: Sequence[Document], before: Sequence[Document]) -> Document:
    """Return a voucher whose only line pays what its lists add up to."""
    voucher = documents[parent]
    column = _paid_column(voucher)
    lists = [i for i, item in enumerate(documents) if item.form == "M20" and _parent(i, documents, before) == parent]
    lines = voucher.tables.get("lines", [])
    if column is None or not lists or len(lines) != 1:
        return voucher
    total, given = sum(list_total(documents[place]) for place in lists), money(lines[0].get(column))
    followed = len(before) == len(documents) and given == sum(list_total(before[place]) for place in lists)
    if total == given or not total or (given and not followed):
        return voucher
    row = {**lines[0], column: total}
    if column == "payee_amount":
        row["amount"] = total + money(row.get("remit_amount"))
    return voucher.model_copy(update={"tables": {**voucher.tables, "lines": [row]}})


def _paid_column(voucher: Document) -> str | None:
    """Return the column of a voucher in đồng that goes to the payees; None in foreign money."""
    form = _form(voucher)
    return {"M13": "amount", "M17": "amount", "M14": "payee_amount", "M18": "payee_amount"}.get(form.id if form else "")
